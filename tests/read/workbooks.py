"""Workbooks as small as they can be, written for a test."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from xml.sax.saxutils import escape, quoteattr

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006"
STYLES = (
    f'<styleSheet xmlns="{MAIN}"><cellXfs count="3">'
    '<xf numFmtId="0"/><xf numFmtId="14"/><xf numFmtId="22"/></cellXfs></styleSheet>'
)
HIDDEN = ' state="hidden"'


class Raw(str):
    """A cell's content as XML: attributes, then what is inside, parted by >."""

    __slots__ = ()


Cell = str | float | bool | date | None


def letters(column: int) -> str:
    return letters(column // 26 - 1) + chr(65 + column % 26) if column >= 26 else chr(65 + column)


def cell(value: Cell, place: str) -> str:
    match value:
        case None:
            return ""
        case Raw():
            attributes, _, inside = value.partition(">")
            return f'<c r="{place}" {attributes}>{inside}</c>'
        case str():
            return f'<c r="{place}" t="inlineStr"><is><t xml:space="preserve">{escape(value)}</t></is></c>'
        case bool():
            return f'<c r="{place}" t="b"><v>{value:d}</v></c>'
        case datetime():
            serial = (value - datetime(1899, 12, 30, tzinfo=value.tzinfo)).total_seconds() / 86400
            return f'<c r="{place}" s="2"><v>{serial!r}</v></c>'
        case date():
            return f'<c r="{place}" s="1"><v>{(value - date(1899, 12, 30)).days}</v></c>'
        case _:
            return f'<c r="{place}"><v>{value!r}</v></c>'


def sheet_xml(rows: Sequence[Sequence[Cell]], behind: str = "") -> str:
    lines = (
        f'<row r="{number}">{"".join(cell(value, f"{letters(at)}{number}") for at, value in enumerate(row))}</row>'
        for number, row in enumerate(rows, 1)
    )
    return f'<worksheet xmlns="{MAIN}"><sheetData>{"".join(lines)}</sheetData>{behind}</worksheet>'


def workbook(
    sheets: Mapping[str, Sequence[Sequence[Cell]] | str], *, hidden: Sequence[str] = (), members: Mapping[str, str] = {}
) -> bytes:
    """A workbook with these sheets, each as rows or as XML; `members` are put over its other parts."""
    entries = "".join(
        f'<sheet name={quoteattr(name)} sheetId="{number}"{HIDDEN * (name in hidden)} r:id="rId{number}"/>'
        for number, name in enumerate(sheets, 1)
    )
    links = "".join(
        f'<Relationship Id="rId{number}" Type="{OFFICE}/worksheet" Target="worksheets/sheet{number}.xml"/>'
        for number in range(1, len(sheets) + 1)
    )
    parts = {
        "[Content_Types].xml": f'<Types xmlns="{PACKAGE}/content-types"/>',
        "_rels/.rels": f'<Relationships xmlns="{PACKAGE}/relationships"><Relationship Id="rId1" '
        f'Type="{OFFICE}/officeDocument" Target="xl/workbook.xml"/></Relationships>',
        "xl/workbook.xml": f'<workbook xmlns="{MAIN}" xmlns:r="{OFFICE}"><sheets>{entries}</sheets></workbook>',
        "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{PACKAGE}/relationships">{links}'
        f'<Relationship Id="rId0" Type="{OFFICE}/styles" Target="styles.xml"/></Relationships>',
        "xl/styles.xml": STYLES,
    }
    for number, content in enumerate(sheets.values(), 1):
        parts[f"xl/worksheets/sheet{number}.xml"] = content if isinstance(content, str) else sheet_xml(content)
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in (parts | dict(members)).items():
            archive.writestr(zipfile.ZipInfo(name), content, zipfile.ZIP_DEFLATED)
    return file.getvalue()
