"""Why learning gave a text a theme, or took one away that phrases had found."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from cxscan.classify.themes.evidence import UNIT

if TYPE_CHECKING:
    from cxscan.classify.phrases.hits import PhraseHits
    from cxscan.classify.themes.scores import Weighed
    from cxscan.model import Ids, Ints

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
    """What speaks for and against one theme in a text."""

    label: int
    margin: float
    """Log-odds above the threshold from which the text has the theme; below 0 it has not."""
    phrases: tuple[tuple[int, int], ...]
    """First and last word of each match."""
    words: tuple[TermWeight, ...]


def explain_theme(label: int, row: int, pair_weights: Ids, weighed: Weighed, phrases: PhraseHits) -> Reason:
    """Say why the only text of a batch has one theme, or has not.

    `label` is the theme's number in the taxonomy, `row` among those of which something was learned; `pair_weights`
    are that theme's, by pair.
    """
    words = np.arange(len(weighed.words.numbers))
    own = weighed.by_words(np.full(len(words), row), words)
    ends = np.flatnonzero(weighed.words.pair_of >= 0)
    pairs = pair_weights[weighed.words.pair_of[ends]].astype(np.int64)
    own[ends] -= pairs
    single = np.arange(len(own))
    first, last = np.concatenate([single, ends - 1]), np.concatenate([single, ends])
    weights: Ints = np.concatenate([own, pairs])
    order = np.lexsort((first, -np.abs(weights)))[:SHOWN]
    here = phrases.where(phrases.labels == label)
    return Reason(
        label=label,
        margin=int(weighed.margins[0, row]) / UNIT,
        phrases=tuple(zip(here.first_words.tolist(), here.last_words.tolist(), strict=True)),
        words=tuple(
            TermWeight(int(first[term]), int(last[term]), int(weights[term]) / UNIT)
            for term in order
            if abs(weights[term]) >= LEAST
        ),
    )
