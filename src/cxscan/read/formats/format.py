"""The interface of a file format: recognise it, open it, and get a table."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from cxscan.layout import Layout
    from cxscan.read.bytes.head import Head
    from cxscan.read.bytes.raw import Raw
    from cxscan.read.request import ReadRequest
    from cxscan.read.rows import ReadStats, Rows

FIRST_RECORDS = 1000
"""Records from which columns, scale and date order are inferred."""


class FileFormat(Protocol):
    """A file format; `registry.FORMATS` lists all of them."""

    @property
    def name(self) -> str:
        """One word; its test is `tests/read/test_NAME.py`."""
        ...

    @property
    def title(self) -> str:
        """As messages name it."""
        ...

    @property
    def suffixes(self) -> tuple[str, ...]:
        """Ends of the names, in lower case, by which its files in a folder are known."""
        ...

    @property
    def is_text(self) -> bool:
        """True if its files are text: these formats are asked last, once it is sure that the source is text."""
        ...

    def recognises(self, head: Head) -> bool:
        """Tell whether a source that begins so is of this format."""
        ...

    def open(self, raw: Raw, head: Head, request: ReadRequest) -> SourceTable:
        """Look at the beginning; raise InputError or UsageError if it holds no records or lacks what is asked for."""
        ...


class ReadRows(Protocol):
    """All records of a source, read from its beginning with each call."""

    def __call__(self, texts: Sequence[int], wanted: Sequence[int], stats: ReadStats) -> Iterator[Rows]:
        """The records with their places; `texts` are the columns of text, only those `wanted` need be filled."""
        ...


@dataclass(frozen=True, kw_only=True)
class SourceTable:
    """A source as a table: its columns, its first records, and a way to read all of them."""

    layout: Layout
    """The layout as far as the format knows it; columns and their roles are still open."""
    names: tuple[str, ...]
    """Names of the columns, no two the same."""
    first: list[list[str]]
    """The first records, up to `FIRST_RECORDS`."""
    rows: ReadRows
    written: tuple[str, ...] = ()
    """The names as the source writes them, where they differ."""
    labels: tuple[str, ...] = ()
    """Second header cells; "" where there is none."""
    notes: tuple[str, ...] = ()
    """Notes to the user of the way it is read."""
    vendor: str | None = None
    """Maker of these header rows, if they show it."""
    trouble: str | None = None
    """The reason why the first record could not be read, where none could."""
    parts: tuple[SourceTable, ...] = ()
    """The tables of a source that holds several (sheets), this one the first: they are still to be chosen from."""

    @property
    def questions(self) -> tuple[str, ...]:
        """The survey question under or in place of each name; the name itself elsewhere."""
        return tuple(label or name for name, label in zip(self.names, self.labels or self.names, strict=True))
