"""Alignment of a cleaned text with its original: which characters of one stand for which of the other."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass
from itertools import accumulate
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Sequence


class Replacement(NamedTuple):
    """Characters `start` to `end` of a text, and the words that stand in their place; `""` takes them out."""

    start: int
    end: int
    words: str


class _Step(NamedTuple):
    """One pass of replacements as parallel columns, in order."""

    starts: tuple[int, ...]
    """First character of each replacement in the text before."""
    ends: tuple[int, ...]
    new_starts: tuple[int, ...]
    """First character of each replacement in the text after."""
    new_ends: tuple[int, ...]

    def start_before(self, place: int) -> int:
        """The character before this pass with which the one at `place` begins."""
        at = bisect_right(self.new_starts, place) - 1
        if at < 0:
            return place
        return self.starts[at] if place < self.new_ends[at] else place - self.new_ends[at] + self.ends[at]

    def end_before(self, place: int) -> int:
        """The end before this pass of the character that ends at `place`."""
        at = bisect_right(self.new_starts, place - 1) - 1
        if at < 0:
            return place
        return self.ends[at] if place <= self.new_ends[at] else place - self.new_ends[at] + self.ends[at]


@dataclass(frozen=True, slots=True)
class Alignment:
    """The passes that led from an original text to its cleaned one, the first one first; none: they are the same."""

    passes: tuple[_Step, ...] = ()

    def then(self, later: Alignment) -> Alignment:
        """Align with the original the text that `later` aligns with ours."""
        return Alignment(self.passes + later.passes)

    def original(self, start: int, end: int) -> tuple[int, int]:
        """The characters of the original that stand for `start` to `end`, at least one, of the cleaned text.

        A replacement is given back whole.
        """
        for step in reversed(self.passes):
            start, end = step.start_before(start), step.end_before(end)
        return start, end


UNCHANGED = Alignment()


def replaced(text: str, replacements: Sequence[Replacement]) -> tuple[str, Alignment]:
    """The text with its replacements, which are in order and do not overlap, and how it aligns with `text`."""
    if not replacements:
        return text, UNCHANGED
    starts, ends, words = zip(*replacements, strict=True)
    growth = accumulate((len(word) - (end - start) for start, end, word in replacements), initial=0)
    new_starts = tuple(start + moved for start, moved in zip(starts, growth, strict=False))
    new_ends = tuple(start + len(word) for start, word in zip(new_starts, words, strict=True))
    kept = (text[start:end] for start, end in zip((0, *ends), starts, strict=False))
    pieces = [part for pair in zip(kept, words, strict=True) for part in pair]
    return "".join((*pieces, text[ends[-1] :])), Alignment((_Step(starts, ends, new_starts, new_ends),))
