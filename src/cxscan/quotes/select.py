"""Labels → the comments worth reading: those a filter lets through, the telling (extreme, recent …) ones first."""

from __future__ import annotations

import re
from dataclasses import dataclass
from hashlib import blake2b
from typing import TYPE_CHECKING, Literal, TypeAlias

import numpy as np

from cxscan.model import INTENTS, SCORE_UNIT, Comments, Lens, Polarity, State

if TYPE_CHECKING:
    from collections.abc import Sequence

    from cxscan.model import Bools, Ints, Labels

Pick: TypeAlias = Literal["telling", "extreme", "recent", "random"]
Key: TypeAlias = tuple[int, str, int, str]
"""Smaller comes first: points turned round, then source, record and field."""

EASY_LENGTHS = (30, 240)
"""Characters of a comment that is neither terse nor long."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Filter:
    """Which comments are wanted; everything given must hold."""

    theme: str | None = None
    polarity: str | None = None
    """Of the theme where one is given, else of the comment."""
    lens: str | None = None
    intent: str | None = None
    where: tuple[tuple[str, str], ...] = ()
    """Segment columns and their values."""
    match: str | None = None
    """Characters that stand in the text, whatever their case."""


def passing(comments: Comments, labels: Labels, wanted: Filter) -> Bools:
    """Which scored comments a filter lets through."""
    passes: Bools = labels.states == State.SCORED
    if wanted.theme is not None:
        polarities = labels.themes[:, _number(labels, wanted.theme)]
        asked = Polarity[wanted.polarity.upper()] if wanted.polarity else None
        passes &= (polarities != Polarity.ABSENT) if asked is None else (polarities == asked)
    elif wanted.polarity == "mixed":
        passes &= labels.mixed
    elif wanted.polarity is not None:
        passes &= labels.sentiments == {"positive": 1, "neutral": 0, "negative": -1}[wanted.polarity]
    if wanted.lens is not None:
        passes &= _of_lens(labels, wanted.lens)
    if wanted.intent is not None:
        passes &= labels.intents[:, INTENTS.index(wanted.intent)]
    for column, value in wanted.where:
        passes &= np.array([cell == value for cell in comments.segments[column]], np.bool_)
    if wanted.match is not None:
        found = re.compile(re.escape(wanted.match), re.IGNORECASE).search
        passes &= np.array([found(text) is not None for text in comments.texts], np.bool_)
    return passes


def picked(comments: Comments, labels: Labels, wanted: Filter, pick: Pick, count: int) -> list[tuple[Key, int]]:
    """The `count` comments that come first, each as its key and its row; keys of several batches sort together."""
    rows = np.flatnonzero(passing(comments, labels, wanted)).tolist()
    points = _points(comments, labels, wanted, pick)
    keys = [((-points(row), comments.source, comments.records[row], comments.fields[row]), row) for row in rows]
    return sorted(keys)[:count]


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
    )


class _Points:
    """How early a row comes; more points, earlier."""

    def __init__(self, comments: Comments, column: Ints | None) -> None:
        self._comments, self._column = comments, column

    def __call__(self, row: int) -> int:
        if self._column is not None:
            return int(self._column[row])
        key = f"{self._comments.source}\0{self._comments.records[row]}\0{self._comments.fields[row]}"
        return int.from_bytes(blake2b(key.encode("utf-8", "backslashreplace"), digest_size=8).digest())


def _points(comments: Comments, labels: Labels, wanted: Filter, pick: Pick) -> _Points:
    if pick == "random":
        return _Points(comments, None)
    if pick == "recent":
        return _Points(comments, np.array([_moment(day) for day in comments.dates], np.int64))
    strength = _strength(labels, wanted)
    if pick == "extreme":
        return _Points(comments, strength)
    lengths = np.fromiter(map(len, comments.texts), np.int64, len(comments))
    shortest, longest = EASY_LENGTHS
    off = np.maximum(shortest - lengths, 0) + np.clip(lengths - longest, 0, longest)
    others = np.clip((labels.themes != Polarity.ABSENT).sum(axis=1) - 1, 0, 4)
    return _Points(comments, strength - 80 * off - SCORE_UNIT // 4 * others)


def _strength(labels: Labels, wanted: Filter) -> Ints:
    """How strongly each comment says what is asked for, in score units."""
    scores = labels.scores.astype(np.int64)
    signs = {"positive": scores, "negative": -scores, "neutral": -abs(scores), "mixed": -abs(scores)}
    if wanted.polarity is not None:
        return signs[wanted.polarity]
    if wanted.theme is not None:
        polarity = labels.themes[:, _number(labels, wanted.theme)]
        return np.where(polarity == Polarity.NEGATIVE, -scores, np.where(polarity == Polarity.POSITIVE, scores, 0))
    return abs(scores)


def _number(labels: Labels, theme: str) -> int:
    return [known.name for known in labels.themes_known].index(theme)


def _of_lens(labels: Labels, lens: str) -> Bools:
    def has(one: Lens) -> Bools:
        columns = [theme.lens is one for theme in labels.themes_known]
        found: Bools = np.any(labels.themes[:, columns] != Polarity.ABSENT, axis=1)
        return found

    product, customer = has(Lens.PRODUCT), has(Lens.CUSTOMER)
    named = {
        "product": product & ~customer,
        "customer": customer & ~product,
        "both": product & customer,
        "none": ~product & ~customer,
    }
    return named[lens]


def _moment(day: str | None) -> int:
    """An ISO 8601 date or time as a number that sorts like it, to the second; -1 where there is none."""
    digits = re.sub(r"\D", "", (day or "")[:19])
    return int(digits.ljust(14, "0")) if digits else -1
