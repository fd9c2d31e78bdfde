"""Where the bytes of a source come from, unpacked and, where they are text, decoded."""
