"""Themes by learning: weights of words, pairs and phrase hits say of each sentence how much it speaks for a theme.

Hidden units add what words say together, and in the light of the whole comment. A comment has a theme if one of its
sentences has it (noisy or): the annotations label comments, the sentences between are hidden. Sums are of whole
numbers, so that no order of adding matters. Made by training/themes.py.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from cxscan.classify.arrays.row_runs import add_rows, within
from cxscan.classify.phrases.hits import PhraseBook, PhraseHits
from cxscan.classify.phrases.user_phrases import OwnPhrases
from cxscan.classify.themes.evidence import (
    LONGEST,
    MOST_SENTENCES,
    PairRows,
    Sentences,
    WordRows,
    WordTable,
    phrase_keys,
    turns,
)
from cxscan.classify.themes.hidden_units import HiddenUnits, unit_table
from cxscan.classify.themes.noisy_or import SATURATED, NoisyOr
from cxscan.classify.themes.reasons import explain_theme
from cxscan.classify.themes.scores import Weighed, WordWeights
from cxscan.classify.themes.theme_index import ThemeIndex
from cxscan.classify.themes.trained_columns import extended, vetoes
from cxscan.rules.theme_weights import theme_weights

if TYPE_CHECKING:
    from collections.abc import Callable

    from numpy.typing import NDArray

    from cxscan.classify.arrays.row_runs import Rows
    from cxscan.classify.themes.reasons import Reason
    from cxscan.model import Bools, Codes, Ints, Tokens
    from cxscan.rules.model_file import ThemeColumns
    from cxscan.rules.taxonomy import Taxonomy
    from cxscan.rules.theme_weights import ThemeWeights

BARE = 5
"""Words from which on a comment is taken to be about something."""

_LONGER_THAN_TEXTS = 1 << 40
"""More words than any text has."""


MOST_THEMES = 5
"""A comment has at most this many built-in themes: those with the most evidence. A user's own are not counted."""


class SelectedThemes(NamedTuple):
    """Hits of the themes that texts have; flags are texts by the taxonomy's themes."""

    hits: PhraseHits
    from_user_phrases: Bools
    """Where a phrase of the user's own has spoken."""
    cut: Bools
    """Themes that were found, but left out because a text has `MOST_THEMES` with more evidence."""


class LearnedThemes:
    """Speaks of the built-in themes of a taxonomy, changed a little or not; for the others its phrases decide alone.

    `learned` are the weights, if not those that come with cxscan; `trained` adds what labels of one's own have taught.
    """

    def __init__(
        self, taxonomy: Taxonomy, learned: ThemeWeights | None = None, trained: ThemeColumns | None = None
    ) -> None:
        named = learned or theme_weights()
        named = named if trained is None else extended(named, trained)
        weights = named.arrays
        self.index = ThemeIndex.build(taxonomy, named)
        self._own = OwnPhrases(taxonomy.themes, self.index.base)
        self._vetoes = None if trained is None else vetoes(taxonomy, trained, self.index.built_in)
        whole = self.index.built_in.sum() == len(self.index.base)
        self._book = None if whole else feature_book(taxonomy, self.index)
        words, stems = _numbered(weights["words"]), _numbered(weights["stems"])
        self._turns = turns()
        alone = WordTable(_rows(weights["word_rows"]), _rows(weights["stem_rows"]))
        self._words, self._hidden = WordRows(words, stems, alone, unit_table(weights)), HiddenUnits(weights)
        pairs = weights["pair_words"].astype(np.int32)
        self._pairs, self._pair_rows = PairRows(len(words), pairs[:, 0], pairs[:, 1]), _rows(weights["pair_rows"])
        self._phrase_rows, self._length_rows = _rows(weights["phrase_rows"]), _rows(weights["length_rows"])
        self._count_rows = _rows(weights["count_rows"])
        self._any_of = NoisyOr(weights)
        self._thresholds = weights["thresholds"].astype(np.int32)
        self._nearly = int(weights["nearly"][0])

    def weigh(self, tokens: Tokens, hits: PhraseHits) -> Weighed:
        """Weigh the words and hits of a batch; `hits` are those of the taxonomy's themes."""
        if self._book is not None:
            hits = self._book.find(tokens)
        else:
            labels = self.index.shipped[hits.labels]
            hits = hits._replace(labels=labels).where(labels >= 0)
        numbers, (rows, unit_rows) = self._words.of(tokens.vocabulary)
        places, pairs = self._pairs.find(tokens, numbers)
        pair_of = np.full(len(tokens.words), -1, np.int32)
        pair_of[places] = pairs
        places = np.flatnonzero(pair_of >= 0)
        sentences = Sentences.of(tokens, self._turns)
        spoken = self._hidden.of(unit_rows, tokens.words, sentences)
        words = WordWeights(rows, unit_rows, tokens.words, pair_of, self._pair_rows, spoken.units, self._hidden)
        logits = sentences.words.sums_of(rows, tokens.words)
        add_rows(logits, sentences.of_words[places], self._pair_rows, pair_of[places])
        self._add_others(logits, tokens, hits, sentences)
        logits += spoken.logits[:, : logits.shape[1]]
        poles = spoken.logits[:, logits.shape[1] :]
        margins = np.full((len(tokens), logits.shape[1]), -SATURATED, np.int32)
        margins[sentences.texts[sentences.first]] = self._any_of.of(logits, sentences.in_texts) - self._thresholds
        return Weighed(margins, logits, poles, words, sentences, self._any_of)

    def select_themes(self, tokens: Tokens, hits: PhraseHits, weighed: Weighed) -> SelectedThemes:
        """Leave the hits of themes that a text has, of built-in ones those of `MOST_THEMES`.

        A theme that no phrase has found gets a hit of its own: the word or pair that carries the most weight for it,
        open, so that its clause decides how it is spoken of. Phrases of the analyst's own always count.
        """
        texts = np.searchsorted(tokens.word_offsets, hits.first_words, side="right") - 1
        by_phrases = np.zeros((len(tokens), len(self.index.shipped)), np.bool_)
        by_phrases[texts, hits.labels] = True
        own = by_phrases & (self._own.found(tokens) | ~self.index.built_in)
        found, cut = self._present(weighed.margins, own, np.diff(tokens.word_offsets))
        kept = hits.where(found[texts, hits.labels])
        added = self._own.allowed(tokens, self._telling_words(tokens, weighed, found & ~by_phrases))
        if self._vetoes is not None:
            added = self._vetoes.spared(tokens, added)
        return SelectedThemes(kept.and_(added), own, cut)

    def reasons(self, phrases: PhraseHits, weighed: Weighed, codes: Codes, cut: Bools) -> list[Reason]:
        """Explain the learned themes of the only text of a batch: those it has, phrases found, or the cap cut."""
        found = np.isin(np.arange(len(self.index.columns)), phrases.labels) | cut[0]
        asked = np.flatnonzero(self.index.learned & ((codes[0] != 0) | found))
        rows = self.index.columns[asked]
        return [
            explain_theme(label, row, self._pair_rows[:, row], weighed, phrases)
            for label, row in zip(asked.tolist(), rows.tolist(), strict=True)
        ]

    def _add_others(self, logits: Rows, tokens: Tokens, hits: PhraseHits, sentences: Sentences) -> None:
        """Add what phrases, length and company say of each label in each sentence, in `UNIT`s."""
        lengths = np.diff(sentences.starts, append=len(tokens.words))
        logits += self._length_rows.take(np.minimum(lengths, LONGEST), axis=0)
        counts = np.diff(sentences.first, append=len(sentences.texts))
        logits += np.repeat(self._count_rows.take(np.minimum(counts, MOST_SENTENCES), axis=0), counts, axis=0)
        rows, columns = phrase_keys(hits, sentences, len(self.index.base))
        order = np.argsort(rows, kind="stable")
        add_rows(logits, rows[order], self._phrase_rows, columns[order])

    def _present(self, margins: Rows, own: Bools, lengths: Ints) -> tuple[Bools, Bools]:
        """Mark the themes that each text has, and those that are cut; one without takes the theme it nearly has.

        `lengths`: words of each text. Bare praise or blame ("Very good") has no theme.
        """
        index, order = self.index, self.index.by_rank
        margins = np.where(own, SATURATED, np.where(index.learned, margins[:, index.columns], -SATURATED))
        margins = np.where(~index.built_in & (margins <= 0), -SATURATED, margins)  # trained ones are never nearly there
        found = margins > 0
        cut = np.zeros_like(found)
        if not found.size:
            return found, cut
        nearly = ~found.any(axis=1) & (margins.max(axis=1) > -self._nearly) & (lengths >= BARE)
        found[nearly, order[margins[nearly][:, order].argmax(axis=1)]] = True
        counted = found & index.built_in
        crowded = np.flatnonzero(counted.sum(axis=1) > MOST_THEMES)
        ranked = np.where(counted[crowded], margins[crowded], -2 * SATURATED)[:, order]
        least = order[np.argsort(-ranked, axis=1, kind="stable")[:, MOST_THEMES:]]
        cut[crowded[:, None], least] = True
        cut &= counted & ~own
        return found & ~cut, cut

    def _telling_words(self, tokens: Tokens, weighed: Weighed, cells: Bools) -> PhraseHits:
        """The word or pair with the most weight of its own for each of these cells, texts by the taxonomy's themes.

        It stands in the sentence that speaks most for the theme.
        """
        texts, themes = np.nonzero(cells)
        columns, sentences = self.index.columns[themes], weighed.sentences
        told = _best(lambda each, of: weighed.logits[each, columns[of]], *sentences.of_texts(texts))
        bounds = np.append(sentences.starts, len(tokens.words))
        words = weighed.words
        chosen = _best(lambda each, of: words.alone(columns[of], each), bounds[told], bounds[told + 1] - bounds[told])
        pairs = words.pair_of[chosen]
        in_pair = (pairs >= 0) & (2 * self._pair_rows[pairs, columns] > words.alone(columns, chosen))
        none = np.zeros(len(chosen), np.int64)
        return PhraseHits(themes, chosen - in_pair, chosen, none, np.ones(len(chosen), np.bool_))


def feature_book(taxonomy: Taxonomy, index: ThemeIndex) -> PhraseBook:
    """Phrases of every theme of the weights: the taxonomy's where it has the theme, else the built-in ones."""
    kept = {theme.name: theme for theme, so in zip(taxonomy.themes, index.built_in.tolist(), strict=True) if so}
    return PhraseBook([replace(kept.get(theme.name, theme), parents=()) for theme in index.base])


def _best(weigh: Callable[[Ints, Ints], Rows], begins: Ints, counts: Ints) -> Ints:
    """Of each run of places the one of the largest weight, of equal ones the first; no run is empty.

    `weigh` says what places weigh, given the number of the run of each.
    """
    places, runs = within(begins, counts)
    ranked = weigh(places, runs).astype(np.int64) * _LONGER_THAN_TEXTS - (places - begins[runs])
    best = np.maximum.reduceat(ranked, np.cumsum(counts) - counts) if len(counts) else ranked
    chosen: Ints = begins + (-best % _LONGER_THAN_TEXTS)
    return chosen


def _numbered(listed: NDArray[np.generic]) -> dict[str, int]:
    """Words that stand one to a line, by number."""
    return {word: number for number, word in enumerate(listed.tobytes().decode().split("\n"))}


def _rows(weights: NDArray[np.generic]) -> Rows:
    return weights.astype(np.int32)
