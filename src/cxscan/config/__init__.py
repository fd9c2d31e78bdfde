"""Values that a file gives to options: where the file is, what it may hold, and which value counts."""
