"""Syntax of phrases: from what an analyst writes to sequences of words with gaps, as the matcher takes them.

The syntax is described in docs/taxonomy-format.md. Choices of several words and optional words are written out into
sequences of their own, so that a sequence is only steps: a gap, then one word out of a few.
"""

from __future__ import annotations

import re
from functools import cache, lru_cache
from itertools import chain
from typing import TYPE_CHECKING, NamedTuple

from cxscan.errors import nearest
from cxscan.rules.words import APOSTROPHES, normalise_word

if TYPE_CHECKING:
    from collections.abc import Mapping

MOST_SEQUENCES = 500
"""A phrase that stands for more sequences of words than this is refused."""

LONGEST_GAP = 9
"""The largest number after `..`."""

USUAL_GAP = 3
"""The most words that `..` without a number skips."""

BEGINS = -1
"""The gap before the first word of a sequence that must begin a sentence."""

_MOST_PARSED = 16_384
"""Phrases that are kept parsed: several times those of the built-in taxonomy."""

_LIST = re.compile(r"([(|]?)<([^<>]*)>(?=([|)]?))")
_PIECES = re.compile(r"[()\[\]|^]|\.\.\d*(?![.\w])|(?:(?!\.\.)[^\s()\[\]|^])+|\.")
_PLAIN = re.compile(r"\w[\w' *]*")
_WORD = re.compile(r"[^\W_]+(?:'[^\W_]+)*(?:\*(?!\w))?|[^\w\s'\"*()\[\]|.,;:!?#@/\\^-]")
_STRAIGHT: dict[int, str] = {**APOSTROPHES, **dict.fromkeys(map(ord, "-/‐–"), " ")}


class PhraseStep(NamedTuple):
    """One word of a sequence: any of `words`, after at most `gap` others; a word that ends in `*` is a stem."""

    gap: int
    words: tuple[str, ...]


Sequence = tuple[PhraseStep, ...]


class _Part(NamedTuple):
    """A way to write out part of a phrase; `owed` is a gap that the next word takes over."""

    steps: Sequence
    owed: int = 0


_NOTHING = _Part(())


def split_phrases(line: str) -> list[str]:
    """Split a string of phrases at its commas."""
    return [phrase for phrase in map(str.strip, line.split(",")) if phrase]


def with_lists(text: str, lists: Mapping[str, str]) -> str:
    """Put word lists in the place of their names: `<good>` becomes `(great|good)`.

    Raises ValueError for a name that is not among the lists.
    """
    if "<" not in text:
        return text

    def named(match: re.Match[str]) -> str:
        before, name, after = match.groups()
        if name not in lists:
            raise ValueError(f"names a word list that is not there: <{name}>; {nearest(name, lists)}")
        choices = lists[name]
        return f"{before}{choices}" if before and after else f"{before}({choices})"

    return _LIST.sub(named, text)


@lru_cache(maxsize=_MOST_PARSED)
def parse_phrase(text: str) -> tuple[Sequence, ...]:
    """Give every sequence of words that a phrase stands for.

    Raises ValueError, whose message says what is wrong, for a phrase that cannot be read.
    """
    text = text.lower().translate(_STRAIGHT)
    if _PLAIN.fullmatch(text):
        return (tuple(chain.from_iterable(map(_steps, text.split()))),)
    pieces = _PIECES.findall(text)
    begins = pieces[:1] == ["^"]
    reader = _Reader(pieces[1:] if begins else pieces)
    sequences = tuple(dict.fromkeys(part.steps for part in reader.sequence(closing="")))
    if not all(sequences):
        raise ValueError("needs at least one word that is not optional")
    if not begins:
        return sequences
    return tuple((PhraseStep(BEGINS, steps[0].words), *steps[1:]) for steps in sequences)


class _Reader:
    """Reads the pieces of a phrase from left to right, groups within groups included."""

    def __init__(self, pieces: list[str]) -> None:
        self._pieces = pieces
        self._at = 0

    def sequence(self, *, closing: str) -> list[_Part]:
        """Read up to the closing bracket, or to the end of the phrase where there is none."""
        choices: list[_Part] = []
        parts, gap, begun = [_NOTHING], 0, False
        while (piece := self._next(closing)) != closing:
            if piece == "|":
                choices.extend(_ended(parts, gap, begun=begun))
                parts, gap, begun = [_NOTHING], 0, False
            elif piece.startswith(".."):
                gap = _gap(piece, begun=begun)
            else:
                parts = _joined(parts, gap, self._item(piece))
                gap, begun = 0, True
        choices.extend(_ended(parts, gap, begun=begun))
        return choices

    def _next(self, closing: str) -> str:
        """Take the next piece; the end counts as the closing bracket ""."""
        if self._at == len(self._pieces):
            if closing:
                raise ValueError(f"lacks a {closing!r}")
            return ""
        piece = self._pieces[self._at]
        self._at += 1
        if piece in {"|", ")", "]"} and piece != closing and not (piece == "|" and closing):
            raise ValueError(f"has a {piece!r} outside ( ) or [ ]")
        return piece

    def _item(self, piece: str) -> list[_Part]:
        """Read what stands at one place: words, a choice in ( ), or an optional one in [ ]."""
        if piece not in {"(", "["}:
            return [_Part(_steps(piece))]
        closing = ")" if piece == "(" else "]"
        choices = self._single_words(closing) or _merged(self.sequence(closing=closing))
        return choices if piece == "(" else [_NOTHING, *choices]

    def _single_words(self, closing: str) -> list[_Part]:
        """Read choices of one plain word each, which most are, at once; nothing where they are not."""
        try:
            end = self._pieces.index(closing, self._at)
        except ValueError:
            return []
        words, bars = self._pieces[self._at : end : 2], self._pieces[self._at + 1 : end : 2]
        if len(words) != len(bars) + 1 or not all(map(str.isalpha, words)) or bars.count("|") < len(bars):
            return []
        self._at = end + 1
        return [_Part((PhraseStep(0, tuple(sorted({_steps(word)[0].words[0] for word in words}))),))]


def _ended(parts: list[_Part], gap: int, *, begun: bool) -> list[_Part]:
    """Check the end of a choice."""
    if gap:
        raise ValueError("ends in a gap: a gap stands between words")
    if not begun:
        raise ValueError("has nothing where a word is due")
    return parts


def _gap(dots: str, *, begun: bool) -> int:
    """Read `..` or `..5`."""
    if not begun:
        raise ValueError("begins with a gap: a gap stands between words")
    gap = int(dots[2:] or USUAL_GAP)
    if not 1 <= gap <= LONGEST_GAP:
        raise ValueError(f"has the gap {dots}: a gap is from 1 to {LONGEST_GAP} words")
    return gap


@cache
def _steps(text: str) -> Sequence:
    """Split plain text as the comments are split: at signs, each word as it is meant."""
    if text.isalpha():
        return (PhraseStep(0, (normalise_word(text),)),)
    found = _WORD.findall(text)
    if not found or "".join(found) != text:
        raise ValueError(f"has {text!r}: a phrase is made of words, stem*, (a|b), [optional], .. and ^")
    words = [word if word.endswith("*") else normalise_word("and" if word == "&" else word) for word in found]
    return tuple(PhraseStep(0, (word,)) for word in words)


def _merged(choices: list[_Part]) -> list[_Part]:
    """Keep choices of one word together as one step."""
    single = [part for part in choices if len(part.steps) == 1 and not part.owed]
    if len(single) < 2:
        return choices
    words = tuple(sorted({word for part in single for word in part.steps[0].words}))
    return [_Part((PhraseStep(0, words),)), *(part for part in choices if len(part.steps) != 1 or part.owed)]


def _joined(parts: list[_Part], gap: int, following: list[_Part]) -> list[_Part]:
    """Put each way of writing the next place behind each way of writing what stands before it."""
    if len(parts) == len(following) == 1:
        return [_together(parts[0], gap, following[0])]
    if len(parts) * len(following) > MOST_SEQUENCES:
        raise ValueError(f"stands for more than {MOST_SEQUENCES} sequences of words: split it")
    return [_together(before, gap, after) for before in parts for after in following]


def _together(before: _Part, gap: int, after: _Part) -> _Part:
    """Join two parts; the gap before something left out goes to the next word."""
    if not before.steps:
        return after
    owed = max(before.owed, gap)
    if not after.steps:
        return _Part(before.steps, owed)
    if not owed:
        return _Part(before.steps + after.steps, after.owed)
    first = after.steps[0]
    return _Part((*before.steps, PhraseStep(max(owed, first.gap), first.words), *after.steps[1:]), after.owed)
