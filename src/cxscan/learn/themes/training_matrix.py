"""Labelled comments → a sparse matrix of their sentences by terms, with the logits of the shipped weights."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from cxscan.classify.themes.evidence import (
    GROUPS,
    LONGEST,
    MOST_SENTENCES,
    UNIT,
    Sentences,
    WordRows,
    phrase_keys,
    stem,
)
from cxscan.classify.themes.hidden_units import HiddenUnits, unit_table
from cxscan.model import Break

if TYPE_CHECKING:
    from collections.abc import Mapping

    from numpy.typing import NDArray
    from scipy.sparse import csr_matrix

    from cxscan.classify.phrases.hits import PhraseHits
    from cxscan.model import Ints, Tokens
    from cxscan.rules.theme_weights import ThemeWeights
    from cxscan.rules.weights import Arrays

    Floats = NDArray[np.float64]

MIN_TEXTS_WORD, MIN_TEXTS_PAIR = 2, 3
"""Labelled comments in which a word, or a pair of neighbours, must stand to get a weight."""

MIN_IDF = 0.1

PAIR_SCALE, PHRASE_SCALE = 0.7, 2.0
"""Size of a pair and of a phrase hit beside a word: what is larger is penalised less. The fit of the
shipped weights (training/themes_lessons.py) takes them from here."""


class TermIndex(NamedTuple):
    """The columns of the matrix: words, stems, pairs of numbers of words; then the built-in phrase features."""

    words: list[str]
    stems: list[str]
    pairs: Ints

    @property
    def before_phrases(self) -> int:
        """Number of columns before those of phrases."""
        return len(self.words) + len(self.stems) + len(self.pairs)


@dataclass(frozen=True, slots=True)
class TrainingMatrix:
    """The sentences of comments with words, in their order: what a theme's weights are fitted to."""

    comments: Ints
    """The comment of each sentence, numbered from 0 without gaps."""
    rows: Ints
    """Row of each comment among those given."""
    terms: TermIndex
    counts: csr_matrix
    """Sentences by terms, scaled."""
    shipped_logits: Floats
    """Sentences by built-in labels: their log-odds by the weights that come with cxscan."""
    idf: Floats
    """Inverse document frequency of each term, from 0.1 for those of nearly every sentence to 1."""

    def select(self, chosen: NDArray[np.bool_]) -> TrainingMatrix:
        """Take the chosen comments."""
        sentences = np.flatnonzero(chosen[self.comments])
        numbers = np.cumsum(chosen) - 1
        comments, rows = numbers[self.comments[sentences]], self.rows[chosen]
        counts, logits = self.counts[sentences], self.shipped_logits[sentences]
        return TrainingMatrix(comments, rows, self.terms, counts, logits, self.idf)


def term_index(tokens: Tokens, weights: Arrays) -> TermIndex:
    """List the terms of the shipped weights first, then those that stand in several of these comments."""
    vocabulary, numbers = tokens.vocabulary.words, tokens.words.astype(np.int64)
    sentences = Sentences.split(tokens)
    texts = sentences.texts[sentences.of_words]
    common = [vocabulary[number] for number in common_ids(numbers, texts, MIN_TEXTS_WORD).tolist()]
    words = _with_new(lines(weights["words"]), common)
    names = sorted(set(map(stem, vocabulary)))
    stem_numbers = _numbered(names, list(map(stem, vocabulary)))[numbers]
    common = [names[number] for number in common_ids(stem_numbers, texts, MIN_TEXTS_WORD).tolist()]
    stems = _with_new(lines(weights["stems"]), common)
    ends, keys = _pair_keys(tokens, words)
    shipped = weights["pair_words"].astype(np.int64)
    new = np.setdiff1d(common_ids(keys, texts[ends], MIN_TEXTS_PAIR), shipped @ np.array([len(words), 1]))
    return TermIndex(words, stems, np.concatenate([shipped, np.stack(np.divmod(new, len(words)), axis=1)]))


def training_matrix(tokens: Tokens, terms: TermIndex, named: ThemeWeights, features: PhraseHits) -> TrainingMatrix:
    """Count the terms in each sentence; `features` are the phrase hits of the themes of the weights."""
    from scipy.sparse import hstack

    sentences, weights = Sentences.split(tokens), named.arrays
    height, themes = len(sentences.starts), len(named.themes)
    rows, columns = phrase_keys(features, sentences, themes)
    phrases = sparse_counts(rows, columns, (height, (GROUPS + 2) * themes), PHRASE_SCALE)
    counts = hstack([*_counted_terms(tokens, sentences, terms), phrases], format="csr")
    lengths = np.minimum(np.diff(sentences.starts, append=len(tokens.words)), LONGEST)
    rows, comments = np.unique(sentences.texts, return_inverse=True)
    many = np.minimum(np.bincount(comments, minlength=len(rows)), MOST_SENTENCES)[comments]
    of_size = _logits(weights, "length_rows")[lengths] + _logits(weights, "count_rows")[many]
    shipped = counts @ scaled_rows(terms, weights) + of_size + _unit_logits(tokens, sentences, weights)
    return TrainingMatrix(comments, rows, terms, counts, shipped, _idf(counts))


def _unit_logits(tokens: Tokens, sentences: Sentences, weights: Arrays) -> Floats:
    """Logits that the hidden units add to each shipped label, sentences by labels."""
    words, stems = ({word: at for at, word in enumerate(lines(weights[name]))} for name in ("words", "stems"))
    _, (rows,) = WordRows(words, stems, unit_table(weights)).look_up(tokens.vocabulary)
    activations = HiddenUnits(weights).activate(rows, tokens.words, sentences)
    return activations.logits[:, : weights["unit_labels"].shape[1]] / UNIT


def _idf(counts: csr_matrix) -> Floats:
    """Inverse document frequency over the sentences, 1 for a term of three of them or fewer (Spaerck Jones 1972)."""
    height, seen = counts.shape[0], np.diff(counts.tocsc().indptr)
    idf = np.log((height + 1) / (seen + 1)) / np.log(height / 3 + 1) if height else np.ones(len(seen))
    return np.clip(idf, MIN_IDF, 1.0)


def scaled_rows(terms: TermIndex, weights: Arrays) -> Floats:
    """Return the shipped weights of every column, by label; 0 for a term that they do not know."""
    words, stems, pairs = (_logits(weights, f"{kind}_rows") for kind in ("word", "stem", "pair"))
    parts = [
        _padded(words, len(terms.words)),
        _padded(stems, len(terms.stems)),
        _padded(pairs / PAIR_SCALE, len(terms.pairs)),
        _logits(weights, "phrase_rows") / PHRASE_SCALE,
    ]
    return np.concatenate(parts)


def _logits(weights: Arrays, name: str) -> Floats:
    return weights[name].astype(np.float64) / UNIT


def lines(array: NDArray[np.generic]) -> list[str]:
    """Split the text in an array of weights into its lines; none in nothing."""
    text = array.tobytes().decode()
    return text.split("\n") if text else []


def _padded(rows: Floats, height: int) -> Floats:
    return np.concatenate([rows, np.zeros((height - len(rows), rows.shape[1]))])


def _counted_terms(tokens: Tokens, sentences: Sentences, terms: TermIndex) -> list[csr_matrix]:
    """Count each term in each sentence."""
    vocabulary, numbers, height = tokens.vocabulary.words, tokens.words, len(sentences.starts)
    of_word = _numbered(terms.words, vocabulary)[numbers]
    of_stem = _numbered(terms.stems, list(map(stem, vocabulary)))[numbers]
    ends, keys = _pair_keys(tokens, terms.words)
    wanted = terms.pairs @ np.array([len(terms.words), 1])
    order = np.argsort(wanted)
    at = order[np.minimum(np.searchsorted(wanted, keys, sorter=order), len(wanted) - 1)]
    kept = wanted[at] == keys
    return [
        _counted(of_word, sentences.of_words, (height, len(terms.words)), 1.0),
        _counted(of_stem, sentences.of_words, (height, len(terms.stems)), 1.0),
        sparse_counts(sentences.of_words[ends[kept] + 1], at[kept], (height, len(wanted)), PAIR_SCALE),
    ]


def _pair_keys(tokens: Tokens, words: list[str]) -> tuple[Ints, Ints]:
    """Position of the first word of each pair of neighbours that are both known, and the pair as one number."""
    of_word = _numbered(words, tokens.vocabulary.words)[tokens.words]
    near = np.flatnonzero(tokens.breaks[:-1] < Break.SENTENCE)
    near = near[(of_word[near] >= 0) & (of_word[near + 1] >= 0)]
    return near, of_word[near] * len(words) + of_word[near + 1]


def _with_new(shipped: list[str], common: list[str]) -> list[str]:
    before = set(shipped)
    return shipped + sorted(word for word in set(common) if word not in before)


def _numbered(names: list[str], asked: list[str]) -> Ints:
    """Number of each word asked for; -1 for one that is not there."""
    numbers: Mapping[str, int] = {name: number for number, name in enumerate(names)}
    return np.array([numbers.get(word, -1) for word in asked], np.int64)


def common_ids(ids: Ints, texts: Ints, least: int) -> Ints:
    """Return the ids that stand in `least` texts or more, sorted; `texts` has the text of each."""
    height = int(texts.max(initial=0)) + 1
    distinct, counts = np.unique(np.unique(ids * height + texts) // height, return_counts=True)
    common: Ints = distinct[counts >= least]
    return common


def _counted(ids: Ints, rows: Ints, shape: tuple[int, int], scale: float) -> csr_matrix:
    known = ids >= 0
    return sparse_counts(rows[known], ids[known], shape, scale)


def sparse_counts(rows: Ints, columns: Ints, shape: tuple[int, int], scale: float) -> csr_matrix:
    """Count how often each column stands in each row, times a scale."""
    from scipy.sparse import csr_matrix

    matrix = csr_matrix((np.full(len(rows), scale), (rows, columns)), shape=shape)
    matrix.sum_duplicates()
    return matrix
