"""Selection of the themes that a text has, by learned scores and the user's phrases; and the words each rests on."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from cxscan.classify.arrays.row_runs import within
from cxscan.classify.phrases.hits import PhraseHits
from cxscan.classify.themes.scores import SATURATED

if TYPE_CHECKING:
    from collections.abc import Callable

    from cxscan.classify.arrays.row_runs import Rows
    from cxscan.classify.themes.scores import ThemeScores
    from cxscan.classify.themes.taxonomy_phrases import FoundPhrases
    from cxscan.classify.themes.theme_index import ThemeIndex
    from cxscan.model import Bools, Ints, Tokens
    from cxscan.rules.theme_weights import ThemeWeights

MOST_THEMES = 5
"""A comment has at most this many built-in themes: those with the most evidence. A user's own are not counted."""

MIN_WORDS_FOR_FALLBACK = 5
"""Words from which on a comment is taken to be about something."""

_LONGER_THAN_TEXTS = 1 << 40
"""More words than any text has."""


class SelectedThemes(NamedTuple):
    """Hits of the themes that texts have; flags are texts by the taxonomy's themes."""

    hits: PhraseHits
    from_user_phrases: Bools
    """Flags of themes that a phrase of the user's own found."""
    cut: Bools
    """Themes that were found, but left out because a text has `MOST_THEMES` with more evidence."""


class ThemeSelector:
    """Selects the themes of texts: learned ones by their scores, the others by their phrases alone."""

    def __init__(self, index: ThemeIndex, weights: ThemeWeights) -> None:
        self._index = index
        self._fallback_margin = int(weights.arrays["nearly"][0])

    def select_themes(self, tokens: Tokens, found: FoundPhrases, scores: ThemeScores) -> SelectedThemes:
        """Leave the hits of themes that a text has, of built-in ones those of `MOST_THEMES`.

        A theme that no phrase has found gets a hit of its own: the word or pair that carries the most weight for it,
        so that its clause decides how it is spoken of. Phrases of the user's own always count, and so do their vetoes.
        """
        hits = found.themes
        by_phrases = hits.cells(tokens, len(self._index.shipped))
        own = by_phrases & (found.user_themes | ~self._index.built_in)
        present, cut = self._present(scores.margins, own, np.diff(tokens.word_offsets))
        kept = hits.select(present[hits.texts(tokens), hits.labels])
        added = self._weightiest_words(tokens, scores, present & ~by_phrases)
        return SelectedThemes(kept.concat(found.matches.drop_vetoed_by_user(added)), own, cut)

    def _present(self, margins: Rows, own: Bools, lengths: Ints) -> tuple[Bools, Bools]:
        """Mark the themes that each text has, and those that are cut; one without takes the theme it nearly has.

        `lengths`: words of each text. Bare praise or blame ("Very good") has no theme.
        """
        index, order = self._index, self._index.by_rank
        margins = np.where(own, SATURATED, np.where(index.learned, margins[:, index.columns], -SATURATED))
        margins = np.where(~index.built_in & (margins <= 0), -SATURATED, margins)  # trained ones are never nearly there
        present = margins > 0
        cut = np.zeros_like(present)
        if not present.size:
            return present, cut
        nearly = ~present.any(axis=1) & (margins.max(axis=1) > -self._fallback_margin)
        nearly &= lengths >= MIN_WORDS_FOR_FALLBACK
        present[nearly, order[margins[nearly][:, order].argmax(axis=1)]] = True
        counted = present & index.built_in
        crowded = np.flatnonzero(counted.sum(axis=1) > MOST_THEMES)
        ranked = np.where(counted[crowded], margins[crowded], -2 * SATURATED)[:, order]
        least = order[np.argsort(-ranked, axis=1, kind="stable")[:, MOST_THEMES:]]
        cut[crowded[:, None], least] = True
        cut &= counted & ~own
        return present & ~cut, cut

    def _weightiest_words(self, tokens: Tokens, scores: ThemeScores, cells: Bools) -> PhraseHits:
        """Return the word or pair with the most weight of its own for each of these cells, texts by themes.

        It stands in the sentence that speaks most for the theme.
        """
        texts, themes = np.nonzero(cells)
        columns, sentences = self._index.columns[themes], scores.sentences
        best = _best(lambda each, run: scores.logits[each, columns[run]], *sentences.of_texts(texts))
        bounds = np.append(sentences.starts, len(tokens.words))
        words = scores.words
        chosen = _best(lambda each, run: words.alone(columns[run], each), bounds[best], bounds[best + 1] - bounds[best])
        pairs = words.pair_of[chosen]
        in_pair = (pairs >= 0) & (2 * words.pair_rows[pairs, columns] > words.alone(columns, chosen))
        none = np.zeros(len(chosen), np.int64)
        return PhraseHits(themes, chosen - in_pair, chosen, none, np.ones(len(chosen), np.bool_))


def _best(weigh: Callable[[Ints, Ints], Rows], begins: Ints, counts: Ints) -> Ints:
    """Return of each run of places the one of the largest weight, of equal ones the first; no run is empty.

    `weigh` returns the weights of places, given the number of the run of each.
    """
    places, runs = within(begins, counts)
    ranked = weigh(places, runs).astype(np.int64) * _LONGER_THAN_TEXTS - (places - begins[runs])
    best = np.maximum.reduceat(ranked, np.cumsum(counts) - counts) if len(counts) else ranked
    chosen: Ints = begins + (-best % _LONGER_THAN_TEXTS)
    return chosen
