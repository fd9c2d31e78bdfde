"""Results of learning: what an evaluation measured on labels, and what training came to."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, NamedTuple

from cxscan.summary.json_values import json_object, ratio, round6

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from cxscan.model import WordWeight
    from cxscan.summary import Json, Share

MIN_LABELS_FOR_METRICS = 30
"""Labelled comments under which a theme's metrics are rough."""


@dataclass(frozen=True, slots=True)
class ClassCounts:
    """Counts of one class: labelled, predicted, and both."""

    hits: int
    labelled: int
    predicted: int

    @property
    def precision(self) -> float | None:
        """Share of the predictions that are right; None of none."""
        return ratio(self.hits, self.predicted)

    @property
    def recall(self) -> float | None:
        """Share of the labels that were predicted; None of none."""
        return ratio(self.hits, self.labelled)

    @property
    def f1(self) -> float | None:
        """Harmonic mean of precision and recall; None of nothing at all."""
        return ratio(2 * self.hits, self.labelled + self.predicted)

    @property
    def few(self) -> bool:
        """The ratios are rough guesses."""
        return self.labelled < MIN_LABELS_FOR_METRICS

    @property
    def ratios(self) -> tuple[float | None, float | None, float | None]:
        """Precision, recall and F1."""
        return self.precision, self.recall, self.f1

    def ratios_as_json(self) -> dict[str, Json]:
        """Return precision, recall and F1 to six decimals."""
        return json_object(precision=round6(self.precision), recall=round6(self.recall), f1=round6(self.f1))


class CalibrationBin(NamedTuple):
    """Comments with scores near each other: the score promised, and the labels."""

    low: float
    high: float
    n: int
    score: float
    """Mean score."""
    label: float
    """Mean label, negative as -1 and positive as 1: what the score would be, were it right."""

    def as_json(self) -> dict[str, Json]:
        """Return the bin with its numbers to six decimals."""
        means = json_object(score=round6(self.score), label=round6(self.label))
        return json_object(low=round6(self.low), high=round6(self.high), n=self.n) | means


@dataclass(frozen=True, slots=True)
class SentimentMetrics:
    """Metrics of the sentiment; mappings are by its name, in the order negative, neutral, positive."""

    accuracy: Share
    macro_f1: float
    polar: float | None
    """Share of the comments labelled positive or negative whose score is on their side of zero."""
    labels: Mapping[str, int]
    classes: Mapping[str, ClassCounts]
    confusion: Mapping[str, Mapping[str, int]]
    """Comments by label and prediction."""
    calibration: Sequence[CalibrationBin]
    calibration_error: float

    def as_json(self) -> dict[str, Json]:
        """Return the metrics as the contract has them."""
        return json_object(
            accuracy=self.accuracy.as_json(),
            macro_f1=round6(self.macro_f1),
            polar=round6(self.polar),
            labels=dict(self.labels),
            classes={name: counts.ratios_as_json() for name, counts in self.classes.items()},
            confusion={name: dict(row) for name, row in self.confusion.items()},
            calibration=json_object(
                error=round6(self.calibration_error),
                bins=[one.as_json() for one in self.calibration],
            ),
        )


NO_SENTIMENT: Mapping[str, Json] = dict.fromkeys(
    ("accuracy", "macro_f1", "polar", "labels", "classes", "confusion", "calibration")
)
"""The keys of `SentimentMetrics.as_json` where no sentiment was labelled."""


class CorrectedShare(NamedTuple):
    """The share of a sentiment in a dump."""

    raw: float
    """As classified."""
    share: float
    """As corrected."""
    low: float
    high: float
    """95 % interval of the corrected share."""


@dataclass(frozen=True, slots=True)
class CorrectedShares:
    """Shares of a dump, corrected by the errors on a labelled sample of it."""

    n: int
    """Comments of the dump."""
    sample: int
    by_sentiment: Mapping[str, CorrectedShare]

    def as_json(self) -> dict[str, Json]:
        """Return the shares to six decimals."""
        shares: dict[str, Json] = {
            name: {part: round6(value) for part, value in share._asdict().items()}
            for name, share in self.by_sentiment.items()
        }
        return json_object(n=self.n, sample=self.sample) | shares


@dataclass(frozen=True, slots=True)
class Mistake:
    """A comment that was predicted other than it is labelled, with the words that misled."""

    source: str
    record: int
    text: str
    label: str
    predicted: str
    score: float | None
    words: Sequence[WordWeight]

    def as_json(self) -> dict[str, Json]:
        """Return the mistake as the contract has it."""
        return json_object(
            source=self.source,
            record=self.record,
            text=self.text,
            label=self.label,
            said=self.predicted,
            score=self.score,
            words=[json_object(words=word.words, weight=word.weight) for word in self.words],
        )


@dataclass(frozen=True, slots=True)
class ThemeMetrics:
    """Metrics of the themes on comments read for them."""

    n: int
    """Comments read for themes."""
    micro_f1: float | None
    macro_f1: float | None
    by_theme: Mapping[str, ClassCounts]

    @property
    def labelled(self) -> dict[str, ClassCounts]:
        """The themes that were labelled at least once."""
        return {name: counts for name, counts in self.by_theme.items() if counts.labelled}

    def as_json(self) -> dict[str, Json]:
        """Return the metrics as the contract has them."""
        by_theme: dict[str, Json] = {
            name: json_object(n=counts.labelled, said=counts.predicted, right=counts.hits)
            | counts.ratios_as_json()
            | json_object(few=counts.few)
            for name, counts in self.by_theme.items()
        }
        return json_object(n=self.n, micro_f1=round6(self.micro_f1), macro_f1=round6(self.macro_f1), by_theme=by_theme)


@dataclass(frozen=True, slots=True)
class Evaluation:
    """Metrics on labels of one's own; each part is None where nothing is labelled for it."""

    model: str
    comments: int
    labelled: int
    """Comments with a label of the sentiment."""
    measured: int
    """Those of them that were scored."""
    sentiment: SentimentMetrics | None
    mistakes: Sequence[Mistake]
    shares: CorrectedShares | None
    themes: ThemeMetrics | None

    @property
    def unscored(self) -> int:
        """Labelled comments that were not scored."""
        return self.labelled - self.measured

    def as_json(self) -> dict[str, Json]:
        """Return the object of docs/schema/evaluation-1.json."""
        comments = json_object(n=self.comments, labelled=self.labelled, measured=self.measured, unscored=self.unscored)
        return {
            "format": "cxscan-evaluation",
            "version": 1,
            "model": self.model,
            "comments": comments,
            **(self.sentiment.as_json() if self.sentiment else NO_SENTIMENT),
            "mistakes": [mistake.as_json() for mistake in self.mistakes],
            "shares": self.shares.as_json() if self.shares else None,
            "themes": self.themes.as_json() if self.themes else None,
        }


class BeforeAfter(NamedTuple):
    """A metric before the fit and, cross-validated, after it."""

    before: float
    after: float

    def as_json(self) -> dict[str, Json]:
        """Return both to six decimals."""
        return json_object(before=round6(self.before), after=round6(self.after))


class TrainingOutcome(StrEnum):
    """The outcome of a theme's training."""

    FITTED = "fitted"
    """A theme of the user's own has weights now."""
    ADAPTED = "moved"
    """The weights of a built-in theme were adapted."""
    KEPT = "kept"
    """It stays as it was, because new weights have no better F1 on comments left out."""
    TOO_FEW = "too few"
    """Too few comments are labelled with it, or without it."""


@dataclass(frozen=True, slots=True)
class SentimentTraining:
    """The labels that the sentiment was fitted to, and its metrics before and after."""

    labels: Mapping[str, int]
    """Comments learned from, by sentiment: negative, neutral, positive."""
    accuracy: BeforeAfter
    macro_f1: BeforeAfter


@dataclass(frozen=True, slots=True)
class ThemeTraining:
    """One labelled theme and the outcome of its training."""

    name: str
    n: int
    """Comments labelled with it."""
    without: int
    """Comments labelled, but not with it."""
    outcome: TrainingOutcome
    f1: BeforeAfter | None
    """None where it was not fitted."""


@dataclass(frozen=True, slots=True)
class TrainingReport:
    """The result of training: of the sentiment, and of each labelled theme; None where there are no labels."""

    sentiment: SentimentTraining | None
    themes: Sequence[ThemeTraining] | None

    def as_json(self) -> dict[str, Json]:
        """Return the object of docs/schema/training-1.json."""
        sentiment, themes = self.sentiment, self.themes
        return json_object(
            format="cxscan-training",
            version=1,
            labels=dict(sentiment.labels) if sentiment else None,
            accuracy=sentiment.accuracy.as_json() if sentiment else None,
            macro_f1=sentiment.macro_f1.as_json() if sentiment else None,
            themes=None if themes is None else {theme.name: _theme_training(theme) for theme in themes},
        )


def _theme_training(theme: ThemeTraining) -> dict[str, Json]:
    f1 = theme.f1.as_json() if theme.f1 else None
    return json_object(n=theme.n, without=theme.without, f1=f1, done=theme.outcome.value)
