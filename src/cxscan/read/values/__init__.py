"""What a column's name says, and what its cells say: ratings, dates, prose."""
