"""Texts → repaired texts: the kinds of repair in their order, until there is nothing more to mend."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple

from cxscan.alignment import UNCHANGED, Alignment, replaced
from cxscan.clean.repairs.apostrophes import APOSTROPHES
from cxscan.clean.repairs.encoding import ENCODED_TWICE
from cxscan.clean.repairs.escapes import ESCAPES
from cxscan.clean.repairs.joined_texts import JoinedTexts
from cxscan.clean.repairs.markup import MARKUP

if TYPE_CHECKING:
    from collections.abc import Sequence

REPAIRS = (ENCODED_TWICE, ESCAPES, MARKUP, APOSTROPHES)
"""In their order: what one mends may show what the next one mends."""

MOST_PASSES = 30
"""Over one text. One kind of damage may lie on top of another one; a pass mends one form of one kind."""


@dataclass(frozen=True, slots=True)
class RepairedTexts:
    """The texts of a batch in which something was repaired, by row."""

    texts: dict[int, str] = field(default_factory=dict)
    alignments: dict[int, Alignment] = field(default_factory=dict)
    kinds: Counter[str] = field(default_factory=Counter)
    """Texts by what was wrong with them; one may count for several."""


class Mended(NamedTuple):
    """A text as it was meant."""

    text: str
    alignment: Alignment
    kinds: frozenset[str]
    """What was wrong with it; nothing: it is the text that was given."""


def repaired_texts(texts: Sequence[str]) -> RepairedTexts:
    """Repair the texts that need it."""
    repaired = RepairedTexts()
    for row in sorted(_damaged(texts)):
        text, alignment, kinds = mended(texts[row])
        if kinds:
            repaired.texts[row], repaired.alignments[row] = text, alignment
            repaired.kinds.update(kinds)
    return repaired


def mended(text: str) -> Mended:
    """Repair a text."""
    alignment, kinds = UNCHANGED, set[str]()
    for _ in range(MOST_PASSES):
        for repair in REPAIRS:
            if found := repair.find(text) if repair.sign.search(text) else []:
                text, made = replaced(text, found)
                alignment = alignment.then(made)
                kinds.add(repair.name)
                break
        else:
            break
    return Mended(text, alignment, frozenset(kinds))


def _damaged(texts: Sequence[str]) -> set[int]:
    """The rows with something to repair."""
    joined = JoinedTexts(texts)
    return {
        row
        for repair in REPAIRS
        for row in set(repair.suspects(joined))
        if repair.sign.search(texts[row]) and repair.find(texts[row])
    }
