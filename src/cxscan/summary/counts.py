"""The counts of a set of comments: named whole numbers that add, and the quotes that stand for the comments."""

from __future__ import annotations

from dataclasses import asdict, dataclass, field
from typing import TYPE_CHECKING, NamedTuple, Protocol, TypeVar

from cxscan.model import POLARITIES, SCORE_UNIT, Lens, Scale, Theme
from cxscan.quotes.distinct import folded_text
from cxscan.summary.estimates import Share
from cxscan.summary.json_values import Json, json_object, ratio
from cxscan.summary.rating import Rating, RatingCounts

if TYPE_CHECKING:
    from collections.abc import Container, Iterable, Mapping
    from typing import Self

    from cxscan.summary.paths import Path


class Quote(NamedTuple):
    """A comment chosen to stand for others; more points tell more."""

    points: int
    source: str
    record: int
    field: str
    text: str
    sentiment: str

    def as_json(self) -> dict[str, Json]:
        """Text, place and sentiment."""
        return json_object(text=self.text, source=self.source, record=self.record, sentiment=self.sentiment)


@dataclass(frozen=True, slots=True)
class SentimentCounts:
    """Scored comments by sentiment."""

    positive: int = 0
    neutral: int = 0
    negative: int = 0

    def __add__(self, other: SentimentCounts) -> SentimentCounts:
        return SentimentCounts(
            self.positive + other.positive, self.neutral + other.neutral, self.negative + other.negative
        )

    def by_name(self) -> dict[str, int]:
        """Each under its name, in the order of `SENTIMENTS`."""
        return asdict(self)


@dataclass(frozen=True, slots=True)
class LensCounts:
    """Scored comments by the lenses of their themes."""

    product: int = 0
    customer: int = 0
    both: int = 0
    none: int = 0

    def __add__(self, other: LensCounts) -> LensCounts:
        return LensCounts(
            self.product + other.product, self.customer + other.customer, self.both + other.both, self.none + other.none
        )

    def by_name(self) -> dict[str, int]:
        """Each under its name, in the order of `LENSES`."""
        return asdict(self)


@dataclass(frozen=True, slots=True)
class IntentCounts:
    """Scored comments with each intent; a comment may have several."""

    praise: int = 0
    complaint: int = 0
    suggestion: int = 0
    question: int = 0

    def __add__(self, other: IntentCounts) -> IntentCounts:
        return IntentCounts(
            self.praise + other.praise,
            self.complaint + other.complaint,
            self.suggestion + other.suggestion,
            self.question + other.question,
        )

    def by_name(self) -> dict[str, int]:
        """Each under its name, in the order of `INTENTS`."""
        return asdict(self)


@dataclass(frozen=True, slots=True)
class ThemeCounts:
    """Scored comments with a theme, by its polarity in them."""

    positive: int = 0
    neutral: int = 0
    negative: int = 0
    mixed: int = 0

    def __add__(self, other: ThemeCounts) -> ThemeCounts:
        return ThemeCounts(
            self.positive + other.positive,
            self.neutral + other.neutral,
            self.negative + other.negative,
            self.mixed + other.mixed,
        )

    @property
    def n(self) -> int:
        """Of any polarity."""
        return self.positive + self.neutral + self.negative + self.mixed

    @property
    def net(self) -> float | None:
        """Positive less negative ones, of all; -1 to 1."""
        return ratio(self.positive - self.negative, self.n)

    def by_name(self) -> dict[str, int]:
        """Each under its name, in the order of `POLARITIES`."""
        return asdict(self)


@dataclass(frozen=True, slots=True)
class UnscoredCounts:
    """Unscored comments by reason, those in another language by its ISO 639-1 code."""

    no_words: int = 0
    no_answer: int = 0
    languages: Mapping[str, int] = field(default_factory=dict)

    def __add__(self, other: UnscoredCounts) -> UnscoredCounts:
        return UnscoredCounts(
            self.no_words + other.no_words, self.no_answer + other.no_answer, added(self.languages, other.languages)
        )


class SavedNumbers(NamedTuple):
    """The numbers as a file has them, by path: what its counts do not give back, it says itself."""

    values: Mapping[Path, float]
    hidden: frozenset[Path]
    """Counts and shares that a baseline does not tell because they are small."""


@dataclass(frozen=True, slots=True)
class Counts:
    """The counts of a set of comments, by theme and polarity the `kept` top quotes with distinct texts."""

    scored: int = 0
    unscored: int = 0
    empty: int = 0
    rejected: int = 0
    repeated: int = 0
    """Records that stood in the input before, word for word."""
    repaired: int = 0
    """Comments of which damaged words were mended before they were read."""
    company: int = 0
    """Empty cells that are so because the company wrote them, not a customer."""
    reasons: UnscoredCounts = field(default_factory=UnscoredCounts)
    score: int = 0
    """Sum of the scores, in score units."""
    sentiment: SentimentCounts = SentimentCounts()
    mixed: int = 0
    """Scored comments with clauses of both signs."""
    lens: LensCounts = LensCounts()
    themes: Mapping[str, ThemeCounts] = field(default_factory=dict)
    """Those with a comment."""
    intents: IntentCounts = IntentCounts()
    commodity: int = 0
    """Comments whose only themes are those of `COMMODITY`."""
    delight: int = 0
    """Strongly positive comments with a positive theme of `DELIGHT`."""
    ratings: Mapping[Scale, RatingCounts] = field(default_factory=dict)
    quotes: Mapping[tuple[str, str], tuple[Quote, ...]] = field(default_factory=dict)
    """By theme and polarity."""
    kept: int = 3
    saved: SavedNumbers | None = None
    """Of counts that were read from a file; a sum has none."""

    def __add__(self, other: Counts) -> Counts:
        quotes = dict(self.quotes)
        for name, more in other.quotes.items():
            quotes[name] = top_quotes((*quotes.get(name, ()), *more), self.kept)
        return Counts(
            scored=self.scored + other.scored,
            unscored=self.unscored + other.unscored,
            empty=self.empty + other.empty,
            rejected=self.rejected + other.rejected,
            repeated=self.repeated + other.repeated,
            repaired=self.repaired + other.repaired,
            company=self.company + other.company,
            reasons=self.reasons + other.reasons,
            score=self.score + other.score,
            sentiment=self.sentiment + other.sentiment,
            mixed=self.mixed + other.mixed,
            lens=self.lens + other.lens,
            themes=added(self.themes, other.themes),
            intents=self.intents + other.intents,
            commodity=self.commodity + other.commodity,
            delight=self.delight + other.delight,
            ratings=added(self.ratings, other.ratings),
            quotes=quotes,
            kept=self.kept,
        )

    def share(self, n: int) -> Share:
        """Share of the scored comments."""
        return Share(n, self.scored)

    def states(self) -> dict[str, int]:
        """Return the comments by how they ended, and the blank cells."""
        return {"scored": self.scored, "unscored": self.unscored, "empty": self.empty}

    def theme(self, name: str) -> ThemeCounts:
        """Of a theme of the taxonomy; all 0 where no comment has it."""
        return self.themes.get(name, ThemeCounts())

    def themes_together(self, *names: str) -> ThemeCounts:
        """Mentions of the themes, added up over them."""
        return sum(map(self.theme, names), start=ThemeCounts())

    @property
    def comments(self) -> int:
        """Scored and unscored ones."""
        return self.scored + self.unscored

    @property
    def net(self) -> float | None:
        """Share of positive less share of negative comments, -1 to 1."""
        return ratio(self.sentiment.positive - self.sentiment.negative, self.scored)

    @property
    def mean_score(self) -> float | None:
        """-1 to 1."""
        return ratio(self.score, self.scored * SCORE_UNIT)

    @property
    def balance(self) -> float | None:
        """(C - P) / (C + P), C and P the comments with at least one customer- or product-centric theme; -1 to 1."""
        lens = self.lens
        return ratio(lens.customer - lens.product, lens.customer + lens.product + 2 * lens.both)

    @property
    def themed(self) -> int:
        """Scored comments with at least one theme."""
        return self.scored - self.lens.none

    @property
    def rating(self) -> Rating | None:
        """The ratings, when they all run from the same lowest to the same highest value, whatever their columns."""
        if len(self.ratings) == 1:
            [(scale, counts)] = self.ratings.items()
            return Rating(scale, counts)
        if len({(scale.low, scale.high) for scale in self.ratings}) != 1:
            return None
        columns = sorted({scale.column for scale in self.ratings})
        scale = next(iter(self.ratings))._replace(column=", ".join(columns))
        return Rating(scale, sum(self.ratings.values(), start=RatingCounts()))

    def theme_quotes(self, theme: str, *, but: Container[str] = ()) -> list[Quote]:
        """The theme's quotes, its polarities served in proportion to their mentions (Sainte-Lague 1910).

        Texts in `but` (folded) are left out, for a page that would show them twice.
        """
        left = {
            polarity: [quote for quote in self.quotes.get((theme, polarity), ()) if folded_text(quote.text) not in but]
            for polarity in POLARITIES
        }
        mentions = self.theme(theme).by_name()
        taken, chosen = dict.fromkeys(POLARITIES, 0), list[Quote]()
        while len(chosen) < self.kept and (open_ := [polarity for polarity in POLARITIES if left[polarity]]):
            best = max(open_, key=lambda polarity: mentions[polarity] / (2 * taken[polarity] + 1))
            taken[best] += 1
            chosen.append(left[best].pop(0))
        return chosen


def distinct_quotes(counts: Counts, themes: Iterable[str]) -> dict[str, list[Quote]]:
    """The quotes of each of the themes, in their order; a text that tells of several stands with the first of them."""
    shown: set[str] = set()
    by_theme: dict[str, list[Quote]] = {}
    for theme in themes:
        by_theme[theme] = counts.theme_quotes(theme, but=shown)
        shown.update(folded_text(quote.text) for quote in by_theme[theme])
    return by_theme


def of_lens(themes: tuple[Theme, ...], lens: Lens) -> list[str]:
    """The names of the lens's themes."""
    return [theme.name for theme in themes if theme.lens is lens]


def top_quotes(quotes: Iterable[Quote], kept: int) -> tuple[Quote, ...]:
    """The `kept` quotes with most points, each text once; ties go to the smallest source, record and field."""
    by_text: dict[str, Quote] = {}
    for quote in sorted(quotes, key=lambda quote: (-quote.points, quote[1:])):
        by_text.setdefault(folded_text(quote.text), quote)
    return tuple(by_text.values())[:kept]


class _Adds(Protocol):
    def __add__(self, other: Self, /) -> Self: ...


_Name = TypeVar("_Name")
_Adding = TypeVar("_Adding", bound=_Adds)


def added(left: Mapping[_Name, _Adding], right: Mapping[_Name, _Adding]) -> dict[_Name, _Adding]:
    """Both, added where a name is in both."""
    return {**left, **{name: left[name] + value if name in left else value for name, value in right.items()}}
