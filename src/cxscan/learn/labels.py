"""Labelled comments: which columns hold labels, and the comments with theirs as parallel columns."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from cxscan.errors import InputError, UsageError, nearest
from cxscan.learn.label_cells import sentiment_label, theme_labels
from cxscan.model import SENTIMENTS
from cxscan.read import read_batches

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Sequence

    from cxscan.model import Bools, Comments, Ints, Reject
    from cxscan.read import Source

CLASS_NAMES = SENTIMENTS[::-1]
"""The sentiments in the order of their numbers: -1, 0, 1."""

SENTIMENT_HEADERS = ("sentiment", "label")
THEMES_HEADERS = ("themes", "theme")
"""Headers that a column of labels is known by, the likelier one first."""


class LabelHeaders(NamedTuple):
    """Names of the columns that hold labels of sentiments and of themes; None: none, or to be found."""

    sentiment: str | None
    themes: str | None


@dataclass(slots=True)
class LabelledComments:
    """Comments with their labels, as parallel columns."""

    texts: list[str] = field(default_factory=list)
    places: list[tuple[str, int]] = field(default_factory=list)
    """Source and record of each comment."""
    sentiments: list[int | None] = field(default_factory=list)
    """-1, 0 or 1; None where a comment has no label."""
    themes: list[frozenset[str] | None] = field(default_factory=list)
    """The themes of each comment; None where nobody has read it for themes."""
    rejects: list[Reject] = field(default_factory=list)
    records: int = 0

    def add(self, comments: Comments, columns: LabelHeaders, known: Collection[str]) -> None:
        """Add the comments that have text; `known` are the themes there are. Raise InputError for a label that is none.

        An empty cell of themes says that there are none, unless the comment's sentiment could be labelled and is not.
        """
        blank = [""] * len(comments)
        sentiments = blank if columns.sentiment is None else comments.cells[columns.sentiment]
        themes = blank if columns.themes is None else comments.cells[columns.themes]
        for text, record, cell, names in zip(comments.texts, comments.records, sentiments, themes, strict=True):
            if text:
                place = f"{comments.source}: record {record}"
                sentiment = sentiment_label(cell, place)
                blank_row = columns.sentiment is not None and sentiment is None and not names.strip()
                unread = columns.themes is None or blank_row
                self.texts.append(text)
                self.places.append((comments.source, record))
                self.sentiments.append(sentiment)
                self.themes.append(None if unread else theme_labels(names, known, place))

    def with_sentiment(self, scored: Bools) -> list[int]:
        """Positions of the comments that were scored and have a label of their sentiment."""
        return [at for at, label in enumerate(self.sentiments) if label is not None and scored[at]]

    def with_themes(self, scored: Bools) -> list[int]:
        """Positions of the comments that were scored and that someone has read for themes."""
        return [at for at, themes in enumerate(self.themes) if themes is not None and scored[at]]

    def texts_at(self, positions: Sequence[int]) -> list[str]:
        """The texts of the comments at these positions."""
        return [self.texts[at] for at in positions]

    def sentiments_at(self, positions: Sequence[int]) -> Ints:
        """The labels of the comments at these positions, all of which have one: -1, 0 or 1."""
        return np.array([self.sentiments[at] for at in positions], np.int64)

    def themes_at(self, positions: Sequence[int]) -> list[frozenset[str]]:
        """The themes of the comments at these positions."""
        return [self.themes[at] or frozenset() for at in positions]


def read_labelled(sources: Sequence[Source], asked: LabelHeaders, known: Collection[str]) -> LabelledComments:
    """Read comments, and labels in the columns asked for or found, of sources that were opened with `keep_cells`.

    `known` are the themes there are.
    """
    labelled = LabelledComments()
    headers = {source.path: _headers(source, asked) for source in sources}
    for source, batch in read_batches(sources):
        labelled.add(batch.comments, headers[source.path], known)
        labelled.rejects.extend(batch.rejects)
        labelled.records += batch.records
    if not labelled.texts:
        raise InputError("no comments: the input has no records with text; name the column with --text")
    return labelled


def _headers(source: Source, asked: LabelHeaders) -> LabelHeaders:
    names = [column.name for column in source.layout.columns]
    exact = LabelHeaders(*(name and (source.column(name) or name) for name in asked))
    return label_columns(names, exact, source.path)


def label_columns(names: Sequence[str], asked: LabelHeaders, path: str) -> LabelHeaders:
    """Choose the columns asked for, or those whose header says that they hold labels; at least one of the two."""
    themes = _column(names, asked.themes, THEMES_HEADERS, f"{path}: --themes-label")
    others = [name for name in names if name != themes]
    sentiment = _column(others, asked.sentiment, SENTIMENT_HEADERS, f"{path}: --label", suggested=names)
    if sentiment is None and themes is None:
        raise UsageError(
            f"{path}: no column called {' or '.join(SENTIMENT_HEADERS)}, nor {' or '.join(THEMES_HEADERS)}; name the "
            "one that holds sentiments with --label, the one that holds themes with --themes-label"
        )
    return LabelHeaders(sentiment, themes)


def _column(
    names: Sequence[str], asked: str | None, headers: Sequence[str], option: str, *, suggested: Sequence[str] = ()
) -> str | None:
    """The column asked for, or the first one with one of the headers, whatever its case; None where there is none."""
    known = {name.strip().lower(): name for name in reversed(names)}
    for name in headers if asked is None else (asked,):
        if name.strip().lower() in known:
            return known[name.strip().lower()]
    if asked is not None:
        raise UsageError(f"{option} {asked}: no such column; {nearest(asked, suggested or names)}")
    return None


def count_by_sentiment(labels: Iterable[int]) -> dict[str, int]:
    """Count the labels (-1, 0, 1) of each sentiment, by its name."""
    counts = Counter(labels)
    return {name: counts[number] for number, name in enumerate(CLASS_NAMES, -1)}
