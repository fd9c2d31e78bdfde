"""Labelled comments → a model file with weights of the sentiment, of themes or of both, and their metrics."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from cxscan.errors import InputError
from cxscan.learn.sentiment.sentiment_trainer import train_sentiment
from cxscan.learn.themes.model_columns import merged_columns, model_columns, no_columns
from cxscan.learn.themes.theme_trainer import MIN_LABELLED, train_themes
from cxscan.learning_results import TrainingOutcome, TrainingReport
from cxscan.rules.loading import load_taxonomy
from cxscan.rules.model_file import UserModel, model_as_bytes, read_model, shipped_sentiment
from cxscan.rules.theme_weights import theme_weights

if TYPE_CHECKING:
    from pathlib import Path

    from cxscan.learn.labels import LabelledComments
    from cxscan.learn.sentiment.sentiment_trainer import TrainedSentiment
    from cxscan.learn.themes.theme_trainer import TrainedThemes
    from cxscan.model import Bools
    from cxscan.rules.model_file import ThemeColumns
    from cxscan.rules.weights import Weights


@dataclass(frozen=True, slots=True)
class TrainedModel:
    """A model file, with the result of each half."""

    content: bytes
    sentiment: TrainedSentiment | None
    themes: TrainedThemes | None
    notes: tuple[str, ...]
    """Notes to the user, a line each."""

    @property
    def report(self) -> TrainingReport:
        """The metrics of each half."""
        themes = None if self.themes is None else [theme.report for theme in self.themes.themes]
        return TrainingReport(self.sentiment.report if self.sentiment else None, themes)


def train_model(
    labelled: LabelledComments, scored: Bools, *, taxonomy_file: Path | None, model: Path | None
) -> TrainedModel:
    """Fit what there are labels for; `model` is started from, and keeps what there are no labels for.

    Raises InputError when there is nothing to learn.
    """
    start = UserModel(None, None) if model is None else read_model(model)
    read = labelled.with_themes(scored)
    themes = None
    if read:
        texts, labels = labelled.texts_at(read), labelled.themes_at(read)
        themes = train_themes(load_taxonomy(taxonomy_file), texts, labels)
    sentiment, notes = _sentiment(labelled, scored, start.sentiment or shipped_sentiment(), needed=themes is None)
    if sentiment is None and themes is not None and not themes.tried:
        counts = ", ".join(f"{each.name} {each.n}" for each in themes.themes) or "no theme at all"
        raise InputError(
            f"nothing to learn from {len(read)} comments: a theme needs {MIN_LABELLED} comments with it and as many "
            f"without it, and the labels have: {counts}"
        )
    if themes is None and start.themes is None:
        return TrainedModel(sentiment.content if sentiment else b"", sentiment, None, tuple(notes))
    weights = start.sentiment if sentiment is None else sentiment.weights
    content = model_as_bytes(weights, _columns(start.themes, themes))
    return TrainedModel(content, sentiment, themes, (*notes, *_theme_notes(themes)))


def _sentiment(
    labelled: LabelledComments, scored: Bools, start: Weights, *, needed: bool
) -> tuple[TrainedSentiment | None, list[str]]:
    """The fitted sentiment; None, with the reason, where its labels teach nothing and themes are to be learned."""
    known = labelled.with_sentiment(scored)
    if not known and not needed:
        return None, []
    try:
        trained = train_sentiment(start, labelled.texts_at(known), labelled.sentiments_at(known))
    except InputError as error:
        if needed:
            raise
        return None, [f"the sentiment stays as it is: {error}"]
    worse = ["on comments left out it is no better than before; label more of them"]
    return trained, [] if trained.no_worse else worse


def _theme_notes(themes: TrainedThemes | None) -> list[str]:
    notes = []
    for each in () if themes is None else themes.themes:
        if each.outcome is TrainingOutcome.TOO_FEW and each.n < MIN_LABELLED:
            notes.append(
                f"theme {each.name}: {each.n} labelled comments are too few; it is fitted from {MIN_LABELLED} on"
            )
        elif each.outcome is TrainingOutcome.TOO_FEW:
            notes.append(
                f"theme {each.name}: {each.without} comments without it are too few; label {MIN_LABELLED} of them"
            )
    return notes


def _columns(older: ThemeColumns | None, themes: TrainedThemes | None) -> ThemeColumns:
    """Merge the weights of the themes that were fitted with those of the older model that were not fitted anew."""
    weights = theme_weights().arrays
    columns = no_columns(weights)
    if themes is not None and themes.terms is not None and themes.fits:
        columns = model_columns(themes.fits, themes.terms, weights)
    tried = set[str]() if themes is None else themes.tried
    return merged_columns(older or no_columns(weights), columns, without=tried)
