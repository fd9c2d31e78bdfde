"""Finds phrases in tokens: each distinct word is looked at once, a batch is array arithmetic.

A sequence of words is looked for from a *pair* of its steps, the one that is rarest in English; where two words stand
that satisfy them, the other steps are held against the words around, outwards, all candidates at a time.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from cxscan.classify.phrases.compile import PairTables, compiled
from cxscan.model import Break
from cxscan.rules.phrase_syntax import BEGINS

if TYPE_CHECKING:
    from collections.abc import Iterable

    from cxscan.model import Bools, Codes, Ids, Ints, Tokens, Vocabulary
    from cxscan.rules.phrase_syntax import Sequence

NEGATION_REACH = 3
"""Words before a phrase among which a negation is looked for."""

NEGATIONS = frozenset(
    "not no never none nobody nothing nowhere neither nor cannot without hardly barely rarely seldom lacks lacking"
    " isnt arent wasnt werent dont doesnt didnt wont cant couldnt wouldnt shouldnt hasnt havent hadnt aint"
    " despite lack zero".split()
)
"""Words that turn what follows into its opposite, beside those that end in n't."""

NOT_ALONE = frozenset(("only", "just", "merely"))
"""After these a negation negates nothing: "not only"."""


class Matches(NamedTuple):
    """Places of phrases, one entry per match, ordered by first word, last word and phrase.

    `phrases` holds the phrase's number, `first_words` and `last_words` positions in `Tokens.words`, `negated` whether
    a negation stands at most `NEGATION_REACH` words before it in its clause.
    """

    phrases: Ids
    first_words: Ints
    last_words: Ints
    negated: Bools


class _Candidates(NamedTuple):
    """Half-checked matches: the sequence, and the words it is known to span."""

    sequences: Ints
    first_words: Ints
    last_words: Ints

    def where(self, chosen: Bools | Ints) -> _Candidates:
        """Give the chosen ones."""
        return _Candidates(self.sequences[chosen], self.first_words[chosen], self.last_words[chosen])


class Matcher:
    """Looks for many phrases at once.

    `phrases` are parsed ones (`rules.phrase_syntax.parse_phrase`); a phrase's number is its place among them.
    A match may pass commas and clause ends, never the end of a sentence.
    """

    def __init__(self, phrases: Iterable[tuple[Sequence, ...]]) -> None:
        self._sequences = compiled(tuple(phrases))
        self._shortest_stem = min(map(len, self._sequences.stems), default=0)
        self._stem_lengths: dict[str, list[int]] = {}
        """Lengths of the stems with a certain beginning: most words begin like none."""
        for beginning, length in sorted({(stem[: self._shortest_stem], len(stem)) for stem in self._sequences.stems}):
            self._stem_lengths.setdefault(beginning, []).append(length)
        self._class_numbers: dict[tuple[int, ...], int] = {(): 0}
        for word in (*self._sequences.exact, *self._sequences.stems):
            self._class_of(word)
        self._tables = PairTables(self._sequences, list(self._class_numbers))
        self._vocabulary: Vocabulary | None = None
        self._classes: Ids = np.zeros(0, np.int32)
        self._negates: Bools = np.zeros(0, np.bool_)
        self._not_alone: Bools = np.zeros(0, np.bool_)

    def match(self, tokens: Tokens) -> Matches:
        """Find every phrase in every text."""
        self._extend(tokens.vocabulary)
        classes = self._classes[tokens.words]
        sentences = _numbered(tokens.breaks, Break.SENTENCE)
        found = self._begun(classes, sentences)
        for direction in (1, -1):
            found = self._grown(found, classes, sentences, direction)
        found = found.where(_begins_rightly(found, sentences, self._sequences.gaps))
        phrases, first, last = _once(self._sequences.phrases[found.sequences], found.first_words, found.last_words)
        return Matches(phrases, first, last, self._negated(tokens, first))

    def _extend(self, vocabulary: Vocabulary) -> None:
        """Look at the words that were not there before."""
        if vocabulary is not self._vocabulary:
            self._vocabulary = vocabulary
            self._classes, self._negates, self._not_alone = self._classes[:0], self._negates[:0], self._not_alone[:0]
        words = vocabulary.words[len(self._classes) :]
        if not words:
            return
        known = len(self._class_numbers)
        self._classes = np.append(self._classes, np.array([self._class_of(word) for word in words], np.int32))
        self._negates = np.append(self._negates, [word in NEGATIONS or word.endswith("n't") for word in words])
        self._not_alone = np.append(self._not_alone, [word in NOT_ALONE for word in words])
        if len(self._class_numbers) > known:
            self._tables = PairTables(self._sequences, list(self._class_numbers))

    def _class_of(self, word: str) -> int:
        """Give the number of the set of steps that a word satisfies."""
        steps = set(self._sequences.exact.get(word, ()))
        for length in self._stem_lengths.get(word[: self._shortest_stem], ()):
            steps.update(self._sequences.stems.get(word[:length], ()))
        return self._class_numbers.setdefault(tuple(sorted(steps)), len(self._class_numbers)) if steps else 0

    def _begun(self, classes: Ids, sentences: Ids) -> _Candidates:
        """Find the single words that are a sequence, and the pairs of which the others are looked for."""
        words, sequences = self._tables.singles(classes)
        begun = [_Candidates(sequences, words, words)]
        for distance in range(1, min(self._tables.reach, len(classes) - 1) + 1):
            words, sequences = self._tables.pairs(classes, distance)
            gaps = self._sequences.gaps[sequences, self._sequences.anchors[sequences] + 1]
            near = (gaps >= distance - 1) & (sentences[words] == sentences[words + distance])
            begun.append(_Candidates(sequences[near], words[near], words[near] + distance))
        return _joined(begun)

    def _grown(self, found: _Candidates, classes: Ids, sentences: Ids, direction: int) -> _Candidates:
        """Hold the steps on one side of what is found against the words there, nearest first."""
        columns = self._sequences
        finished: list[_Candidates] = []
        places = columns.anchors[found.sequences]
        places = places + (columns.lengths[found.sequences] > 1) if direction > 0 else places
        while len(found.sequences):
            places = places + direction
            over = (places < 0) | (places >= columns.lengths[found.sequences])
            finished.append(found.where(over))
            found, places = self._stepped(found.where(~over), places[~over], classes, sentences, direction)
        return _joined(finished) if finished else found

    def _stepped(
        self, found: _Candidates, places: Ids, classes: Ids, sentences: Ids, direction: int
    ) -> tuple[_Candidates, Ids]:
        """Keep the candidates whose step at `places` is satisfied, once for each word within its gap that does."""
        columns = self._sequences
        steps = columns.steps[found.sequences, places]
        gaps = columns.gaps[found.sequences, places if direction > 0 else places + 1]
        edges = found.last_words if direction > 0 else found.first_words
        kept, kept_places = [], []
        for gap in range(int(gaps.max(initial=0)) + 1):
            chosen = np.flatnonzero(gaps >= gap)
            words = edges[chosen] + direction * (gap + 1)
            inside = (words >= 0) & (words < len(classes))
            chosen, words = chosen[inside], words[inside]
            fits = self._tables.satisfies[classes[words], steps[chosen]] & (
                sentences[words] == sentences[edges[chosen]]
            )
            chosen, words = chosen[fits], words[fits]
            spans = (found.first_words[chosen], words) if direction > 0 else (words, found.last_words[chosen])
            kept.append(_Candidates(found.sequences[chosen], *spans))
            kept_places.append(places[chosen])
        return _joined(kept), np.concatenate(kept_places)

    def _negated(self, tokens: Tokens, first_words: Ints) -> Bools:
        """Mark the words with a negation shortly before them, in the same clause."""
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


def _joined(parts: list[_Candidates]) -> _Candidates:
    return _Candidates(
        np.concatenate([part.sequences for part in parts]),
        np.concatenate([part.first_words for part in parts]),
        np.concatenate([part.last_words for part in parts]),
    )


def _once(phrases: Ids, first: Ints, last: Ints) -> tuple[Ids, Ints, Ints]:
    """Sort by first word, last word and phrase, each match once: two sequences of a phrase may find the same words."""
    if not len(phrases):
        return phrases, first, last
    lengths = last - first
    longest, count = int(lengths.max()) + 1, int(phrases.max()) + 1
    keys = np.unique((first * longest + lengths) * count + phrases)
    first, lengths = np.divmod(keys // count, longest)
    return (keys % count).astype(np.int32), first, first + lengths


def _begins_rightly(found: _Candidates, sentences: Ids, gaps: Ids) -> Bools:
    """Mark the matches that begin a sentence, where their sequence wants that."""
    first = found.first_words
    inside = (first > 0) & (sentences[first] == sentences[np.maximum(first - 1, 0)])
    rightly: Bools = (gaps[found.sequences, 0] != BEGINS) | ~inside
    return rightly


def _numbered(breaks: Codes, least: Break) -> Ids:
    """Number the stretches that end at breaks of at least this code, one number per word."""
    ends = np.zeros(len(breaks), np.int32)
    np.cumsum(breaks[:-1] >= least, out=ends[1:] if len(breaks) else ends)
    return ends


def holds_negation(sequences: Iterable[Sequence]) -> bool:
    """Say whether a phrase has a negation in it, so that one before it does not turn it around."""
    return any(
        word in NEGATIONS or word.endswith("n't") for sequence in sequences for step in sequence for word in step.words
    )
