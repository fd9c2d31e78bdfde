"""Reasons for which learning gave a text a theme, or took one away that phrases had found."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from cxscan.classify.themes.evidence import UNIT

if TYPE_CHECKING:
    from cxscan.classify.phrases.hits import PhraseHits
    from cxscan.classify.themes.scores import ThemeScores
    from cxscan.classify.themes.theme_index import ThemeIndex
    from cxscan.model import Bools, Ints

SHOWN = 4
"""Words shown for a theme, the weightiest first."""

LEAST = UNIT // 5
"""Words of less weight are not shown."""


class TermWeight(NamedTuple):
    """A word, or a pair of neighbouring words, and what it adds to the log-odds of a theme in its sentence."""

    first_word: int
    last_word: int
    weight: float


class Reason(NamedTuple):
    """Words that speak for and against one theme in a text."""

    label: int
    margin: float
    """Log-odds above the threshold from which the text has the theme; below 0 it has not."""
    phrases: tuple[tuple[int, int], ...]
    """First and last word of each match."""
    words: tuple[TermWeight, ...]


def explain_themes(index: ThemeIndex, phrases: PhraseHits, scores: ThemeScores, asked: Bools) -> list[Reason]:
    """Explain those of the asked themes that weights speak of, in the only text of a batch."""
    themes = np.flatnonzero(index.learned & asked)
    columns = index.columns[themes]
    return [
        _explain_theme(theme, column, scores, phrases)
        for theme, column in zip(themes.tolist(), columns.tolist(), strict=True)
    ]


def _explain_theme(theme: int, column: int, scores: ThemeScores, phrases: PhraseHits) -> Reason:
    """Explain a theme, by its number in the taxonomy and its column of the weights."""
    words = np.arange(len(scores.words.numbers))
    weights = scores.by_words(np.full(len(words), column), words)
    ends = np.flatnonzero(scores.words.pair_of >= 0)
    of_pairs: Ints = scores.words.pair_rows[scores.words.pair_of[ends], column].astype(np.int64)
    weights[ends] -= of_pairs
    first, last = np.concatenate([words, ends - 1]), np.concatenate([words, ends])
    weights = np.concatenate([weights, of_pairs])
    order = np.lexsort((first, -np.abs(weights)))[:SHOWN]
    here = phrases.select(phrases.labels == theme)
    return Reason(
        label=theme,
        margin=int(scores.margins[0, column]) / UNIT,
        phrases=tuple(zip(here.first_words.tolist(), here.last_words.tolist(), strict=True)),
        words=tuple(
            TermWeight(int(first[term]), int(last[term]), int(weights[term]) / UNIT)
            for term in order
            if abs(weights[term]) >= LEAST
        ),
    )
