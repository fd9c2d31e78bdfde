"""Comments labelled with themes → weights for those themes whose F1 grows, cross-validated, by more than chance."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

from cxscan.classify.themes.evidence import UNIT
from cxscan.classify.themes.scores import SATURATED, ThemeScorer
from cxscan.classify.themes.selection import MIN_WORDS_FOR_FALLBACK, ThemeSelector
from cxscan.classify.themes.taxonomy_phrases import TaxonomyPhrases
from cxscan.classify.themes.theme_index import ThemeIndex
from cxscan.clean import clean_texts
from cxscan.learn.themes.cross_validation import MIN_Z_ADAPTED, MIN_Z_NEW, ThemeContext, cross_validate
from cxscan.learn.themes.model_columns import FittedTheme
from cxscan.learn.themes.theme_fit import adapt, fit_new
from cxscan.learn.themes.training_matrix import term_index, training_matrix
from cxscan.learning_results import BeforeAfter, ThemeTraining, TrainingOutcome
from cxscan.rules.theme_weights import theme_weights
from cxscan.tokens import Tokenizer

if TYPE_CHECKING:
    from collections.abc import Sequence

    from cxscan.classify.themes.taxonomy_phrases import FoundPhrases
    from cxscan.learn.themes.cross_validation import CrossValidation, Floats
    from cxscan.learn.themes.theme_fit import FittedWeights
    from cxscan.learn.themes.training_matrix import TermIndex, TrainingMatrix
    from cxscan.model import Bools, Ints, Tokens
    from cxscan.rules.taxonomy import Taxonomy
    from cxscan.rules.theme_weights import ThemeWeights

MIN_LABELLED = 30
"""Labelled comments that a theme is fitted to, with it and without it; fewer say nothing."""


@dataclass(frozen=True, slots=True)
class TrainedTheme:
    """One labelled theme and the outcome of its training."""

    name: str
    n: int
    """Comments labelled with it."""
    without: int
    """Comments labelled, but not with it."""
    outcome: TrainingOutcome
    validation: CrossValidation | None = None
    """None where it was not fitted."""

    @property
    def report(self) -> ThemeTraining:
        """The outcome with F1 before and after."""
        validation = self.validation
        f1 = None if validation is None else BeforeAfter(validation.before, validation.after)
        return ThemeTraining(self.name, self.n, self.without, self.outcome, f1)


@dataclass(frozen=True, slots=True)
class TrainedThemes:
    """Every theme that stands among the labels, and the weights of those that have new ones."""

    themes: tuple[TrainedTheme, ...]
    terms: TermIndex | None
    fits: tuple[FittedTheme, ...]

    @property
    def tried(self) -> set[str]:
        """The themes with enough labels to be fitted."""
        return {theme.name for theme in self.themes if theme.outcome is not TrainingOutcome.TOO_FEW}


def train_themes(
    taxonomy: Taxonomy, texts: Sequence[str], labels: Sequence[frozenset[str]], weights: ThemeWeights | None = None
) -> TrainedThemes:
    """Fit every theme that enough comments are labelled with; the names in `labels` are the taxonomy's.

    `weights` are those to start from, if not those that come with cxscan.
    """
    counts = {theme.name: sum(theme.name in each for each in labels) for theme in taxonomy.themes}
    labelled = {name: n for name, n in counts.items() if n}
    enough = {name for name, n in labelled.items() if min(n, len(texts) - n) >= MIN_LABELLED}
    trainer = ThemeTrainer(taxonomy, texts, labels, weights or theme_weights()) if enough else None
    themes, fits = [], []
    for name, n in labelled.items():
        trained = TrainedTheme(name, n, len(texts) - n, TrainingOutcome.TOO_FEW)
        if trainer is not None and name in enough:
            validation, fit = trainer.fit(name)
            better = TrainingOutcome.ADAPTED if trainer.shipped_label(name) >= 0 else TrainingOutcome.FITTED
            trained = replace(trained, outcome=TrainingOutcome.KEPT if fit is None else better, validation=validation)
            fits += [] if fit is None else [fit]
        themes.append(trained)
    return TrainedThemes(tuple(themes), None if trainer is None else trainer.matrix.terms, tuple(fits))


class ThemeTrainer:
    """Fits themes one by one to the same comments: their terms, and the themes assigned to them so far."""

    def __init__(
        self, taxonomy: Taxonomy, texts: Sequence[str], labels: Sequence[frozenset[str]], shipped: ThemeWeights
    ) -> None:
        tokens, weights = Tokenizer().tokenize(clean_texts(texts).texts), shipped.arrays
        self._names = [theme.name for theme in taxonomy.themes]
        index = ThemeIndex.build(taxonomy, shipped)
        self._shipped = index.shipped
        found = TaxonomyPhrases(taxonomy, index).find(tokens)
        self.matrix = training_matrix(tokens, term_index(tokens, weights), shipped, found.features)
        rows = self.matrix.rows
        margins, from_phrases = _assigned_before(tokens, found, index, shipped)
        self._margins, self._from_phrases = margins[rows], from_phrases[rows]
        self._labels = [labels[row] for row in rows.tolist()]
        self._thresholds = weights["thresholds"].astype(np.int64)
        lengths = np.diff(tokens.word_offsets)[rows]
        self._fallback: Ints = np.where(lengths >= MIN_WORDS_FOR_FALLBACK, weights["nearly"].astype(np.int64)[0], 0)

    def shipped_label(self, name: str) -> int:
        """Column of a built-in theme in the shipped weights; -1 for a theme that starts from nothing."""
        return int(self._shipped[self._names.index(name)])

    def fit(self, name: str) -> tuple[CrossValidation, FittedTheme | None]:
        """Cross-validate new weights for a theme, and fit them to all labels if F1 grows by more than chance."""
        number, label = self._names.index(name), self.shipped_label(name)
        built_in = label >= 0
        y_true = np.array([name in each for each in self._labels], np.bool_)
        context = ThemeContext.from_margins(
            self._margins, self._from_phrases, number, self._fallback * built_in, self._shipped >= 0
        )
        threshold = int(self._thresholds[label]) / UNIT if built_in else 0.0

        def fitted(matrix: TrainingMatrix, labels: Bools) -> FittedWeights:
            return adapt(matrix, labels, label) if built_in else fit_new(matrix, labels)

        def fit_without(held_out: Bools) -> Floats:
            weights = fitted(self.matrix.select(~held_out), y_true[~held_out])
            return weights.log_odds(self.matrix) - threshold

        margins, min_z = self._margins[:, number] / UNIT, MIN_Z_ADAPTED if built_in else MIN_Z_NEW
        validation = cross_validate(y_true, context, margins, fit_without, min_z)
        if not validation.significant:
            return validation, None
        weights = fitted(self.matrix, y_true)
        return validation, FittedTheme(name, weights, threshold + validation.threshold, int(y_true.sum()))


def _assigned_before(
    tokens: Tokens, found: FoundPhrases, index: ThemeIndex, weights: ThemeWeights
) -> tuple[Ints, Bools]:
    """Margins of all themes, and where they are assigned whatever learning says; comments by themes."""
    scores = ThemeScorer(weights).score(tokens, found.features)
    selected = ThemeSelector(index, weights).select_themes(tokens, found, scores)
    margins = np.where(index.built_in, scores.margins[:, index.shipped], -SATURATED)
    before = selected.hits.cells(tokens, margins.shape[1])
    with_ancestors = found.matches.add_ancestors(selected.hits).cells(tokens, margins.shape[1])
    return margins, selected.from_user_phrases | (with_ancestors & ~before)
