"""The comments worth reading: which ones pass a filter, and which of them come first."""
