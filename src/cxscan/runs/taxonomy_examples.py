"""The examples of a taxonomy, classified."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from cxscan.rules.loading import load_taxonomy
from cxscan.rules.taxonomy_examples import TaxonomyTest, taxonomy_examples
from cxscan.runs.classifier import Classifier, ClassifierOptions

if TYPE_CHECKING:
    from pathlib import Path


def run_taxonomy_examples(themes: Path | None) -> TaxonomyTest:
    """Classify the texts of a taxonomy that must and must not match, and find those that come out wrong."""
    taxonomy = load_taxonomy(themes)
    examples = list(taxonomy_examples(taxonomy))
    _, labels = Classifier(ClassifierOptions(themes=themes)).classify([example.text for example in examples])
    matches = np.hstack([labels.themes != 0, labels.intents])
    failed = (one for row, one in enumerate(examples) if matches[row, one.column] != one.must_match)
    return TaxonomyTest(matches.shape[1], len(examples), tuple(failed))
