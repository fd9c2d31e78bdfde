"""The history in each format."""
