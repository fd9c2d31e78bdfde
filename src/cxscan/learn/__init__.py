"""Fitting the sentiment to a user's labels, and measuring it on them."""
