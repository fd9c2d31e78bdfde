"""Labels of one's own → weights for sentiment and themes, and how right both are: training and evaluation."""
