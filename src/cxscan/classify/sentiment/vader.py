"""VADER over token columns: the compound score of the vaderSentiment package, as array arithmetic.

The rules are those of Hutto & Gilbert, "VADER: A Parsimonious Rule-based Model for Sentiment Analysis of Social Media
Text" (ICWSM 2014), as version 3.3.2 of the package applies them, its oddities included; words, boosters, negations and
idioms are read from the installed package. The package is quadratic in the length of a text, this is linear.
"""

from __future__ import annotations

from collections import defaultdict
from heapq import heapify, heappop, heappush
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from cxscan.classify.sentiment.vader_words import (
    AT,
    BUT,
    DOUBT,
    KIND,
    LEAST,
    NEVER,
    NO,
    OF,
    OR,
    SO,
    WITHOUT,
    VaderWords,
)
from cxscan.model import SCORE_UNIT

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from numpy.typing import NDArray

    from cxscan.classify.sentiment.vader_words import VaderColumns
    from cxscan.model import Bools, Ints, Tokens

    Floats = NDArray[np.float64]

CUT = 500
"""Score units from which a text counts as positive; from minus this, as negative."""


class Places(NamedTuple):
    """The words of a batch that carry sentiment, in reading order."""

    texts: Ints
    """Text of each."""
    chunks: Ints
    """Position in `Tokens.chunks` of each."""
    valences: Floats
    """The part of each in its text's sum, all rules applied."""


class Vader:
    """Scores tokens by VADER's rules with the package's lexicon."""

    def __init__(self) -> None:
        self._words = VaderWords()
        phrases = (*self._words.idioms, *self._words.dampeners)
        self._rare = [self._words.codes[phrase[-1]] for phrase in phrases]

    @property
    def valences(self) -> dict[str, float]:
        """Valence of every word that is known."""
        return self._words.lexicon

    def scores(self, tokens: Tokens) -> NDArray[np.int32]:
        """Compound score of each text, in score units."""
        places = self.places(tokens)
        sums: Floats = np.bincount(places.texts, places.valences, len(tokens)).astype(np.float64)
        return self.compound(sums, self.emphasis(tokens))

    def places(self, tokens: Tokens) -> Places:
        """The words that carry sentiment, and what each adds to the sum of its text."""
        table = self._words.table(tokens.vocabulary)
        counts = np.diff(table.starts)[tokens.chunks]
        first_words = np.concatenate([[0], np.cumsum(counts)])
        words = np.arange(first_words[-1]) - np.repeat(first_words[:-1] - table.starts[tokens.chunks], counts)
        text_words = first_words[tokens.chunk_offsets]
        batch = _Batch(table.words.at(words), np.diff(text_words), text_words)
        valences = self._apply(batch)
        chunks = np.searchsorted(first_words, batch.at, side="right") - 1
        return Places(batch.text, chunks, valences)

    def emphasis(self, tokens: Tokens) -> Floats:
        """Return what exclamation and question marks add to the size of each text's sum."""
        table = self._words.table(tokens.vocabulary)
        loud, asking = (
            _sums(marks[tokens.chunks], tokens.chunk_offsets) for marks in (table.exclamations, table.questions)
        )
        doubt = np.where(asking > 1, np.where(asking <= 3, asking * 0.18, 0.96), 0.0)
        emphasis: Floats = np.minimum(loud, 4) * 0.292 + doubt
        return emphasis

    @staticmethod
    def compound(sums: Floats, emphasis: Floats) -> NDArray[np.int32]:
        """Sum of valences → score in score units, between minus and plus one."""
        sums = sums + np.sign(sums) * emphasis
        return np.rint(sums / np.sqrt(sums * sums + 15) * SCORE_UNIT).astype(np.int32)

    # -- the rules, in the package's order: the same sums in the same order give the same bits

    def _apply(self, batch: _Batch) -> Floats:
        valences = self._after_no(batch)
        loud = batch.shouting[batch.text]
        valences = np.where(batch.here.upper & loud, _grow(valences, self._words.capitals), valences)
        for distance in (1, 2, 3):
            valences = self._modified(batch, valences, distance, loud)
        return self._contrasted(batch, self._after_least(batch, valences))

    def _after_no(self, batch: _Batch) -> Floats:
        """A "no" before a lexicon word negates it instead of counting itself."""
        one, two, three = (batch.code(-distance) for distance in (1, 2, 3))
        valences = np.where((batch.here.code == NO) & batch.next_known, 0.0, batch.here.valence)
        negated = (one == NO) | (two == NO) | ((three == NO) & (one == OR))
        return np.where(negated, batch.here.valence * self._words.negated, valences)

    def _modified(self, batch: _Batch, valences: Floats, distance: int, loud: Bools) -> Floats:
        """Return the valence as the word at this distance before modifies it: boosts, dampens or negates it."""
        where = batch.before(distance)
        before = batch.columns.at(where)
        acts = (batch.place >= distance) & ~before.known
        push = np.where(valences < 0, -before.booster, before.booster)
        shouted = before.upper & loud & before.boosts
        push = np.where(shouted, np.where(valences > 0, push + self._words.capitals, push - self._words.capitals), push)
        damped = push * (1.0, 0.95, 0.9)[distance - 1]
        valences = np.where(acts & before.boosts, valences + damped, valences)
        valences = np.where(acts, valences * self._negation(batch, before.negates, distance), valences)
        return self._idiomatic(batch, valences, acts) if distance == 3 else valences

    def _negation(self, batch: _Batch, negates: Bools, distance: int) -> Floats:
        factor = np.where(negates, self._words.negated, 1.0)
        one, two, three = (batch.code(-d) for d in (1, 2, 3))
        if distance == 2:
            factor = np.where((two == WITHOUT) & (one == DOUBT), 1.0, factor)
            factor = np.where((two == NEVER) & (one == SO), 1.25, factor)
        if distance == 3:
            factor = np.where((three == WITHOUT) & ((two == DOUBT) | (one == DOUBT)), 1.0, factor)
            factor = np.where(((three == NEVER) & (two == SO)) | (one == SO), 1.25, factor)
        return factor

    def _idiomatic(self, batch: _Batch, valences: Floats, acts: Bools) -> Floats:
        """Idioms ("to die for") and two-word dampeners ("kind of") around the few words that have one near."""
        near = np.flatnonzero(acts & batch.near(self._rare))
        if not len(near):
            return valences
        valences = valences.copy()
        codes = {step: batch.code(step)[near] for step in (-3, -2, -1, 0, 1, 2)}
        changed, found = valences[near], np.zeros(len(near), bool)
        for first, length in ((-1, 2), (-2, 3), (-2, 2), (-3, 3), (-3, 2)):
            value, is_idiom = self._idiom_at(codes, first, length)
            changed = np.where(is_idiom & ~found, value, changed)
            found |= is_idiom
        for first, length in ((0, 2), (0, 3)):
            value, is_idiom = self._idiom_at(codes, first, length)
            changed = np.where(is_idiom, value, changed)
        for first in (-3, -2):
            for phrase, damped in self._words.dampeners.items():
                changed = np.where(self._is(codes, first, phrase), changed + damped, changed)
        valences[near] = changed
        return valences

    def _idiom_at(self, codes: Mapping[int, NDArray[np.int16]], first: int, length: int) -> tuple[Floats, Bools]:
        value, found = np.zeros(len(codes[0])), np.zeros(len(codes[0]), bool)
        for phrase, valence in self._words.idioms.items():
            if len(phrase) == length:
                here = self._is(codes, first, phrase)
                value, found = np.where(here, valence, value), found | here
        return value, found

    def _is(self, codes: Mapping[int, NDArray[np.int16]], first: int, phrase: tuple[str, ...]) -> Bools:
        is_it = np.ones(len(codes[0]), bool)
        for step, word in enumerate(phrase, first):
            is_it &= codes[step] == self._words.codes[word]
        return is_it

    def _after_least(self, batch: _Batch, valences: Floats) -> Floats:
        one, two = batch.code(-1), batch.code(-2)
        least = (one == LEAST) & ~batch.columns.known[batch.before(1)] & (two != AT)
        return np.where(least, valences * self._words.negated, valences)

    def _contrasted(self, batch: _Batch, valences: Floats) -> Floats:
        """After the first "but" a word counts one and a half times, before it half."""
        but = batch.first_but[batch.text]
        scaled = valences * np.where(but < 0, 1.0, np.where(batch.place < but, 0.5, 1.5))
        for first, last in _texts_with_collisions(batch.text, valences, scaled):
            scaled[first:last] = _scaled_by_value(valences[first:last], batch.place[first:last], int(but[first]))
        return scaled


class _Batch:
    """The VADER words of a batch, and the places among them that carry sentiment."""

    def __init__(self, columns: VaderColumns, lengths: Ints, text_words: Ints) -> None:
        self.columns = columns
        total = len(columns.code)
        self._last = max(total - 1, 0)
        text = np.repeat(np.arange(len(lengths)), lengths)
        following = np.zeros(total, np.int16)
        following[:-1] = columns.code[1:]
        following[text_words[1:][lengths > 0] - 1] = 0
        shouted = np.bincount(text, columns.upper, len(lengths))
        self.shouting = (shouted > 0) & (shouted < lengths)
        self.at = np.flatnonzero(columns.known & ~columns.boosts & ~((columns.code == KIND) & (following == OF)))
        self.text = text[self.at]
        self.place = self.at - text_words[self.text]
        self._left = lengths[self.text] - self.place
        self.here = columns.at(self.at)
        self.next_known = (self._left > 1) & columns.known[np.minimum(self.at + 1, self._last)]
        self._codes: dict[int, NDArray[np.int16]] = {}
        self.first_but = np.full(len(lengths), -1)
        buts = np.flatnonzero(columns.code == BUT)[::-1]
        self.first_but[text[buts]] = buts - text_words[text[buts]]

    def before(self, distance: int) -> Ints:
        """Position of the word at this distance before each place; any position where there is none."""
        return np.maximum(self.at - distance, 0)

    def code(self, step: int) -> NDArray[np.int16]:
        """Code of the word so many steps from each place, 0 beyond the text."""
        if step not in self._codes:
            inside = self.place >= -step if step < 0 else self._left > step
            where = np.clip(self.at + step, 0, self._last)
            self._codes[step] = np.where(inside, self.columns.code[where], 0)
        return self._codes[step]

    def near(self, codes: Sequence[int]) -> Bools:
        """Mark the places that have a word with one of these codes from three before to two after them."""
        marked = np.zeros(len(self.columns.code) + 6, bool)
        for at in (np.flatnonzero(self.columns.code == code) for code in codes):
            for step in range(-2, 4):
                marked[at + step + 2] = True
        near: Bools = marked[self.at + 2]
        return near


def _grow(valences: Floats, step: float) -> Floats:
    return np.where(valences > 0, valences + step, valences - step)


def _sums(values: Ints, offsets: Ints) -> Ints:
    total = np.concatenate([[0], np.cumsum(values)])
    sums: Ints = total[offsets[1:]] - total[offsets[:-1]]
    return sums


def _texts_with_collisions(text: Ints, valences: Floats, scaled: Floats) -> list[tuple[int, int]]:
    """First and one-past-last place of each text in which a scaled valence equals another one as it was."""
    moved = np.flatnonzero(valences != scaled)
    texts, values = np.tile(text[moved], 2), np.concatenate([valences[moved], scaled[moved]])
    order = np.lexsort((values, texts))
    equal = (texts[order][1:] == texts[order][:-1]) & (values[order][1:] == values[order][:-1])
    was = order < len(moved)
    rows = np.unique(texts[order[1:][equal & (was[1:] != was[:-1])]])
    firsts, lasts = np.searchsorted(text, rows), np.searchsorted(text, rows, side="right")
    return list(zip(firsts.tolist(), lasts.tolist(), strict=True))


def _scaled_by_value(valences: Floats, places: Ints, but: int) -> list[float]:
    """The package's "but" rule as it stands: each value is looked up by equality, and the first equal one is scaled."""
    values: list[float] = valences.tolist()
    where: list[int] = places.tolist()
    equals: defaultdict[float, list[int]] = defaultdict(list)
    for index, value in enumerate(values):
        equals[value].append(index)
    for heap in equals.values():
        heapify(heap)
    for index in range(len(values)):
        value = values[index]
        if value == 0:
            continue
        first = heappop(equals[value])
        values[first] = value * (0.5 if where[first] < but else 1.5)
        heappush(equals[values[first]], first)
    return values
