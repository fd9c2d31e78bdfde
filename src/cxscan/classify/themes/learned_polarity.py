"""Polarity of a theme by learning: the sentences in which it stands, its phrases, and the comment as prior."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from cxscan.classify.arrays.columns import owners
from cxscan.classify.sentiment.model_sentiment import chances
from cxscan.classify.themes.evidence import UNIT, SentenceShares
from cxscan.model import SCORE_UNIT, Break, Polarity

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from cxscan.classify.phrases.hits import PhraseHits
    from cxscan.classify.sentiment.model_sentiment import LearnedSentiment, RunningTotals
    from cxscan.classify.themes.evidence import Sentences
    from cxscan.classify.themes.scores import ThemeScores
    from cxscan.classify.themes.theme_index import ThemeIndex
    from cxscan.model import Bools, Codes, Ids, Ints, Tokens
    from cxscan.rules.theme_weights import ThemeWeights

POLARITIES = (Polarity.POSITIVE, Polarity.NEUTRAL, Polarity.NEGATIVE, Polarity.MIXED)
"""The classes, in the order of the columns of weights."""

SURE_POLE = 6 * UNIT
"""Log-odds of a pole beyond this are as sure as any."""

SURE_LEVEL = 3.0
"""Polarities of a sentence beyond this are as sure as any."""

MOST_HITS = 4
"""More matches than this say no more."""


class LearnedPolarity:
    """Says of every theme of a text how it is spoken of."""

    def __init__(self, index: ThemeIndex, weights: ThemeWeights) -> None:
        self._index = index
        self._weights = weights.arrays["polarity"].T.astype(np.float64)

    def classify(self, tokens: Tokens, hits: PhraseHits, scores: ThemeScores, sentiment: LearnedSentiment) -> Codes:
        """`Polarity` codes, texts by the taxonomy's themes; absent where a theme has no hit."""
        cells, features = polarity_features(tokens, hits, scores, sentiment, self._index)
        count = len(self._index.shipped)
        codes = np.zeros(len(tokens) * count, np.uint8)
        logits = self._weights @ features.astype(np.float64)  # whole numbers, far below 2 ** 53: exact in any order
        codes[cells] = np.array(POLARITIES, np.uint8)[logits.argmax(axis=0)]
        return codes.reshape(len(tokens), count)


def polarity_features(
    tokens: Tokens, hits: PhraseHits, scores: ThemeScores, sentiment: LearnedSentiment, index: ThemeIndex
) -> tuple[Ints, Ints]:
    """Cells (texts by the taxonomy's themes, as one number) with a hit, and features by cells, 1.0 as `UNIT`."""
    count = len(index.shipped)
    texts = scores.sentences.texts[scores.sentences.of_words[hits.first_words]]
    keys = texts * count + hits.labels
    order = np.argsort(keys, kind="stable")
    starts = np.flatnonzero(np.diff(keys[order], prepend=-1))
    cells = keys[order][starts]
    rows, labels = np.divmod(cells, count)
    themes = index.shipped[labels]
    clauses = owners(tokens.clause_offsets, hits.first_words[order])
    by_text = _of_texts(tokens, texts, hits, sentiment).take(rows, axis=1)
    hot = themes == np.arange(len(index.base))[:, None]
    shares = SentenceShares.from_logits(scores.sentences, scores.logits, rows, themes)
    requests = (hits.labels == index.requests) & ~hits.polarity_from_clause & (hits.signs == 0)
    by_sentence = shares.means(_of_sentences(tokens, scores.sentences, sentiment.totals, hits.first_words[requests])).T
    parts = (
        _spread(_units(sentiment.clauses)[clauses], starts),
        _tallied(hits.select(order), starts),
        by_text,
        hot * UNIT,
        hot * by_text[0],
        _praise_and_blame(scores, shares, themes),
        by_sentence,
        by_sentence[-2:] * (labels == index.requests),
        np.full((1, len(cells)), UNIT),
    )
    return cells, np.concatenate(parts)


def _praise_and_blame(scores: ThemeScores, shares: SentenceShares, themes: Ints) -> Ints:
    """Return the log-odds that the text praises each cell's theme, that it blames it, and both compared.

    0 for a theme of which nothing was learned, -1 in `themes`.
    """
    both = scores.polarity_odds(shares.sentences, np.maximum(themes, 0)[shares.cells], shares.runs).T.astype(np.int64)
    well, ill = np.where(themes >= 0, np.clip(both, -SURE_POLE, SURE_POLE), 0) // 3
    gap = well - ill
    bounded = [np.clip(gap, -most, most) for most in (UNIT // 3, UNIT)]
    return np.stack([well, ill, gap, *bounded, np.abs(gap), np.minimum(well, ill), np.maximum(well, ill)])


def _of_sentences(tokens: Tokens, sentences: Sentences, totals: RunningTotals, requested: Ints) -> Ints:
    """Of each sentence: how likely it is ill, neutral, well; how well it speaks; whether it asks. Sentences by columns.

    `requested`: words with which something is asked for.
    """
    offsets = np.append(sentences.starts, len(tokens.words))
    levels = totals.levels(offsets)
    polarity = np.clip(levels[:, 0], -SURE_LEVEL, SURE_LEVEL)
    requests = np.zeros(len(sentences.starts), np.bool_)
    requests[sentences.of_words[requested]] = True
    questions = tokens.breaks[offsets[1:] - 1] == Break.QUESTION
    columns = np.stack([*chances(levels), polarity, *_halves(polarity), requests, questions], axis=1)
    whole: Ints = np.rint(columns * UNIT).astype(np.int64)
    return whole


def _units(scores: Ids | Ints) -> Ints:
    units: Ints = scores.astype(np.int64) * UNIT // SCORE_UNIT
    return units


def _halves(values: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return the parts above 0 and below."""
    return np.stack([np.maximum(values, 0), np.minimum(values, 0)])


def _spread(values: Ints, starts: Ints) -> Ints:
    """Mean, highest above 0 and lowest below 0 from each start to the next; and highest and lowest as they are."""
    if not len(starts):
        return np.zeros((5, 0), np.int64)
    counts = np.diff(starts, append=len(values))
    highest, lowest = np.maximum.reduceat(values, starts), np.minimum.reduceat(values, starts)
    mean = np.add.reduceat(values, starts) // counts
    return np.stack([mean, np.maximum(highest, 0), np.minimum(lowest, 0), highest, lowest])


def _tallied(hits: PhraseHits, starts: Ints) -> Ints:
    """Count the matches of each sort from each start to the next, and all together."""
    if not len(starts):
        return np.zeros((5, 0), np.int64)
    sorts = [hits.polarity_from_clause, *(~hits.polarity_from_clause & (hits.signs == sign) for sign in (-1, 0, 1))]
    counts = [np.add.reduceat(sort.astype(np.int64), starts) for sort in sorts]
    counts.append(np.diff(starts, append=len(hits.labels)))
    columns: Ints = np.minimum(np.stack(counts), MOST_HITS) * UNIT
    return columns


def _of_texts(tokens: Tokens, texts: Ints, hits: PhraseHits, sentiment: LearnedSentiment) -> Ints:
    """Of each text: its score, its size, its sign, the highest and lowest clause, what phrases say on the whole."""
    if not len(tokens):
        return np.zeros((8, 0), np.int64)
    score, sign = _units(sentiment.texts), sentiment.signs.astype(np.int64) * UNIT
    padded = np.append(_units(sentiment.clauses), 0)
    starts = np.append(tokens.text_clauses[:-1], len(padded) - 1)  # the last start ends the last text
    highest, lowest = np.maximum.reduceat(padded, starts)[:-1], np.minimum.reduceat(padded, starts)[:-1]
    counts = [np.bincount(texts[hits.signs == way], minlength=len(tokens)) for way in (1, -1)]
    signs: list[Ints] = [np.minimum(count, MOST_HITS) * UNIT for count in counts]
    neutral: Bools = sentiment.signs == 0
    columns: Ints = np.stack([score, np.abs(score), sign, neutral * UNIT, highest, lowest, *signs])
    return columns
