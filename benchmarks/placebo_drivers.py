"""How often `cxscan drivers` takes noise for a driver, and how often it finds what was planted, on a rated export.

    python benchmarks/placebo_drivers.py FILE… [--text COLUMN] [--rating COLUMN] [--scale LOW-HIGH] [-n N] [--runs N]

Each run draws `-n` comments. *placebo*: one theme is thrown anew on every tenth comment and carries that comment's own
sentiment. *permuted*: the ratings are dealt anew. *planted*: on every tenth comment a theme is thrown and the rating
lowered by an eighth of the scale on average (half a star of five).
"""

from __future__ import annotations

import argparse
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

from cxscan.insight.drivers import find_drivers
from cxscan.insight.rated import CountRated
from cxscan.model import Batch, Comments, Labels, Polarity, Scale, State
from cxscan.read import ReadRequest, open_sources
from cxscan.runs.classifier import Classifier, ClassifierOptions
from cxscan.summary import RuleHashes
from cxscan.summary.build import summarise

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

RULES = RuleHashes("0" * 64, "0" * 64)
COLUMNS = ("states", "reasons", "scores", "sentiments", "mixed", "themes", "intents")
THEME = 0
"""The theme that is thrown."""


@dataclass(frozen=True)
class Sample:
    """Comments with a rating, and their labels."""

    labels: Labels
    ratings: np.ndarray
    scale: Scale

    def drawn(self, rows: np.ndarray) -> Sample:
        """Some of the comments."""
        own = self.labels
        some = replace(
            own,
            **{name: getattr(own, name)[rows] for name in COLUMNS},
            languages=[own.languages[row] for row in rows.tolist()],
            cut=None,
        )
        return Sample(some, self.ratings[rows], self.scale)

    def evident(self) -> set[int]:
        """The themes that are drivers with evidence, by number."""
        size = len(self.ratings)
        comments = Comments(
            source="sample",
            records=list(range(1, size + 1)),
            fields=["text"] * size,
            ids=[None] * size,
            dates=[None] * size,
            ratings=self.ratings.tolist(),
            texts=[f"comment {number}" for number in range(size)],
            scale=self.scale,
        )
        summary = summarise(Batch(comments, size), self.labels, rules=RULES, quotes=0)
        found = find_drivers(summary, CountRated(0)(comments, self.labels))
        names = [theme.name for theme in self.labels.themes_known]
        return {names.index(driver.theme) for driver in found.drivers if driver.evidence}


def read_sample(paths: Sequence[str], request: ReadRequest) -> Sample:
    """The scored comments of an export that are rated on its scale."""
    classifier, labels, ratings, scale = Classifier(ClassifierOptions()), [], [], None
    for source in open_sources(paths, request):
        for batch in source.batches(size=1 << 20):
            _, found = classifier.classify(batch.comments.texts)
            labels, scale, ratings = found, batch.comments.scale, batch.comments.ratings
    rated = [rating is not None and scale.low <= rating <= scale.high for rating in ratings]
    rows = np.flatnonzero(np.array(rated) & (labels.states == State.SCORED))
    every = np.array([rating or 0 for rating in ratings], np.int64)
    return Sample(labels, every, scale).drawn(rows)


def placebo(sample: Sample, random: np.random.Generator) -> Sample:
    """One theme thrown anew, with the comments' own sentiment."""
    themes = sample.labels.themes.copy()
    themes[:, THEME] = Polarity.ABSENT
    thrown = random.random(len(themes)) < 0.1
    ways = np.array([Polarity.NEGATIVE, Polarity.NEUTRAL, Polarity.POSITIVE], np.uint8)
    themes[thrown, THEME] = ways[sample.labels.sentiments[thrown].astype(np.int64) + 1]
    return replace(sample, labels=replace(sample.labels, themes=themes))


def permuted(sample: Sample, random: np.random.Generator) -> Sample:
    """Ratings dealt anew."""
    return replace(sample, ratings=random.permutation(sample.ratings))


def planted(sample: Sample, random: np.random.Generator) -> Sample:
    """A theme that lowers the rating: by a quarter of the scale's span in every second comment that has it."""
    marked = placebo(sample, random)
    having = marked.labels.themes[:, THEME] > 0
    step = (sample.scale.high - sample.scale.low) // 4
    lowered = sample.ratings - step * (having & (random.random(len(having)) < 0.5))
    return replace(marked, ratings=np.maximum(lowered, sample.scale.low))


def times_found(sample: Sample, kind: Callable, *, n: int, runs: int, theme: int | None = THEME) -> int:
    """The runs in which the thrown theme (or, with None, any) is a driver with evidence."""
    random, times = np.random.default_rng(7), 0
    for _ in range(runs):
        rows = random.choice(len(sample.ratings), min(n, len(sample.ratings)), replace=False)
        evident = kind(sample.drawn(rows), random).evident()
        times += bool(evident) if theme is None else theme in evident
    return times


def main() -> None:
    """Print how often each kind was found."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("files", nargs="+")
    parser.add_argument("--text", action="append", default=[])
    parser.add_argument("--rating")
    parser.add_argument("--scale", type=lambda words: tuple(map(float, words.split("-"))))
    parser.add_argument("-n", type=int, default=1_000)
    parser.add_argument("--runs", type=int, default=60)
    given = parser.parse_args()
    request = ReadRequest(text=tuple(given.text), rating=given.rating, scale=given.scale)
    sample = read_sample(given.files, request)
    print(f"{len(sample.ratings)} rated comments; {given.runs} runs of {given.n}")
    for kind, theme in ((placebo, THEME), (permuted, None), (planted, THEME)):
        times = times_found(sample, kind, n=given.n, runs=given.runs, theme=theme)
        print(f"{kind.__name__:9} {times} of {given.runs}")


if __name__ == "__main__":
    main()
