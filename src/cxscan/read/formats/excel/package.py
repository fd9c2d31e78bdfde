"""The zip archive that a workbook is: held to limits, and searched for what calamine leaves out."""

from __future__ import annotations

import re
import zipfile
import zlib
from dataclasses import dataclass, field
from typing import IO, TYPE_CHECKING

from cxscan.errors import InputError
from cxscan.read.bytes.compression import unpacks_out_of_proportion

if TYPE_CHECKING:
    from collections.abc import Iterator
    from xml.etree.ElementTree import Element

_STEP = 1 << 20
_LONGEST_CELL = 1 << 20
_WORKBOOK, _LINKS = "xl/workbook.xml", "xl/_rels/workbook.xml.rels"
_LINK = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
_STRICT_LINK = "{http://purl.oclc.org/ooxml/officeDocument/relationships}id"

_CODE = rb"\s*(?:<(?:\w+:)?f\b(?:[^>]*/>|[^>]*>[^<]*</(?:\w+:)?f>)\s*)"
_IS_ERROR = re.compile(rb"""\bt=["']e["']""")
_ERROR = re.compile(rb"""<(?:\w+:)?c\b([^>]*\bt=["']e["'][^>]*)>""" + _CODE + rb"?<(?:\w+:)?v>(#[^<]*)<")
_PLACE = re.compile(rb"""\br=["']([A-Z]{1,3})(\d{1,7})["']""")
_FORMULA = re.compile(rb"<(?:\w+:)?c\b[^>]*>" + _CODE + rb"(?:<(?:\w+:)?v(?:\s*/>|></(?:\w+:)?v>))?\s*</(?:\w+:)?c>")
_WIDE = re.compile(rb"""\br=["']([A-Z]{2,3})\d""")
_CELL_ENDS = (b"</c>", b":c>")

_MOST_SPARSE = 8 << 20
_LEAST_CELL = len('<c r="A1"/>')
_SPARSE = 20
"""Places in the rectangle of a sheet for each cell that there can be in it, from which on it is not built."""


@dataclass(slots=True)
class SheetScan:
    """Facts about the cells of a sheet that its XML tells besides their values."""

    errors: dict[tuple[int, int], str] = field(default_factory=dict)
    """Errors such as `#N/A`, by 0-based row and column."""
    formulas: int = 0
    """Formulas that no program has computed: their cells are empty."""
    rows: int = 0
    """At most so many rows."""
    columns: int = 0
    """At most so many columns."""
    size: int = 0
    """Bytes of XML."""

    @property
    def is_sparse(self) -> bool:
        """Tell whether nearly all of its rectangle is empty, and that too large to be built."""
        places = self.rows * self.columns
        return places > _MOST_SPARSE and places > _SPARSE * self.size // _LEAST_CELL


class Package:
    """The parts of a workbook."""

    def __init__(self, file: IO[bytes], path: str) -> None:
        """Raise InputError for what is no sound workbook, or unpacks out of proportion."""
        self._path = path
        try:
            self._archive = zipfile.ZipFile(file)
        except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError) as trouble:
            raise self._damaged(trouble) from None
        members = self._archive.infolist()
        names = {member.filename for member in members}
        if "xl/workbook.bin" in names:
            raise InputError(f"{path}: this is a binary Excel workbook (.xlsb); save it as .xlsx and read that")
        if _WORKBOOK not in names:
            raise InputError(
                f"{path}: this is a zip archive, not a workbook; unpack it first, then read the file in it"
            )
        if any(member.flag_bits & 1 for member in members):
            raise InputError(f"{path}: the workbook is protected with a password; save it without one first")
        packed = sum(member.compress_size for member in members)
        if unpacks_out_of_proportion(sum(member.file_size for member in members), packed):
            raise InputError(f"{path}: unpacks to far more than its size, too large for an export (a zip bomb?)")
        for name in names:
            if name.startswith("xl/") and name.endswith(".xml") and "sheets/" not in name:
                for _ in self._chunks(name):
                    pass
        self._parts = self._sheet_parts()

    def scan(self, sheet: str) -> SheetScan:
        """Look through the XML of a sheet; raises InputError where it is damaged."""
        part = self._parts.get(sheet)
        return SheetScan() if part is None else _scan(self._chunks(part))

    def _sheet_parts(self) -> dict[str, str]:
        """The member of the archive that holds each sheet, by the sheet's name."""
        names = set(self._archive.namelist())
        if _LINKS not in names:
            return {}
        targets = {link.get("Id"): link.get("Target") or "" for link in self._tree(_LINKS).iter() if link.get("Id")}
        parts = {}
        for sheet in self._tree(_WORKBOOK).iter():
            name, target = sheet.get("name"), targets.get(sheet.get(_LINK) or sheet.get(_STRICT_LINK))
            if sheet.tag.endswith("}sheet") and name is not None and target is not None:
                part = target.lstrip("/")
                part = part if part.startswith("xl/") else f"xl/{part}"
                if part in names:
                    parts[name] = part
        return parts

    def _tree(self, part: str) -> Element:
        from xml.etree import ElementTree as ET

        content = b"".join(self._chunks(part))
        try:
            return ET.fromstring(content)  # noqa: S314  expat stops entities that multiply
        except ET.ParseError as trouble:
            raise self._damaged(trouble) from None

    def _chunks(self, part: str) -> Iterator[bytes]:
        """The bytes of a member; a damaged one, or one that is longer than it says, raises InputError."""
        try:
            with self._archive.open(part) as stream:
                while chunk := stream.read(_STEP):
                    yield chunk
        except (zipfile.BadZipFile, zlib.error, EOFError, OSError, NotImplementedError, RuntimeError) as trouble:
            raise self._damaged(trouble) from None

    def _damaged(self, trouble: Exception) -> InputError:
        why = " ".join(str(trouble).split())[:80]
        return InputError(f"{self._path}: the workbook is damaged or cut short ({why}); copy or export it again")


def _scan(chunks: Iterator[bytes]) -> SheetScan:
    scan = SheetScan()
    rest, last_row, widest = b"", b"", {b"Z"}
    for chunk in chunks:
        scan.size += len(chunk)
        text = rest + chunk
        end = max(text.rfind(mark) + len(mark) for mark in _CELL_ENDS)
        text, rest = (text[:end], text[end:]) if end > len(b"</c>") else (b"", text)
        if len(rest) > _LONGEST_CELL + _STEP:
            text, rest = rest, b""
        last_row = _search(text, scan, widest) or last_row
    last_row = _search(rest, scan, widest) or last_row
    scan.rows = int(last_row or 0)
    scan.columns = max(map(_column, widest))
    return scan


def _search(text: bytes, scan: SheetScan, widest: set[bytes]) -> bytes:
    """Note what stands in a stretch of whole cells, and the widest columns; return the row of the last cell."""
    widest.update(_WIDE.findall(text))
    if _IS_ERROR.search(text):
        for attributes, error in _ERROR.findall(text):
            if place := _PLACE.search(attributes):
                scan.errors[int(place[2]) - 1, _column(place[1]) - 1] = error.decode("utf-8", "replace")
    if b"<f" in text or b":f" in text:
        scan.formulas += sum(1 for _ in _FORMULA.finditer(text))
    places = _PLACE.findall(text[-_LONGEST_CELL:])
    return bytes(places[-1][1]) if places else b""


def _column(letters: bytes) -> int:
    """The 1-based number of a column: AA → 27."""
    number = 0
    for letter in letters:
        number = number * 26 + letter - 64
    return number
