"""Finds phrases in tokens: each distinct word is looked at once, a batch is array arithmetic.

Every word belongs to a *class*: the set of phrase steps that it satisfies. A sequence of words is looked for from its
*anchor*, the step that is rarest in English; where a word of the anchor's class stands, the other steps are held
against its neighbours, outwards, all candidates at a time.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from itertools import chain
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from cxscan.model import Break
from cxscan.rules.phrase_syntax import BEGINS

if TYPE_CHECKING:
    from collections.abc import Iterable

    from cxscan.model import Bools, Codes, Ids, Ints, Tokens, Vocabulary
    from cxscan.rules.phrase_syntax import Sequence

NEGATION_REACH = 3
"""How many words before a phrase a negation is looked for."""

NEGATIONS = frozenset(
    "not no never none nobody nothing nowhere neither nor cannot without hardly barely rarely seldom lacks lacking"
    " isnt arent wasnt werent dont doesnt didnt wont cant couldnt wouldnt shouldnt hasnt havent hadnt aint"
    " despite lack zero".split()
)
"""Words that turn what follows into its opposite, beside those that end in n't."""

NOT_ALONE = frozenset(("only", "just", "merely"))
"""After these a negation negates nothing: "not only"."""

SHORT_STEM = 5
"""A stem of fewer characters than this, star included, is satisfied by many words."""

_COMMON = frozenset(
    "i me my we our us you your he she his her it its it's they them their a an the this that these those there here"
    " and or but if so as of at by for from in into on onto out over to up with about after before off than then too"
    " very just only also all any some no not n't don't can't won't didn't doesn't wasn't isn't be is are was were been"
    " being am have has had do does did will would can could should may might must get got go went make made take took"
    " when where which who what why how one more most much many other same own such really even still again ever never"
    " good great nice time well like back way i'm i've us".split()
)
"""Words that stand in about every second comment: poor anchors."""


class Matches(NamedTuple):
    """Where phrases stand, one entry per match, ordered by first word, last word and phrase.

    `phrases` holds the phrase's number, `first_words` and `last_words` positions in `Tokens.words`, `negated` whether
    a negation stands at most `NEGATION_REACH` words before it in its clause.
    """

    phrases: Ids
    first_words: Ints
    last_words: Ints
    negated: Bools


class _Candidates(NamedTuple):
    """Half-checked matches: the sequence, and the words it is known to span."""

    sequences: Ids
    first_words: Ints
    last_words: Ints

    def where(self, chosen: Bools | Ints) -> _Candidates:
        return _Candidates(self.sequences[chosen], self.first_words[chosen], self.last_words[chosen])


@dataclass(frozen=True, slots=True)
class _Sequences:
    """All sequences as columns; `steps` and `gaps` are sequences by places, filled up with -1 and 0."""

    phrases: Ids
    steps: Ids
    gaps: Ids
    lengths: Ids
    anchors: Ids


class Matcher:
    """Looks for many phrases at once.

    `phrases` are parsed ones (`rules.phrase_syntax.parse_phrase`); a phrase's number is its place among them.
    A match may pass commas and clause ends, never the end of a sentence.
    """

    def __init__(self, phrases: Iterable[tuple[Sequence, ...]]) -> None:
        self._exact: dict[str, list[int]] = {}
        self._stems: dict[str, list[int]] = {}
        self._sequences = self._compiled(list(phrases))
        self._stem_lengths = sorted({len(stem) for stem in self._stems})
        self._class_numbers: dict[tuple[int, ...], int] = {(): 0}
        self._vocabulary: Vocabulary | None = None
        self._word_classes: Ids = np.zeros(0, np.int32)
        self._negates: Bools = np.zeros(0, np.bool_)
        self._not_alone: Bools = np.zeros(0, np.bool_)
        self._tables()

    def match(self, tokens: Tokens) -> Matches:
        """Find every phrase in every text."""
        self._extend(tokens.vocabulary)
        classes = self._word_classes[tokens.words]
        sentences = _numbered(tokens.breaks, Break.SENTENCE)
        found = self._anchored(classes)
        for direction in (1, -1):
            found = self._grown(found, classes, sentences, direction)
        found = found.where(_begins_rightly(found, sentences, self._sequences.gaps))
        phrases = self._sequences.phrases[found.sequences]
        order = np.lexsort((phrases, found.last_words, found.first_words))
        phrases, first, last = phrases[order], found.first_words[order], found.last_words[order]
        if len(phrases):
            new = np.ones(len(phrases), np.bool_)
            new[1:] = (np.diff(phrases) != 0) | (np.diff(first) != 0) | (np.diff(last) != 0)
            phrases, first, last = phrases[new], first[new], last[new]
        return Matches(phrases, first, last, self._negated(tokens, first))

    def _compiled(self, phrases: list[tuple[Sequence, ...]]) -> _Sequences:
        """Number the distinct steps and lay the sequences out as columns."""
        numbers: dict[tuple[str, ...], int] = {}
        rows = [(number, sequence) for number, sequences in enumerate(phrases) for sequence in sequences]
        width = max((len(sequence) for _, sequence in rows), default=1)
        steps, gaps, anchors = [], [], []
        for _, sequence in rows:
            blank = width - len(sequence)
            steps.append([numbers.setdefault(step.words, len(numbers)) for step in sequence] + [-1] * blank)
            gaps.append([step.gap for step in sequence] + [0] * blank)
            costs = [_commonness(step.words) for step in sequence]
            anchors.append(costs.index(min(costs)))
        for words, number in numbers.items():
            for word in words:
                wanted = self._stems if word.endswith("*") else self._exact
                wanted.setdefault(word.removesuffix("*"), []).append(number)
        return _Sequences(
            phrases=np.array([number for number, _ in rows], np.int32),
            steps=np.array(steps, np.int32).reshape(len(rows), width),
            gaps=np.array(gaps, np.int32).reshape(len(rows), width),
            lengths=np.array([len(sequence) for _, sequence in rows], np.int32),
            anchors=np.array(anchors, np.int32),
        )

    def _extend(self, vocabulary: Vocabulary) -> None:
        """Look at the words that were not there before."""
        if vocabulary is not self._vocabulary:
            self._vocabulary = vocabulary
            self._word_classes, self._negates, self._not_alone = (
                self._word_classes[:0],
                self._negates[:0],
                self._not_alone[:0],
            )
        words = vocabulary.words[len(self._word_classes) :]
        if not words:
            return
        known = len(self._class_numbers)
        classes = np.array([self._class_of(word) for word in words], np.int32)
        self._word_classes = np.concatenate((self._word_classes, classes))
        self._negates = np.append(self._negates, [word in NEGATIONS or word.endswith("n't") for word in words])
        self._not_alone = np.append(self._not_alone, [word in NOT_ALONE for word in words])
        if len(self._class_numbers) > known:
            self._tables()

    def _class_of(self, word: str) -> int:
        """Give the number of the set of steps that a word satisfies."""
        steps = list(self._exact.get(word, ()))
        for length in self._stem_lengths:
            if length > len(word):
                break
            steps.extend(self._stems.get(word[:length], ()))
        return self._class_numbers.setdefault(tuple(sorted(set(steps))), len(self._class_numbers))

    def _tables(self) -> None:
        """Lay out, for each class, the steps it satisfies and the sequences that are anchored in them."""
        columns = self._sequences
        count = int(columns.steps.max(initial=-1)) + 1
        anchored: list[list[int]] = [[] for _ in range(count)]
        for row, step in enumerate(columns.steps[np.arange(len(columns.lengths)), columns.anchors].tolist()):
            anchored[step].append(row)
        self._satisfies: Bools = np.zeros((len(self._class_numbers), max(count, 1)), np.bool_)
        per_class: list[list[int]] = []
        for number, steps in enumerate(self._class_numbers):
            self._satisfies[number, list(steps)] = True
            per_class.append(list(chain.from_iterable(anchored[step] for step in steps)))
        self._anchored_counts = np.array([len(rows) for rows in per_class], np.int32)
        self._anchored_starts = np.cumsum(self._anchored_counts) - self._anchored_counts
        self._anchored_rows = np.array(list(chain.from_iterable(per_class)), np.int32)

    def _anchored(self, classes: Ids) -> _Candidates:
        """Pair each word with the sequences that may have it as their anchor."""
        counts = self._anchored_counts[classes]
        places = np.flatnonzero(counts)
        counts = counts[places]
        starts = self._anchored_starts[classes[places]]
        within = np.arange(int(counts.sum())) - np.repeat(np.cumsum(counts) - counts, counts)
        rows = self._anchored_rows[np.repeat(starts, counts) + within]
        words = np.repeat(places, counts)
        return _Candidates(rows, words, words)

    def _grown(self, found: _Candidates, classes: Ids, sentences: Ids, direction: int) -> _Candidates:
        """Hold the steps on one side of the anchors against the words there, nearest first."""
        columns = self._sequences
        finished: list[_Candidates] = []
        distance = 0
        while len(found.sequences):
            distance += direction
            places = columns.anchors[found.sequences] + distance
            over = (places < 0) | (places >= columns.lengths[found.sequences])
            finished.append(found.where(over))
            found = self._stepped(found.where(~over), places[~over], classes, sentences, direction)
        if not finished:
            return found
        return _Candidates(*(np.concatenate(parts) for parts in zip(*finished, strict=True)))

    def _stepped(
        self, found: _Candidates, places: Ids, classes: Ids, sentences: Ids, direction: int
    ) -> _Candidates:
        """Keep the candidates whose step at `places` is satisfied, once for each word within its gap that does."""
        columns = self._sequences
        steps = columns.steps[found.sequences, places]
        gaps = columns.gaps[found.sequences, places if direction > 0 else places + 1]
        edges = found.last_words if direction > 0 else found.first_words
        kept: list[_Candidates] = []
        for gap in range(int(gaps.max(initial=0)) + 1):
            chosen = np.flatnonzero(gaps >= gap)
            words = edges[chosen] + direction * (gap + 1)
            inside = (words >= 0) & (words < len(classes))
            chosen, words = chosen[inside], words[inside]
            fits = self._satisfies[classes[words], steps[chosen]] & (sentences[words] == sentences[edges[chosen]])
            chosen, words = chosen[fits], words[fits]
            spans = (found.first_words[chosen], words) if direction > 0 else (words, found.last_words[chosen])
            kept.append(_Candidates(found.sequences[chosen], *spans))
        return _Candidates(*(np.concatenate(parts) for parts in zip(*kept, strict=True)))

    def _negated(self, tokens: Tokens, first_words: Ints) -> Bools:
        """Whether a negation stands shortly before each of these words, in the same clause."""
        result = np.zeros(len(first_words), np.bool_)
        open_still = np.ones(len(first_words), np.bool_)
        for distance in range(1, NEGATION_REACH + 1):
            words = first_words - distance
            open_still &= words >= 0
            words = np.maximum(words, 0)
            open_still &= tokens.breaks[words] == Break.NONE
            followed = self._not_alone[tokens.words[np.minimum(words + 1, first_words)]]
            result |= open_still & self._negates[tokens.words[words]] & ~followed
        return result


def _begins_rightly(found: _Candidates, sentences: Ids, gaps: Ids) -> Bools:
    """Whether each match begins a sentence, where its sequence wants that."""
    first = found.first_words
    inside = (first > 0) & (sentences[first] == sentences[np.maximum(first - 1, 0)])
    return (gaps[found.sequences, 0] != BEGINS) | ~inside


@cache
def _commonness(words: tuple[str, ...]) -> int:
    """How often a step is likely to be satisfied: everyday words weigh most, then short stems and long lists."""
    stems = sum(word.endswith("*") and len(word) < SHORT_STEM for word in words)
    return 100 * len(_COMMON.intersection(words)) + 3 * stems + len(words)


def _numbered(breaks: Codes, least: Break) -> Ids:
    """Number the stretches that end at breaks of at least this code, one number per word."""
    ends = np.zeros(len(breaks), np.int32)
    np.cumsum(breaks[:-1] >= least, out=ends[1:] if len(breaks) else ends)
    return ends


def holds_negation(sequences: Iterable[Sequence]) -> bool:
    """Whether a phrase has a negation in it, so that one before it does not turn it around."""
    return any(
        word in NEGATIONS or word.endswith("n't") for sequence in sequences for step in sequence for word in step.words
    )
