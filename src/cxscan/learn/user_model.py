"""Labelled comments → a model file: sentiment, themes or both, and what each is worth."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from cxscan.classify.sentiment.model_sentiment import sentiment_weights
from cxscan.errors import InputError
from cxscan.learn.sentiment.sentiment_trainer import train
from cxscan.learn.themes.model_columns import both, columns_of, no_columns
from cxscan.learn.themes.theme_trainer import FEWEST, Done, train_themes
from cxscan.rules.model_file import OwnModel, model_as_bytes, read_model
from cxscan.rules.taxonomy import load_taxonomy
from cxscan.rules.theme_weights import theme_weights
from cxscan.summary.json_values import json_object

if TYPE_CHECKING:
    from pathlib import Path

    from cxscan.learn.labels import Labelled
    from cxscan.learn.sentiment.sentiment_trainer import Trained
    from cxscan.learn.themes.theme_trainer import TrainedThemes
    from cxscan.model import Bools
    from cxscan.rules.model_file import ThemeColumns
    from cxscan.summary import Json


@dataclass(frozen=True, slots=True)
class Training:
    """A model file, and what came of each half."""

    content: bytes
    sentiment: Trained | None
    themes: TrainedThemes | None
    notes: tuple[str, ...]
    """What the user is to know, a line each."""

    def as_json(self) -> dict[str, Json]:
        """Of the sentiment: `labels`, `accuracy` and `macro_f1`, null when it was not fitted; `themes` by name."""
        nothing: dict[str, Json] = json_object(labels=None, accuracy=None, macro_f1=None)
        sentiment = nothing if self.sentiment is None else self.sentiment.as_json()
        themes: Json = None
        if self.themes is not None:
            themes = {one.name: one.as_json() for one in self.themes.themes}
        return sentiment | {"themes": themes}


def train_model(labelled: Labelled, scored: Bools, *, taxonomy_file: Path | None, model: Path | None) -> Training:
    """Fit what there are labels for; `model` is started from, and keeps what there are no labels for.

    Raises InputError when there is nothing to learn.
    """
    start = OwnModel(None, None) if model is None else read_model(model)
    read = labelled.read_for_themes(scored)
    themes = None
    if read:
        texts, labels = [labelled.texts[place] for place in read], labelled.themes_at(read)
        themes = train_themes(load_taxonomy(taxonomy_file), texts, labels)
    sentiment, notes = _sentiment(labelled, scored, model, needed=themes is None)
    if sentiment is None and themes is not None and all(one.done is Done.TOO_FEW for one in themes.themes):
        counts = ", ".join(f"{one.name} {one.n}" for one in themes.themes) or "no theme at all"
        raise InputError(
            f"nothing to learn from {len(read)} comments: a theme needs {FEWEST} comments with it and as many "
            f"without it, and the labels have: {counts}"
        )
    if themes is None and start.themes is None:
        return Training(sentiment.content if sentiment else b"", sentiment, None, tuple(notes))
    weights = start.sentiment if sentiment is None else sentiment.weights
    content = model_as_bytes(weights, _columns(start.themes, themes))
    return Training(content, sentiment, themes, (*notes, *_theme_notes(themes)))


def _sentiment(
    labelled: Labelled, scored: Bools, model: Path | None, *, needed: bool
) -> tuple[Trained | None, list[str]]:
    """The fitted sentiment; None, with the reason, where its labels teach nothing and themes are to be learned."""
    texts, signs = labelled.known(scored)
    if not len(signs) and not needed:
        return None, []
    try:
        found = train(sentiment_weights(model), texts, signs)
    except InputError as error:
        if needed:
            raise
        return None, [f"the sentiment stays as it is: {error}"]
    worse = ["on comments left out it is no better than before; label more of them"]
    return found, [] if found.helps else worse


def _theme_notes(themes: TrainedThemes | None) -> list[str]:
    notes = []
    for one in () if themes is None else themes.themes:
        if one.done is Done.TOO_FEW and one.n < FEWEST:
            notes.append(f"theme {one.name}: {one.n} labelled comments are too few; it is fitted from {FEWEST} on")
        elif one.done is Done.TOO_FEW:
            notes.append(f"theme {one.name}: {one.without} comments without it are too few; label {FEWEST} of them")
    return notes


def _columns(older: ThemeColumns | None, themes: TrainedThemes | None) -> ThemeColumns:
    """The weights of the themes that were fitted, and those of the older model that were not tried anew, in order."""
    weights = theme_weights().arrays
    columns = no_columns(weights)
    if themes is not None and themes.terms is not None and themes.fits:
        columns = columns_of(themes.fits, themes.terms, weights)
    tried = {one.name for one in themes.themes if one.done is not Done.TOO_FEW} if themes is not None else set()
    return both(older or no_columns(weights), columns, without=tried)
