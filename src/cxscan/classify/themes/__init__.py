"""Themes of a comment, and how it speaks of each."""
