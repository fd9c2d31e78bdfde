"""Phrases of rules, looked for once in a batch: which matches count, for which label, and whose phrases they are."""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from cxscan.classify.arrays.columns import owners
from cxscan.classify.phrases.matcher import Matcher, holds_negation
from cxscan.rules.phrase_syntax import parse_phrase

if TYPE_CHECKING:
    from collections.abc import Sequence

    from cxscan.model import Bools, Ints, Tokens
    from cxscan.rules.taxonomy import Rules


class PhraseGroup(IntEnum):
    """Polarity of a phrase, by the key under which it stands in the taxonomy."""

    PHRASES = 0
    POSITIVE = 1
    NEGATIVE = 2
    NEUTRAL = 3
    NOT_HERE = 4


_SIGNS = np.array((0, 1, -1, 0, 0))
"""Polarity of each group."""


class PhraseHits(NamedTuple):
    """Matches that count, one entry each; `labels` is the number of the rules (theme or intent) that they speak for."""

    labels: Ints
    first_words: Ints
    last_words: Ints
    signs: Ints
    """1, 0 or -1 for phrases that carry their polarity, after negation."""
    polarity_from_clause: Bools
    """Whether the clause decides about the polarity."""

    def select(self, chosen: Bools | Ints) -> PhraseHits:
        """Return the chosen ones."""
        return PhraseHits(
            self.labels[chosen],
            self.first_words[chosen],
            self.last_words[chosen],
            self.signs[chosen],
            self.polarity_from_clause[chosen],
        )

    def concat(self, others: PhraseHits) -> PhraseHits:
        """Return both."""
        return PhraseHits(
            np.concatenate((self.labels, others.labels)),
            np.concatenate((self.first_words, others.first_words)),
            np.concatenate((self.last_words, others.last_words)),
            np.concatenate((self.signs, others.signs)),
            np.concatenate((self.polarity_from_clause, others.polarity_from_clause)),
        )

    def between(self, first: int, end: int) -> PhraseHits:
        """Return those whose labels lie from `first` up to `end`, numbered from 0."""
        chosen = self.select((self.labels >= first) & (self.labels < end))
        return chosen._replace(labels=chosen.labels - first)

    def texts(self, tokens: Tokens) -> Ints:
        """Return the text of each."""
        return owners(tokens.word_offsets, self.first_words)

    def cells(self, tokens: Tokens, labels: int) -> Bools:
        """Mark where there is one, texts by labels."""
        marked = np.zeros((len(tokens), labels), np.bool_)
        marked[self.texts(tokens), self.labels] = True
        return marked


class PhraseBook:
    """The phrases of several rules, ready to be looked for.

    `built_in` names for each of the rules those from which it was changed, None for a user's own; every phrase that is
    not in these is the user's. Without it no phrase is.
    """

    def __init__(self, rules: Sequence[Rules], built_in: Sequence[Rules | None] | None = None) -> None:
        before = rules if built_in is None else built_in
        rows = [
            (label, group, phrase, old is None or phrase not in _phrases(old, group))
            for label, (each, old) in enumerate(zip(rules, before, strict=True))
            for group in PhraseGroup
            for phrase in _phrases(each, group)
        ]
        parsed = [parse_phrase(phrase) for _, _, phrase, _ in rows]
        self._matcher = Matcher(parsed)
        self._labels = np.array([label for label, *_ in rows], np.int64)
        self._groups = np.array([group for _, group, *_ in rows], np.uint8)
        self._from_user = np.array([from_user for *_, from_user in rows], np.bool_)
        self._holds_negation = np.array(list(map(holds_negation, parsed)), np.bool_)
        self._ancestors = _ancestors(rules)

    def match(self, tokens: Tokens) -> PhraseMatches:
        """Look for every phrase in every text."""
        matches = self._matcher.match(tokens)
        groups, labels = self._groups[matches.phrases], self._labels[matches.phrases]
        flipped = matches.negated & ~self._holds_negation[matches.phrases]
        signs = _SIGNS[groups] * np.where(flipped, -1, 1)
        hits = PhraseHits(labels, matches.first_words, matches.last_words, signs, groups == PhraseGroup.PHRASES)
        vetoes, from_user = groups == PhraseGroup.NOT_HERE, self._from_user[matches.phrases]
        vetoed, by_user = (_covered(hits.select(chosen), len(tokens.words)) for chosen in (vetoes, vetoes & from_user))
        return PhraseMatches(hits, vetoes, from_user, vetoed, by_user, self._ancestors, len(tokens.words))

    def find(self, tokens: Tokens) -> PhraseHits:
        """Find what counts, as `PhraseMatches.counted` has it."""
        return self.match(tokens).counted()


@dataclass(frozen=True, slots=True)
class PhraseMatches:
    """Every match of a batch, tagged: whether it vetoes, and whether the phrase is the user's."""

    hits: PhraseHits
    vetoes: Bools
    from_user: Bools
    vetoed: Ints
    """Every place that a veto covers for its label, as one number of both, in order."""
    vetoed_by_user: Ints
    """The same of the user's vetoes."""
    ancestors: tuple[tuple[int, int], ...]
    """Numbers of each theme and of each theme above it."""
    words: int

    def unvetoed(self) -> PhraseHits:
        """Return the matches that share no word with a veto of their label."""
        return _without(self.hits.select(~self.vetoes), self.vetoed, self.words)

    def counted(self) -> PhraseHits:
        """Return what counts: no vetoed match, and of matches of one label that lie in one another the longest.

        A match that counts for a theme counts for those above it too, where none of their own vetoes stands in the way.
        """
        return longest(self._with_ancestors(self.unvetoed()), self.words)

    def add_ancestors(self, hits: PhraseHits) -> PhraseHits:
        """Count hits of themes, wherever they come from, for the themes above them too, as `counted` does."""
        return longest(self._with_ancestors(hits), self.words) if self.ancestors else hits

    def by_user(self) -> PhraseHits:
        """Return the matches of the user's phrases that share no word with a user's veto of their label."""
        return _without(self.hits.select(~self.vetoes & self.from_user), self.vetoed_by_user, self.words)

    def drop_vetoed_by_user(self, hits: PhraseHits) -> PhraseHits:
        """Leave out hits, wherever they come from, that share a word with a user's veto of their label."""
        return _without(hits, self.vetoed_by_user, self.words)

    def _with_ancestors(self, hits: PhraseHits) -> PhraseHits:
        """Return the hits, and those of each theme once more for each theme above it."""
        whole = hits
        for child, parent in self.ancestors:
            own = hits.select(hits.labels == child)
            raised = own._replace(labels=np.full_like(own.labels, parent))
            whole = whole.concat(_without(raised, self.vetoed, self.words))
        return whole


def longest(hits: PhraseHits, words: int) -> PhraseHits:
    """Drop what lies within another match of its label; of equal ones the phrase that carries its polarity stays."""
    starts = hits.labels * words + hits.first_words
    ends = hits.labels * words + hits.last_words
    most = int((ends - starts).max(initial=0)) + 1
    rank = 3 * hits.polarity_from_clause + hits.signs + 1  # one that carries its polarity, a negative one first
    hits = hits.select(np.argsort((starts * most - (ends - starts)) * 6 + rank))
    ends = hits.labels * words + hits.last_words
    new = np.ones(len(ends), np.bool_)
    new[1:] = ends[1:] > np.maximum.accumulate(ends)[:-1]
    return hits.select(new)


def _phrases(rules: Rules, group: PhraseGroup) -> tuple[str, ...]:
    phrases: tuple[str, ...] = getattr(rules, group.name.lower())
    return phrases


def _ancestors(rules: Sequence[Rules]) -> tuple[tuple[int, int], ...]:
    numbers = {each.name: number for number, each in enumerate(rules)}
    return tuple((number, numbers[parent]) for number, each in enumerate(rules) for parent in each.parents)


def _covered(vetoes: PhraseHits, words: int) -> Ints:
    """Return every place that a veto covers for its label, as one number of both, in order."""
    lengths = vetoes.last_words - vetoes.first_words + 1
    inside = np.arange(int(lengths.sum())) - np.repeat(np.cumsum(lengths) - lengths, lengths)
    return np.unique(np.repeat(vetoes.labels * words + vetoes.first_words, lengths) + inside)


def _without(hits: PhraseHits, covered: Ints, words: int) -> PhraseHits:
    """Return those that share no word with a place that is covered for their label."""
    starts = np.searchsorted(covered, hits.labels * words + hits.first_words)
    ends = np.searchsorted(covered, hits.labels * words + hits.last_words, side="right")
    return hits.select(ends == starts)
