"""Words of English: which ones are known, how hasty spellings are meant, and what gives other languages away."""

from __future__ import annotations

import re
from functools import cache
from importlib.resources import files

APOSTROPHES = str.maketrans(dict.fromkeys("’‘ʼ´`＇′‛", "'"))
"""For `str.translate`: everything that is typed for an apostrophe → the straight one."""

_ELONGATED = re.compile(r"([^\W\d_])\1{2,}")
_POSSESSIVE = re.compile(r"(?<=..)'s$")
_CONTRACTED_IS = frozenset("it's that's he's she's what's there's here's let's who's where's how's when's".split())


@cache
def known_words() -> frozenset[str]:
    """Common English words of customer feedback, lower case; docs/word-list.md says how the list was made."""
    return frozenset(_lines("english.txt"))


@cache
def spellings() -> dict[str, str]:
    """Return the words meant by hasty spellings: "dont" by "don't", "thx" by "thanks"."""
    return dict(line.split(" ", 1) for line in _lines("spellings.txt"))


def word_lists(name: str) -> list[list[str]]:
    """Return the words of each line of a file."""
    return [line.split() for line in _lines(name)]


def normalise_word(word: str) -> str:
    """The word meant by one as typed, lower case in and out: "sooo" → "so", "dont" → "don't", "shop's" → "shop"."""
    if word in known_words() and not word.endswith("'s"):
        return word
    word = spellings().get(word, word)
    if _ELONGATED.search(word):
        twice, once = _ELONGATED.sub(r"\1\1", word), _ELONGATED.sub(r"\1", word)
        word = once if once in known_words() and twice not in known_words() else twice
        word = spellings().get(word, word)
    return word if word in _CONTRACTED_IS else _POSSESSIVE.sub("", word)


def _lines(name: str) -> list[str]:
    text = files("cxscan.rules").joinpath(name).read_text(encoding="utf-8")
    return [line for line in text.splitlines() if line and not line.startswith("#")]
