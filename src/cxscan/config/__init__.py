"""Values that a file gives to options, and what such a file may hold."""
