"""The counts of a set of comments, and the quotes that stand for them."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple, Protocol, TypeVar

from cxscan.model import INTENTS, LENSES, POLARITIES, SCORE_UNIT, SENTIMENTS, Lens, Scale, Theme
from cxscan.summary.estimates import Share
from cxscan.summary.json_values import Count, Json, json_object, ratio, round6
from cxscan.summary.rating import Rating

if TYPE_CHECKING:
    from collections.abc import Container, Iterable, Mapping
    from typing import Self

COMMODITY = ("price", "delivery", "competition")
DELIGHT = ("experience", "relationship", "advocacy")
WORD_OF_MOUTH = "advocacy"


class Quote(NamedTuple):
    """A comment chosen to stand for others; more points tell more."""

    points: int
    source: str
    record: int
    field: str
    text: str
    sentiment: str


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
        return ratio(self.recommending.n - self.warning.n, self.warning.of)

    def as_json(self) -> Json:
        """In the contract's order."""
        shares = [None if share is None else share.as_json() for share in self]
        mouth = json_object(positive=shares[3], negative=shares[4], net=round6(self.word_of_mouth))
        return json_object(commoditisation=shares[0], delight=shares[1], coverage=shares[2], word_of_mouth=mouth)


@dataclass(frozen=True, slots=True)
class Counts:
    """The counts of a set of comments, by theme and polarity the `kept` most telling quotes with distinct texts."""

    counts: Mapping[Count, int] = field(default_factory=dict)
    ratings: Mapping[Scale, Mapping[Count, int]] = field(default_factory=dict)
    quotes: Mapping[tuple[str, str], tuple[Quote, ...]] = field(default_factory=dict)
    kept: int = 3

    def __add__(self, other: Counts) -> Counts:
        ratings, quotes = dict(self.ratings), dict(self.quotes)
        for scale, counts in other.ratings.items():
            ratings[scale] = counted(ratings.get(scale, {}), counts)
        for name, told in other.quotes.items():
            quotes[name] = top_quotes((*quotes.get(name, ()), *told), self.kept)
        return Counts(counted(self.counts, other.counts), ratings, quotes, self.kept)

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
        return ratio(self.count("sentiment", "positive") - self.count("sentiment", "negative"), self.count("scored"))

    @property
    def mean_score(self) -> float | None:
        """-1 to 1."""
        return ratio(self.count("score"), self.count("scored") * SCORE_UNIT)

    @property
    def balance(self) -> float | None:
        """(C - P) / (C + P), C and P the comments with at least one customer- or product-centric theme; -1 to 1."""
        both = 2 * self.count("lens", "both")
        customer, product = self.count("lens", "customer"), self.count("lens", "product")
        return ratio(customer - product, customer + product + both)

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
        return ratio(net, self.mentions(*themes))

    @property
    def rating(self) -> Rating | None:
        """The ratings, when they all run from the same lowest to the same highest value, whatever their columns."""
        if len({(scale.low, scale.high) for scale in self.ratings}) != 1:
            return None
        columns, counts = sorted({scale.column for scale in self.ratings}), dict[Count, int]()
        for part in self.ratings.values():
            counts = counted(counts, part)
        return Rating(next(iter(self.ratings))._replace(column=", ".join(columns)), counts)

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
        return json_object(
            comments=json_object(n=self.comments, **states),
            sentiment=self._sentiment(),
            lens=self._lens(themes),
            themes={theme.name: self._theme(theme) for theme in sorted(themes)},
            intents={intent: self.share("intent", intent).as_json() for intent in sorted(INTENTS)},
            indices=self.indices(themes).as_json(),
            rating=self.rating.as_json() if self.rating else None,
        )

    def _sentiment(self) -> Json:
        shares = {name: self.share("sentiment", name).as_json() for name in SENTIMENTS}
        return json_object(
            **shares, mixed=self.share("mixed").as_json(), net=round6(self.net), mean=round6(self.mean_score)
        )

    def _lens(self, themes: tuple[Theme, ...]) -> Json:
        shares = {name: self.share("lens", name).as_json() for name in LENSES}
        nets = {f"{lens}_net": round6(self.theme_net(*of_lens(themes, lens))) for lens in Lens}
        return json_object(**shares, **nets, balance=round6(self.balance))

    def _theme(self, theme: Theme) -> Json:
        name, n, scored = theme.name, self.mentions(theme.name), self.count("scored")
        nothing = json_object(n=0, share=None, low=None, high=None)
        within = {polarity: Share(self.count("theme", name, polarity), n).as_json() for polarity in POLARITIES}
        return json_object(
            lens=theme.lens.value,
            **(Share(n, scored).as_json() or nothing),
            **within,
            net=round6(self.theme_net(name)),
            impact=round6(self.rating.impact(name) if self.rating else None),
            quotes=[
                json_object(text=quote.text, source=quote.source, record=quote.record, sentiment=quote.sentiment)
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


def of_lens(themes: tuple[Theme, ...], lens: Lens) -> list[str]:
    """The names of the lens's themes."""
    return [theme.name for theme in themes if theme.lens is lens]


def top_quotes(quotes: Iterable[Quote], kept: int) -> tuple[Quote, ...]:
    """The `kept` quotes with most points, each text once; ties go to the smallest source, record and field."""
    by_text: dict[str, Quote] = {}
    for quote in sorted(quotes, key=lambda told: (-told.points, told[1:])):
        by_text.setdefault(quote.text, quote)
    return tuple(by_text.values())[:kept]


class _Adds(Protocol):
    def __add__(self, other: Self, /) -> Self: ...


_Name = TypeVar("_Name")
_Adding = TypeVar("_Adding", bound=_Adds)


def added(left: Mapping[_Name, _Adding], right: Mapping[_Name, _Adding]) -> dict[_Name, _Adding]:
    """Both, added where a name is in both."""
    return {**left, **{name: left[name] + value if name in left else value for name, value in right.items()}}


def counted(left: Mapping[Count, int], right: Mapping[Count, int]) -> dict[Count, int]:
    """Both added, without zeros, so that equal counts are equal mappings."""
    return {name: n for name, n in added(left, right).items() if n}
