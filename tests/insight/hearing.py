"""Comments made up for tests of `discover`: what a bank's customers could write, the same on every platform."""

from __future__ import annotations

from dataclasses import replace
from functools import cache
from pathlib import Path
from random import Random

from cxscan.insight.sample import Sample
from cxscan.insight.topics import Topics
from cxscan.model import Batch, Comments
from cxscan.runs.batch import BatchJob, Counting
from cxscan.runs.classifier import ClassifierOptions
from cxscan.runs.reducers import TopicSampleReducer
from cxscan.runs.topics import find_topics
from cxscan.summary import Summary

KNOWN_THEMES = Path(__file__).with_name("known_themes.toml")
RULES = ClassifierOptions(themes=KNOWN_THEMES, language="en")
KNOWN = ["The staff were rude.", "Great price.", "Delivery came late.", "The app crashes.", "Support was helpful."]
HIDDEN = {
    "passport": ["They lost my passport.", "My passport photo again.", "Passport photo, three attempts."],
    "mortgage": ["Asked about a mortgage.", "My mortgage lapsed.", "The mortgage broker is silent."],
    "cheque": ["I posted a cheque.", "Where is my cheque?", "Two cheques, gone."],
    "pension": ["My pension vanished.", "Who holds my pension?"],
}


def texts(n: int = 600, seed: int = 5) -> list[str]:
    """Known themes, and hidden topics: the first twice as frequent as the second, and so on."""
    random = Random(seed)
    said = []
    for _ in range(n):
        topic = random.choices([None, *HIDDEN], weights=[8, 8, 4, 2, 1])[0]
        parts = [random.choice(HIDDEN[topic])] if topic else []
        if not parts or random.random() < 0.4:
            parts.insert(0, random.choice(KNOWN))
        said.append(" ".join(parts))
    return said


def comments(said: list[str], days: list[str] | None = None, source: str = "bank.csv") -> Comments:
    n = len(said)
    return Comments(
        source=source,
        records=list(range(1, n + 1)),
        fields=["text"] * n,
        ids=[None] * n,
        dates=list(days) if days else [None] * n,
        ratings=[None] * n,
        texts=said,
    )


@cache
def job() -> BatchJob[Sample]:
    return BatchJob(RULES, Counting(), TopicSampleReducer())


def heard(said: list[str], days: list[str] | None = None, *, most: int | None = None) -> tuple[Summary, Sample]:
    found = job()(Batch(comments(said, days), len(said)))
    return found.summary, found.result if most is None else Sample(most=most) + replace(found.result, most=most)


def topics(said: list[str], days: list[str] | None = None, *, shown: int = 10, quotes: int = 3) -> Topics:
    return find_topics(*heard(said, days), shown=shown, quotes=quotes)
