"""How a theme is spoken of, by learning: the clauses in which it stands, its phrases, and the comment as prior."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from cxscan.classify.clause_shares import ClauseShares
from cxscan.classify.columns import any_in
from cxscan.classify.learned_themes import theme_weights
from cxscan.classify.moods import Moods
from cxscan.classify.theme_terms import UNIT
from cxscan.model import SCORE_UNIT, Break, Polarity
from cxscan.rules.taxonomy import built_in

if TYPE_CHECKING:
    from cxscan.classify.phrase_book import PhraseHits
    from cxscan.classify.sentiment import Sentiment
    from cxscan.classify.weighed import Weighed
    from cxscan.model import Bools, Codes, Ids, Ints, Tokens
    from cxscan.rules.taxonomy import Taxonomy

POLARITIES = (Polarity.POSITIVE, Polarity.NEUTRAL, Polarity.NEGATIVE, Polarity.MIXED)
"""The classes, in the order of the columns of weights."""

REQUESTS = [theme.name for theme in built_in().themes].index("listening")
"""The theme whose neutral phrases ask for something."""

SURE_POLE = 6 * UNIT
"""Log-odds of a pole beyond this are as sure as any."""

MOST_HITS = 4
"""More matches than this say no more."""


class LearnedPolarity:
    """Says of every theme of a text how it is spoken of."""

    def __init__(self, taxonomy: Taxonomy) -> None:
        names = {theme.name: number for number, theme in enumerate(built_in().themes)}
        self._numbers = np.array([names.get(theme.name, -1) for theme in taxonomy.themes], np.int64)
        self._weights = theme_weights().arrays["polarity"].astype(np.int64)

    def classify(self, tokens: Tokens, hits: PhraseHits, weighed: Weighed, sentiment: Sentiment) -> Codes:
        """`Polarity` codes, texts by the taxonomy's themes; absent where a theme has no hit."""
        cells, features = polarity_features(tokens, hits, weighed, sentiment, self._numbers)
        codes = np.zeros(len(tokens) * len(self._numbers), np.uint8)
        codes[cells] = np.array(POLARITIES, np.uint8)[(features @ self._weights).argmax(axis=1)]
        return codes.reshape(len(tokens), len(self._numbers))


def polarity_features(
    tokens: Tokens, hits: PhraseHits, weighed: Weighed, sentiment: Sentiment, numbers: Ints
) -> tuple[Ints, Ints]:
    """Cells (texts by themes, as one number) with a hit, and their features, 1.0 as `UNIT`.

    `numbers`: the built-in theme of each theme of the taxonomy, or -1.
    """
    clauses = np.searchsorted(tokens.clause_offsets, hits.first_words, side="right") - 1
    texts = np.searchsorted(tokens.word_offsets, hits.first_words, side="right") - 1
    order = np.argsort(texts * len(numbers) + hits.labels, kind="stable")
    cells, starts = np.unique((texts * len(numbers) + hits.labels)[order], return_index=True)
    rows = texts[order][starts]
    own = _spread(_units(sentiment.clauses)[clauses[order]], starts)
    phrases = _tallied(hits.where(order), starts)
    by_text = _of_texts(tokens, texts, hits, sentiment)[rows]
    themes = (numbers[cells % len(numbers)][:, None] == np.arange(len(built_in().themes))) * UNIT
    leaning = themes * by_text[:, :1] // UNIT
    torn = own[:, 1:2] * -own[:, 2:3] // UNIT
    shares = ClauseShares.of(tokens, weighed, hits, cells, numbers)
    moods = _units(Moods.of(tokens, weighed.sentences, sentiment.clauses, sentiment.spoken).clauses)
    shared = _shared(moods, shares)
    parts = (
        own[:, :1],
        _halves(own[:, 0]),
        own[:, 1:],
        torn,
        phrases,
        by_text,
        _halves(by_text[:, 0]),
        themes,
        leaning,
        shared,
        _by_poles(weighed, rows, numbers[cells % len(numbers)]),
        _against(own[:, 0], shared[:, 0], np.clip(phrases[:, 3] - phrases[:, 1], -UNIT, UNIT), by_text),
        _asked(tokens, hits, shares, requests=(numbers == REQUESTS)[hits.labels], listening=themes[:, REQUESTS] > 0),
    )
    return cells, np.concatenate([*parts, np.full((len(cells), 1), UNIT)], axis=1)


def _by_poles(weighed: Weighed, texts: Ints, themes: Ints) -> Ints:
    """How surely the text speaks well of each cell's theme, how surely ill, and both held against each other.

    0 for a theme of which nothing was learned, -1 in `themes`.
    """
    both = np.stack(weighed.by_poles(texts, np.maximum(themes, 0)), axis=0).astype(np.int64)
    well, ill = np.where(themes >= 0, np.clip(both, -SURE_POLE, SURE_POLE), 0) // 3
    gap = well - ill
    bounded = [np.clip(gap, -most, most) for most in (UNIT // 3, UNIT)]
    return np.stack([well, ill, gap, *bounded, np.abs(gap), np.minimum(well, ill), np.maximum(well, ill)], axis=1)


def _shared(moods: Ints, shares: ClauseShares) -> Ints:
    """Mood of the clauses by their shares in the theme: mean, its halves and size; ups, downs, and both together."""
    mean, up, down = (shares.mean(each) for each in (moods, np.maximum(moods, 0), np.minimum(moods, 0)))
    return np.stack([mean, *_halves(mean).T, up, down, up * -down // UNIT, np.abs(mean)], axis=1)


def _against(own: Ints, shared: Ints, phrases: Ints, by_text: Ints) -> Ints:
    """What the theme's clauses and phrases say where the text says other things too, or the opposite on the whole.

    `own`, `shared`: mood of the clauses with matches, and by shares; `phrases`: what phrases say, from -1 to 1.
    """
    score, highest, lowest = by_text[:, 0], by_text[:, 4], by_text[:, 5]
    torn = np.minimum(np.maximum(highest, 0), np.maximum(-lowest, 0))
    praised, blamed = np.maximum(phrases, 0) * (own >= 0), np.minimum(phrases, 0) * (own <= 0)
    apart = np.sign(shared) * np.sign(score) < 0
    products = [each * torn // UNIT for each in (own, shared, score, phrases)]
    agreed = [praised, blamed, praised * (score < 0), blamed * (score > 0)]
    return np.stack([*products, torn, *agreed, shared * apart, score * apart, np.sign(shared) * UNIT * apart], axis=1)


def _asked(tokens: Tokens, hits: PhraseHits, shares: ClauseShares, *, requests: Bools, listening: Bools) -> Ints:
    """How far the theme stands in clauses that ask for something, or end in a question mark; both for listening too."""
    asking = np.zeros(len(tokens.clause_offsets) - 1, np.int64)
    requested = hits.first_words[requests & ~hits.open_ & (hits.signs == 0)]
    asking[np.searchsorted(tokens.clause_offsets, requested, side="right") - 1] = UNIT
    questions = any_in(tokens.breaks == Break.QUESTION, tokens.clause_offsets) * UNIT
    both = [shares.mean(each) for each in (asking, questions)]
    return np.stack([*both, *(each * listening for each in both)], axis=1)


def _units(scores: Ids | Ints) -> Ints:
    units: Ints = scores.astype(np.int64) * UNIT // SCORE_UNIT
    return units


def _halves(values: Ints) -> Ints:
    """What is above 0, and what below."""
    return np.stack([np.maximum(values, 0), np.minimum(values, 0)], axis=1)


def _spread(values: Ints, starts: Ints) -> Ints:
    """Mean, highest above 0 and lowest below 0 from each start to the next; and highest and lowest as they are."""
    if not len(starts):
        return np.zeros((0, 5), np.int64)
    counts = np.diff(starts, append=len(values))
    highest, lowest = np.maximum.reduceat(values, starts), np.minimum.reduceat(values, starts)
    mean = np.add.reduceat(values, starts) // counts
    return np.stack([mean, np.maximum(highest, 0), np.minimum(lowest, 0), highest, lowest], axis=1)


def _tallied(hits: PhraseHits, starts: Ints) -> Ints:
    """How many matches of each sort there are from each start to the next, and how many together."""
    if not len(starts):
        return np.zeros((0, 5), np.int64)
    sorts = [hits.open_, *(~hits.open_ & (hits.signs == sign) for sign in (-1, 0, 1)), np.ones(len(hits.labels), bool)]
    counts = np.add.reduceat(np.stack(sorts, axis=1).astype(np.int64), starts, axis=0)
    return np.minimum(counts, MOST_HITS) * UNIT


def _of_texts(tokens: Tokens, texts: Ints, hits: PhraseHits, sentiment: Sentiment) -> Ints:
    """Of each text: its score, its size, its sign, the highest and lowest clause, what phrases say on the whole."""
    score, sign = _units(sentiment.texts), sentiment.signs.astype(np.int64) * UNIT
    padded = np.append(_units(sentiment.clauses), 0)
    starts = np.append(tokens.text_clauses[:-1], len(padded) - 1)  # the last start ends the last text
    highest, lowest = np.maximum.reduceat(padded, starts)[:-1], np.minimum.reduceat(padded, starts)[:-1]
    said = [np.bincount(texts[hits.signs == way], minlength=len(tokens)) for way in (1, -1)]
    signs: list[Ints] = [np.minimum(count, MOST_HITS) * UNIT for count in said]
    neutral: Bools = sentiment.signs == 0
    columns = (score, np.abs(score), sign, neutral * UNIT, highest, lowest, *signs)
    return np.stack(columns, axis=1) if len(tokens) else np.zeros((0, len(columns)), np.int64)
