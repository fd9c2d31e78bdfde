"""Texts that say the same: a reader is shown one of them."""

from __future__ import annotations


def folded_text(text: str) -> str:
    """The text without what makes no difference to a reader: case, and how its words are spaced."""
    return " ".join(text.casefold().split())
