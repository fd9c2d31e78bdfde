"""Other people's words made harmless, one function per target; every text from an input passes one of them.

The threats: control sequences and text direction tricks in terminals, commands that CI systems read from logs
(actions/runner ActionCommand.cs, Azure ##vso, TeamCity service messages, GitLab sections), formulas in spreadsheets
(OWASP ASVS 1.2.10), and marks that mean something to Markdown.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from cxscan.lazy_pattern import LazyPattern

if TYPE_CHECKING:
    from collections.abc import Iterable

_BREAKS = re.compile(r"[\t\n\v\f\r\x1c-\x1e\x85\u2028\u2029]+")
_SURROGATES = "\ud800-\udfff"
_UNSEEN = f"\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069{_SURROGATES}\U000e0000-\U000e007f"
_NOT_SHOWN = re.compile(f"[\0-\x1f{_UNSEEN}]")
_NOT_SHOWN_IN_JSON = re.compile(f"[{_UNSEEN}]")  # json.dumps wrote out the rest
_NOT_IN_UTF8 = re.compile(f"[{_SURROGATES}]")
_COMMAND_START = re.compile(r"^([^\S\n]*)([:#])(?=\2)", re.MULTILINE)
_COMMANDS = (re.compile(r"#(?=#\w*\[)"), re.compile(r"section_(?=(?:start|end):)"))
_MARKDOWN = re.compile(r"[\\`*_\[\]<>#!|~$&:]")
_MENTION = re.compile(r"@(?=\w)")
_NOT_XML = LazyPattern("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_NUMBER = re.compile(r"[+-]?\d+(?:[.,]\d+)?")
_QUOTED = re.compile(r'[",\r\n]|^\s|\s$')
_FORMULA = re.compile(
    r"[\t\r\0]|[\s\0-\x1f\u200b-\u200f\u2060\ufeff]*[=+\-@＝＋－＠]"
)  # fullwidth: Excel reads them too


def clean(text: str) -> str:
    r"""For a terminal or a log, on one line: what cannot be seen is written out (`\x1b`), CI commands are broken."""
    visible = _NOT_SHOWN.sub(_written_out, _BREAKS.sub(" ", text))
    return break_commands(visible)


def break_commands(text: str) -> str:
    """No CI system finds a command: no line starts with `::` or `##`, nowhere stands `##[` or the like."""
    for command in _COMMANDS:
        text = command.sub(r"\g<0> ", text)
    return _COMMAND_START.sub(r"\1\2 ", text)


def markdown_cell(text: str) -> str:
    """For a cell of a Markdown table: one line, every mark escaped, nobody mentioned."""
    return _MENTION.sub("@\u200b", _MARKDOWN.sub(r"\\\g<0>", clean(text)))


def csv_cell(text: str) -> str:
    """For a cell of a CSV file: what a spreadsheet could take for a formula gets an apostrophe before it."""
    encodable = text if text.isascii() else _NOT_IN_UTF8.sub(_written_out, text)
    return f"'{encodable}" if _FORMULA.match(encodable) and not _NUMBER.fullmatch(encodable) else encodable


def csv_row(cells: Iterable[str]) -> str:
    r"""A line of CSV. Python's own writer leaves a lone carriage return unquoted where lines end in `\n` (3.11)."""
    row = ",".join('"' + cell.replace('"', '""') + '"' if _QUOTED.search(cell) else cell for cell in cells)
    return (row or '""') + "\n"


def xml_text(text: str) -> str:
    """For text or attributes of XML 1.0: marks escaped, characters that XML forbids replaced."""
    text = _NOT_XML.sub("\ufffd", text).replace("&", "&amp;")  # first: the others bring one
    return text.replace("<", "&lt;").replace(">", "&gt;").replace('"', "&quot;")  # xml.sax would load urllib.request


def json_text(dumped: str) -> str:
    """JSON whose strings hold nothing that acts on a terminal or a log; it still means the same."""
    if "\x7f" in dumped or not dumped.isascii():
        dumped = _NOT_SHOWN_IN_JSON.sub(lambda match: _as_json(match[0]), dumped)
    if "##" in dumped or "section_" in dumped:  # every command has one of them
        for command in _COMMANDS:
            dumped = command.sub(lambda match: _as_json(match[0][0]) + match[0][1:], dumped)
    return dumped


def _written_out(match: re.Match[str]) -> str:
    return match[0].encode("unicode_escape").decode()


def _as_json(character: str) -> str:
    units = character.encode("utf-16-be", "surrogatepass").hex()
    return "".join(f"\\u{units[at : at + 4]}" for at in range(0, len(units), 4))
