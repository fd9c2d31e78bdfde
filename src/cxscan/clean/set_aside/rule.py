"""A rule about words to set aside, and the pieces that rules are written with."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import Enum
from typing import TYPE_CHECKING, NamedTuple

from cxscan.lazy_pattern import LazyPattern

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

_WORD = LazyPattern(r"[^\W_]")
_FIRST_SYMBOL = "\u2190"
"""Arrows, dingbats and emoji stand from here on."""
_MONTHS = (
    r"(?:Jan(?:uary)?|Feb(?:ruary)?|Mar(?:ch)?|Apr(?:il)?|May|June?|July?|Aug(?:ust)?|Sept?(?:ember)?|Oct(?:ober)?"
    r"|Nov(?:ember)?|Dec(?:ember)?)\.?"
)
_ORDINAL = r"\d{1,2}(?:st|nd|rd|th)?"

DAY = (
    rf"(?:\d{{1,4}}[./-]\d{{1,2}}[./-]\d{{2,4}}|{_ORDINAL}[ .-]{{1,2}}(?:of )?{_MONTHS}[ ,.-]{{1,2}}\d{{2,4}}"
    rf"|{_MONTHS} {_ORDINAL},? \d{{2,4}})"
)
"""A day as it is written out, in numbers or with a month's name."""

DATE = rf"(?:{DAY}|{_MONTHS},? \d{{4}}|\d{{1,2}}/\d{{4}})"
"""A day, or a month of a year."""

AGO = r"(?:(?:an?|one|\d+) (?:minute|hour|day|week|month|year)s? ago|yesterday|today)"

TIME = r"\d{1,2}[:.]\d{2}(?:[:.]\d{2})?(?: ?[AaPp]\.?[Mm]\.?)?"

NAME = r"[^\W\d_a-z][\w.'’&-]*(?: (?:(?:de|van|von|der|da|del|la|le|of|and|at|the) ){0,2}[^\W\d_a-z][\w.'’&-]*){0,4}"
"""Up to five words that begin with a capital."""


class Stretch(NamedTuple):
    """Characters `start` to `end` of a text."""

    start: int
    end: int


class Voice(Enum):
    """Whose words a rule finds."""

    OTHER = "other"
    """The platform's, the company's or a mail program's: where nothing else stands, there is no comment."""
    CUSTOMER = "customer"
    """The customer's, out of courtesy: where nothing else stands, they are the comment."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SetAside:
    """A rule: the words that it finds are no part of what a customer says about anything."""

    name: str
    """As the user reads it: "greetings", "quoted mail"."""
    find: Callable[[str], Iterator[Stretch]]
    hints: tuple[str, ...]
    """In lower case; one of them stands in every text in which the rule finds anything."""
    voice: Voice = Voice.OTHER


def listed(hints: str, *, before: str = "") -> tuple[str, ...]:
    """Hints that are listed between bars, each with the same characters before it."""
    return tuple(before + hint for hint in hints.split("|"))


def has_words(text: str) -> bool:
    """Tell whether any letter, digit or symbol such as an emoji is left."""
    return _WORD.search(text) is not None or any(character >= _FIRST_SYMBOL for character in text)


def anywhere(expression: str) -> Callable[[str], Iterator[Stretch]]:
    """Find every match of an expression; `^` and `$` are the ends of a line."""
    compiled = LazyPattern(expression, re.MULTILINE)

    def find(text: str) -> Iterator[Stretch]:
        for match in compiled.finditer(text):
            yield Stretch(match.start(), match.end())

    return find


def at_start(expression: str) -> Callable[[str], Iterator[Stretch]]:
    """Find a match of an expression at the start of a text."""
    compiled = LazyPattern(rf"\s*(?:{expression})", re.MULTILINE)

    def find(text: str) -> Iterator[Stretch]:
        match = compiled.match(text)
        if match is not None:
            yield Stretch(match.start(), match.end())

    return find


def at_end(expression: str, *, characters: int) -> Callable[[str], Iterator[Stretch]]:
    """Find a match of an expression that ends a text, and begins no more than so many characters before it ends."""
    compiled = LazyPattern(rf"(?:{expression})(?=\s*\Z)", re.MULTILINE)

    def find(text: str) -> Iterator[Stretch]:
        match = compiled.search(text, max(0, len(text.rstrip()) - characters))
        if match is not None:
            yield Stretch(match.start(), match.end())

    return find
