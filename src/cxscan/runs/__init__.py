"""Runs: sources through the classifier, a batch at a time, each batch into results that add up."""
