"""The layout of a source, as `inspect` shows it, with the reason for each choice."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Literal

from cxscan.summary import rating_number
from cxscan.summary.json_values import json_object

if TYPE_CHECKING:
    from collections.abc import Sequence

    from cxscan.model import Reject, Scale
    from cxscan.summary import Json

Role = Literal["text", "title", "rating", "date", "id", "segment", "speaker", "reply", "other"]


@dataclass(frozen=True, slots=True)
class Column:
    """One column of the source and what it is taken for."""

    name: str
    role: Role
    reason: str


@dataclass(frozen=True, slots=True)
class Candidate:
    """A column that was considered for a role, and what spoke for or against it."""

    role: Role
    column: str
    chosen: bool
    reason: str
    close: bool = False
    """Not chosen, but it might have been: worth a word to the user."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Layout:
    """The findings about a source before it is read."""

    format: str
    """`csv`, `tsv`, `json`, `jsonl`, or the name of a binary format."""
    encoding: str | None
    """None for what is no text."""
    columns: tuple[Column, ...]
    candidates: tuple[Candidate, ...] = ()
    compression: str | None = None
    repaired: int = 0
    """Bytes that were not of the encoding and were read as Windows-1252; known once the source was read."""
    delimiter: str | None = None
    quoting: str | None = None
    header_line: int | None = None
    """1-based line (in a workbook: row) of the header; None where there is none."""
    sheet: str | None = None
    """The sheet of a workbook, or several of the same columns, joined with commas."""
    json_path: str | None = None
    """Path to the records in a JSON object; "" is the top."""
    preset: str | None = None
    title: str | None = None
    """The column that is put before each text; others of that role are not used."""
    scale: Scale | None = None
    scale_reason: str | None = None
    scale_reversed: bool = False
    """The lowest rating of the file is the best one; ratings are turned round as they are read."""
    date_order: str | None = None

    def of_role(self, role: Role) -> tuple[str, ...]:
        """Names of the columns of one role, in the order of the source."""
        return tuple(column.name for column in self.columns if column.role == role)


@dataclass(frozen=True, slots=True)
class RecordCounts:
    """The ends of a source's records, counted."""

    records: int
    comments: int
    empty: int
    rejected: int
    repeated: int
    company: int = 0
    """Of the empty ones, those in which the company speaks."""


@dataclass(frozen=True, slots=True)
class Inspection:
    """A source that was read to its end: its layout, and how its records ended."""

    path: str
    layout: Layout
    notes: tuple[str, ...]
    counts: RecordCounts
    rejects: Sequence[Reject]

    def as_json(self) -> dict[str, Json]:
        """Return a file of docs/schema/inspection-1.json."""
        layout: dict[str, Json] = asdict(self.layout)
        if (scale := self.layout.scale) is not None:
            ends = json_object(low=rating_number(scale.low), high=rating_number(scale.high))
            layout["scale"] = json_object(column=scale.column) | ends
        rejects: list[Json] = [
            json_object(line=reject.line, record=reject.record, reason=reject.reason) for reject in self.rejects
        ]
        counts: dict[str, Json] = asdict(self.counts)
        return {"path": self.path, **layout, "notes": [*self.notes], "counts": counts, "rejects": rejects}
