"""Names of files, and of places in them, as a reader sees them."""

from __future__ import annotations

from pathlib import PurePath
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from cxscan.summary import Quote, Summary


def file_name(path: str) -> str:
    """Return the name without its folders; the path where it has none, as `-`."""
    return PurePath(path).name or path


def record_place(source: str, record: int, *, with_file: bool = True) -> str:
    """Return the name of the file and the number of the record, or the number alone."""
    return f"{PurePath(source).name} {record}" if with_file else f"{record}"


def quote_place(quote: Quote, summary: Summary) -> str:
    """Return where a quote stands: its file, when the summary is of several, and its record."""
    return record_place(quote.source, quote.record, with_file=len(summary.inputs) > 1)
