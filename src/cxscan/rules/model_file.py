"""A model file that a user has trained: weights of the sentiment, columns of weights for themes, or both.

A file with sentiment alone has the kind `sentiment`, any other the kind `model`, in which every array is called after
its half. Whatever such a file holds is checked before it is used: sizes, numbers and the places that they point to.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from math import isfinite
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from cxscan.errors import UsageError
from cxscan.rules.weights import Weights, digest, read_kinds, read_weights, weights_as_bytes

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from numpy.typing import NDArray

    Whole = NDArray[np.int64]
    Arrays = Mapping[str, NDArray[np.generic]]

SENTIMENT, MODEL = "sentiment", "model"
PARTS = ("word", "negated", "far", "pair")
KINDS = ("polarity", "neutrality")
NUMBERS = ("base_polarity", "base_neutrality", "length_power", "unit")
LARGEST = 1 << 20
"""No weight is larger, either way."""


@dataclass(frozen=True, slots=True)
class ThemeColumns:
    """Learned weights of some themes, one column each."""

    names: tuple[str, ...]
    words: tuple[str, ...]
    word_rows: Whole
    """Words by themes, as all rows in units of classify/themes/evidence.py."""
    stems: tuple[str, ...]
    stem_rows: Whole
    pairs: Whole
    """Numbers of the first and second word, pairs by 2."""
    pair_rows: Whole
    phrase_rows: Whole
    """Features of built-in phrases by themes."""
    length_rows: Whole
    """Numbers of words of a sentence by themes."""
    count_rows: Whole
    """Numbers of sentences of a comment by themes."""
    unit_rows: Whole
    """Hidden units by themes."""
    thresholds: Whole
    labels: Mapping[str, int]
    """Number of labelled comments that each was fitted to."""
    sha256: str = ""

    @property
    def sizes(self) -> tuple[int, ...]:
        """Of phrases, lengths, counts and units: what they number must be what the classifier numbers."""
        return tuple(map(len, (self.phrase_rows, self.length_rows, self.count_rows, self.unit_rows)))


class UserModel(NamedTuple):
    """The halves of a model file; None where it has nothing of one."""

    sentiment: Weights | None
    themes: ThemeColumns | None


def read_model(path: Path) -> UserModel:
    """The halves of a model file; UsageError when it is damaged, of another kind, or says what cannot be."""
    weights = read_kinds(path, (SENTIMENT, MODEL))
    try:
        if weights.kind == SENTIMENT:
            return UserModel(_checked_sentiment(weights), None)
        halves = {half: _half(weights, half) for half in (SENTIMENT, "themes")}
        sentiment = _checked_sentiment(halves[SENTIMENT]) if halves[SENTIMENT].arrays else None
        return UserModel(sentiment, _checked_themes(halves["themes"]))
    except (KeyError, ValueError, TypeError, AttributeError, OverflowError) as error:
        raise UsageError(f"{path}: is a damaged model ({error}); train it anew") from None


@lru_cache(maxsize=1)
def shipped_sentiment() -> Weights:
    """Read the weights of the sentiment that come with cxscan."""
    return read_weights(files("cxscan.rules").joinpath("sentiment.npz"), kind=SENTIMENT)


def model_as_bytes(sentiment: Weights | None, themes: ThemeColumns) -> bytes:
    """The file for both halves; the same halves give the same bytes."""
    arrays = {f"themes_{name}": array for name, array in _theme_arrays(themes).items()}
    facts: dict[str, object] = {"themes": {"labels": dict(themes.labels)}}
    if sentiment is not None:
        arrays |= {f"{SENTIMENT}_{name}": array for name, array in sentiment.arrays.items()}
        facts[SENTIMENT] = dict(sentiment.facts)
    return weights_as_bytes(MODEL, arrays, facts)


def _half(weights: Weights, half: str) -> Weights:
    arrays = {
        name.removeprefix(f"{half}_"): array for name, array in weights.arrays.items() if name.startswith(f"{half}_")
    }
    facts = weights.facts.get(half, {})
    if not isinstance(facts, dict):
        raise TypeError(f"its {half} are no table")
    return Weights(half, facts, arrays, digest(arrays))


def _checked_sentiment(weights: Weights) -> Weights:
    """The weights, if the classifier can use them."""
    words = len(_lines(weights.arrays, "words"))
    sizes = {"word": words, "negated": words, "far": words, "pair": len(_whole(weights.arrays, "pairs", (-1,)))}
    for part in PARTS:
        for kind in KINDS:
            _whole(weights.arrays, f"{part}_{kind}", (sizes[part],))
    numbers = {name: weights.number(name) for name in NUMBERS}
    if not all(map(isfinite, numbers.values())) or numbers["unit"] <= 0 or not 0 <= numbers["length_power"] <= 1:
        raise ValueError("its numbers are out of range")
    return weights


def _checked_themes(half: Weights) -> ThemeColumns:
    """The columns, if sizes fit and pairs are of words that are there."""
    arrays, facts = half.arrays, half.facts
    names, words, stems = (_lines(arrays, name) for name in ("names", "words", "stems"))
    width, labels = len(names), facts["labels"]
    if len(set(names)) != width or len(set(words)) != len(words) or len(set(stems)) != len(stems):
        raise ValueError("a name stands in it twice")
    if not isinstance(labels, dict) or set(labels) != set(names):
        raise ValueError("its labels are of other themes")
    pairs = _whole(arrays, "pairs", (-1, 2))
    if pairs.size and (pairs.min() < 0 or pairs.max() >= len(words)):
        raise ValueError("a pair is of words that are not there")
    if len(np.unique(pairs, axis=0)) != len(pairs):
        raise ValueError("a pair stands in it twice")
    return ThemeColumns(
        names=names,
        words=words,
        word_rows=_whole(arrays, "word_rows", (len(words), width)),
        stems=stems,
        stem_rows=_whole(arrays, "stem_rows", (len(stems), width)),
        pairs=pairs,
        pair_rows=_whole(arrays, "pair_rows", (len(pairs), width)),
        phrase_rows=_whole(arrays, "phrase_rows", (-1, width)),
        length_rows=_whole(arrays, "length_rows", (-1, width)),
        count_rows=_whole(arrays, "count_rows", (-1, width)),
        unit_rows=_whole(arrays, "unit_rows", (-1, width)),
        thresholds=_whole(arrays, "thresholds", (width,)),
        labels={name: int(labels[name]) for name in names},
        sha256=half.sha256,
    )


def _theme_arrays(themes: ThemeColumns) -> dict[str, NDArray[np.generic]]:
    return {
        "names": _listed(themes.names),
        "words": _listed(themes.words),
        "word_rows": themes.word_rows.astype(np.int32),
        "stems": _listed(themes.stems),
        "stem_rows": themes.stem_rows.astype(np.int32),
        "pairs": themes.pairs.astype(np.int32),
        "pair_rows": themes.pair_rows.astype(np.int32),
        "phrase_rows": themes.phrase_rows.astype(np.int32),
        "length_rows": themes.length_rows.astype(np.int32),
        "count_rows": themes.count_rows.astype(np.int32),
        "unit_rows": themes.unit_rows.astype(np.int32),
        "thresholds": themes.thresholds.astype(np.int32),
    }


def _listed(lines: tuple[str, ...]) -> NDArray[np.generic]:
    return np.frombuffer("\n".join(lines).encode(), np.uint8)


def _lines(arrays: Arrays, name: str) -> tuple[str, ...]:
    """Words that stand one to a line; none in nothing."""
    array = arrays[name]
    if array.dtype != np.uint8 or array.ndim != 1:
        raise ValueError(f"{name} are no text")
    text = array.tobytes().decode()
    return tuple(text.split("\n")) if text else ()


def _whole(arrays: Arrays, name: str, shape: tuple[int, ...]) -> Whole:
    """Whole numbers of this shape; -1 for any length."""
    array = arrays[name]
    if array.dtype.kind not in "iu" or array.ndim != len(shape):
        raise ValueError(f"{name} are not what they should be")
    if any(wanted not in (-1, so) for wanted, so in zip(shape, array.shape, strict=True)):
        raise ValueError(f"{name} have the wrong size")
    numbers: Whole = array.astype(np.int64)
    if name != "pairs" and numbers.size and max(-int(numbers.min()), int(numbers.max())) > LARGEST:
        raise ValueError(f"{name} are out of range")
    return numbers
