"""Text encoded twice: UTF-8 that was read as another encoding on its way, which makes "Itâ€™s" of "It’s".

Every encoding below has characters for the bytes from 0x80 on. UTF-8 puts these in an order that words hardly ever keep
by chance, so where characters stand for the bytes of a likely character, that one is meant. Each is mended in its
place: text that is whole may stand beside it. (The ftfy library mends texts whole. It says of no word where it stood,
finds no emoji of which a byte was lost, and does not know Mac Roman on top of Windows-1252.)
"""

from __future__ import annotations

import re
from contextlib import suppress
from typing import TYPE_CHECKING

from cxscan.alignment import Replacement
from cxscan.clean.repairs.repair import Repair

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

_FOLLOWS = "[\x80-\xbf]"
_SYMBOLS = f"[\xe2\xef]{_FOLLOWS}{{2}}|\xf0{_FOLLOWS}{{3}}"
"""Quotes, dashes, signs and emoji in UTF-8, a character for a byte."""

_ALL = re.compile(f"(?:[\xc2\xc3]{_FOLLOWS}|{_SYMBOLS})+")
"""Also £, °, and letters as é."""

_ONLY_SYMBOLS = re.compile(f"(?:{_SYMBOLS})+")
_SCRIPTS = re.compile(f"(?:[\xc4-\xdf]{_FOLLOWS}|[\xe0-\xef]{_FOLLOWS}{{2}}){{3,}}")
"""Greek, Cyrillic, Hindi …: one such character may stand there by chance."""

_LOST = bytes.fromhex("818d8f909d")
"""Bytes that are no character of Windows-1252: readers drop them, or put a question mark."""

_LOSING = "”👍😍🙏❤️🏻🏼🏽🏾🏿⭐❌💝🤝🍕🎁"
"""Characters with such a byte; of those that look the same without it the first one is meant."""


class _ByteOf(dict[int, int]):
    """Characters → their bytes in an encoding, for `str.translate`; what is none of it becomes NUL."""

    def __missing__(self, code: int) -> int:
        return code if code < 0x80 else 0


def _byte_of(encoding: str) -> _ByteOf:
    """The byte of each character from 0x80 on; a byte without one stands for itself, as in Latin-1."""
    byte_of = _ByteOf((byte, byte) for byte in range(0x80, 0xA0))
    for byte in range(0x80, 0x100):
        byte_of[ord(bytes([byte]).decode(encoding, "ignore") or chr(byte))] = byte
    return byte_of


def _through_mac() -> _ByteOf:
    """Windows-1252, written as Mac Roman and read as Windows-1252 once more ("don‰Ûªt")."""
    meant = {code: ord(bytes([byte]).decode("mac_roman")) for code, byte in _WINDOWS.items()}
    return _ByteOf((code, _WINDOWS[inner]) for code, inner in meant.items() if inner in _WINDOWS)


_WINDOWS = _byte_of("cp1252")
_MISREADINGS = (
    (_WINDOWS, _ALL),
    (_through_mac(), _ALL),
    *((_byte_of(name), _ALL) for name in ("mac_roman", "cp437", "cp850", "cp1250")),
    *((_byte_of(name), _ONLY_SYMBOLS) for name in ("cp1251", "cp1253", "cp1254", "cp1257")),
)
"""Encodings in which UTF-8 was read, the likeliest first, and what is believed to stand in them."""

_DOUBLE_BYTE = (
    ("gb18030", re.compile("[鈥馃][\u3400-\u9fff\ue000-\uf8ff]+|鈥\\?")),
    ("cp932", re.compile("窶[\u3000-\u9fff\uff61-\uff9f]")),
)
"""Encodings of two bytes a character, and what stands in them for quotes, dashes and emoji ("don鈥檛")."""


def _without_lost_bytes() -> dict[str, str]:
    """Windows-1252's look of characters that lost a byte → the character."""
    looks = {f"{first}Û{last}": meant for first in "‰\x89" for last, meant in (("_", "…"), ("\x9d", "”"))}
    for character in _LOSING:
        read = character.encode()
        for instead in ("", "?", "\ufffd", "Â"):
            look = "".join(instead if byte in _LOST else bytes([byte]).decode("cp1252") for byte in read)
            looks.setdefault(look, character)
    return looks


_LOOKS = _without_lost_bytes()
_LOSSY = re.compile("|".join(map(re.escape, sorted(_LOOKS, key=len, reverse=True))))
_HEADLESS_EMOJI = re.compile(f"\x9f{_FOLLOWS}{{2}}")
_LOST_SPACE = re.compile("(?<![A-ZÀ-Þ])(?:[ÂÃ](?=\\s|$)|â(?=\xa0))")
"""Of a space that does not break, or of à; it is a plain space by now, or was cut off at the end."""
_CONTROLS = re.compile("[\x80-\x9f]")
"""Characters of Windows-1252, read as Latin-1."""

_MARKS_OF_QUOTING = frozenset("“”‘’…–—")


def _find(text: str) -> list[Replacement]:
    """The misread characters of the first encoding that has any; what others made shows when these are mended."""
    for byte_of, sequences in _MISREADINGS:
        found = list(_misread(text, byte_of, sequences))
        if found:
            return found
    for find in _FURTHER:
        if found := list(find(text)):
            return found
    return []


def _misread(text: str, byte_of: _ByteOf, sequences: re.Pattern[str]) -> Iterator[Replacement]:
    for match in sequences.finditer(text.translate(byte_of)):
        start, end = match.span()
        meant = _decoded(match[0])
        if all(map(_is_likely, meant)) and not _is_a_capital_before_a_mark(text, start, end):
            yield Replacement(start, end, meant)


def _decoded(image: str) -> str:
    """Decode bytes, a character for each, as UTF-8; U+0000 in it where they have its order and are no character."""
    return image.encode("latin-1").decode(errors="ignore") or "\0"


def _is_likely(character: str) -> bool:
    code = ord(character)
    return (
        0x80 <= code < 0x100 or 0x2000 <= code < 0x2C00 or 0xFE00 <= code < 0xFE10 or code in {0xFEFF, 0xFFFD}
        or 0x1F000 <= code < 0x1FB00 or 0xE0000 <= code < 0xE0080
    )  # fmt: skip


def _is_a_capital_before_a_mark(text: str, start: int, end: int) -> bool:
    """A word in capitals that ends in Â or Ã, and a quotation mark or dash: they would be read as a letter."""
    before, after = text[:start][-1:], text[end:][:1]
    return end - start == 2 and text[end - 1] in _MARKS_OF_QUOTING and before.isupper() and not after.islower()


def _of_other_scripts(text: str) -> Iterator[Replacement]:
    for match in _SCRIPTS.finditer(text.translate(_WINDOWS)):
        yield Replacement(*match.span(), _decoded(match[0]))


def _of_two_bytes(text: str) -> Iterator[Replacement]:
    for encoding, sequences in _DOUBLE_BYTE:
        for match in sequences.finditer(text):
            with suppress(UnicodeError):
                cut = match[0].endswith("?")
                yield Replacement(*match.span(), "”" if cut else match[0].encode(encoding).decode())


def _of_lost_bytes(text: str) -> Iterator[Replacement]:
    for match in _LOSSY.finditer(text):
        yield Replacement(*match.span(), _LOOKS[match[0]])


def _of_lost_first_bytes(text: str) -> Iterator[Replacement]:
    for match in _HEADLESS_EMOJI.finditer(text.translate(_WINDOWS)):
        meant = _decoded(f"\xf0{match[0]}")
        if _is_likely(meant):
            yield Replacement(*match.span(), meant)


def _of_lost_spaces(text: str) -> Iterator[Replacement]:
    for match in _LOST_SPACE.finditer(text):
        yield Replacement(*match.span(), "à" if match[0] == "Ã" else "")


def _of_controls(text: str) -> Iterator[Replacement]:
    for match in _CONTROLS.finditer(text):
        yield Replacement(*match.span(), bytes([ord(match[0])]).decode("cp1252", "ignore"))


_FURTHER = (
    _of_other_scripts, _of_two_bytes, _of_lost_bytes, _of_lost_first_bytes, _of_lost_spaces, _of_controls,
)  # fmt: skip


def _class(codes: Iterable[int]) -> str:
    return f"[{''.join(re.escape(chr(code)) for code in sorted(codes))}]"


def _sign() -> re.Pattern[str]:
    """A character that may begin a misread one, and what goes on with it."""
    tables = [byte_of for byte_of, _ in _MISREADINGS]
    first = {code for table in tables for code, byte in table.items() if byte in {0xC2, 0xC3, 0xE2, 0xEF, 0xF0}}
    follows = {code for table in tables for code, byte in table.items() if byte < 0xC0}
    of_scripts = {code for code, byte in _WINDOWS.items() if 0xC4 <= byte < 0xF0} - first
    alone = {*map(ord, "鈥馃窶Ÿ"), *range(0x80, 0xA0)}
    return re.compile(  # one class in front, for which a text is searched fast
        f"{_class(alone | first | of_scripts)}"
        f"(?:(?<={_class(alone)})"
        f"|(?<={_class(first)})(?:{_class({*follows, ord('?'), 0xFFFD})}|\\s|$)"
        f"|{_class(code for code, byte in _WINDOWS.items() if byte < 0xC0)}{{1,2}}{_class(of_scripts)})"
    )


ENCODED_TWICE = Repair("text encoded twice", lambda texts: texts.beyond_ascii, _sign(), _find)
