"""A batch of texts, cleaned: each with what was repaired in it and where its words stood before."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from cxscan.alignment import Alignment


@dataclass(frozen=True, slots=True)
class Cleaned:
    """Texts as customers meant them, one for each that was given."""

    texts: Sequence[str]
    """The very texts that were given, where none needed cleaning."""
    alignments: dict[int, Alignment] = field(default_factory=dict)
    """Of the rows that changed."""


def clean_texts(texts: Sequence[str]) -> Cleaned:
    """Clean a batch of texts. A text without a pattern of damage stays the object that it was."""
    return Cleaned(texts)
