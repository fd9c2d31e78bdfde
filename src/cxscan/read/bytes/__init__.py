"""Bytes of a source, unpacked and, where they are text, decoded."""
