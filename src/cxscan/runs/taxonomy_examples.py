"""The texts of a taxonomy that must and must not match, put to the test."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from cxscan.rules.taxonomy import load_taxonomy
from cxscan.runs.classifier import Classifier, ClassifierOptions

if TYPE_CHECKING:
    from pathlib import Path


class FailedExample(NamedTuple):
    """An example of the taxonomy that came out wrong."""

    name: str
    text: str
    wanted: bool
    """Whether the theme was to be found."""


def failed_examples(themes: Path | None) -> list[FailedExample]:
    """The examples of a taxonomy, its own texts that must and must not match, that come out wrong."""
    taxonomy = load_taxonomy(themes)
    rules = (*taxonomy.themes, *taxonomy.intents)
    examples = [
        (number, text, wanted)
        for number, one in enumerate(rules)
        for texts, wanted in ((one.match, True), (one.no_match, False))
        for text in texts
    ]
    _, labels = Classifier(ClassifierOptions(themes=themes)).classify([text for _, text, _ in examples])
    found = np.hstack([labels.themes != 0, labels.intents])
    return [
        FailedExample(rules[number].name, text, wanted)
        for row, (number, text, wanted) in enumerate(examples)
        if found[row, number] != wanted
    ]
