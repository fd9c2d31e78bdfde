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
    from cxscan.learn.themes.theme_fit import Column
    from cxscan.learn.themes.training_matrix import Terms
    from cxscan.model import Ints
    from cxscan.rules.weights import Arrays


class Fit(NamedTuple):
    """The new weights of a theme."""

    name: str
    column: Column
    threshold: float
    """Log-odds from which a comment has it."""
    n: int
    """Comments labelled with it."""


def columns_of(fits: Sequence[Fit], terms: Terms, weights: Arrays) -> ThemeColumns:
    """The weights of fitted themes as whole numbers, with what they have taken over from the shipped `weights`.

    Terms that weigh nothing are left out.
    """
    leans = np.array([fit.column.lean for fit in fits]).reshape(len(fits), weights["word_rows"].shape[1]).T
    rows = scaled_rows(terms, weights) @ leans + np.array([fit.column.terms for fit in fits]).T
    words, stems, pairs, phrases = np.split(rows, np.cumsum([len(terms.words), len(terms.stems), len(terms.pairs)]))
    of_pairs, of_words, of_stems = _whole(pairs * PAIR_SCALE), _whole(words), _whole(stems)
    kept_pairs, kept_stems = of_pairs.any(axis=1), of_stems.any(axis=1)
    paired = terms.pairs[kept_pairs].ravel()
    kept_words = of_words.any(axis=1) | np.isin(np.arange(len(of_words)), paired)
    number = np.cumsum(kept_words) - 1
    sizes = {kind: weights[f"{kind}_rows"].astype(np.float64) @ leans / UNIT for kind in ("length", "count")}
    return ThemeColumns(
        names=tuple(fit.name for fit in fits),
        words=tuple(terms.words[at] for at in np.flatnonzero(kept_words)),
        word_rows=of_words[kept_words],
        stems=tuple(terms.stems[at] for at in np.flatnonzero(kept_stems)),
        stem_rows=of_stems[kept_stems],
        pairs=number[terms.pairs[kept_pairs]].reshape(-1, 2),
        pair_rows=of_pairs[kept_pairs],
        phrase_rows=_whole(phrases * PHRASE_SCALE),
        length_rows=_whole(sizes["length"] + np.array([fit.column.base for fit in fits])),
        count_rows=_whole(sizes["count"]),
        unit_rows=_whole(weights["unit_labels"].astype(np.float64) @ leans / UNIT),
        thresholds=_whole(np.array([fit.threshold for fit in fits])),
        labels={fit.name: fit.n for fit in fits},
    )


def no_columns(weights: Arrays) -> ThemeColumns:
    """Those of no theme."""
    kinds = ("phrase_rows", "length_rows", "count_rows", "unit_labels")
    phrases, lengths, counts, units = (np.zeros((len(weights[kind]), 0), np.int64) for kind in kinds)
    nothing, pairs = np.zeros((0, 0), np.int64), np.zeros((0, 2), np.int64)
    return ThemeColumns(
        (), (), nothing, (), nothing, pairs, nothing, phrases, lengths, counts, units, np.zeros(0, np.int64), {},
    )  # fmt: skip


def both(older: ThemeColumns, newer: ThemeColumns, *, without: Collection[str]) -> ThemeColumns:
    """The themes of both, sorted by name; of the older ones those that are not in `without`, nor among the newer."""
    kept = [at for at, name in enumerate(older.names) if name not in {*newer.names, *without}]
    names = [older.names[at] for at in kept] + list(newer.names)
    order = np.argsort(np.array(names, np.str_), kind="stable")
    words = tuple(sorted({*older.words, *newer.words}))
    stems = tuple(sorted({*older.stems, *newer.stems}))
    pairs = sorted({*_worded(older), *_worded(newer)})
    number = {word: at for at, word in enumerate(words)}

    def laid(of: ThemeColumns, rows: Ints, names_of: Sequence[object], whole: Sequence[object]) -> Ints:
        place = {name: at for at, name in enumerate(whole)}
        result = np.zeros((len(whole), len(of.names)), np.int64)
        result[[place[name] for name in names_of]] = rows
        return result

    def beside(first: Ints, second: Ints) -> Ints:
        return np.concatenate([first[..., kept], second], axis=-1)[..., order]

    return ThemeColumns(
        names=tuple(names[at] for at in order),
        words=words,
        word_rows=beside(*(laid(of, of.word_rows, of.words, words) for of in (older, newer))),
        stems=stems,
        stem_rows=beside(*(laid(of, of.stem_rows, of.stems, stems) for of in (older, newer))),
        pairs=np.array([(number[first], number[second]) for first, second in pairs], np.int64).reshape(-1, 2),
        pair_rows=beside(*(laid(of, of.pair_rows, _worded(of), pairs) for of in (older, newer))),
        phrase_rows=beside(older.phrase_rows, newer.phrase_rows),
        length_rows=beside(older.length_rows, newer.length_rows),
        count_rows=beside(older.count_rows, newer.count_rows),
        unit_rows=beside(older.unit_rows, newer.unit_rows),
        thresholds=beside(older.thresholds, newer.thresholds),
        labels={name: {**older.labels, **newer.labels}[name] for name in sorted(names)},
    )


def _worded(columns: ThemeColumns) -> list[tuple[str, str]]:
    """Pairs by their words."""
    return [(columns.words[first], columns.words[second]) for first, second in columns.pairs.tolist()]


def _whole(weights: Floats) -> Ints:
    return np.clip(np.rint(weights * UNIT), -LARGEST, LARGEST).astype(np.int64)
