"""Binary files, refused by their first bytes; never by their names."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cxscan.errors import InputError
from cxscan.read.bytes.compression import find_compression
from cxscan.read.bytes.text import PLAIN_START

if TYPE_CHECKING:
    from cxscan.read.bytes.head import Head

_SAVE_AS_CSV = "save it as CSV and read that"
_CONVERT = "convert it"
_EXPORT = "export the comments as CSV or JSON"

REFUSED: tuple[tuple[bytes, str, str], ...] = (
    (b"PK\x05\x06", "an empty zip archive", _EXPORT),
    (b"SQLite format 3\x00", "a binary file, an SQLite database", _EXPORT),
    (b"%PDF", "a PDF document", _EXPORT),
    (b"\x89PNG", "a PNG image, a binary file", _EXPORT),
    (b"\xff\xd8\xff", "a JPEG image, a binary file", _EXPORT),
    (b"GIF8", "a GIF image, a binary file", _EXPORT),
    (b"BZh", "a bzip2 archive", "unpack it first (bunzip2), then read the text file"),
    (b"\xfd7zXZ\x00", "an xz archive", "unpack it first (unxz), then read the text file"),
    (b"7z\xbc\xaf\x27\x1c", "a 7z archive", "unpack it first, then read the file in it"),
    (b"Rar!", "a RAR archive", "unpack it first, then read the file in it"),
    (b"ARROW1", "an Arrow or Feather file", _CONVERT),
    (b"\x89HDF", "an HDF5 file, a binary format", _EXPORT),
    (b"FEA1", "a Feather file", _CONVERT),
    (b"Obj\x01", "an Avro file", _CONVERT),
    (b"ORC\x03", "an ORC file", _CONVERT),
    (b"$FL2", "an SPSS file (.sav)", _CONVERT),
    (b"<stata_dta>", "a Stata file (.dta)", _CONVERT),
    (b"RDX3\n", "an R data file", _CONVERT),
    (b"\x00\x01\x00\x00Standard", "an Access database", _EXPORT),
    (b"\x7fELF", "a program, a binary file", _EXPORT),
)

_DOCUMENTS: tuple[tuple[bytes, str], ...] = (
    (b"application/vnd.oasis.opendocument.spreadsheet", "an OpenDocument spreadsheet (.ods)"),
    (b"application/vnd.oasis.opendocument", "an OpenDocument file"),
    (b"word/document.xml", "a Word document (.docx)"),
    (b"ppt/presentation.xml", "a presentation (.pptx)"),
    (b"Index/Document.iwa", "a Numbers or Pages document"),
)
"""What a zip archive is by a member of it."""

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_PARTING = b"\x01\x02\x03\x14\x1c\x1d\x1e\x1f"
"""Control characters that some databases put between cells."""
_CONTROLS = bytes({*range(9), *range(14, 27), *range(28, 32), 127})


def refuse_by_content(head: Head, *, convert: str) -> None:
    """Raise InputError, naming what the file is, unless its first bytes may begin a text file.

    `convert` says what to do with a table that is not read.
    """
    content, path = head.content, head.path
    for magic, what, remedy in REFUSED:
        if content.startswith(magic):
            if remedy is _CONVERT:
                raise InputError(f"{path}: this is {what}, not a text file; {convert}")
            raise InputError(f"{path}: this is {what}, not a text file; {remedy}")
    if content.startswith(_OLE):
        raise InputError(f"{path}: {_compound(head)}")
    if content.startswith(b"PK\x03\x04"):
        raise InputError(f"{path}: {_zip(content)}")
    inner = find_compression(content)
    if inner is not None and head.compression is not None:
        what = f"{inner.name} inside {head.compression.name}"
        raise InputError(f"{path}: this is {what}, not a text file; unpack it first ({inner.command})")
    if content[:1] == b"\x80" and content[1:2] in b"\x02\x03\x04\x05":
        raise InputError(f"{path}: this is a Python pickle, a binary file that is never loaded; {_EXPORT}")


def _compound(head: Head) -> str:
    """Name what Office wrote in its old container: documents of old, and new ones under a password."""
    if "EncryptedPackage".encode("utf-16-le") in head.content or head.name.endswith((".xlsx", ".xlsm")):
        return "this is a workbook protected with a password; save it without one (File, Info, Protect Workbook)"
    if "WordDocument".encode("utf-16-le") in head.content:
        return f"this is an old Word document (.doc), not a text file; {_EXPORT}"
    return "this is an old Excel workbook (.xls), not a text file; save it as .xlsx or CSV and read that"


def _zip(content: bytes) -> str:
    for member, what in _DOCUMENTS:
        if member in content:
            return f"this is {what}, not a text file; {_SAVE_AS_CSV}"
    return "this is a zip archive, not a text file; unpack it first, then read the file in it"


def refuse_by_bytes(head: bytes, path: str) -> None:
    """Raise InputError if single-byte text holds nothing, or too many control bytes."""
    text = head.rstrip(b"\x00")
    if not text and head:
        raise InputError(f"{path}: the file is empty: nothing but NUL bytes; export it again")
    if PLAIN_START.match(text):
        text = text.replace(b"\x00", b"")
    if text.translate(None, _PARTING) == text.translate(None, _CONTROLS):
        return
    controls = len(text) - len(text.translate(None, _CONTROLS))
    if controls > 8 and controls * 20 > len(text):
        raise InputError(f"{path}: this is a binary file, not a text file; {_EXPORT}")
