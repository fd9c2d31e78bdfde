"""What a file of one's own adds to built-in rules: its phrases always count, its vetoes hold against learning."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np

from cxscan.classify.phrases.hits import PhraseBook
from cxscan.rules.taxonomy import GROUPS, Rules

if TYPE_CHECKING:
    from collections.abc import Sequence

    from cxscan.classify.phrases.hits import PhraseHits
    from cxscan.model import Bools, Tokens

FINDING = tuple(group for group in GROUPS if group != "not_here")
"""The groups of phrases that find."""


def mostly_kept(rules: Sequence[Rules], before: Sequence[Rules]) -> Bools:
    """Mark the rules that are among those `before` and still have more than half of their phrases."""
    same = {each.name: each for each in before}
    return np.array([each.name in same and _left(each, same[each.name]) for each in rules], np.bool_)


class OwnPhrases:
    """Tells built-in rules, changed or not, from those that are one's own."""

    def __init__(self, rules: Sequence[Rules], before: Sequence[Rules]) -> None:
        same = {each.name: each for each in before}
        self.known = mostly_kept(rules, before)
        """Which rules are built-in ones with more than half of their phrases: those of which something was learned."""
        added = [
            _added(each, same[each.name]) if known else _bare(each)
            for each, known in zip(rules, self.known.tolist(), strict=True)
        ]
        self._count = len(added)
        self._book = PhraseBook(added) if any(getattr(each, group) for each in added for group in GROUPS) else None

    def found(self, tokens: Tokens) -> Bools:
        """Where a phrase stands that was added to a known rule, texts by rules."""
        cells = np.zeros((len(tokens), self._count), np.bool_)
        if self._book is not None:
            hits = self._book.find(tokens)
            cells[np.searchsorted(tokens.word_offsets, hits.first_words, side="right") - 1, hits.labels] = True
        return cells

    def allowed(self, tokens: Tokens, hits: PhraseHits) -> PhraseHits:
        """The hits, without those that share a word with a veto that was added."""
        return hits if self._book is None else self._book.spared(tokens, hits)


def _left(rules: Rules, before: Rules) -> bool:
    """Whether more than half of what finds by the built-in rules is still there."""
    built_in = _pairs(before, FINDING)
    return 2 * len(built_in & _pairs(rules, FINDING)) > len(built_in)


def _pairs(rules: Rules, groups: Sequence[str]) -> set[tuple[str, str]]:
    return {(group, phrase) for group in groups for phrase in getattr(rules, group)}


def _added(rules: Rules, before: Rules) -> Rules:
    """The rules with nothing but what stands in no built-in list."""
    known = _pairs(before, GROUPS)

    def fresh(group: str) -> tuple[str, ...]:
        return tuple(phrase for phrase in getattr(rules, group) if (group, phrase) not in known)

    return replace(
        _bare(rules),
        phrases=fresh("phrases"),
        positive=fresh("positive"),
        negative=fresh("negative"),
        neutral=fresh("neutral"),
        not_here=fresh("not_here"),
    )


def _bare(rules: Rules) -> Rules:
    return Rules(rules.name, rules.definition)
