"""The learned weights of themes, of how each is spoken of and of intents, with the names of their columns.

`themes.npz` holds the arrays; its header holds the names, and the digest of the taxonomy that they were fitted with.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field, replace
from functools import lru_cache
from importlib.resources import files
from typing import TYPE_CHECKING

import numpy as np

from cxscan.errors import UsageError
from cxscan.model import INTENTS
from cxscan.rules.weights import read_weights, weights_as_bytes

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from importlib.resources.abc import Traversable
    from pathlib import Path

    from numpy.typing import NDArray

    from cxscan.rules.model_file import ThemeColumns
    from cxscan.rules.weights import Arrays, Weights

    Numbers = NDArray[np.generic]
    Ints = NDArray[np.int64]

KIND = "themes"

PHRASE_FEATURES = 6
"""Features of each theme's phrases: four kinds of hits, then whether there is one, then whether there are two."""
POLARITY_FEATURES = 37
"""Features of how a theme is spoken of, beside two for each theme of the weights."""
INTENT_FEATURES = 14
"""Features of the intents beside the label columns."""
POLARITIES = 4

_NAMED = ("themes", "intents", "taxonomy", "used_with")
"""Keys of the header that are fields of `ThemeWeights`."""


@dataclass(frozen=True, slots=True)
class ThemeWeights:
    """Arrays of weights, and the names of their label columns: themes, intents, then themes trained by a user."""

    themes: tuple[str, ...]
    """Also the order of phrase features, of poles (each twice) and of polarity features."""
    intents: tuple[str, ...]
    arrays: Arrays
    sha256: str = ""
    """Hexadecimal digest of the arrays."""
    taxonomy: str = ""
    """Digest of the built-in taxonomy with whose phrases they were fitted."""
    used_with: str = ""
    """Digest of a later taxonomy that they are used with all the same; training/themes_header.py notes it."""
    trained: tuple[str, ...] = ()
    trained_sha256: str = ""
    """Hexadecimal digest of what a user has trained."""
    facts: Mapping[str, object] = field(default_factory=dict)
    """The rest of the header, such as settings of the fit."""

    @property
    def labels(self) -> tuple[str, ...]:
        """Name every label column."""
        return (*self.themes, *self.intents, *self.trained)


@lru_cache(maxsize=1)
def theme_weights() -> ThemeWeights:
    """Read the weights that come with cxscan."""
    return read_theme_weights(files("cxscan.rules").joinpath("themes.npz"))


def read_theme_weights(path: Path | Traversable) -> ThemeWeights:
    """Read weights and the names of their columns; UsageError in one line when these do not fit each other."""
    weights = read_weights(path, kind=KIND)
    themes, intents = _names(weights, "themes"), _names(weights, "intents")
    taxonomy, used_with = (str(weights.facts.get(key, "")) for key in ("taxonomy", "used_with"))
    facts = {key: value for key, value in weights.facts.items() if key not in _NAMED}
    named = ThemeWeights(themes, intents, weights.arrays, weights.sha256, taxonomy, used_with, facts=facts)
    for mistake in _mistakes(named):
        raise UsageError(f"{path}: {mistake}; make it anew with training/themes.py")
    return named


def theme_weights_as_bytes(weights: ThemeWeights) -> bytes:
    """Give the file for some weights: their arrays under a header with names, taxonomy and further facts."""
    named = (list(weights.themes), list(weights.intents), weights.taxonomy, weights.used_with)
    header = {key: value for key, value in zip(_NAMED, named, strict=True) if value}
    return weights_as_bytes(KIND, weights.arrays, {**weights.facts, **header})


def _names(weights: Weights, key: str) -> tuple[str, ...]:
    names = weights.facts.get(key, [])
    return tuple(map(str, names)) if isinstance(names, list) else ()


def _mistakes(weights: ThemeWeights) -> Iterator[str]:
    """Say what does not fit: names that are missing or doubled, and arrays of another width than the names."""
    if not weights.themes:
        yield "names no themes for its columns"
    for name, count in Counter(weights.labels).items():
        if count > 1:
            yield f"names the column {name} {count} times"
    if weights.intents != INTENTS:
        yield f"has the intents {', '.join(weights.intents) or 'none'}, not {', '.join(INTENTS)}"
    themes, labels = len(weights.themes), len(weights.labels)
    by_label = ("word_rows", "stem_rows", "pair_rows", "length_rows", "count_rows", "unit_labels")
    sizes: dict[str, tuple[int, ...]] = dict.fromkeys(by_label, (labels,))
    sizes |= {
        "thresholds": (labels,),
        "phrase_rows": (PHRASE_FEATURES * themes, labels),
        "unit_poles": (2 * themes,),
        "pole_base": (2 * themes,),
        "polarity": (POLARITY_FEATURES + 2 * themes, POLARITIES),
        "intent_mix": (labels + INTENT_FEATURES, len(INTENTS)),
        "intent_thresholds": (len(INTENTS),),
    }
    for name, size in sizes.items():
        if name not in weights.arrays:
            yield f"lacks the array {name}"
        elif (shape := weights.arrays[name].shape[-len(size) :]) != size:
            wide, wanted = (" by ".join(map(str, numbers)) for numbers in (shape, size))
            yield f"has the array {name} {wide} wide, not {wanted}, for {themes} themes and {len(INTENTS)} intents"


def with_trained(shipped: ThemeWeights, columns: ThemeColumns) -> ThemeWeights:
    """Return the shipped weights with a further label for each trained theme, in their order, behind the others."""
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
    return replace(shipped, arrays={**arrays, **made}, trained=columns.names, trained_sha256=columns.sha256)


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
