"""A filter of comments: of a theme, a polarity, a segment, a period, or those that contradict their rating."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class CommentFilter:
    """The comments that are wanted; everything given must hold."""

    theme: str | None = None
    polarity: str | None = None
    """Of the theme where one is given, else of the comment."""
    lens: str | None = None
    intent: str | None = None
    segments: tuple[tuple[str, str], ...] = ()
    """Columns and their values."""
    period: str | None = None
    """Label of a day, week, month or quarter, see `period_of`."""
    match: str | None = None
    """Characters that stand in the text, whatever their case."""
    contradicting: bool = False
    """Only records whose words and rating point opposite ways, one comment of each."""
