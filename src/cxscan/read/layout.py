"""How a source is laid out: what `inspect` shows, with the reason for each choice."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from cxscan.model import Scale

Role = Literal["text", "title", "rating", "date", "id", "segment", "reply", "other"]

CONSIDERED: tuple[Role, ...] = ("text", "rating", "date", "id")
"""Roles whose candidates are listed."""


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


@dataclass(frozen=True, slots=True, kw_only=True)
class Layout:
    """What was found out about a source before reading it."""

    format: str
    """`csv`, `tsv`, `json` or `jsonl`."""
    encoding: str
    columns: tuple[Column, ...]
    candidates: tuple[Candidate, ...] = ()
    compression: str | None = None
    repaired: int = 0
    """Bytes that were not of the encoding and were read as Windows-1252; known once the source was read."""
    delimiter: str | None = None
    quoting: str | None = None
    header_line: int | None = None
    """1-based line of the header; None for JSON."""
    json_path: str | None = None
    """Where in a JSON object the records stand; "" is the top."""
    preset: str | None = None
    scale: Scale | None = None
    scale_reason: str | None = None
    date_order: str | None = None

    def of_role(self, role: Role) -> tuple[str, ...]:
        """Names of the columns of one role, in the order of the source."""
        return tuple(column.name for column in self.columns if column.role == role)
