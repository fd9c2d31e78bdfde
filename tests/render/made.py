"""Made-up records with labels, for the tests of the summary and its renderers."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np
from hypothesis import strategies as st

from cxscan.model import INTENTS, Batch, Comments, Labels, Lens, Polarity, Reject, Scale, State, Theme, UnscoredReason
from cxscan.periods import Period
from cxscan.summary import RuleHashes, Summary
from cxscan.summary.build import summarise

PRODUCT = ("quality", "price", "delivery", "competition")
CUSTOMER = ("service", "experience", "relationship", "advocacy")
THEMES = (*(Theme(name, Lens.PRODUCT) for name in PRODUCT), *(Theme(name, Lens.CUSTOMER) for name in CUSTOMER))
RULES = RuleHashes("0" * 64, "1" * 64)
STARS, NPS = Scale("stars", 1_000, 5_000), Scale("recommend", 0, 10_000)


@dataclass(frozen=True)
class Cell:
    """One text cell as a test tells it."""

    text: str = "some words"
    state: State = State.SCORED
    score: int = 0
    themes: dict[str, str] = field(default_factory=dict)
    intents: tuple[str, ...] = ()
    mixed: bool = False
    language: str = "en"

    @property
    def reason(self) -> UnscoredReason:
        """No answer, unless its language is the reason."""
        if self.state is not State.UNSCORED:
            return UnscoredReason.NONE
        return UnscoredReason.NO_ANSWER if self.language == "en" else UnscoredReason.LANGUAGE


@dataclass(frozen=True)
class Record:
    """One record with its cells; the rating in units."""

    cells: tuple[Cell, ...]
    rating: int | None = None
    date: str | None = None
    channel: str = "web"


def said(text: str = "some words", score: int = 0, rating: int | None = None, **themes: str) -> Record:
    """A record of one scored comment."""
    return Record((Cell(text, score=score, themes=themes),), rating)


def labels_of(records: list[Record], themes: tuple[Theme, ...] = THEMES) -> Labels:
    """Labels, one row per cell."""
    cells = [cell for record in records for cell in record.cells]
    codes = np.zeros((len(cells), len(themes)), np.uint8)
    numbers = {theme.name: number for number, theme in enumerate(themes)}
    for row, cell in enumerate(cells):
        for name, polarity in cell.themes.items():
            codes[row, numbers[name]] = Polarity[polarity.upper()]
    scores = np.array([cell.score for cell in cells], np.int32)
    return Labels(
        themes_known=themes,
        states=np.array([cell.state for cell in cells], np.uint8),
        reasons=np.array([cell.reason for cell in cells], np.uint8),
        scores=scores,
        sentiments=np.sign(scores).astype(np.int8),
        mixed=np.array([cell.mixed for cell in cells], np.bool_),
        themes=codes,
        intents=np.array([[name in cell.intents for name in INTENTS] for cell in cells], np.bool_).reshape(-1, 4),
        languages=[cell.language for cell in cells],
    )


def batch_of(records: list[Record], *, source: str = "made.csv", start: int = 1, scale: Scale | None = STARS) -> Batch:
    """The records under numbers from `start`; cells of a record stand in fields a, b, …"""
    rows = [(start + place, at, record, cell) for place, record in enumerate(records)
            for at, cell in enumerate(record.cells)]  # fmt: skip
    comments = Comments(
        source=source,
        records=[number for number, *_ in rows],
        fields=["zyx"[at] for _, at, *_ in rows],
        ids=[None] * len(rows),
        dates=[record.date for *_, record, _ in rows],
        ratings=[record.rating for *_, record, _ in rows],
        texts=[cell.text for *_, cell in rows],
        scale=scale,
        segments={"channel": [record.channel for *_, record, _ in rows]},
    )
    return Batch(comments, len(records))


def summary_of(
    records: list[Record],
    *,
    source: str = "made.csv",
    start: int = 1,
    scale: Scale | None = STARS,
    by: tuple[str, ...] = ("channel",),
    period: Period | None = "month",
    quotes: int = 3,
    rejects: int = 0,
) -> Summary:
    """The summary of one batch."""
    batch = batch_of(records, source=source, start=start, scale=scale)
    gone = tuple(Reject(source, 0, 0, "broken") for _ in range(rejects))
    whole = Batch(batch.comments, batch.records + rejects, gone)
    return summarise(whole, labels_of(records), rules=RULES, by=by, period=period, quotes=quotes)


TEXTS = st.sampled_from(
    ["Good, I like it and would buy it again", "no", "It broke after two days and nobody cares", "é☃"]
)
CELLS = st.one_of(
    st.builds(
        Cell,
        text=TEXTS,
        score=st.sampled_from([-9_000, -1_234, 0, 1, 6_000, 10_000]),
        themes=st.dictionaries(
            st.sampled_from(PRODUCT + CUSTOMER),
            st.sampled_from(["positive", "neutral", "negative", "mixed"]),
            max_size=4,
        ),
        intents=st.lists(st.sampled_from(INTENTS), unique=True).map(tuple),
        mixed=st.booleans(),
    ),
    st.builds(Cell, text=st.just("n/a"), state=st.just(State.UNSCORED), language=st.sampled_from(["en", "es"])),
    st.builds(Cell, text=st.just(""), state=st.just(State.EMPTY)),
)
RECORDS = st.lists(
    st.builds(
        Record,
        cells=st.lists(CELLS, min_size=1, max_size=3).map(tuple),
        rating=st.sampled_from([None, 1_000, 2_500, 4_000, 5_000, 0, 9_000, 10**30]),
        date=st.sampled_from([None, "2026-11-21", "2026-11-30T23:59:59+02:00", "2025-12-31"]),
        channel=st.sampled_from(["web", "phone", ""]),
    ),
    max_size=12,
)


def gold_summary() -> Summary:
    """A small summary with every section, the same each time."""
    app = [
        said("Support answered within minutes and fixed it", 8_000, 5_000, service="positive"),
        said("Crashes since the update, I want my money back", -7_500, 1_000, quality="negative", price="negative"),
        said("It is fine for the price", 2_500, 4_000, price="positive"),
        Record((Cell("n/a", State.UNSCORED),), 3_000, "2026-11-03", "phone"),
        Record((Cell("", State.EMPTY),), 2_000),
        Record(
            (Cell("Lovely people, I tell all my friends", score=9_000, intents=("praise",), mixed=True,
                  themes={"service": "positive", "advocacy": "positive", "experience": "positive"}),),
            5_000, "2026-12-24", "phone",
        ),
        Record(
            (Cell("Waited three weeks for the parcel [red]::error", score=-4_000, intents=("complaint", "question"),
                  themes={"delivery": "negative"}),),
            9_000, "2026-12-01", "",
        ),
    ]  # fmt: skip
    shop = [said("Cheaper elsewhere, | but nice | staff\nreally", 0, 3_000, competition="negative", service="mixed")]
    return summary_of(app, source="exports/app.csv", rejects=1) + summary_of(shop, source="exports/shop.csv")
