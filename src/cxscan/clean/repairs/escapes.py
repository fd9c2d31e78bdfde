r"""Characters that stand in a text as programs spell them: `\u2019`, `\n`, `\'`, `<U+2019>`, `_x000D_`."""

from __future__ import annotations

import re
from itertools import chain

from cxscan.clean.repairs.repair import Repair, around, by_pattern, line_break
from cxscan.rules.words import known_words

_HALVES = re.compile(r"(?:\\{1,4}|%)?u(d[89ab][0-9a-f]{2})(?:\\{1,4}|%)?u(d[c-f][0-9a-f]{2})", re.IGNORECASE)
"""An emoji in two halves, as JSON has it; the backslashes are lost on the way at times."""

_CODE = re.compile(
    r"(?:\\{1,4}u|%u)([0-9a-f]{4})|\\{1,4}u\{([0-9a-f]{2,6})\}|\\{1,4}U000([0-9a-f]{5})|<U\+([0-9a-f]{4,8})>"
    r"|(?<=[a-z])u(2019)(?=(?:s|t|m|d|re|ve|ll)\b)",
    re.IGNORECASE,
)
_BYTES = re.compile(r"(?:\\{1,4}x[0-9a-f]{2})+|(?:<[89a-f][0-9a-f]>)+|(?:\\'[89a-f][0-9a-f])+", re.IGNORECASE)
"""As Python, R and RTF spell them."""

_BYTES_OF_UTF8 = re.compile("(?:[=%][C-F][0-9A-F](?:[=%][89AB][0-9A-F]){1,3})+", re.IGNORECASE)
"""As mails and addresses spell them."""

_ASCII = re.compile(r"(?<=[a-z])(?:%(27|20|2c|21)(?=[a-z ]|\Z)|=(3D)|=(20)(?=\r?\n|\Z))", re.IGNORECASE)
_EXCEL_LINE_END = re.compile(r"(?:_x(?:005F_x)?000[AD]_\s*)+", re.IGNORECASE)
_EXCEL = re.compile("_x(?:005F_x)?([0-9A-F]{4})_", re.IGNORECASE)
_QUOTE = re.compile(r"""\\{1,4}(?=['"’‘“”])|(?<![/\\])\\(?=/(?!\\))""")
_LINE_END = re.compile(r"(?:\\{1,4}r)?\\{1,4}n|\\{1,4}r\\{1,4}n|(?<=[.!?])\\{1,4}[rt]")
_PYTHON = re.compile(r"""\Ab(?=(['"]).*\1\Z)""", re.DOTALL)
_PATH = re.compile(r"\b[a-z]:(?:\\[^\n.]*)?\Z|\\\\\w\S*\Z", re.IGNORECASE)
_WORD = re.compile("[a-z]*")


def _halves(match: re.Match[str]) -> str:
    return "".join(chr(int(half, 16)) for half in match.groups()).encode("utf-16", "surrogatepass").decode("utf-16")


def _code(match: re.Match[str]) -> str | None:
    code = int(next(filter(None, match.groups())), 16)
    return None if 0xD800 <= code < 0xE000 or code > 0x10FFFF else chr(code)


def _bytes(match: re.Match[str]) -> str:
    spelled = bytes.fromhex("".join(re.findall("[0-9a-f]{2}", match[0], re.IGNORECASE)))
    try:
        return spelled.decode()
    except UnicodeDecodeError:
        return spelled.decode("cp1252", "replace")


def _bytes_of_utf8(match: re.Match[str]) -> str | None:
    meant = _bytes(match)
    return meant if meant.encode() == bytes.fromhex(re.sub("[=%]", "", match[0])) else None


def _ascii(match: re.Match[str]) -> str:
    return chr(int(next(filter(None, match.groups())), 16))


def _line_end(match: re.Match[str]) -> str | None:
    r"""The line break, unless a word or a path begins with its letter: `yes\no`."""
    before, after = around(match)
    word = match[0][-1] + "".join(_WORD.findall(after)[:1])
    if _PATH.search(before) or (before[-1:].isalnum() and word in known_words()):
        return None
    return line_break(match)


_FORMS = (
    (_PYTHON, lambda _match: ""),
    (_HALVES, _halves),
    (_CODE, _code),
    (_BYTES, _bytes),
    (_BYTES_OF_UTF8, _bytes_of_utf8),
    (_ASCII, _ascii),
    (_EXCEL_LINE_END, line_break),
    (_EXCEL, _code),
    (_QUOTE, lambda _match: ""),
    (_LINE_END, _line_end),
)
ESCAPES = Repair(
    "characters spelled out",
    lambda texts: chain(
        texts.with_any(b"\\", b"_", b"<", b"%", b"=", b"u2019", b"ud83"), texts.beginning_with("b'", 'b"')
    ),
    re.compile(
        r"""\\|_[xX][0-9A-Fa-f]{4}|<[uU8-9a-fA-F]|[%=][2-9A-Fa-fuU][0-9A-Fa-f]|[uU](?:2019|[dD][89abAB])|\Ab['"]"""
    ),
    by_pattern(_FORMS),
)
