"""Labels of the sentiment: fitting its weights to them, measuring it on them, correcting shares by them."""
