"""Known exports, recognised by their headers: which column is what, on which scale, what means "no comment"."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from cxscan.read.values.column_names import normalise_column_name, normalise_last_key

if TYPE_CHECKING:
    from collections.abc import Sequence


@dataclass(frozen=True, slots=True, kw_only=True)
class Preset:
    """One known export. Names are compared as normalise_column_name words (`reviewText` is "review text")."""

    name: str
    signature: tuple[str, ...]
    """All of these columns make it this export."""
    text: tuple[str, ...] = ()
    """Alternatives; every one that is there is a text column. None: found by content, as in a survey."""
    title: str | None = None
    """Put before the text. Most titles are not: they repeat it."""
    rating: tuple[str, ...] = ()
    """Alternatives, the likeliest first; likewise the others."""
    scale: tuple[float, float] | None = None
    reverse: bool = False
    date: tuple[str, ...] = ()
    id: tuple[str, ...] = ()
    placeholders: frozenset[str] = frozenset()
    """More cells (casefolded) that say "no comment" in this export."""
    answers: str | None = None
    """A column of Python-literal dictionaries that hold the answers (see `answers.py`)."""


_PRESETS = (
    Preset(
        name="g2",
        signature=("id", "type", "attributes", "relationships"),
        answers="attributes",
        rating=("star rating",),
        scale=(0, 5),
        date=("submitted at",),
        id=("id",),
    ),
    Preset(
        name="booking",
        signature=("review text positive", "review text negative"),
        text=("review text positive", "review text negative"),
        rating=("review score badge",),
        scale=(1, 10),
        date=("review date", "date of stay"),
        placeholders=frozenset({"n/a"}),
    ),
    Preset(
        name="booking-europe",
        signature=("positive review", "negative review"),
        text=("positive review", "negative review"),
        rating=("reviewer score",),
        scale=(1, 10),
        date=("review date",),
    ),
    Preset(
        name="google-play",
        signature=("package name", "star rating", "review text"),
        text=("review text",),
        rating=("star rating",),
        scale=(1, 5),
        date=("review submit date and time", "review last update date and time"),
        id=("review link",),
    ),
    Preset(
        name="google-play-scraper",
        signature=("review id", "content", "score", "thumbs up count"),
        text=("content",),
        rating=("score",),
        scale=(1, 5),
        date=("at",),
        id=("review id",),
    ),
    Preset(
        name="app-store",
        signature=("rating", "title", "body", "reviewer nickname"),
        text=("body",),
        title="title",
        rating=("rating",),
        scale=(1, 5),
        date=("created date",),
        id=("id",),
    ),
    Preset(
        name="app-store-scraper",
        signature=("review", "rating", "is edited", "title"),
        text=("review",),
        title="title",
        rating=("rating",),
        scale=(1, 5),
        date=("date",),
    ),
    Preset(
        name="trustpilot",
        signature=("review content", "review stars"),
        text=("review content",),
        rating=("review stars",),
        scale=(1, 5),
        date=("review created utc", "review created"),
        id=("review id",),
    ),
    Preset(
        name="trustpilot-scraper",
        signature=("review description", "review rating score"),
        text=("review description",),
        rating=("review rating score",),
        scale=(1, 5),
        date=("review date",),
        id=("review id",),
        placeholders=frozenset({"na"}),
    ),
    Preset(
        name="qualtrics",
        signature=("response id", "recorded date"),
        date=("recorded date", "end date"),
        id=("response id",),
    ),
    Preset(
        name="surveymonkey",
        signature=("respondent id", "collector id"),
        date=("date created", "end date", "start date"),
        id=("respondent id",),
    ),
    Preset(
        name="typeform",
        signature=("submit date utc", "network id"),
        date=("submit date utc",),
        id=("#",),
    ),
    Preset(
        name="delighted",
        signature=("score", "comment", "response url"),
        text=("comment",),
        rating=("score",),
        date=("created at",),
        id=("id",),
    ),
    Preset(
        name="zendesk-csat",
        signature=("ticket id", "score", "comment", "assignee id"),
        text=("comment",),
        rating=("score",),
        scale=(0, 1),
        date=("created at",),
        id=("id",),
    ),
    Preset(
        name="medallia",
        signature=("star rating", "comments", "request id"),
        text=("comments",),
        rating=("star rating",),
        scale=(1, 5),
        date=("response received at",),
        id=("request id",),
    ),
    Preset(
        name="nhs-fft",
        signature=("fft categorical answer", "fft answer"),
        text=("fft answer",),
        rating=("fft categorical answer",),
        scale=(1, 5),
        reverse=True,
        date=("date",),
        id=("comment id",),
        placeholders=frozenset({"did not answer"}),
    ),
    Preset(
        name="wootric",
        signature=("score", "text", "origin url", "completed"),
        text=("text",),
        rating=("score",),
        scale=(0, 10),
        date=("created at",),
        id=("id",),
    ),
)

PRESETS: dict[str, Preset] = {preset.name: preset for preset in _PRESETS}
"""Known exports by name."""


def recognise(names: Sequence[str], vendor: str | None) -> Preset | None:
    """The preset whose signature the columns bear, or that the vendor's header rows showed."""
    if vendor is not None:
        return PRESETS[vendor]
    # Columns of nested JSON objects count by their last key: `attributes.body` is "body" too.
    known = {normalise_column_name(name) for name in names} | {normalise_last_key(name) for name in names}
    return next((preset for preset in _PRESETS if known.issuperset(preset.signature)), None)
