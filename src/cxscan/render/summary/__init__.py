"""The summary in each format."""
