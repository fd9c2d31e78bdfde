"""What clauses talk about: words and pairs of words that name something, and the comments in which they stand."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Sequence

    from cxscan.model import Bools, Ids, Ints, Tokens

ONE_OF_TWO = 6
"""A word that stands in the same pair at least this many times in ten is left to the pair: "dark mode", not "dark"."""

_NAME = re.compile(r"[^\W\d_]{2,}(?:'[^\W\d_]+)?")


@cache
def generic_words() -> frozenset[str]:
    """Words that stand in comments about anything."""
    text = files("cxscan.rules").joinpath("generic_words.txt").read_text(encoding="utf-8")
    return frozenset(word for line in text.splitlines() if not line.startswith("#") for word in line.split())


@dataclass(frozen=True, slots=True)
class Terms:
    """Terms, the most frequent first, and the texts in whose bare clauses each stands.

    `offsets` has one entry more than there are terms: term `i` stands in `texts[offsets[i]:offsets[i + 1]]`.
    """

    forms: tuple[tuple[str, ...], ...]
    """The phrases that each term is written as, the most frequent first; plural and singular are one term."""
    texts: Ints
    offsets: Ints

    def __len__(self) -> int:
        return len(self.forms)

    @property
    def counts(self) -> Ints:
        """In how many texts each term stands."""
        return np.diff(self.offsets)


def telling_terms(tokens: Tokens, bare: Bools, *, fewest: int, most: int) -> Terms:
    """Terms of the bare clauses (one truth value a clause) that stand in at least `fewest` texts, at most `most` terms.

    A term that is more frequent among the clauses that are not bare is not one of theirs, and left out.
    """
    places = _Places.of(tokens)
    telling = _telling(places, bare, fewest)
    return _kept(telling, tokens, most)
