r"""Apostrophes that were lost: "wasn t", "wasn?t", "wasn''t", "wasn\ufffdt". A negation goes with them.

A space or another mark is taken for one only between the parts of a contraction: "I said no?then" has none.
"""

from __future__ import annotations

import re
from itertools import chain
from string import ascii_letters, digits
from typing import TYPE_CHECKING

import numpy as np

from cxscan.alignment import Replacement
from cxscan.clean.repairs.repair import Repair

if TYPE_CHECKING:
    from collections.abc import Iterator

    from cxscan.clean.repairs.joined_texts import JoinedTexts

_CONTRACTIONS = {
    "t": "ain aren can couldn didn doesn don dosen hadn hasn haven isn mustn needn shan shouldn wasn weren won wouldn",
    "s": "it that he she what there here let who where how everything everyone nobody somebody someone nothing",
    "m": "i",
    "re": "you we they there what who",
    "ve": "i you we they could should would might must who",
    "ll": "i you we they he she it that this there who what",
    "d": "i you we they he she who",
}
"""What follows the apostrophe, and words that it follows."""

_BEGINNINGS = {end: frozenset(words.split()) for end, words in _CONTRACTIONS.items()}
_QUOTE = "['’‘`´]"
_LOOSE = rf"\s{{1,3}}{_QUOTE}{{1,3}}\s{{0,3}}|{_QUOTE}{{1,3}}\s{{1,3}}|{_QUOTE}{{2,3}}"
_REPLACED = rf"[^\w\s'’‘`´.:=()\[\]/&@#%+-]{{1,3}}{_QUOTE}?|[?\ufffd] |â[?\ufffd€]{{1,3}}|[Õí¹Æ]"
"""By a question mark, U+FFFD, a key beside it (";", ","), or as other encodings show it."""

_SIGN = re.compile(
    rf"(?:[^\w.:=()\[\]/&@#%+-](?<!\w{_QUOTE}){_QUOTE}{{0,3}}\s?|[Õí¹Æ])(?P<end>[tsmdTSMD]|[rR][eE]|[vV][eE]|[lL][lL])\b"
)
_BEFORE = re.compile(rf"(?<![\w'’])([^\W\d_]{{1,16}}?)(\s{{1,4}}|{_LOOSE}|{_REPLACED})\Z")
_LONGEST_BEFORE = 24
_OF_A_POSSESSIVE = re.compile(rf"{_LOOSE}|\?|¿|\ufffd{{1,3}}|\x19")
_GOES_ON = re.compile(r"[\w'’=&-]|\.\w|[- ]?shirt")
"""Behind a letter that is no end of a contraction."""


def _find(text: str) -> list[Replacement]:
    found = []
    for sign in _SIGN.finditer(text):
        start = sign.start("end")
        before = _BEFORE.search(text, max(0, start - _LONGEST_BEFORE), start)
        if before and not _GOES_ON.match(text, sign.end()) and _is_contraction(before[1], before[2], sign["end"], text):
            found.append(Replacement(*before.span(2), "'"))
    return [] if not found else [one for one in found if not _in_an_address(text, one)]


def _is_contraction(word: str, mark: str, end: str, text: str) -> bool:
    known = word.lower() in _BEGINNINGS[end.lower()]
    possessive = end in "sS" and len(word) > 1 and _OF_A_POSSESSIVE.fullmatch(mark)
    return bool(known or possessive) and _is_written_alike(word, end, text)


def _is_written_alike(word: str, end: str, text: str) -> bool:
    """Tell whether both parts are in capitals, or the second is in none: an "I D" is no "I'd"."""
    if end.islower():
        return word[-1].islower() or word == "I"
    return (len(word) > 1 and word.isupper()) or text.isupper()


def _in_an_address(text: str, mark: Replacement) -> bool:
    start, end = text.rfind(" ", 0, mark.start) + 1, text.find(" ", mark.end)
    return "/" in text[start : end if end >= 0 else None]


_WORD, _OTHER, _GAP, _APOSTROPHE, _SINGLE, _R_OR_V, _E, _L = range(8)
_KINDS = np.full(256, _GAP, np.uint8)
"""Of each byte: what parts contractions, what does not, and the letters that one may end in."""

for _kind, _characters in (
    (_WORD, (ascii_letters + digits + "_-").encode()),
    (_OTHER, b".:=()[]/&@#%+" + bytes(range(0x80, 0x100))),
    (_APOSTROPHE, b"'`"),
    (_SINGLE, b"tsmdTSMD"),
    (_R_OR_V, b"rvRV"),
    (_E, b"eE"),
    (_L, b"lL"),
):
    _KINDS[list(_characters)] = _kind


def _suspects(texts: JoinedTexts) -> Iterator[int]:
    """The rows with the second part of a contraction on its own: by array arithmetic, for spaces stand everywhere."""
    kinds = texts.codes(_KINDS)
    parted = (kinds[1:] >= _SINGLE) & ((kinds[:-1] == _GAP) | (kinds[:-1] == _APOSTROPHE))
    places = np.flatnonzero(parted[:-2]) + 1
    before, first, second, third = (kinds[places + step] for step in (-1, 0, 1, 2))
    twice = ((first == _R_OR_V) & (second == _E)) | ((first == _L) & (second == _L))
    after = np.where(twice, third, second)
    ends = (after > _WORD) & (after < _SINGLE) & (twice | (first == _SINGLE))
    alone = (before == _GAP) | (kinds[places - 2] == _GAP) | (kinds[places - 2] == _APOSTROPHE)
    return chain(texts.rows(places[ends & alone]), texts.matching(_SIGN))


APOSTROPHES = Repair("lost apostrophes", _suspects, _SIGN, _find)
