"""The language of each text: scripts, then words and letters that other languages have and English has not."""
