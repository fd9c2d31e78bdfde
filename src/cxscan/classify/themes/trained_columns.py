"""Themes trained on one's own labels, put beside the shipped ones: each is one more label of the learned weights."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np

from cxscan.classify.phrases.hits import PhraseBook
from cxscan.errors import UsageError, nearest
from cxscan.rules.model_file import read_model
from cxscan.rules.taxonomy import Rules

if TYPE_CHECKING:
    from pathlib import Path

    from numpy.typing import NDArray

    from cxscan.model import Bools, Ints
    from cxscan.rules.model_file import ThemeColumns
    from cxscan.rules.taxonomy import Taxonomy
    from cxscan.rules.theme_weights import ThemeWeights

    Numbers = NDArray[np.generic]


def read_columns(path: Path, taxonomy: Taxonomy, shipped: ThemeWeights) -> ThemeColumns | None:
    """What a model has learned of themes, if anything; UsageError when it does not fit the taxonomy or the weights."""
    columns = read_model(path).themes
    if columns is None or not columns.names:
        return None
    known = [theme.name for theme in taxonomy.themes]
    for name in columns.names:
        if name not in known:
            raise UsageError(
                f"{path}: was trained for the theme {name}, which the taxonomy in use does not have "
                f"({nearest(name, known)}); give the file that it was trained with as --themes, or train anew"
            )
    sizes = tuple(len(shipped.arrays[f"{kind}_rows"]) for kind in ("phrase", "length", "count"))
    sizes = (*sizes, len(shipped.arrays["unit_labels"]))
    if columns.sizes != sizes:
        raise UsageError(f"{path}: its themes were trained for another version of cxscan; train anew")
    return columns


def extended(shipped: ThemeWeights, columns: ThemeColumns) -> ThemeWeights:
    """The shipped weights with a further label for each trained theme, in their order, behind those there are."""
    arrays = shipped.arrays
    words, of_words = _union(arrays["words"], columns.words)
    stems, of_stems = _union(arrays["stems"], columns.stems)
    pair_words, of_pairs = _pairs(arrays["pair_words"].astype(np.int64), of_words[columns.pairs])
    made: dict[str, Numbers] = {
        "words": words,
        "word_rows": _beside(arrays["word_rows"], of_words, columns.word_rows),
        "stems": stems,
        "stem_rows": _beside(arrays["stem_rows"], of_stems, columns.stem_rows),
        "pair_words": pair_words,
        "pair_rows": _beside(arrays["pair_rows"], of_pairs, columns.pair_rows),
        "thresholds": np.concatenate([arrays["thresholds"].astype(np.int64), columns.thresholds]),
    }
    for name, rows in (
        ("phrase_rows", columns.phrase_rows),
        ("length_rows", columns.length_rows),
        ("count_rows", columns.count_rows),
        ("unit_labels", columns.unit_rows),
    ):
        made[name] = _beside(arrays[name], np.arange(len(rows)), rows)
    return replace(shipped, arrays={**arrays, **made}, trained=columns.names)


def vetoes(taxonomy: Taxonomy, columns: ThemeColumns, known: Bools) -> PhraseBook | None:
    """The `not_here` phrases of trained themes that are not `known` built-in ones; None where there are none."""
    trained = [
        Rules(theme.name, "", not_here=theme.not_here if theme.name in columns.names and not built else ())
        for theme, built in zip(taxonomy.themes, known.tolist(), strict=True)
    ]
    return PhraseBook(trained) if any(each.not_here for each in trained) else None


def _beside(rows: Numbers, places: Ints, added: Ints) -> Ints:
    """Rows of the shipped labels and of the trained ones; `places`: the row to which each added one belongs."""
    height = max(len(rows), int(places.max(initial=-1)) + 1)
    whole = np.zeros((height, rows.shape[1] + added.shape[1]), np.int64)
    whole[: len(rows), : rows.shape[1]] = rows.astype(np.int64)
    whole[places, rows.shape[1] :] = added
    return whole


def _union(listed: Numbers, words: tuple[str, ...]) -> tuple[Numbers, Ints]:
    """The shipped words and those that are new, one to a line, and where each of these words stands among them."""
    before = listed.tobytes().decode().split("\n")
    numbers = {word: number for number, word in enumerate(before)}
    new = [word for word in words if word not in numbers]
    numbers |= {word: number for number, word in enumerate(new, len(before))}
    text = "\n".join([*before, *new]).encode()
    return np.frombuffer(text, np.uint8), np.array([numbers[word] for word in words], np.int64)


def _pairs(shipped: Ints, pairs: Ints) -> tuple[Numbers, Ints]:
    """Shipped pairs and those that are new, by the numbers of their words; and where each of these pairs stands."""
    numbers = {(first, second): place for place, (first, second) in enumerate(shipped.tolist())}
    asked = [(first, second) for first, second in pairs.tolist()]
    new = [pair for pair in asked if pair not in numbers]
    numbers |= {pair: place for place, pair in enumerate(new, len(shipped))}
    both = np.concatenate([shipped, np.array(new, np.int64).reshape(-1, 2)])
    return both, np.array([numbers[pair] for pair in asked], np.int64)
