"""Labels of themes: fitting weights for each theme to them, and measuring themes on them."""
