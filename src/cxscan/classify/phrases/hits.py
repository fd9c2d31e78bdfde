"""The phrases of a taxonomy, looked for in tokens: which matches count, and what polarity they carry themselves."""

from __future__ import annotations

from enum import IntEnum
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from cxscan.classify.phrases.matcher import Matcher, holds_negation
from cxscan.rules.phrase_syntax import parse_phrase

if TYPE_CHECKING:
    from collections.abc import Sequence

    from cxscan.model import Bools, Ints, Tokens
    from cxscan.rules.taxonomy import Rules


class Group(IntEnum):
    """What a phrase says of polarity, by the key under which it stands in the taxonomy."""

    PHRASES = 0
    POSITIVE = 1
    NEGATIVE = 2
    NEUTRAL = 3
    NOT_HERE = 4


class PhraseHits(NamedTuple):
    """Matches that count, one entry each; `labels` is the number of the rules (theme or intent) that they speak for.

    `signs` is 1, 0 or -1 for phrases that carry their polarity, after negation; `open_` says that the clause decides.
    """

    labels: Ints
    first_words: Ints
    last_words: Ints
    signs: Ints
    open_: Bools

    def where(self, chosen: Bools | Ints) -> PhraseHits:
        """Give the chosen ones."""
        return PhraseHits(
            self.labels[chosen],
            self.first_words[chosen],
            self.last_words[chosen],
            self.signs[chosen],
            self.open_[chosen],
        )

    def and_(self, others: PhraseHits) -> PhraseHits:
        """Give both."""
        return PhraseHits(
            np.concatenate((self.labels, others.labels)),
            np.concatenate((self.first_words, others.first_words)),
            np.concatenate((self.last_words, others.last_words)),
            np.concatenate((self.signs, others.signs)),
            np.concatenate((self.open_, others.open_)),
        )


class PhraseBook:
    """The phrases of several rules, ready to be looked for."""

    def __init__(self, rules: Sequence[Rules]) -> None:
        rows = [
            (label, group, parse_phrase(phrase))
            for label, each in enumerate(rules)
            for group in Group
            for phrase in getattr(each, group.name.lower())
        ]
        self._matcher = Matcher(sequences for _, _, sequences in rows)
        self._labels = np.array([label for label, _, _ in rows], np.int64)
        self._groups = np.array([group for _, group, _ in rows], np.uint8)
        self._holds_negation = np.array([holds_negation(sequences) for _, _, sequences in rows], np.bool_)
        self._ancestors = _ancestors(rules)

    def find(self, tokens: Tokens) -> PhraseHits:
        """Find what counts: no vetoed match, and of matches of one label that lie in one another the longest.

        A match that counts for a theme counts for those above it too, where none of their own vetoes stands in the way.
        """
        found, veto = self._found(tokens)
        covered = _covered(found.where(veto), len(tokens.words))
        hits = _clear(found.where(~veto), covered, len(tokens.words))
        return _longest(self._lifted(hits, covered, len(tokens.words)), len(tokens.words))

    def with_parents(self, tokens: Tokens, hits: PhraseHits) -> PhraseHits:
        """Count hits of themes, wherever they come from, for the themes above them too, as `find` does with its own."""
        if not self._ancestors:
            return hits
        found, veto = self._found(tokens)
        covered = _covered(found.where(veto), len(tokens.words))
        return _longest(self._lifted(hits, covered, len(tokens.words)), len(tokens.words))

    def spared(self, tokens: Tokens, hits: PhraseHits) -> PhraseHits:
        """Leave out hits, wherever they come from, that share a word with a veto of their label."""
        found, veto = self._found(tokens)
        return _clear(hits, _covered(found.where(veto), len(tokens.words)), len(tokens.words))

    def _found(self, tokens: Tokens) -> tuple[PhraseHits, Bools]:
        """Every match, and whether it is one that vetoes."""
        matches = self._matcher.match(tokens)
        groups, labels = self._groups[matches.phrases], self._labels[matches.phrases]
        flipped = matches.negated & ~self._holds_negation[matches.phrases]
        signs = np.array((0, 1, -1, 0, 0))[groups] * np.where(flipped, -1, 1)
        hits = PhraseHits(labels, matches.first_words, matches.last_words, signs, groups == Group.PHRASES)
        return hits, groups == Group.NOT_HERE

    def _lifted(self, hits: PhraseHits, covered: Ints, words: int) -> PhraseHits:
        """The hits, and those of each theme once more for each theme above it."""
        whole = hits
        for child, parent in self._ancestors:
            own = hits.where(hits.labels == child)
            whole = whole.and_(_clear(own._replace(labels=np.full_like(own.labels, parent)), covered, words))
        return whole


def _ancestors(rules: Sequence[Rules]) -> list[tuple[int, int]]:
    """Numbers of each theme and of each theme above it."""
    numbers = {each.name: number for number, each in enumerate(rules)}
    return [(number, numbers[parent]) for number, each in enumerate(rules) for parent in each.parents]


def _covered(vetoes: PhraseHits, words: int) -> Ints:
    """Every place that a veto covers for its label, as one number of both, in order."""
    lengths = vetoes.last_words - vetoes.first_words + 1
    inside = np.arange(int(lengths.sum())) - np.repeat(np.cumsum(lengths) - lengths, lengths)
    return np.unique(np.repeat(vetoes.labels * words + vetoes.first_words, lengths) + inside)


def _clear(hits: PhraseHits, covered: Ints, words: int) -> PhraseHits:
    """Those that share no word with a veto of their label."""
    starts = np.searchsorted(covered, hits.labels * words + hits.first_words)
    ends = np.searchsorted(covered, hits.labels * words + hits.last_words, side="right")
    return hits.where(ends == starts)


def _longest(hits: PhraseHits, words: int) -> PhraseHits:
    """Drop what lies within another match of its label; of equal ones the phrase that carries its polarity stays."""
    starts = hits.labels * words + hits.first_words
    ends = hits.labels * words + hits.last_words
    longest = int((ends - starts).max(initial=0)) + 1
    rank = 3 * hits.open_ + hits.signs + 1  # of equal ones a phrase that carries its polarity, a negative one first
    hits = hits.where(np.argsort((starts * longest - (ends - starts)) * 6 + rank))
    ends = hits.labels * words + hits.last_words
    new = np.ones(len(ends), np.bool_)
    new[1:] = ends[1:] > np.maximum.accumulate(ends)[:-1]
    return hits.where(new)
