"""What a file is, by its first bytes; never by its name."""

from __future__ import annotations

from cxscan.errors import InputError

GZIP = b"\x1f\x8b"

_SAVE_AS_CSV = "save it as CSV and read that"
_CONVERT = "Parquet, Excel and .zst are not read yet: write it as CSV or JSON Lines (both may be gzipped)"
_EXPORT = "export the comments as CSV or JSON"

_REFUSED: tuple[tuple[bytes, str, str], ...] = (
    (b"\x28\xb5\x2f\xfd", "a zstd frame (.zst)", "unpack it first (zstd -d), then read the text file"),
    (b"PAR1", "a Parquet file", _CONVERT),
    (b"PK\x05\x06", "an empty zip archive", _EXPORT),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "an old Excel workbook (.xls)", _SAVE_AS_CSV),
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
    (b"\x7fELF", "a program, a binary file", _EXPORT),
)

_CONTROLS = bytes({*range(9), *range(14, 27), *range(28, 32), 127})
_MARKUP = (b"<!doctype", b"<html", b"<?xml", b"<head", b"<body", b"<script")


def refuse_by_content(head: bytes, path: str) -> None:
    """Raise InputError, naming what the file is, unless `head` (its first bytes, unpacked) may begin a text file."""
    for magic, what, remedy in _REFUSED:
        if head.startswith(magic):
            raise InputError(f"{path}: this is {what}, not a text file; {remedy}")
    if head.startswith(b"PK\x03\x04"):
        raise InputError(f"{path}: {_zip(head)}")
    if head.startswith(GZIP):
        raise InputError(f"{path}: this is gzip inside gzip, not a text file; unpack it first (gunzip)")
    if head[:1] == b"\x80" and head[1:2] in b"\x02\x03\x04\x05":
        raise InputError(f"{path}: this is a Python pickle, a binary file that is never loaded; {_EXPORT}")


def _zip(head: bytes) -> str:
    if b"[Content_Types].xml" in head or b"xl/" in head:
        return f"this is an Excel workbook (.xlsx), not a text file; {_CONVERT}"
    return "this is a zip archive, not a text file; unpack it first, then read the file in it"


def refuse_by_bytes(head: bytes, path: str) -> None:
    """Raise InputError if single-byte text holds too many control bytes, or is a web page saved under another name."""
    text = head.rstrip(b"\x00")
    if not text and head:
        raise InputError(f"{path}: the file is empty: nothing but NUL bytes; export it again")
    controls = len(text) - len(text.translate(None, _CONTROLS))
    if controls > 8 and controls * 20 > len(text):
        raise InputError(f"{path}: this is a binary file, not a text file; {_EXPORT}")
    if text.lstrip(b"\xef\xbb\xbf \t\r\n")[:16].lower().startswith(_MARKUP):
        raise InputError(
            f"{path}: this is an HTML or XML page, not a CSV or JSON file (an expired session?); export it again"
        )
