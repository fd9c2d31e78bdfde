"""Comments labelled with themes → weights for those themes, where these are worth more than what there was."""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import StrEnum
from typing import TYPE_CHECKING

import numpy as np

from cxscan.classify.phrases.hits import PhraseBook
from cxscan.classify.themes.evidence import UNIT
from cxscan.classify.themes.noisy_or import SATURATED
from cxscan.classify.themes.selection import BARE, LearnedThemes, feature_book
from cxscan.classify.themes.theme_classifier import MOST_THEMES
from cxscan.learn.themes.cross_validation import SURELY_MOVED, SURELY_OWN, Company, chosen
from cxscan.learn.themes.model_columns import Fit
from cxscan.learn.themes.theme_fit import fitted, moved
from cxscan.learn.themes.training_matrix import terms_of, theme_lessons
from cxscan.rules.theme_weights import theme_weights
from cxscan.summary.json_values import json_object, round6
from cxscan.tokens import Tokenizer

if TYPE_CHECKING:
    from collections.abc import Sequence

    from cxscan.learn.themes.cross_validation import Choice, Floats
    from cxscan.learn.themes.theme_fit import Column
    from cxscan.learn.themes.training_matrix import Terms, ThemeLessons
    from cxscan.model import Bools, Ints, Tokens
    from cxscan.rules.taxonomy import Taxonomy
    from cxscan.rules.theme_weights import ThemeWeights
    from cxscan.summary import Json

FEWEST = 30
"""Labelled comments that a theme is learned from, with it and without it; fewer say nothing."""


class Done(StrEnum):
    """What training did with a theme."""

    FITTED = "fitted"
    """One of the user's own has weights now."""
    MOVED = "moved"
    """The weights of a built-in one have moved."""
    KEPT = "kept"
    """It stays as it was, because new weights are no better on comments left out."""
    TOO_FEW = "too few"
    """Too few comments are labelled with it, or without it."""


@dataclass(frozen=True, slots=True)
class TrainedTheme:
    """What came of one theme."""

    name: str
    n: int
    """Comments labelled with it."""
    without: int
    """Comments labelled, but not with it."""
    done: Done
    choice: Choice | None = None

    def as_json(self) -> dict[str, Json]:
        """`n`, F1 on comments left out before and after (null when it was not tried), and what was done."""
        worth: Json = None
        if self.choice is not None:
            worth = json_object(before=round6(self.choice.before), after=round6(self.choice.after))
        return json_object(n=self.n, without=self.without, f1=worth, done=self.done.value)


@dataclass(frozen=True, slots=True)
class TrainedThemes:
    """Every theme that stands among the labels, and the weights of those that have new ones."""

    themes: tuple[TrainedTheme, ...]
    terms: Terms | None
    fits: tuple[Fit, ...]


def train_themes(
    taxonomy: Taxonomy, texts: Sequence[str], labels: Sequence[frozenset[str]], weights: ThemeWeights | None = None
) -> TrainedThemes:
    """Fit every theme that enough comments are labelled with; the names in `labels` are the taxonomy's.

    `weights` are those to start from, if not those that come with cxscan.
    """
    counts = {theme.name: sum(theme.name in each for each in labels) for theme in taxonomy.themes}
    asked = {name: n for name, n in counts.items() if n}
    enough = {name for name, n in asked.items() if min(n, len(texts) - n) >= FEWEST}
    course = _Course(taxonomy, texts, labels, weights or theme_weights()) if enough else None
    themes, fits = [], []
    for name, n in asked.items():
        outcome = TrainedTheme(name, n, len(texts) - n, Done.TOO_FEW)
        if course is not None and name in enough:
            choice, fit = course.tried(name)
            done = Done.KEPT if fit is None else Done.MOVED if course.label_of(name) >= 0 else Done.FITTED
            outcome = replace(outcome, done=done, choice=choice)
            fits += [] if fit is None else [fit]
        themes.append(outcome)
    return TrainedThemes(tuple(themes), None if course is None else course.lessons.terms, tuple(fits))


class _Course:
    """What is the same for all themes: the comments, their terms, and what cxscan says of them."""

    def __init__(
        self, taxonomy: Taxonomy, texts: Sequence[str], labels: Sequence[frozenset[str]], shipped: ThemeWeights
    ) -> None:
        tokens, weights = Tokenizer().tokenize(texts), shipped.arrays
        self._names = [theme.name for theme in taxonomy.themes]
        terms = terms_of(tokens, weights)
        learner = LearnedThemes(taxonomy, shipped)
        self._shipped = learner.index.shipped
        book = feature_book(taxonomy, learner.index)
        self.lessons: ThemeLessons = theme_lessons(tokens, terms, shipped, book)
        places = self.lessons.places
        margins, own = _said(taxonomy, tokens, learner)
        self._margins, self._own = margins[places], own[places]
        self._labels = [labels[place] for place in places.tolist()]
        self._thresholds = weights["thresholds"].astype(np.int64)
        lengths = np.diff(tokens.word_offsets)[places]
        self._nearly: Ints = np.where(lengths >= BARE, weights["nearly"].astype(np.int64)[0], 0)

    def label_of(self, name: str) -> int:
        """The shipped label of a built-in theme; -1 for one that starts from nothing."""
        return int(self._shipped[self._names.index(name)])

    def tried(self, name: str) -> tuple[Choice, Fit | None]:
        """What new weights for a theme are worth, and the weights if they are worth it."""
        number = self._names.index(name)
        label = self.label_of(name)
        has = np.array([name in each for each in self._labels], np.bool_)
        company = Company.of(self._margins, self._own, number, self._nearly * (label >= 0))
        line = int(self._thresholds[label]) / UNIT if label >= 0 else 0.0

        def column(lessons: ThemeLessons, with_it: Bools) -> Column:
            return moved(lessons, with_it, label) if label >= 0 else fitted(lessons, with_it)

        def left_out(out: Bools) -> Floats:
            return column(self.lessons.of(~out), has[~out]).odds(self.lessons) - line

        surely = SURELY_MOVED if label >= 0 else SURELY_OWN
        choice = chosen(has, company, self._margins[:, number] / UNIT, left_out, surely)
        if not choice.better:
            return choice, None
        return choice, Fit(name, column(self.lessons, has), line + choice.threshold, int(has.sum()))


def _said(taxonomy: Taxonomy, tokens: Tokens, learner: LearnedThemes) -> tuple[Ints, Bools]:
    """Margins of all themes, and where they are given whatever learning says, comments by themes."""
    book, shipped = PhraseBook(taxonomy.themes), learner.index.shipped
    hits = book.find(tokens)
    weighed = learner.weigh(tokens, hits)
    refined = learner.refine(tokens, hits, weighed, most=MOST_THEMES)
    margins = np.where(shipped >= 0, weighed.margins[:, shipped], -SATURATED)
    cells = np.zeros((2, *margins.shape), np.bool_)
    for layer, found in enumerate((refined.hits, book.with_parents(tokens, refined.hits))):
        rows = np.searchsorted(tokens.word_offsets, found.first_words, side="right") - 1
        cells[layer, rows, found.labels] = True
    return margins, refined.own | (cells[1] & ~cells[0])
