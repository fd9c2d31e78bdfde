"""Columns and sums that all of classify/ builds on."""
