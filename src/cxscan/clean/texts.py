"""A batch of texts, cleaned: each as it was meant, with where its words stood before."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from cxscan.alignment import UNCHANGED
from cxscan.clean.repairs import repaired_texts
from cxscan.clean.set_aside.apply import find_asides

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from cxscan.alignment import Alignment


@dataclass(frozen=True, slots=True)
class Cleaned:
    """Texts as customers meant them, one for each that was given."""

    texts: Sequence[str]
    """The very texts that were given, where none needed cleaning."""
    alignments: Mapping[int, Alignment] = field(default_factory=dict)
    """Of the rows that changed."""
    repaired: int = 0
    """Texts in which something was repaired."""
    repairs: Mapping[str, int] = field(default_factory=dict)
    """Texts by what was wrong with them; one may count for several."""
    own_words: Mapping[int, str] = field(default_factory=dict)
    """Of the rows in which something is set aside: what remains of the original."""
    set_aside: Mapping[str, int] = field(default_factory=dict)
    """Texts in which each rule set something aside."""


def clean_texts(texts: Sequence[str]) -> Cleaned:
    """Clean a batch of texts. A text without a pattern of damage stays the object that it was."""
    return _without_asides(_repaired(texts), texts)


def _repaired(texts: Sequence[str]) -> Cleaned:
    repaired = repaired_texts(texts)
    if not repaired.texts:
        return Cleaned(texts)
    whole = list(texts)
    for row, text in repaired.texts.items():
        whole[row] = text
    return Cleaned(whole, repaired.alignments, len(repaired.texts), repaired.kinds)


def _without_asides(repaired: Cleaned, originals: Sequence[str]) -> Cleaned:
    """Set aside what is not the customer's in repaired texts."""
    asides = find_asides(repaired.texts, originals, repaired.alignments)
    if not asides.texts:
        return repaired
    texts = list(repaired.texts)
    alignments = dict(repaired.alignments)
    for row, text in asides.texts.items():
        texts[row] = text
        alignments[row] = alignments.get(row, UNCHANGED).then(asides.alignments[row])
    return replace(
        repaired, texts=texts, alignments=alignments, own_words=asides.own_words, set_aside=dict(asides.counts)
    )
