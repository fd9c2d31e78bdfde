"""Words of English: which ones are known, and how hasty spellings are meant."""

from __future__ import annotations

from functools import cache
from importlib.resources import files


@cache
def known_words() -> frozenset[str]:
    """Common English words of customer feedback, lower case; see docs/word-list.md for how the list was made."""
    return frozenset(_lines("english.txt"))


@cache
def spellings() -> dict[str, str]:
    """What is meant by a hasty spelling: "dont" by "don't", "thx" by "thanks"."""
    return dict(line.split(" ", 1) for line in _lines("spellings.txt"))


def _lines(name: str) -> list[str]:
    text = files("cxscan.rules").joinpath(name).read_text(encoding="utf-8")
    return [line for line in text.splitlines() if line and not line.startswith("#")]
