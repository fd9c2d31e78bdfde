"""Texts that are no table: web pages, mails, pointers, scripts; refused by what they begin with, never by name."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from cxscan.errors import InputError
from cxscan.lazy_pattern import LazyPattern

if TYPE_CHECKING:
    from cxscan.read.bytes.head import Head

_BEGINNING = 1 << 14
"""Characters that are looked at."""
_EXPORT = "export the comments as CSV or JSON"
_SAVE_AS_CSV = "open it in a spreadsheet, save it as CSV and read that"
_FIELD = r"(?:[\w-]+:[^\n]*\n(?:[ \t]+[^\n]*\n)*)"
"""A line of a mail's head, with those that continue it."""
_MAIL_FIELD = (
    "(?:return-path|received|delivered-to|message-id|mime-version|from|to|date|subject|content-type|x-[\\w-]+)"
)
_SQL_OPENING = r"(?:--[^\n]*\s+|/\*[^;]*?\*/;?\s*|(?:set|use|begin|start) [^;\n]*;\s*)"
_TAGS = "html|head|body|script|style|meta|title|table|tr|div|center|frameset"

REFUSED_TEXTS: tuple[tuple[str, str, str], ...] = (
    (
        r"version https://git-lfs\.github\.com/spec/",
        "a Git LFS pointer that stands in the place of the file",
        "run git lfs pull, then read it",
    ),
    (
        r"/annex/objects/",
        "a pointer of git-annex that stands in the place of the file",
        "run git annex get, then read it",
    ),
    (
        r"(?:md5|outs):[^\n]*\n(?:[-\s]*(?:md5|size|hash|path|nfiles|\w+): [^\n]*\n)+$",
        "a pointer of DVC that stands in the place of the file",
        "run dvc pull, then read it",
    ),
    (r"\{\\rtf", "an RTF document", "save it as plain text or CSV and read that"),
    (r"BEGIN:VCARD", "a file of contacts (vCards)", _EXPORT),
    (r"BEGIN:VCALENDAR", "a calendar (iCalendar)", _EXPORT),
    (_FIELD + r"{0,30}?content-type:\s*multipart/related", "an HTML page packed like a mail (MHTML)", _SAVE_AS_CSV),
    (r"from:[^\n]*saved by", "an HTML page packed like a mail (MHTML)", _SAVE_AS_CSV),
    (r"from \S+ +(?:mon|tue|wed|thu|fri|sat|sun),? +\w+ +\w+[ :\d]", "a mailbox (mbox)", _EXPORT),
    (
        rf"(?:(?={_MAIL_FIELD}:\s){_FIELD}){{3}}",
        "an e-mail",
        _EXPORT,
    ),
    (
        rf"{_SQL_OPENING}*(?:insert into|create (?:table|database)|drop table|copy [\w.\"]+ \([^\n]*from stdin)\b",
        "an SQL script",
        "load it into a database and export the table as CSV",
    ),
    (r"-\[ record 1 \][-+]", "the expanded display of psql", r"export with \copy (QUERY) TO 'FILE' CSV HEADER"),
    (r"\*{10,} 1\. row \*{10,}", "the vertical display of mysql", r"run the query with --batch and without \G"),
    (
        r"(?:<\?xml[^>]*>\s*)?(?:<\?mso-application[^>]*>\s*)?<(?:ss:)?workbook\b",
        "a spreadsheet as XML (Excel 2003)",
        _SAVE_AS_CSV,
    ),
    (
        rf"(?:<!--.*?-->\s*)*<(?:!doctype|{_TAGS})\b|<\?xml[^>]*>\s*<(?:!doctype html|html)\b",
        "an HTML page",
        "export it again (an expired session?), or open it in a spreadsheet and save its table as CSV",
    ),
    (r"<\?xml\b|<([a-z][\w:.-]*)(?:\s[^<>]*)?>\s*<(?!/\1)[a-z]", "an XML file", _EXPORT),
)
"""What a text begins with (a pattern, without regard to case), what it is, and what to do about it."""

_SHAPES = tuple(
    (LazyPattern(rf"\ufeff?\s*(?:{shape})", re.IGNORECASE | re.DOTALL), what, remedy)
    for shape, what, remedy in REFUSED_TEXTS
)


def refuse_by_text(head: Head) -> None:
    """Raise InputError, naming what the text is, unless it may begin a table or JSON."""
    begin = head.text[:_BEGINNING].replace("\r\n", "\n")
    for shape, what, remedy in _SHAPES:
        if shape.match(begin):
            raise InputError(f"{head.path}: this is {what}, not a CSV or JSON file; {remedy}")
