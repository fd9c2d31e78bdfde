"""What learning makes of a batch: what each text, sentence, clause and word of it weighs for each label."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from cxscan.classify.packed_rows import cells, unpacked

if TYPE_CHECKING:
    from cxscan.classify.hidden_units import Floats, HiddenUnits
    from cxscan.classify.theme_terms import Rows, Sentences
    from cxscan.model import Ids, Ints


class WordWeights(NamedTuple):
    """What every word of a batch weighs: rows of tables, taken when they are asked for."""

    rows: Ints
    """Vocabulary by labels, packed."""
    unit_rows: Ints
    """Vocabulary by hidden units, packed."""
    numbers: Ids
    """Word of the vocabulary that stands at each place."""
    pair_of: Ids
    """Number of the pair that each word ends, or -1."""
    pair_rows: Rows
    """Pairs by labels."""
    units: Floats
    """What each hidden unit says in each sentence, sentences by units."""
    hidden: HiddenUnits

    def alone(self, labels: Ints, words: Ints) -> Ints:
        """What these words, with the pairs that they end, weigh for these labels by themselves, in `UNIT`s."""
        pairs = self.pair_of[words]
        own: Ints = cells(self.rows, self.numbers[words].astype(np.int64), labels)
        return own + np.where(pairs >= 0, self.pair_rows[pairs, labels], 0)

    def by_words(self, labels: Ints, words: Ints, sentences: Ints) -> Ints:
        """What these words of these sentences weigh for these labels, with what hidden units make of them."""
        rows = unpacked(self.unit_rows.take(self.numbers[words], axis=0), self.units.shape[1])
        together: Ints = self.alone(labels, words) + self.hidden.by_words(rows, self.units[sentences], labels)
        return together


class Weighed(NamedTuple):
    """What learning makes of a batch, in `UNIT`s."""

    margins: Ints
    """How far each text is above the threshold of each built-in label (themes, then intents)."""
    logits: Ints
    """How much each sentence speaks for each label, sentences by labels."""
    poles: Ints
    """How surely each text speaks well of each built-in theme, then how surely ill, as log-odds."""
    clauses: Ints
    """Clauses by labels, packed: the sums of what their words weigh alone."""
    words: WordWeights
    sentences: Sentences

    def by_words(self, labels: Ints, words: Ints) -> Ints:
        """What these words, with the pairs that they end, weigh for these labels."""
        return self.words.by_words(labels, words, self.sentences.of_words[words])

    def by_clauses(self, labels: Ints, clauses: Ints) -> Ints:
        """What these clauses weigh for these labels, word by word."""
        return cells(self.clauses, clauses, labels)
