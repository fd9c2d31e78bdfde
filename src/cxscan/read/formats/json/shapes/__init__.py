"""Shapes in which the values of a JSON source hold their records: a recogniser and a reader each."""
