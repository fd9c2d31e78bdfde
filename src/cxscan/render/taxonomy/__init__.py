"""A taxonomy, and the test of its examples, in each format."""
