"""Measures on labels of one's own in each format."""
