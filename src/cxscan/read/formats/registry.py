"""All file formats, in the order in which they are asked, and what follows from the list."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cxscan.errors import InputError
from cxscan.read.bytes.compression import COMPRESSIONS
from cxscan.read.bytes.text import refuse_foreign
from cxscan.read.formats.delimited.format import DELIMITED
from cxscan.read.formats.excel.format import EXCEL
from cxscan.read.formats.json.format import JSON
from cxscan.read.formats.parquet.format import PARQUET
from cxscan.read.formats.refused import refuse_by_bytes, refuse_by_content
from cxscan.read.formats.refused_texts import refuse_by_text

if TYPE_CHECKING:
    from cxscan.read.bytes.head import Head
    from cxscan.read.formats.format import FileFormat

FORMATS: tuple[FileFormat, ...] = (PARQUET, EXCEL, JSON, DELIMITED)
"""The first that recognises a source reads it; the last takes whatever is text."""


def find_format(head: Head) -> FileFormat:
    """The format of the source that begins so; raises InputError for what is of none."""
    for form in FORMATS:
        if not form.is_text and form.recognises(head):
            return form
    _refuse(head)
    return next(form for form in FORMATS if form.is_text and form.recognises(head))


def _refuse(head: Head) -> None:
    """Raise InputError for what is no text, or no text that holds records."""
    refuse_by_content(head, convert=f"write it as {_listed([form.title for form in reversed(FORMATS)])}")
    if not head.encoding.startswith(("utf-16", "utf-32")):
        refuse_by_bytes(head.content, head.path)
    if head.encoding == "utf-8":
        refuse_foreign(head.content, head.path)
    if not head.text.strip():
        raise InputError(f"{head.path}: the file is empty: nothing but white space; export it again")
    refuse_by_text(head)


def readable_suffixes() -> tuple[str, ...]:
    """Ends of the names of readable files, unpacked, the most usual first."""
    return tuple(suffix for form in reversed(FORMATS) for suffix in form.suffixes)


def told_suffixes() -> str:
    """The ends of readable files' names as a message lists them."""
    return f"{', '.join(readable_suffixes())}, or these with {_listed([packing.suffix for packing in COMPRESSIONS])}"


def _listed(names: list[str]) -> str:
    return " or ".join(filter(None, (", ".join(names[:-1]), names[-1])))
