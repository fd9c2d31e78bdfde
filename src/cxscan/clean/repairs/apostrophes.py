r"""Apostrophes that were lost: "wasn t", "wasn?t", "wasn''t", "wasn\ufffdt". A negation goes with them.

A space or another mark is taken for one only between the parts of a contraction: "I said no?then" has none.
"""

from __future__ import annotations

import re

from cxscan.alignment import Replacement
from cxscan.clean.repairs.repair import Repair

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

_QUOTE = "['’‘`´]"
_LOOSE = rf"\s{{1,3}}{_QUOTE}{{1,3}}\s{{0,3}}|{_QUOTE}{{1,3}}\s{{1,3}}|{_QUOTE}{{2,3}}"
_REPLACED = rf"[^\w\s'’‘`´.:=()\[\]/&@#%+-]{{1,3}}{_QUOTE}?|[?\ufffd] |â[?\ufffd€]{{1,3}}|[Õí¹Æ]"
"""By a question mark, U+FFFD, a key beside it (";", ","), or as other encodings show it."""

_END = r"(?![\w'’=&-]|\.\w|[- ]?shirt)"
_KNOWN = "|".join(
    rf"(?<![\w'’])(?:{words.replace(' ', '|')})(?P<mark_{end}>\s{{1,4}}|{_LOOSE}|{_REPLACED})(?P<end_{end}>{end})"
    for end, words in _CONTRACTIONS.items()
)
_POSSESSIVE = rf"(?<=[a-z]{{2}})(?P<mark_of>{_LOOSE}|\?|¿|\ufffd{{1,3}}|\x19)(?P<end_of>s)"
_FORM = re.compile(rf"(?:{_KNOWN}|{_POSSESSIVE}){_END}", re.IGNORECASE)


def _find(text: str) -> list[Replacement]:
    return [
        Replacement(*match.span(f"mark_{kind}"), "'")
        for match in _FORM.finditer(text)
        if _is_written_alike(match, kind := str(match.lastgroup).removeprefix("end_")) and not _in_an_address(match)
    ]


def _is_written_alike(match: re.Match[str], kind: str) -> bool:
    """Tell whether both parts are in capitals, or the second is in none: an "I D" is no "I'd"."""
    end, before = match[f"end_{kind}"], match.string[max(0, match.start() - 1) : match.start(f"mark_{kind}")]
    if end.islower():
        return before[-1:].islower() or (before[-1:] == "I" and not before[-2:-1].isalpha())
    return (before[-2:].isupper() and before[-2:].isalpha()) or match.string.isupper()


def _in_an_address(match: re.Match[str]) -> bool:
    text = match.string
    start, end = text.rfind(" ", 0, match.start()) + 1, text.find(" ", match.end())
    return "/" in text[start : end if end >= 0 else None]


_ENDS = rf"(?:{'|'.join(_CONTRACTIONS)})\b"
_SUSPECT = re.compile(rf"[^\w.:=()\[\]/&@#%+-](?<!\w{_QUOTE}){_QUOTE}{{0,3}}\s?{_ENDS}|[Õí¹Æ]{_ENDS}", re.IGNORECASE)

APOSTROPHES = Repair("lost apostrophes", lambda texts: texts.matching(_SUSPECT), _FORM, _find)
