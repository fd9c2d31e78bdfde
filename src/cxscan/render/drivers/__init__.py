"""The drivers of a rating in each format."""
