"""How batches are spread: every engine maps the same work over them and gives the results in their order."""
