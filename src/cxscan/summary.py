"""The Summary: whole counts that add; shares, means and intervals are computed when asked.

A count has a name such as `("sentiment", "positive")` or `("theme", "price", "negative")`; one that is missing is 0.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from importlib import import_module
from math import sqrt
from typing import TYPE_CHECKING, NamedTuple, Protocol, TypeAlias, TypeVar

from cxscan.errors import UsageError
from cxscan.model import INTENTS, RATING_UNIT, SCORE_UNIT, Lens, Scale, Theme

if TYPE_CHECKING:
    from collections.abc import Container, Iterable, Mapping
    from typing import Self

Json: TypeAlias = "bool | int | float | str | list[Json] | dict[str, Json] | None"
Count: TypeAlias = tuple[str, ...]

SENTIMENTS = ("positive", "neutral", "negative")
POLARITIES = ("positive", "neutral", "negative", "mixed")
LENSES = ("product", "customer", "both", "none")
COMMODITY = ("price", "delivery", "competition")
DELIGHT = ("experience", "relationship", "advocacy")
WORD_OF_MOUTH = "advocacy"
_Z = 1.959963984540054  # standard normal quantile of 0.975


class Share(NamedTuple):
    """`n` of `of`, with its 95 % Wilson score interval (E. B. Wilson 1927, JASA 22: 209-212)."""

    n: int
    of: int

    @property
    def share(self) -> float | None:
        """0 to 1; None of nothing."""
        return self.n / self.of if self.of else None

    @property
    def interval(self) -> tuple[float, float] | None:
        """Low and high end, 0 to 1; None of nothing."""
        if not self.of:
            return None
        centre, half = self.n + _Z * _Z / 2, _Z * sqrt(self.n * (self.of - self.n) / self.of + _Z * _Z / 4)
        low, high = (centre - half) / (self.of + _Z * _Z), (centre + half) / (self.of + _Z * _Z)
        return (low if self.n else 0.0), (high if self.n < self.of else 1.0)

    def as_json(self) -> dict[str, Json] | None:
        """`n`, `share`, `low`, `high`; None of nothing."""
        if not (ends := self.interval):
            return None
        return _object(n=self.n, share=_six(self.share), low=_six(ends[0]), high=_six(ends[1]))


class Quote(NamedTuple):
    """A comment chosen to stand for others; more points tell more."""

    points: int
    source: str
    record: int
    field: str
    text: str
    sentiment: str


class RuleHashes(NamedTuple):
    """SHA-256 of what classified the comments, in hexadecimal."""

    themes: str
    model: str


@dataclass(frozen=True, slots=True)
class Input:
    """How the records of one file ended; a record with two text columns is two comments."""

    records: int = 0
    comments: int = 0
    rejected: int = 0
    empty: int = 0
    repeated: int = 0
    """Records read before, word for word; not in the JSON."""

    def __add__(self, other: Input) -> Input:
        return Input(
            self.records + other.records,
            self.comments + other.comments,
            self.rejected + other.rejected,
            self.empty + other.empty,
            self.repeated + other.repeated,
        )


@dataclass(frozen=True, slots=True)
class Rating:
    """The ratings on one scale, each record counted once; sums in rating units."""

    scale: Scale
    counts: Mapping[Count, int]

    def count(self, *name: str) -> int:
        """How often; 0 when never."""
        return self.counts.get(name, 0)

    @property
    def mean(self) -> float | None:
        """On the scale's own units."""
        return _ratio(self.count("sum"), self.count("n") * RATING_UNIT)

    @property
    def nps(self) -> float | None:
        """Net Promoter Score, -100 to 100: 9 and 10 less 0 to 6 (Reichheld 2003); None off a 0 to 10 scale."""
        if (self.scale.low, self.scale.high) != (0, 10 * RATING_UNIT):
            return None
        return _ratio(100 * (self.count("promoters") - self.count("detractors")), self.count("n"))

    @property
    def top_box(self) -> Share:
        """Ratings at the scale's highest value."""
        return Share(self.count("top"), self.count("n"))

    @property
    def contradictions(self) -> Share:
        """Of the rated records with a scored comment, those whose words point the opposite way."""
        return Share(self.count("contradictions"), self.count("heard"))

    def impact(self, theme: str) -> float | None:
        """Mean without the theme's records less the mean of all: above 0, the theme drags the rating down."""
        rest = self.count("n") - self.count("theme", theme)
        without = _ratio(self.count("sum") - self.count("theme sum", theme), rest * RATING_UNIT)
        return None if without is None or self.mean is None else without - self.mean

    def as_json(self) -> dict[str, Json]:
        """In the contract's order."""
        return _object(
            column=self.scale.column,
            low=rating_number(self.scale.low),
            high=rating_number(self.scale.high),
            n=self.count("n"),
            outside=self.count("outside"),
            mean=_six(self.mean),
            nps=_six(self.nps),
            top_box=self.top_box.as_json(),
            contradictions=self.contradictions.as_json(),
        )


class Indices(NamedTuple):
    """Readings across themes."""

    commoditisation: Share | None
    """Of the themed comments, those whose only themes are price, delivery or competition."""
    delight: Share | None
    """A positive experience, relationship or advocacy in a comment that scores 0.6 or more."""
    coverage: Share
    """At least one theme."""
    recommending: Share | None
    """Positive advocacy; with `warning`, the word of mouth."""
    warning: Share | None
    """Negative advocacy."""

    @property
    def word_of_mouth(self) -> float | None:
        """Share recommending less share warning, -1 to 1."""
        if self.recommending is None or self.warning is None:
            return None
        return _ratio(self.recommending.n - self.warning.n, self.warning.of)

    def as_json(self) -> Json:
        """In the contract's order."""
        shares = [None if share is None else share.as_json() for share in self]
        mouth = _object(positive=shares[3], negative=shares[4], net=_six(self.word_of_mouth))
        return _object(commoditisation=shares[0], delight=shares[1], coverage=shares[2], word_of_mouth=mouth)


@dataclass(frozen=True, slots=True)
class Tally:
    """The counts of a set of comments, by theme and polarity the `kept` most telling quotes with distinct texts."""

    counts: Mapping[Count, int] = field(default_factory=dict)
    ratings: Mapping[Scale, Mapping[Count, int]] = field(default_factory=dict)
    quotes: Mapping[tuple[str, str], tuple[Quote, ...]] = field(default_factory=dict)
    kept: int = 3

    def __add__(self, other: Tally) -> Tally:
        ratings, quotes = dict(self.ratings), dict(self.quotes)
        for scale, counts in other.ratings.items():
            ratings[scale] = _counted(ratings.get(scale, {}), counts)
        for name, told in other.quotes.items():
            quotes[name] = most_telling((*quotes.get(name, ()), *told), self.kept)
        return Tally(_counted(self.counts, other.counts), ratings, quotes, self.kept)

    def count(self, *name: str) -> int:
        """How often; 0 when never."""
        return self.counts.get(name, 0)

    def share(self, *name: str) -> Share:
        """Share of the scored comments."""
        return Share(self.count(*name), self.count("scored"))

    @property
    def comments(self) -> int:
        """Scored and unscored ones."""
        return self.count("scored") + self.count("unscored")

    @property
    def net(self) -> float | None:
        """Share of positive less share of negative comments, -1 to 1."""
        return _ratio(self.count("sentiment", "positive") - self.count("sentiment", "negative"), self.count("scored"))

    @property
    def mean_score(self) -> float | None:
        """-1 to 1."""
        return _ratio(self.count("score"), self.count("scored") * SCORE_UNIT)

    @property
    def balance(self) -> float | None:
        """(C - P) / (C + P), C and P the comments with at least one customer- or product-centric theme; -1 to 1."""
        both = 2 * self.count("lens", "both")
        customer, product = self.count("lens", "customer"), self.count("lens", "product")
        return _ratio(customer - product, customer + product + both)

    @property
    def themed(self) -> int:
        """Scored comments with at least one theme."""
        return self.count("scored") - self.count("lens", "none")

    def mentions(self, *themes: str) -> int:
        """Scored comments with the theme, added up over the themes."""
        return sum(self.count("theme", theme, polarity) for theme in themes for polarity in POLARITIES)

    def theme_net(self, *themes: str) -> float | None:
        """Positive less negative mentions, of all mentions of the themes; -1 to 1."""
        signs = (("positive", 1), ("negative", -1))
        net = sum(sign * self.count("theme", theme, polarity) for theme in themes for polarity, sign in signs)
        return _ratio(net, self.mentions(*themes))

    @property
    def rating(self) -> Rating | None:
        """The ratings, when they are all on one scale."""
        return Rating(*next(iter(self.ratings.items()))) if len(self.ratings) == 1 else None

    def telling(self, theme: str, *, but: Container[str] = ()) -> list[Quote]:
        """The theme's quotes, its polarities served in proportion to their mentions (Sainte-Lague 1910).

        Texts in `but` are left out, for a page that would show them twice.
        """
        kept = {polarity: self.quotes.get((theme, polarity), ()) for polarity in POLARITIES}
        left = {polarity: [quote for quote in told if quote.text not in but] for polarity, told in kept.items()}
        taken, told = dict.fromkeys(POLARITIES, 0), list[Quote]()
        while len(told) < self.kept and (open_ := [polarity for polarity in POLARITIES if left[polarity]]):
            best = max(open_, key=lambda name: self.count("theme", theme, name) / (2 * taken[name] + 1))
            taken[best] += 1
            told.append(left[best].pop(0))
        return told

    def as_json(self, themes: tuple[Theme, ...]) -> dict[str, Json]:
        """The contract's keys from `comments` to `rating`, in its order."""
        states = {name: self.count(name) for name in ("scored", "unscored", "rejected", "empty")}
        return _object(
            comments=_object(n=self.comments, **states),
            sentiment=self._sentiment(),
            lens=self._lens(themes),
            themes={theme.name: self._theme(theme) for theme in sorted(themes)},
            intents={intent: self.share("intent", intent).as_json() for intent in sorted(INTENTS)},
            indices=self.indices(themes).as_json(),
            rating=self.rating.as_json() if self.rating else None,
        )

    def _sentiment(self) -> Json:
        shares = {name: self.share("sentiment", name).as_json() for name in SENTIMENTS}
        return _object(**shares, mixed=self.share("mixed").as_json(), net=_six(self.net), mean=_six(self.mean_score))

    def _lens(self, themes: tuple[Theme, ...]) -> Json:
        shares = {name: self.share("lens", name).as_json() for name in LENSES}
        nets = {f"{lens}_net": _six(self.theme_net(*of_lens(themes, lens))) for lens in Lens}
        return _object(**shares, **nets, balance=_six(self.balance))

    def _theme(self, theme: Theme) -> Json:
        name, n, scored = theme.name, self.mentions(theme.name), self.count("scored")
        nothing = _object(n=0, share=None, low=None, high=None)
        within = {polarity: Share(self.count("theme", name, polarity), n).as_json() for polarity in POLARITIES}
        return _object(
            lens=theme.lens.value,
            **(Share(n, scored).as_json() or nothing),
            **within,
            net=_six(self.theme_net(name)),
            impact=_six(self.rating.impact(name) if self.rating else None),
            quotes=[
                _object(text=quote.text, source=quote.source, record=quote.record, sentiment=quote.sentiment)
                for quote in self.telling(name)
            ],
        )

    def indices(self, themes: tuple[Theme, ...]) -> Indices:
        """The indices; one that rests on a theme which the taxonomy lacks is None."""
        known, scored = {theme.name for theme in themes}, self.count("scored")
        told = WORD_OF_MOUTH in known
        return Indices(
            commoditisation=Share(self.count("commodity"), self.themed) if known >= {*COMMODITY} else None,
            delight=Share(self.count("delight"), scored) if known >= {*DELIGHT} else None,
            coverage=Share(self.themed, scored),
            recommending=Share(self.count("theme", WORD_OF_MOUTH, "positive"), scored) if told else None,
            warning=Share(self.count("theme", WORD_OF_MOUTH, "negative"), scored) if told else None,
        )


@dataclass(frozen=True, slots=True)
class Summary:
    """What a set of comments says. Summaries add: the sum of two is the summary of both sets of comments."""

    themes: tuple[Theme, ...]
    rules: RuleHashes
    inputs: Mapping[str, Input] = field(default_factory=dict)
    """By path as given."""
    total: Tally = field(default_factory=Tally)
    segments: Mapping[str, Mapping[str, Tally]] = field(default_factory=dict)
    """By column and value."""
    timeline: Mapping[str, Tally] = field(default_factory=dict)
    """By period; comments without a date are in none."""

    @classmethod
    def empty(cls, themes: tuple[Theme, ...], rules: RuleHashes, *, quotes: int = 3) -> Summary:
        """The summary of no comments, which changes nothing when added; `quotes` is how many a theme keeps."""
        return cls(themes, rules, total=Tally(kept=quotes))

    def __add__(self, other: Summary) -> Summary:
        """Raise UsageError when the two were made with different themes, rules or numbers of quotes."""
        if (self.themes, self.rules, self.total.kept) != (other.themes, other.rules, other.total.kept):
            raise UsageError("summaries of different themes, models or numbers of quotes do not add: scan all alike")
        segments = dict(self.segments)
        for column, tallies in other.segments.items():
            segments[column] = _added(segments.get(column, {}), tallies)
        inputs, timeline = _added(self.inputs, other.inputs), _added(self.timeline, other.timeline)
        return replace(self, inputs=inputs, total=self.total + other.total, segments=segments, timeline=timeline)

    @property
    def scales_differ(self) -> bool:
        """Whether ratings stand on several scales, so that `rating` and `impact` are null."""
        return len(self.total.ratings) > 1

    def as_json(self) -> dict[str, Json]:
        """The contract's summary, version 1: its keys in its order, names sorted, ratios to six decimals."""
        return _object(
            format="cxscan-summary",
            version=1,
            cxscan=_version(),
            rules=_object(themes=self.rules.themes, model=self.rules.model),
            inputs=[
                _object(path=path, records=n.records, comments=n.comments, rejected=n.rejected, empty=n.empty)
                for path, n in sorted(self.inputs.items())
            ],
            **self.total.as_json(self.themes),
            segments={
                column: {value: tally.as_json(self.themes) for value, tally in sorted(tallies.items())}
                for column, tallies in sorted(self.segments.items())
            },
            timeline=[
                _object(period=period, **tally.as_json(self.themes)) for period, tally in sorted(self.timeline.items())
            ],
        )


def _version() -> str:
    # The package resolves its public classes lazily, so import-linter would read an import of it as one of the API.
    version: str = import_module("cxscan").__version__
    return version


def of_lens(themes: tuple[Theme, ...], lens: Lens) -> list[str]:
    """The names of the lens's themes."""
    return [theme.name for theme in themes if theme.lens is lens]


def most_telling(quotes: Iterable[Quote], kept: int) -> tuple[Quote, ...]:
    """The `kept` quotes with most points, each text once; ties go to the smallest source, record and field."""
    by_text: dict[str, Quote] = {}
    for quote in sorted(quotes, key=lambda told: (-told.points, told[1:])):
        by_text.setdefault(quote.text, quote)
    return tuple(by_text.values())[:kept]


def rating_number(units: int) -> float:
    """Rating units as a number: 4000 is 4, 4500 is 4.5."""
    return units / RATING_UNIT if units % RATING_UNIT else units // RATING_UNIT


class _Adds(Protocol):
    def __add__(self, other: Self, /) -> Self: ...


_Name = TypeVar("_Name")
_Adding = TypeVar("_Adding", bound=_Adds)


def _added(left: Mapping[_Name, _Adding], right: Mapping[_Name, _Adding]) -> dict[_Name, _Adding]:
    """Both, added where a name is in both."""
    return {**left, **{name: left[name] + value if name in left else value for name, value in right.items()}}


def _counted(left: Mapping[Count, int], right: Mapping[Count, int]) -> dict[Count, int]:
    """Both added, without zeros, so that equal counts are equal mappings."""
    return {name: n for name, n in _added(left, right).items() if n}


def _ratio(n: int, of: int) -> float | None:
    return n / of if of else None


def _six(ratio: float | None) -> float | None:
    return None if ratio is None else round(ratio, 6) + 0.0  # never -0.0


def _object(**members: Json) -> dict[str, Json]:
    return members
