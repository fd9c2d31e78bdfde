"""Verdicts of checks in each format."""
