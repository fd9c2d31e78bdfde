"""Which column holds the labels, and what they say."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import numpy as np

from cxscan.errors import InputError, UsageError, nearest

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from cxscan.model import Bools, Comments, Ints, Reject
    from cxscan.read import Source

SENTIMENTS = ("negative", "neutral", "positive")
LABEL_NAMES = ("sentiment", "label")
"""Headers that a column of labels is known by, the likelier one first."""

_SIGNS = {"negative": -1, "neg": -1, "neutral": 0, "neu": 0, "positive": 1, "pos": 1}
_NO_LABEL = frozenset({"", "unscored"})
_LONGEST_SHOWN = 40


@dataclass(slots=True)
class Labelled:
    """Comments with their labels, as parallel columns."""

    texts: list[str] = field(default_factory=list)
    places: list[tuple[str, int]] = field(default_factory=list)
    """Source and record of each comment."""
    signs: list[int | None] = field(default_factory=list)
    """-1, 0 or 1; None where a comment has no label."""
    rejects: list[Reject] = field(default_factory=list)
    records: int = 0

    def take(self, comments: Comments, column: str) -> None:
        """Add the comments that have text. Raise InputError for a label that is none."""
        cells = comments.cells[column]
        for text, record, cell in zip(comments.texts, comments.records, cells, strict=True):
            if text:
                self.texts.append(text)
                self.places.append((comments.source, record))
                self.signs.append(sign_of(cell, f"{comments.source}: record {record}"))

    def places_of_known(self, scored: Bools) -> list[int]:
        """Positions of the comments that were scored and have a label."""
        return [place for place, sign in enumerate(self.signs) if sign is not None and scored[place]]

    def known(self, scored: Bools) -> tuple[list[str], Ints]:
        """Texts and labels of the comments that were scored and have a label."""
        chosen = self.places_of_known(scored)
        return [self.texts[place] for place in chosen], np.array([self.signs[place] for place in chosen], np.int64)


def read_labelled(sources: Sequence[Source], asked: str | None) -> Labelled:
    """The comments of sources that were opened with `keep_cells`, with the labels of the column asked for or found."""
    found = Labelled()
    for source in sources:
        names = [column.name for column in source.layout.columns]
        column = label_column(names, asked, source.path)
        for batch in source.batches():
            found.take(batch.comments, column)
            found.rejects.extend(batch.rejects)
            found.records += batch.records
    if not found.texts:
        raise InputError("no comments: the input has no records with text; name the column with --text")
    return found


def sign_of(cell: str, place: str) -> int | None:
    """A label as -1, 0 or 1; None for a cell without one. A number is refused: 0 is neutral to some only.

    `place` names the record in the InputError for any other word.
    """
    word = cell.strip().lower()
    if word in _NO_LABEL:
        return None
    if word not in _SIGNS:
        shown = cell.strip()[:_LONGEST_SHOWN]
        raise InputError(f"{place}: label {shown!r} is unknown; write positive, neutral or negative, or leave it blank")
    return _SIGNS[word]


def label_column(names: Sequence[str], asked: str | None, path: str) -> str:
    """The column of labels: the one asked for, or one whose header says so."""
    known = {name.strip().lower(): name for name in reversed(names)}
    for name in (asked,) if asked is not None else LABEL_NAMES:
        if name.strip().lower() in known:
            return known[name.strip().lower()]
    if asked is not None:
        raise UsageError(f"{path}: --label {asked}: no such column; {nearest(asked, names)}")
    raise UsageError(f"{path}: no column called {' or '.join(LABEL_NAMES)}; name the one that holds them with --label")


def by_class(signs: Iterable[int]) -> dict[str, int]:
    """How many labels there are of each sentiment."""
    counts = Counter(signs)
    return {name: counts[sign] for sign, name in enumerate(SENTIMENTS, -1)}
