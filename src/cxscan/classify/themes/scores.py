"""Scores of themes by learned weights: what each text, sentence and word of a batch says for each label.

Weights of words, pairs and phrase hits say of each sentence how much it speaks for a label; hidden units add what
words say together, and in the light of the whole comment. A comment has a label if one of its sentences has it (noisy
or): the annotations label comments, the sentences between are hidden. Sums are of whole numbers, so that no order of
adding matters. The weights are made by training/themes.py.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from cxscan.classify.arrays.row_runs import add_rows
from cxscan.classify.themes.evidence import (
    LONGEST,
    MOST_SENTENCES,
    UNIT,
    PairRows,
    Sentences,
    WordRows,
    WordTable,
    contrast_column,
    phrase_keys,
)
from cxscan.classify.themes.hidden_units import HiddenUnits, unit_table

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from cxscan.classify.arrays.row_runs import RowRuns, Rows
    from cxscan.classify.phrases.hits import PhraseHits
    from cxscan.classify.themes.hidden_units import Singles
    from cxscan.model import Ids, Ints, Tokens
    from cxscan.rules.theme_weights import ThemeWeights
    from cxscan.rules.weights import Arrays

SATURATED = 12 * UNIT
"""Log-odds beyond this are as sure as any."""

CHANCE_UNIT = 4_096
"""Unit of -log(1 - chance), which adds over the sentences of a text."""


class NoisyOr:
    """Combines the log-odds of sentences into those of their text: it has a label if one of them has (noisy or)."""

    def __init__(self, arrays: Arrays) -> None:
        self._chances = arrays["chances"].astype(np.int64)
        self._odds = arrays["logits"].astype(np.int32)

    def combine(self, logits: Rows, runs: RowRuns) -> Rows:
        """Return the log-odds that one of the sentences of each run has a label, in `UNIT`s.

        `logits`: sentences by labels, or of one label.
        """
        chances = self._chances.take(logits + SATURATED, mode="clip")
        return self._odds.take(runs.sums(chances), mode="clip")


class WordWeights(NamedTuple):
    """Weights of every word of a batch: rows of tables, taken when they are asked for."""

    rows: Rows
    """Vocabulary by labels."""
    unit_rows: Rows
    """Vocabulary by hidden units."""
    numbers: Ids
    """Word of the vocabulary that stands at each place."""
    pair_of: Ids
    """Number of the pair that each word ends, or -1."""
    pair_rows: Rows
    """Pairs by labels."""
    units: Singles
    """Activations, sentences by units."""
    hidden: HiddenUnits

    def alone(self, labels: Ints, words: Ints) -> Ints:
        """Return the weights of these words, with the pairs that they end, for these labels; in `UNIT`s."""
        pairs = self.pair_of[words]
        own = self.rows[self.numbers[words], labels].astype(np.int64)
        return own + np.where(pairs >= 0, self.pair_rows[pairs, labels], 0)

    def by_words(self, labels: Ints, words: Ints, sentences: Ints) -> Ints:
        """Return the same with what hidden units add, for words of these sentences."""
        rows = self.unit_rows.take(self.numbers[words], axis=0)
        return self.alone(labels, words) + self.hidden.by_words(rows, self.units[sentences], labels)


class ThemeScores(NamedTuple):
    """Log-odds of labels by text, sentence and word of a batch, in `UNIT`s."""

    margins: Rows
    """Log-odds of each text above the threshold of each label (of the shipped weights, then trained ones)."""
    logits: Rows
    """Log-odds of each sentence for each label, sentences by labels."""
    polarity_logits: Rows
    """Log-odds that each sentence praises each theme of the weights, then that it blames it."""
    words: WordWeights
    sentences: Sentences
    any_of: NoisyOr

    def by_words(self, labels: Ints, words: Ints) -> Ints:
        """Return the weights of these words, with the pairs that they end and hidden units, for these labels."""
        return self.words.by_words(labels, words, self.sentences.of_words[words])

    def polarity_odds(self, sentences: Ints, themes: Ints, runs: RowRuns) -> Rows:
        """Return the log-odds that the sentences of each run praise these themes, and blame them: runs by two.

        `sentences` and built-in `themes` stand side by side.
        """
        both = self.polarity_logits[
            sentences[:, None], themes[:, None] + np.array([0, self.polarity_logits.shape[1] // 2])
        ]
        return self.any_of.combine(both, runs)


class ThemeScorer:
    """Scores the labels of the weights: themes, intents, then themes that a user has trained."""

    def __init__(self, weights: ThemeWeights) -> None:
        arrays, self._themes = weights.arrays, len(weights.themes)
        words, stems = _numbered(arrays["words"]), _numbered(arrays["stems"])
        rows = WordTable(_rows(arrays["word_rows"]), _rows(arrays["stem_rows"]))
        self._words, self._contrasts = WordRows(words, stems, rows, unit_table(arrays)), contrast_column()
        self._hidden = HiddenUnits(arrays)
        pairs = arrays["pair_words"].astype(np.int32)
        self._pairs, self._pair_rows = PairRows(len(words), pairs[:, 0], pairs[:, 1]), _rows(arrays["pair_rows"])
        self._phrase_rows, self._length_rows = _rows(arrays["phrase_rows"]), _rows(arrays["length_rows"])
        self._count_rows = _rows(arrays["count_rows"])
        self._any_of = NoisyOr(arrays)
        self._thresholds = arrays["thresholds"].astype(np.int32)

    def score(self, tokens: Tokens, features: PhraseHits) -> ThemeScores:
        """Score a batch; `features` are the phrase hits of the themes of the weights."""
        numbers, (rows, unit_rows) = self._words.look_up(tokens.vocabulary)
        places, pairs = self._pairs.find(tokens, numbers)
        pair_of = np.full(len(tokens.words), -1, np.int32)
        pair_of[places] = pairs
        places = np.flatnonzero(pair_of >= 0)
        sentences = Sentences.split(tokens, self._contrasts)
        active = self._hidden.activate(unit_rows, tokens.words, sentences)
        words = WordWeights(rows, unit_rows, tokens.words, pair_of, self._pair_rows, active.units, self._hidden)
        logits = sentences.words.sums_of(rows, tokens.words)
        add_rows(logits, sentences.of_words[places], self._pair_rows, pair_of[places])
        self._add_others(logits, tokens, features, sentences)
        logits += active.logits[:, : logits.shape[1]]
        polarity_logits = active.logits[:, logits.shape[1] :]
        margins = np.full((len(tokens), logits.shape[1]), -SATURATED, np.int32)
        of_texts = self._any_of.combine(logits, sentences.in_texts)
        margins[sentences.texts[sentences.first]] = of_texts - self._thresholds
        return ThemeScores(margins, logits, polarity_logits, words, sentences, self._any_of)

    def _add_others(self, logits: Rows, tokens: Tokens, features: PhraseHits, sentences: Sentences) -> None:
        """Add the weights of phrases, of a sentence's length and of their number, sentences by labels."""
        lengths = np.diff(sentences.starts, append=len(tokens.words))
        logits += self._length_rows.take(np.minimum(lengths, LONGEST), axis=0)
        counts = np.diff(sentences.first, append=len(sentences.texts))
        logits += np.repeat(self._count_rows.take(np.minimum(counts, MOST_SENTENCES), axis=0), counts, axis=0)
        rows, columns = phrase_keys(features, sentences, self._themes)
        order = np.argsort(rows, kind="stable")
        add_rows(logits, rows[order], self._phrase_rows, columns[order])


def _numbered(listed: NDArray[np.generic]) -> dict[str, int]:
    """Number words that stand one to a line."""
    return {word: number for number, word in enumerate(listed.tobytes().decode().split("\n"))}


def _rows(weights: NDArray[np.generic]) -> NDArray[np.int32]:
    return weights.astype(np.int32)
