"""What learning makes of a batch: what each text, sentence and word of it weighs for each label."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np

if TYPE_CHECKING:
    from cxscan.classify.arrays.row_runs import Rows, Segments
    from cxscan.classify.themes.evidence import Sentences
    from cxscan.classify.themes.hidden_units import HiddenUnits, Singles
    from cxscan.classify.themes.noisy_or import NoisyOr
    from cxscan.model import Ids, Ints


class WordWeights(NamedTuple):
    """What every word of a batch weighs: rows of tables, taken when they are asked for."""

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
    """What each hidden unit says in each sentence, sentences by units."""
    hidden: HiddenUnits

    def alone(self, labels: Ints, words: Ints) -> Ints:
        """What these words, with the pairs that they end, weigh for these labels by themselves, in `UNIT`s."""
        pairs = self.pair_of[words]
        own = self.rows[self.numbers[words], labels].astype(np.int64)
        return own + np.where(pairs >= 0, self.pair_rows[pairs, labels], 0)

    def by_words(self, labels: Ints, words: Ints, sentences: Ints) -> Ints:
        """What these words of these sentences weigh for these labels, with what hidden units make of them."""
        rows = self.unit_rows.take(self.numbers[words], axis=0)
        return self.alone(labels, words) + self.hidden.by_words(rows, self.units[sentences], labels)


class Weighed(NamedTuple):
    """What learning makes of a batch, in `UNIT`s."""

    margins: Rows
    """How far each text is above the threshold of each built-in label (themes, then intents)."""
    logits: Rows
    """How much each sentence speaks for each label, sentences by labels."""
    poles: Rows
    """How much each sentence speaks well of each built-in theme, then how much ill, as log-odds."""
    words: WordWeights
    sentences: Sentences
    any_of: NoisyOr

    def by_words(self, labels: Ints, words: Ints) -> Ints:
        """What these words, with the pairs that they end, weigh for these labels."""
        return self.words.by_words(labels, words, self.sentences.of_words[words])

    def by_poles(self, sentences: Ints, themes: Ints, runs: Segments) -> Rows:
        """How surely the sentences of each run speak well of these themes, and how surely ill: log-odds, runs by two.

        `sentences` and built-in `themes` stand side by side.
        """
        both = self.poles[sentences[:, None], themes[:, None] + np.array([0, self.poles.shape[1] // 2])]
        return self.any_of.of(both, runs)
