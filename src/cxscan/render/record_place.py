"""Where a comment stands, in words."""

from __future__ import annotations

from pathlib import PurePath


def record_place(source: str, record: int, *, with_file: bool = True) -> str:
    """Return the name of the file and the number of the record, or the number alone."""
    return f"{PurePath(source).name} {record}" if with_file else f"{record}"
