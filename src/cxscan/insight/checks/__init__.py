"""Thresholds and a baseline held against a summary, for `cxscan check`."""
