"""Themes by learning: weights of words, pairs and phrase hits say of each sentence how much it speaks for a theme.

A comment has a theme if one of its sentences has it (noisy or): the annotations label comments, the sentences between
are hidden. Sums are of whole numbers, so that no order of adding matters. Made by training/themes.py.
"""

from __future__ import annotations

from functools import lru_cache
from importlib.resources import files
from typing import TYPE_CHECKING

import numpy as np

from cxscan.classify.phrase_book import PhraseHits
from cxscan.classify.theme_terms import LONGEST, PairRows, Sentences, WordRows, phrase_keys
from cxscan.model import Break
from cxscan.rules.taxonomy import built_in
from cxscan.rules.weights import read_weights

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from cxscan.classify.theme_terms import Rows
    from cxscan.model import Bools, Ids, Ints, Tokens
    from cxscan.rules.taxonomy import Taxonomy
    from cxscan.rules.weights import Weights

KIND = "themes"

UNIT = 256
"""A logit of 1.0 in the weights."""

SATURATED = 12 * UNIT
"""Logits beyond this are as sure as any."""

CHANCE_UNIT = 4_096
"""Unit of -log(1 - chance), which adds over the sentences of a comment."""

MOST_PIECES = 2
"""Pieces of evidence for a theme that no phrase has found."""


@lru_cache(maxsize=1)
def theme_weights() -> Weights:
    """The weights that come with cxscan."""
    return read_weights(files("cxscan.rules").joinpath("themes.npz"), kind=KIND)


class LearnedThemes:
    """Knows the built-in themes that a taxonomy has left as they are; for the others its phrases decide alone.

    `learned` are the weights, if not those that come with cxscan.
    """

    def __init__(self, taxonomy: Taxonomy, learned: Weights | None = None) -> None:
        weights = (learned or theme_weights()).arrays
        numbers = {theme: number for number, theme in enumerate(built_in().themes)}
        names = {theme.name: number for theme, number in numbers.items()}
        self._themes = len(numbers)
        self._labels = np.array([names.get(theme.name, -1) for theme in taxonomy.themes], np.int64)
        """Built-in theme of the same name, whose phrase hits are features."""
        self.known: Bools = np.array([theme in numbers for theme in taxonomy.themes], np.bool_)
        """Which themes of the taxonomy learning speaks of."""
        words, stems = _numbered(weights["words"]), _numbered(weights["stems"])
        self._words = WordRows(words, _rows(weights["word_rows"]), stems, _rows(weights["stem_rows"]))
        pairs = weights["pair_words"].astype(np.int32)
        self._pairs = PairRows(words, pairs[:, 0], pairs[:, 1], _rows(weights["pair_rows"]))
        self._phrase_rows, self._length_rows = _rows(weights["phrase_rows"]), _rows(weights["length_rows"])
        self._chances = weights["chances"].astype(np.int64)
        self._logits = weights["logits"].astype(np.int64)
        self._thresholds = weights["thresholds"].astype(np.int64)
        self._nearly = int(weights["nearly"][0])

    def margins(self, tokens: Tokens, hits: PhraseHits) -> Ints:
        """How far each text is above (or below) the threshold of each built-in label, in `UNIT`s.

        `hits` are those of the taxonomy's themes.
        """
        sentences = Sentences.of(tokens)
        result = np.full((len(tokens), len(self._thresholds)), -SATURATED, np.int64)
        if not len(tokens.words):
            return result
        logits = np.add.reduceat(self._by_word(tokens), sentences.starts, axis=0)
        logits += self._length_rows[np.minimum(np.diff(sentences.starts, append=len(tokens.words)), LONGEST)]
        self._add_phrases(logits, hits, sentences)
        chances = self._chances[np.clip(logits, -SATURATED, SATURATED) + SATURATED]
        first = np.flatnonzero(np.diff(sentences.texts, prepend=-1))
        sums = np.minimum(np.add.reduceat(chances, first, axis=0), len(self._logits) - 1)
        result[sentences.texts[first]] = self._logits[sums] - self._thresholds
        return result

    def refine(self, tokens: Tokens, hits: PhraseHits, *, most: int) -> PhraseHits:
        """Hits as learning leaves them: those of themes that a text does not have are gone, those of `most` stay.

        A theme that no phrase has found gets hits of its own: the words that carry the most weight for it, open, so
        that their clauses decide how it is spoken of.
        """
        texts = np.searchsorted(tokens.word_offsets, hits.first_words, side="right") - 1
        by_phrases = np.zeros((len(tokens), len(self.known)), np.bool_)
        by_phrases[texts, hits.labels] = True
        found = self._present(self.margins(tokens, hits), by_phrases, most)
        kept = hits.where(found[texts, hits.labels])
        added = self._telling_words(tokens, found & ~by_phrases)
        return PhraseHits(*(np.concatenate(columns) for columns in zip(kept, added, strict=True)))

    def _present(self, margins: Ints, by_phrases: Bools, most: int) -> Bools:
        """Which themes each text has, texts by the taxonomy's themes; one without takes the theme it nearly has."""
        margins = np.where(self.known, margins[:, self._labels], np.where(by_phrases, SATURATED, -SATURATED))
        found = margins > 0
        if not found.size:
            return found
        nearly = ~found.any(axis=1) & (margins.max(axis=1) > -self._nearly)
        found[nearly, margins.argmax(axis=1)[nearly]] = True
        crowded = np.flatnonzero(found.sum(axis=1) > most)
        least = np.argsort(-margins[crowded], axis=1, kind="stable")[:, most:]
        found[crowded[:, None], least] = False
        return found

    def _telling_words(self, tokens: Tokens, cells: Bools) -> PhraseHits:
        """The words or pairs that carry the most weight for each of these cells, texts by the taxonomy's themes."""
        texts, themes = np.nonzero(cells)
        lengths = np.diff(tokens.word_offsets)[texts]
        owners = np.repeat(np.arange(len(texts)), lengths)
        begins = np.cumsum(lengths) - lengths
        words = np.arange(len(owners)) + (tokens.word_offsets[texts] - begins)[owners]
        labels = self._labels[themes][owners]
        single = self._words.of(tokens.vocabulary)[tokens.words[words], labels]
        paired = self._pair_weights(tokens, words, labels)
        order = np.lexsort((words, -single - paired, owners))
        rank = np.arange(len(order)) - begins[owners[order]]
        telling = (single + paired)[order] > 0
        chosen = np.sort(order[(rank == 0) | ((rank < MOST_PIECES) & telling)])
        return PhraseHits(
            labels=themes[owners[chosen]],
            first_words=words[chosen] - (paired > single)[chosen],
            last_words=words[chosen],
            signs=np.zeros(len(chosen), np.int64),
            open_=np.ones(len(chosen), np.bool_),
        )

    def _by_word(self, tokens: Tokens) -> Rows:
        """Weights at each word: its own, and those of the pair that it ends."""
        rows = self._words.of(tokens.vocabulary)[tokens.words]
        places, pairs = self._pairs.find(tokens, tokens.breaks[:-1] < Break.SENTENCE)
        rows[places] += pairs
        return rows

    def _add_phrases(self, logits: Rows, hits: PhraseHits, sentences: Sentences) -> None:
        labels = self._labels[hits.labels]
        hits = hits._replace(labels=labels).where(labels >= 0)
        rows, columns = phrase_keys(hits, sentences, self._themes)
        order = np.argsort(rows, kind="stable")
        rows, columns = rows[order], columns[order]
        first = np.flatnonzero(np.diff(rows, prepend=-1))
        if len(first):
            logits[rows[first]] += np.add.reduceat(self._phrase_rows[columns], first, axis=0)

    def _pair_weights(self, tokens: Tokens, words: Ints, labels: Ints) -> Ids:
        """Weight for its label of the pair that ends at each of these words."""
        places, rows = self._pairs.find(tokens, tokens.breaks[:-1] < Break.SENTENCE)
        row_of = np.full(len(tokens.words), len(places))
        row_of[places] = np.arange(len(places))
        padded = np.concatenate([rows, np.zeros_like(self._phrase_rows[:1])])
        weights: Ids = padded[row_of[words], labels]
        return weights


def _numbered(listed: NDArray[np.generic]) -> dict[str, int]:
    """Words that stand one to a line, by number."""
    return {word: number for number, word in enumerate(listed.tobytes().decode().split("\n"))}


def _rows(weights: NDArray[np.generic]) -> Rows:
    return weights.astype(np.int32)
