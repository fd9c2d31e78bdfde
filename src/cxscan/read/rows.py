"""The result of every format: stretches of records as rows of cells, and counts of what was passed over."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from cxscan.summary import rating_number

if TYPE_CHECKING:
    from collections.abc import Sequence

    from cxscan.layout import Layout
    from cxscan.model import Reject


Answers = list[tuple[str, str]]
"""Question and answer."""


@dataclass(frozen=True, slots=True)
class Rows:
    """A stretch of records in reading order."""

    cells: list[list[str]]
    """One list per record that could be read, as long as there are columns."""
    numbers: Sequence[int]
    """1-based data record of each."""
    lines: Sequence[int]
    """1-based physical line at which each starts."""
    rejects: tuple[Reject, ...]
    keys: list[int]
    """A hash of each whole record; see `repeats`."""
    characters: int
    """About how many characters they have in all."""
    answers: list[Answers] = field(default_factory=list)
    """Per record what was answered to which question, where a preset keeps that in one cell; else empty."""
    dropped: int = 0
    """Repeated records that are left out."""


@dataclass(slots=True)
class ReadStats:
    """Counts of what was seen besides records while a source was read; for notes to the user."""

    repaired: int = 0
    nuls: int = 0
    repeated_headers: int = 0
    footers: int = 0
    preamble: int = 0
    further_headers: int = 0
    unended: int = 0
    unread_dates: int = 0
    unread_ratings: int = 0
    off_scale: int = 0
    """Ratings that are not on the scale."""
    outside_dates: int = 0
    surrogates: int = 0
    formulas: int = 0
    beside: int = 0
    joined: int = 0
    company: int = 0

    def notes(self, layout: Layout) -> tuple[str, ...]:
        """One line for the user about each thing that happened."""
        rating, date, speaker = (layout.of_role(role) for role in ("rating", "date", "speaker"))
        scale = layout.scale
        ends = "" if scale is None else f"{rating_number(scale.low):g}-{rating_number(scale.high):g}"
        lines = (
            (f"bytes that are no {layout.encoding}, read as Windows-1252 (--encoding names another)", self.repaired),
            ("NUL characters taken out", self.nuls),
            ("cells with characters that cannot be written (lone surrogates), replaced", self.surrogates),
            ("lists or objects beside the records, not read", self.beside),
            ("lists of the same kind beside the first one, read too", self.joined),
            ("rows that repeat the header, passed over", self.repeated_headers),
            ("rows above the header, passed over", self.preamble),
            ("further headers, by which the records below them are read", self.further_headers),
            ("footer rows, passed over", self.footers),
            ("formulas without a value, read as empty (open the workbook in Excel and save it)", self.formulas),
            ("last line without a line end (is the file cut short?)", self.unended),
            (f"cells in which the company speaks ({', '.join(speaker)}), no comments", self.company),
            ("records outside --since and --until or without a date, left out", self.outside_dates),
            (f"dates in {', '.join(date)} that could not be read (--date-format may help)", self.unread_dates),
            (f"ratings in {', '.join(rating)} that could not be read", self.unread_ratings),
            (f"ratings in {', '.join(rating)} off the scale {ends}, left out (--scale tells another)", self.off_scale),
        )
        return tuple(f"{what}: {count:,}" for what, count in lines if count)
