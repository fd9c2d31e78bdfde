"""Which columns hold the labels, and what those of the sentiment say."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from cxscan.errors import InputError, UsageError, nearest
from cxscan.learn.themes.theme_cells import THEME_NAMES, theme_column, themes_of

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Sequence

    from cxscan.model import Bools, Comments, Ints, Reject
    from cxscan.read import Source

SENTIMENTS = ("negative", "neutral", "positive")
LABEL_NAMES = ("sentiment", "label")
"""Headers that a column of labels is known by, the likelier one first."""

_SIGNS = {"negative": -1, "neg": -1, "neutral": 0, "neu": 0, "positive": 1, "pos": 1}
_NO_LABEL = frozenset({"", "unscored"})
_LONGEST_SHOWN = 40


class LabelColumns(NamedTuple):
    """The columns that hold labels, where there are any."""

    sentiment: str | None
    themes: str | None


@dataclass(slots=True)
class Labelled:
    """Comments with their labels, as parallel columns."""

    texts: list[str] = field(default_factory=list)
    places: list[tuple[str, int]] = field(default_factory=list)
    """Source and record of each comment."""
    signs: list[int | None] = field(default_factory=list)
    """-1, 0 or 1; None where a comment has no label."""
    themes: list[frozenset[str] | None] = field(default_factory=list)
    """The themes of each comment; None where nobody has read it for themes."""
    rejects: list[Reject] = field(default_factory=list)
    records: int = 0

    def take(self, comments: Comments, columns: LabelColumns, known: Collection[str]) -> None:
        """Add the comments that have text; `known` are the themes there are. Raise InputError for a label that is none.

        An empty cell of themes says that there are none, unless the comment's sentiment could be labelled and is not.
        """
        blank = [""] * len(comments)
        sentiments = blank if columns.sentiment is None else comments.cells[columns.sentiment]
        listed = blank if columns.themes is None else comments.cells[columns.themes]
        for text, record, cell, names in zip(comments.texts, comments.records, sentiments, listed, strict=True):
            if text:
                place = f"{comments.source}: record {record}"
                sign = sign_of(cell, place)
                blank_row = columns.sentiment is not None and sign is None and not names.strip()
                unread = columns.themes is None or blank_row
                self.texts.append(text)
                self.places.append((comments.source, record))
                self.signs.append(sign)
                self.themes.append(None if unread else themes_of(names, known, place))

    def places_of_known(self, scored: Bools) -> list[int]:
        """Positions of the comments that were scored and have a label."""
        return [place for place, sign in enumerate(self.signs) if sign is not None and scored[place]]

    def read_for_themes(self, scored: Bools) -> list[int]:
        """Positions of the comments that were scored and that someone has read for themes."""
        return [place for place, themes in enumerate(self.themes) if themes is not None and scored[place]]

    def themes_at(self, places: Sequence[int]) -> list[frozenset[str]]:
        """The themes of the comments at these positions."""
        return [self.themes[place] or frozenset() for place in places]

    def known(self, scored: Bools) -> tuple[list[str], Ints]:
        """Texts and labels of the comments that were scored and have a label."""
        chosen = self.places_of_known(scored)
        return [self.texts[place] for place in chosen], np.array([self.signs[place] for place in chosen], np.int64)


def read_labelled(
    sources: Sequence[Source], asked: str | None, asked_themes: str | None, known: Collection[str]
) -> Labelled:
    """The comments of sources that were opened with `keep_cells`, with the labels of the columns asked for or found.

    `asked` is the column of sentiments, `asked_themes` that of themes; `known` are the themes there are.
    """
    found = Labelled()
    for source in sources:
        names = [column.name for column in source.layout.columns]
        columns = label_columns(names, asked, asked_themes, source.path)
        for batch in source.batches():
            found.take(batch.comments, columns, known)
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


def label_columns(names: Sequence[str], asked: str | None, asked_themes: str | None, path: str) -> LabelColumns:
    """The columns of labels: those asked for, or those whose header says so; at least one of the two."""
    themes = theme_column(names, asked_themes, path)
    known = {name.strip().lower(): name for name in reversed(names) if name != themes}
    for name in (asked,) if asked is not None else LABEL_NAMES:
        if name.strip().lower() in known:
            return LabelColumns(known[name.strip().lower()], themes)
    if asked is not None:
        raise UsageError(f"{path}: --label {asked}: no such column; {nearest(asked, names)}")
    if themes is None:
        raise UsageError(
            f"{path}: no column called {' or '.join(LABEL_NAMES)}, nor {' or '.join(THEME_NAMES)}; name the one that "
            "holds sentiments with --label, the one that holds themes with --themes-label"
        )
    return LabelColumns(None, themes)


def by_class(signs: Iterable[int]) -> dict[str, int]:
    """How many labels there are of each sentiment."""
    counts = Counter(signs)
    return {name: counts[sign] for sign, name in enumerate(SENTIMENTS, -1)}
