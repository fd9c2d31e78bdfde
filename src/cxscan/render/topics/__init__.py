"""Topics that the taxonomy does not cover in each format."""
