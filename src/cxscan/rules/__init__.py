"""Rules that are data: the taxonomy, learned weights, word lists, and the loaders that check them."""
