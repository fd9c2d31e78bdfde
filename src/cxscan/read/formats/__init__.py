"""File formats: how each is recognised and opened, and the table it gives."""
