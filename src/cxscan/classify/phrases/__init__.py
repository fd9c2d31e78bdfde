"""The phrases of a taxonomy, found in tokens."""
