"""What is data: the taxonomy, learned weights, word lists, and the loaders that check them."""
