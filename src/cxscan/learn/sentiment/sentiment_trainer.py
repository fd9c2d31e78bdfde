"""Labelled comments → a model of one's own, and what it is worth on comments that it has not seen."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from cxscan.classify.sentiment.model_sentiment import sentiment_weights
from cxscan.errors import InputError
from cxscan.learn.labels import by_class
from cxscan.learn.metrics import accuracy, macro_f1
from cxscan.learn.sentiment.sentiment_fit import chances_of, fitted, model_of, model_weights
from cxscan.learn.sentiment.term_counts import TermCounter
from cxscan.rules.weights import weights_as_bytes
from cxscan.summary.json_values import json_object, round6
from cxscan.tokens import Tokenizer

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from numpy.typing import NDArray

    from cxscan.learn.sentiment.sentiment_fit import Model
    from cxscan.learn.sentiment.term_counts import Counts
    from cxscan.rules.weights import Weights
    from cxscan.summary import Json

    Ints = NDArray[np.int64]

FEWEST = 20
"""Labelled comments that are learned from; fewer say nothing."""
FOLDS = 5
REPEATS = 4
"""Rounds of folds, which even out the chance of a draw."""
MANY = 500
"""Labelled comments from which on one round is enough."""
SEED = 0


@dataclass(frozen=True, slots=True)
class Trained:
    """Fitted weights, and their worth."""

    weights: Weights
    labels: dict[str, int]
    """Comments learned from, by sentiment."""
    accuracy_before: float
    accuracy_after: float
    """On comments that were left out while fitting."""
    macro_f1_before: float
    macro_f1_after: float

    @property
    def content(self) -> bytes:
        """The weights as a file of their own."""
        return weights_as_bytes(self.weights.kind, self.weights.arrays, self.weights.facts)

    @property
    def helps(self) -> bool:
        """Whether the comments left out are understood at least as well as before."""
        return self.accuracy_after >= self.accuracy_before

    def as_json(self) -> dict[str, Json]:
        """Labels by sentiment, and accuracy and macro-F1 before and after."""
        return json_object(
            labels=dict(self.labels),
            accuracy=json_object(before=round6(self.accuracy_before), after=round6(self.accuracy_after)),
            macro_f1=json_object(before=round6(self.macro_f1_before), after=round6(self.macro_f1_after)),
        )


def starting_weights(path: Path | None) -> Weights:
    """The weights of the sentiment in a file, or the shipped ones."""
    return sentiment_weights(path)


def train(start: Weights, texts: Sequence[str], signs: Ints) -> Trained:
    """Fit to the labels (-1, 0, 1) of texts. Raise InputError for too few, or for labels that are all the same."""
    labels = by_class(signs.tolist())
    if len(signs) < FEWEST:
        raise InputError(
            f"{len(signs)} labelled comments are too few to learn from; label at least {FEWEST}, better 50"
        )
    if max(labels.values()) == len(signs):
        raise InputError(
            "all labels are the same, so there is nothing to tell apart; label comments of other kinds too"
        )
    counts, model = TermCounter(start).count(Tokenizer().tokenize(texts)), model_of(start)
    before, after = said_by(model, counts), _left_out(model, counts, signs)
    return Trained(
        model_weights(fitted(model, counts, signs), start, labels),
        labels,
        accuracy(signs, before),
        float(np.mean([accuracy(signs, said) for said in after])),
        macro_f1(signs, before),
        float(np.mean([macro_f1(signs, said) for said in after])),
    )


def said_by(model: Model, counts: Counts) -> Ints:
    """The likeliest sentiment of each text, as -1, 0 or 1."""
    said: Ints = chances_of(model.levels(counts)).argmax(axis=1) - 1
    return said


def _left_out(model: Model, counts: Counts, signs: Ints) -> list[Ints]:
    """What models say of the texts that they were not fitted to, in several rounds of five parts each."""
    rounds = []
    for seed in range(SEED, SEED + (REPEATS if len(signs) <= MANY else 1)):
        part = _parts(signs, seed)
        said = np.zeros_like(signs)
        for number in range(FOLDS):
            out, kept = np.flatnonzero(part == number), np.flatnonzero(part != number)
            said[out] = said_by(fitted(model, counts.of(kept), signs[kept]), counts.of(out))
        rounds.append(said)
    return rounds


def _parts(signs: Ints, seed: int) -> Ints:
    """A part for each text, with its share of every sentiment."""
    shuffled = np.random.default_rng(seed).permutation(len(signs))
    part = np.zeros(len(signs), np.int64)
    part[shuffled[np.argsort(signs[shuffled], kind="stable")]] = np.arange(len(signs)) % FOLDS
    return part
