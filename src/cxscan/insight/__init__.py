"""Summaries → findings: what changed, whether to let it pass, what moves the rating."""
