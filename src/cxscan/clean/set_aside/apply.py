"""Texts → the customer's words in them: what rules find is taken out, or the rest of the text is nobody's."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, field
from functools import cache
from typing import TYPE_CHECKING, NamedTuple

from cxscan.alignment import UNCHANGED, Replacement, replaced
from cxscan.clean.set_aside.hints import Hints
from cxscan.clean.set_aside.registry import RULES
from cxscan.clean.set_aside.rule import Voice, has_words

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from cxscan.alignment import Alignment
    from cxscan.clean.set_aside.rule import SetAside, Stretch

_COURTESIES = frozenset(place for place, rule in enumerate(RULES) if rule.voice is Voice.CUSTOMER)
_VISIBLE = re.compile(r"[^\n]")


class Findings(NamedTuple):
    """Stretches of a text that are set aside, in order, and by which rules."""

    replacements: tuple[Replacement, ...]
    rules: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class SetAsideTexts:
    """The texts of a batch in which something is set aside, by row."""

    texts: dict[int, str] = field(default_factory=dict)
    """What remains; "" where a text is wholly the platform's or the company's."""
    alignments: dict[int, Alignment] = field(default_factory=dict)
    """Of what remains with the text before."""
    own_words: dict[int, str] = field(default_factory=dict)
    """What remains of the original, in the customer's own spelling."""
    counts: Counter[str] = field(default_factory=Counter)
    """Texts in which each rule found something."""


def find_asides(texts: Sequence[str], originals: Sequence[str], alignments: Mapping[int, Alignment]) -> SetAsideTexts:
    """Find what is set aside in texts; `alignments` say how those that were repaired align with their originals."""
    asides = SetAsideTexts()
    hints = _hints()
    for row, numbers in hints.finder.rows(texts).items():
        likely = {hints.rules[number] for number in numbers}
        found = set_aside(texts[row], [RULES[place] for place in sorted(likely)])
        if found.replacements and not likely.issuperset(_COURTESIES):  # which may stand around what was found
            found = set_aside(texts[row], [RULES[place] for place in sorted(likely.union(_COURTESIES))])
        if not found.replacements:
            continue
        asides.counts.update(found.rules)
        asides.texts[row], asides.alignments[row] = replaced(texts[row], found.replacements)
        before = alignments.get(row, UNCHANGED)
        own = (Replacement(*before.original(start, end), words) for start, end, words in found.replacements)
        asides.own_words[row] = replaced(originals[row], tuple(own))[0]
    return asides


def set_aside(text: str, rules: Iterable[SetAside] = RULES) -> Findings:
    """Apply rules one after the other; each sees blanks where those before it found something.

    Words of courtesy stay where nothing else does: that is what the customer wrote.
    """
    found: list[tuple[SetAside, Stretch]] = []
    rest = text
    for rule in rules:
        stretches = [stretch for stretch in rule.find(rest) if rest[slice(*stretch)].strip()]
        for start, end in stretches:
            rest = rest[:start] + _VISIBLE.sub(" ", rest[start:end]) + rest[end:]
        found.extend((rule, stretch) for stretch in stretches)
    if not has_words(rest):
        found = [(rule, stretch) for rule, stretch in found if rule.voice is Voice.OTHER]
    names = tuple(dict.fromkeys(rule.name for rule, _ in found))
    return Findings(tuple(_replacements(text, sorted(stretch for _, stretch in found))), names)


def _replacements(text: str, stretches: Sequence[Stretch]) -> Iterator[Replacement]:
    """A line end in the place of each stretch and the white space around it; nothing at either end of the text."""
    merged: list[tuple[int, int]] = []
    for start, end in stretches:
        first, last = len(text[:start].rstrip()), len(text) - len(text[end:].lstrip())
        if merged and first <= merged[-1][1]:
            first, last = merged[-1][0], max(merged.pop()[1], last)
        merged.append((first, last))
    for start, end in merged:
        yield Replacement(start, end, "" if start == 0 or end == len(text) else "\n")


class _RuleHints(NamedTuple):
    finder: Hints
    rules: tuple[int, ...]
    """The place in `RULES` of the rule of each hint."""


@cache
def _hints() -> _RuleHints:
    pairs = [(hint, place) for place, rule in enumerate(RULES) for hint in rule.hints]
    return _RuleHints(Hints([hint for hint, _ in pairs]), tuple(place for _, place in pairs))
