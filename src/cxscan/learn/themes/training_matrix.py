"""Labelled comments → what the learned themes see of their sentences, as sparse columns."""

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

    from cxscan.classify.phrases.hits import PhraseBook
    from cxscan.model import Ints, Tokens
    from cxscan.rules.theme_weights import ThemeWeights
    from cxscan.rules.weights import Arrays

    Floats = NDArray[np.float64]

LEAST_TEXTS_WORD, LEAST_TEXTS_PAIR = 2, 3
"""Labelled comments in which a word, or a pair of neighbours, must stand to be learned of."""

LEAST_RARITY = 0.1

PAIR_SCALE, PHRASE_SCALE = 0.7, 2.0
"""Size of a pair and of a phrase hit beside a word: what is larger is held back less; as in training/."""


class Terms(NamedTuple):
    """What columns stand for: words, word beginnings, pairs of numbers of words; then the built-in phrase features."""

    words: list[str]
    stems: list[str]
    pairs: Ints

    @property
    def before_phrases(self) -> int:
        """Columns before those of phrases."""
        return len(self.words) + len(self.stems) + len(self.pairs)


@dataclass(frozen=True, slots=True)
class ThemeLessons:
    """Comments with words; rows of `counts` are their sentences, in their order."""

    texts: Ints
    """The comment of each sentence, numbered from 0 without gaps."""
    places: Ints
    """Which of the comments given each comment is."""
    terms: Terms
    counts: csr_matrix
    """Sentences by terms, scaled."""
    shipped: Floats
    """Sentences by built-in labels: their log-odds by the weights that come with cxscan."""
    rarity: Floats
    """Of each term, from 0.1 for those of nearly every sentence to 1."""

    def of(self, chosen: NDArray[np.bool_]) -> ThemeLessons:
        """Those of the chosen comments."""
        rows = np.flatnonzero(chosen[self.texts])
        numbers = np.cumsum(chosen) - 1
        texts, places = numbers[self.texts[rows]], self.places[chosen]
        return ThemeLessons(texts, places, self.terms, self.counts[rows], self.shipped[rows], self.rarity)


def terms_of(tokens: Tokens, weights: Arrays) -> Terms:
    """The terms of the shipped weights first, then those that stand in several of these comments."""
    known, numbers = tokens.vocabulary.words, tokens.words.astype(np.int64)
    sentences = Sentences.of(tokens)
    texts = sentences.texts[sentences.of_words]
    words = _with_new(listed(weights["words"]), [known[one] for one in _common(numbers, texts, LEAST_TEXTS_WORD)])
    names = sorted(set(map(stem, known)))
    begun = _numbered(names, list(map(stem, known)))[numbers]
    stems = _with_new(listed(weights["stems"]), [names[one] for one in _common(begun, texts, LEAST_TEXTS_WORD)])
    ends, keys = _pair_keys(tokens, words)
    shipped = weights["pair_words"].astype(np.int64)
    new = np.setdiff1d(_common(keys, texts[ends], LEAST_TEXTS_PAIR), shipped @ np.array([len(words), 1]))
    return Terms(words, stems, np.concatenate([shipped, np.stack(np.divmod(new, len(words)), axis=1)]))


def theme_lessons(tokens: Tokens, terms: Terms, named: ThemeWeights, book: PhraseBook) -> ThemeLessons:
    """Count the terms in each sentence; `book` has the phrases of every theme of the weights."""
    from scipy.sparse import hstack

    sentences, weights = Sentences.of(tokens), named.arrays
    height, themes = len(sentences.starts), len(named.themes)
    rows, columns = phrase_keys(book.find(tokens), sentences, themes)
    phrases = _matrix(rows, columns, (height, (GROUPS + 2) * themes), PHRASE_SCALE)
    counts = hstack([*_counted_terms(tokens, sentences, terms), phrases], format="csr")
    lengths = np.minimum(np.diff(sentences.starts, append=len(tokens.words)), LONGEST)
    places, texts = np.unique(sentences.texts, return_inverse=True)
    many = np.minimum(np.bincount(texts, minlength=len(places)), MOST_SENTENCES)[texts]
    of_size = _numbers_of(weights, "length_rows")[lengths] + _numbers_of(weights, "count_rows")[many]
    shipped = counts @ scaled_rows(terms, weights) + of_size + _of_units(tokens, sentences, weights)
    return ThemeLessons(texts, places, terms, counts, shipped, _rarity(counts))


def _of_units(tokens: Tokens, sentences: Sentences, weights: Arrays) -> Floats:
    """What the hidden units say of each shipped label, sentences by labels."""
    words, stems = ({word: at for at, word in enumerate(listed(weights[name]))} for name in ("words", "stems"))
    _, (rows,) = WordRows(words, stems, unit_table(weights)).of(tokens.vocabulary)
    said = HiddenUnits(weights).of(rows, tokens.words, sentences)
    return said.logits[:, : weights["unit_labels"].shape[1]] / UNIT


def _rarity(counts: csr_matrix) -> Floats:
    """Inverse document frequency over the sentences, 1 for a term of three of them or fewer (Spaerck Jones 1972)."""
    height, seen = counts.shape[0], np.diff(counts.tocsc().indptr)
    rarity = np.log((height + 1) / (seen + 1)) / np.log(height / 3 + 1) if height else np.ones(len(seen))
    return np.clip(rarity, LEAST_RARITY, 1.0)


def scaled_rows(terms: Terms, weights: Arrays) -> Floats:
    """The shipped weights of every column, by label; 0 for a term that they do not know."""
    words, stems, pairs = (_numbers_of(weights, f"{kind}_rows") for kind in ("word", "stem", "pair"))
    parts = [
        _padded(words, len(terms.words)),
        _padded(stems, len(terms.stems)),
        _padded(pairs / PAIR_SCALE, len(terms.pairs)),
        _numbers_of(weights, "phrase_rows") / PHRASE_SCALE,
    ]
    return np.concatenate(parts)


def _numbers_of(weights: Arrays, name: str) -> Floats:
    return weights[name].astype(np.float64) / UNIT


def listed(lines: NDArray[np.generic]) -> list[str]:
    """Words that stand one to a line; none in nothing."""
    text = lines.tobytes().decode()
    return text.split("\n") if text else []


def _padded(rows: Floats, height: int) -> Floats:
    return np.concatenate([rows, np.zeros((height - len(rows), rows.shape[1]))])


def _counted_terms(tokens: Tokens, sentences: Sentences, terms: Terms) -> list[csr_matrix]:
    """How often each term stands in each sentence."""
    known, numbers, height = tokens.vocabulary.words, tokens.words, len(sentences.starts)
    of_word = _numbered(terms.words, known)[numbers]
    of_stem = _numbered(terms.stems, list(map(stem, known)))[numbers]
    ends, keys = _pair_keys(tokens, terms.words)
    wanted = terms.pairs @ np.array([len(terms.words), 1])
    order = np.argsort(wanted)
    at = order[np.minimum(np.searchsorted(wanted, keys, sorter=order), len(wanted) - 1)]
    found = wanted[at] == keys
    return [
        _counted(of_word, sentences.of_words, (height, len(terms.words)), 1.0),
        _counted(of_stem, sentences.of_words, (height, len(terms.stems)), 1.0),
        _matrix(sentences.of_words[ends[found] + 1], at[found], (height, len(wanted)), PAIR_SCALE),
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


def _common(ids: Ints, texts: Ints, least: int) -> list[int]:
    """The ids that stand in so many texts, sorted."""
    height = int(texts.max(initial=0)) + 1
    found, counts = np.unique(np.unique(ids * height + texts) // height, return_counts=True)
    return [int(one) for one in found[counts >= least]]


def _counted(ids: Ints, rows: Ints, shape: tuple[int, int], scale: float) -> csr_matrix:
    known = ids >= 0
    return _matrix(rows[known], ids[known], shape, scale)


def _matrix(rows: Ints, columns: Ints, shape: tuple[int, int], scale: float) -> csr_matrix:
    from scipy.sparse import csr_matrix

    matrix = csr_matrix((np.full(len(rows), scale), (rows, columns)), shape=shape)
    matrix.sum_duplicates()
    return matrix
