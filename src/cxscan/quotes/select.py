"""Labels → the comments that a filter lets through, the telling (extreme, recent, random) ones first."""

from __future__ import annotations

import re
from hashlib import blake2b
from typing import TYPE_CHECKING, Literal, TypeAlias

import numpy as np

from cxscan.model import INTENTS, LENSES, Comments, Lens, Polarity, State
from cxscan.periods import period_named, period_of
from cxscan.quotes.distinct import folded_text
from cxscan.quotes.points import quote_scores
from cxscan.rated_records import rated_records

if TYPE_CHECKING:
    from collections.abc import Sequence

    from cxscan.model import Bools, Ints, Labels
    from cxscan.quotes.filter import CommentFilter

Pick: TypeAlias = Literal["telling", "extreme", "recent", "random"]
Key: TypeAlias = tuple[int, str, int, str]
"""Smaller comes first: points turned round, then source, record and field."""


def passing(comments: Comments, labels: Labels, wanted: CommentFilter) -> Bools:
    """Return which scored comments a filter lets through; of a theme that the labels do not know, none."""
    passes: Bools = (labels.states == State.SCORED) & _polarity_passes(labels, wanted)
    if wanted.lens is not None:
        passes &= comment_lenses(labels, labels.themes != Polarity.ABSENT) == LENSES.index(wanted.lens)
    if wanted.intent is not None:
        passes &= labels.intents[:, INTENTS.index(wanted.intent)]
    for column, value in wanted.segments:
        passes &= np.array([cell == value for cell in comments.segments[column]], np.bool_)
    if wanted.period is not None:
        step = period_named(wanted.period)
        passes &= np.array([bool(step) and period_of(day, step) == wanted.period for day in comments.dates], np.bool_)
    if wanted.match is not None:
        stands = re.compile(re.escape(wanted.match), re.IGNORECASE).search
        passes &= np.array([stands(text) is not None for text in comments.texts], np.bool_)
    if wanted.contradicting:
        passes &= _contradicting(comments, labels)
    return passes


def _polarity_passes(labels: Labels, wanted: CommentFilter) -> Bools:
    """Comments with the theme and polarity that are asked for."""
    if wanted.theme is not None:
        column = _column(labels, wanted.theme)
        if column is None:
            return np.zeros(len(labels), np.bool_)
        asked = Polarity[wanted.polarity.upper()] if wanted.polarity else None
        with_theme: Bools = labels.themes[:, column] != Polarity.ABSENT
        return with_theme if asked is None else labels.themes[:, column] == asked
    if wanted.polarity == "mixed":
        return labels.mixed
    if wanted.polarity is not None:
        sign: Bools = labels.sentiments == {"positive": 1, "neutral": 0, "negative": -1}[wanted.polarity]
        return sign
    return np.ones(len(labels), np.bool_)


def _contradicting(comments: Comments, labels: Labels) -> Bools:
    """Of each record whose words contradict its rating, the comment that shows it."""
    shown = np.zeros(len(comments), np.bool_)
    records = rated_records(comments, labels)
    if records is not None:
        shown[[cell for _, cell in records.contradicting_cells(labels)]] = True
    return shown


def comment_lenses(labels: Labels, present: Bools) -> Ints:
    """Place in `LENSES` of each comment; `present` says which of the known themes it has."""

    def has(lens: Lens) -> Bools:
        of_lens: Bools = np.any(present[:, [theme.lens is lens for theme in labels.themes_known]], axis=1)
        return of_lens

    product, customer = has(Lens.PRODUCT), has(Lens.CUSTOMER)
    return np.where(product, np.where(customer, 2, 0), np.where(customer, 1, 3))


def picked(comments: Comments, labels: Labels, wanted: CommentFilter, pick: Pick, count: int) -> list[tuple[Key, int]]:
    """The `count` comments that come first, each as its key and its row; keys of several batches sort together.

    Of comments that say the same there is one.
    """
    rows = np.flatnonzero(passing(comments, labels, wanted)).tolist()
    points = _points(comments, labels, wanted, pick)
    keys = [((-points(row), comments.source, comments.records[row], comments.fields[row]), row) for row in rows]
    distinct: dict[str, tuple[Key, int]] = {}
    for key, row in sorted(keys):
        distinct.setdefault(folded_text(comments.texts[row]), (key, row))
        if len(distinct) == count:
            break
    return list(distinct.values())[:count]


def take(comments: Comments, rows: Sequence[int]) -> Comments:
    """Some rows of the comments, in the order given."""
    return Comments(
        source=comments.source,
        records=[comments.records[row] for row in rows],
        fields=[comments.fields[row] for row in rows],
        ids=[comments.ids[row] for row in rows],
        dates=[comments.dates[row] for row in rows],
        ratings=[comments.ratings[row] for row in rows],
        texts=[comments.texts[row] for row in rows],
        scale=comments.scale,
        cells={name: [column[row] for row in rows] for name, column in comments.cells.items()},
    )


class _Points:
    """The points of a row; the more, the earlier it comes."""

    def __init__(self, comments: Comments, column: Ints | None) -> None:
        self._comments, self._column = comments, column

    def __call__(self, row: int) -> int:
        if self._column is not None:
            return int(self._column[row])
        key = f"{self._comments.source}\0{self._comments.records[row]}\0{self._comments.fields[row]}"
        return int.from_bytes(blake2b(key.encode("utf-8", "backslashreplace"), digest_size=8).digest())


def _points(comments: Comments, labels: Labels, wanted: CommentFilter, pick: Pick) -> _Points:
    if pick == "random":
        return _Points(comments, None)
    if pick == "recent":
        return _Points(comments, np.array([_moment(day) for day in comments.dates], np.int64))
    strength = _strength(labels, wanted)
    if pick == "extreme":
        return _Points(comments, strength)
    lengths = np.fromiter(map(len, comments.texts), np.int64, len(comments))
    others = (labels.themes != Polarity.ABSENT).sum(axis=1) - 1
    return _Points(comments, quote_scores(strength, lengths, others))


def _strength(labels: Labels, wanted: CommentFilter) -> Ints:
    """The strength with which each comment says what is asked for, in score units."""
    scores = labels.scores.astype(np.int64)
    signs = {"positive": scores, "negative": -scores, "neutral": -abs(scores), "mixed": -abs(scores)}
    if wanted.polarity is not None:
        return signs[wanted.polarity]
    column = None if wanted.theme is None else _column(labels, wanted.theme)
    if column is not None:
        polarity = labels.themes[:, column]
        return np.where(polarity == Polarity.NEGATIVE, -scores, np.where(polarity == Polarity.POSITIVE, scores, 0))
    return abs(scores)


def _column(labels: Labels, theme: str) -> int | None:
    names = [known.name for known in labels.themes_known]
    return names.index(theme) if theme in names else None


def _moment(day: str | None) -> int:
    """An ISO 8601 date or time as a number that sorts like it, to the second; -1 where there is none."""
    digits = re.sub(r"\D", "", (day or "")[:19])
    return int(digits.ljust(14, "0")) if digits else -1
