"""Fitted themes → the columns of whole numbers that a model file holds, beside those of an older model."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from cxscan.classify.themes.evidence import UNIT
from cxscan.learn.themes.training_matrix import PAIR_SCALE, PHRASE_SCALE, scaled_rows
from cxscan.rules.model_file import LARGEST, ThemeColumns

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from cxscan.learn.themes.cross_validation import Floats
    from cxscan.learn.themes.theme_fit import FittedWeights
    from cxscan.learn.themes.training_matrix import TermIndex
    from cxscan.model import Ints
    from cxscan.rules.weights import Arrays


class FittedTheme(NamedTuple):
    """The new weights of a theme."""

    name: str
    weights: FittedWeights
    threshold: float
    """Log-odds above which a comment has it."""
    n: int
    """Comments labelled with it."""


def model_columns(fits: Sequence[FittedTheme], terms: TermIndex, shipped: Arrays) -> ThemeColumns:
    """Round the weights of fitted themes, with what they take over from the `shipped` ones, to whole numbers.

    Terms whose weights are all 0 are left out.
    """
    transfer = np.array([fit.weights.transfer for fit in fits]).reshape(len(fits), shipped["word_rows"].shape[1]).T
    rows = scaled_rows(terms, shipped) @ transfer + np.array([fit.weights.terms for fit in fits]).T
    words, stems, pairs, phrases = np.split(rows, np.cumsum([len(terms.words), len(terms.stems), len(terms.pairs)]))
    of_pairs, of_words, of_stems = _whole(pairs * PAIR_SCALE), _whole(words), _whole(stems)
    kept_pairs, kept_stems = of_pairs.any(axis=1), of_stems.any(axis=1)
    paired = terms.pairs[kept_pairs].ravel()
    kept_words = of_words.any(axis=1) | np.isin(np.arange(len(of_words)), paired)
    number = np.cumsum(kept_words) - 1
    sizes = {kind: shipped[f"{kind}_rows"].astype(np.float64) @ transfer / UNIT for kind in ("length", "count")}
    return ThemeColumns(
        names=tuple(fit.name for fit in fits),
        words=tuple(terms.words[at] for at in np.flatnonzero(kept_words)),
        word_rows=of_words[kept_words],
        stems=tuple(terms.stems[at] for at in np.flatnonzero(kept_stems)),
        stem_rows=of_stems[kept_stems],
        pairs=number[terms.pairs[kept_pairs]].reshape(-1, 2),
        pair_rows=of_pairs[kept_pairs],
        phrase_rows=_whole(phrases * PHRASE_SCALE),
        length_rows=_whole(sizes["length"] + np.array([fit.weights.intercept for fit in fits])),
        count_rows=_whole(sizes["count"]),
        unit_rows=_whole(shipped["unit_labels"].astype(np.float64) @ transfer / UNIT),
        thresholds=_whole(np.array([fit.threshold for fit in fits])),
        labels={fit.name: fit.n for fit in fits},
    )


def no_columns(shipped: Arrays) -> ThemeColumns:
    """Return the columns of no theme, beside the `shipped` weights."""
    kinds = ("phrase_rows", "length_rows", "count_rows", "unit_labels")
    phrases, lengths, counts, units = (np.zeros((len(shipped[kind]), 0), np.int64) for kind in kinds)
    nothing, pairs = np.zeros((0, 0), np.int64), np.zeros((0, 2), np.int64)
    return ThemeColumns(
        (), (), nothing, (), nothing, pairs, nothing, phrases, lengths, counts, units, np.zeros(0, np.int64), {},
    )  # fmt: skip


def merged_columns(older: ThemeColumns, newer: ThemeColumns, *, without: Collection[str]) -> ThemeColumns:
    """Merge the themes of both, sorted by name; of the older ones those not in `without`, nor among the newer."""
    kept = [at for at, name in enumerate(older.names) if name not in {*newer.names, *without}]
    names = [older.names[at] for at in kept] + list(newer.names)
    order = np.argsort(np.array(names, np.str_), kind="stable")
    words = tuple(sorted({*older.words, *newer.words}))
    stems = tuple(sorted({*older.stems, *newer.stems}))
    pairs = sorted({*_word_pairs(older), *_word_pairs(newer)})
    number = {word: at for at, word in enumerate(words)}

    def laid_out(rows: Ints, terms: Sequence[object], all_terms: Sequence[object]) -> Ints:
        place = {term: at for at, term in enumerate(all_terms)}
        result = np.zeros((len(all_terms), rows.shape[1]), np.int64)
        result[[place[term] for term in terms]] = rows
        return result

    def beside(first: Ints, second: Ints) -> Ints:
        return np.concatenate([first[..., kept], second], axis=-1)[..., order]

    both = (older, newer)
    return ThemeColumns(
        names=tuple(names[at] for at in order),
        words=words,
        word_rows=beside(*(laid_out(each.word_rows, each.words, words) for each in both)),
        stems=stems,
        stem_rows=beside(*(laid_out(each.stem_rows, each.stems, stems) for each in both)),
        pairs=np.array([(number[first], number[second]) for first, second in pairs], np.int64).reshape(-1, 2),
        pair_rows=beside(*(laid_out(each.pair_rows, _word_pairs(each), pairs) for each in both)),
        phrase_rows=beside(older.phrase_rows, newer.phrase_rows),
        length_rows=beside(older.length_rows, newer.length_rows),
        count_rows=beside(older.count_rows, newer.count_rows),
        unit_rows=beside(older.unit_rows, newer.unit_rows),
        thresholds=beside(older.thresholds, newer.thresholds),
        labels={name: {**older.labels, **newer.labels}[name] for name in sorted(names)},
    )


def _word_pairs(columns: ThemeColumns) -> list[tuple[str, str]]:
    return [(columns.words[first], columns.words[second]) for first, second in columns.pairs.tolist()]


def _whole(weights: Floats) -> Ints:
    return np.clip(np.rint(weights * UNIT), -LARGEST, LARGEST).astype(np.int64)
