"""Reading of names and cells: usual column names, ratings, dates, prose."""
