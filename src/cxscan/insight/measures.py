"""The numbers of one counted set of comments, each with what it rests on: from the JSON of a summary or a baseline."""

from __future__ import annotations

from math import exp, inf
from typing import TYPE_CHECKING, NamedTuple, TypeAlias

from cxscan.summary import LENSES, POLARITIES, SENTIMENTS, Share
from cxscan.summary.estimates import Figure, Mean, Net, Total, Z, widest_variance

if TYPE_CHECKING:
    from collections.abc import Iterator

    from cxscan.summary import Json

    Path: TypeAlias = tuple[str, ...]
    Object: TypeAlias = dict[str, Json]
    Found: TypeAlias = Iterator[tuple[Path, "Measured"]]


_HUGE = 10**15

SMALLEST = 5
"""A baseline hides smaller counts."""


class Measured(NamedTuple):
    """A number, what chance makes of it, and the range in which it can lie."""

    value: float | None
    figure: Figure | None
    n: int
    """How many comments (or records, of ratings) it rests on."""
    low: float = 0.0
    high: float = inf
    is_share: bool = False
    is_hidden: bool = False
    """A baseline does not tell, because the count is under `SMALLEST`."""


def measured(group: Object) -> dict[Path, Measured]:
    """Every number of a set of comments, by its path within the set."""
    scored = _whole(_object(group.get("comments")).get("scored"))
    return {
        path: found
        for part in (_comments, _sentiment, _lens, _themes, _shares_of_intents, _indices, _rating, _undated)
        for path, found in part(group, scored)
    }


def _comments(group: Object, _scored: int) -> Found:
    states = _object(group.get("comments"))
    for name, n in states.items():
        yield ("comments", name), _total(n, _whole(states.get("n")), is_hidden=n is None)


def _sentiment(group: Object, scored: int) -> Found:
    sentiment = _object(group.get("sentiment"))
    for name in (*SENTIMENTS, "mixed"):
        yield from _share(("sentiment", name), sentiment.get(name), scored)
    yield ("sentiment", "net"), _net(sentiment, sentiment.get("net"), scored)
    yield ("sentiment", "mean"), _mean(sentiment.get("mean"), scored, -1.0, 1.0)


def _lens(group: Object, scored: int) -> Found:
    lens, themes = _object(group.get("lens")), [_object(theme) for theme in _object(group.get("themes")).values()]
    for name in LENSES:
        yield from _share(("lens", name), lens.get(name), scored)
    for name in ("product", "customer"):
        of_lens = [theme for theme in themes if theme.get("lens") == name]
        comments = sum(_whole(_object(lens.get(part)).get("n")) for part in (name, "both"))
        yield ("lens", f"{name}_net"), _net_of_themes(of_lens, lens.get(f"{name}_net"), comments)
    yield ("lens", "balance"), _balance(lens)


def _balance(lens: Object) -> Measured:
    """A ratio of two sums: its variance by the delta method over comments of one, the other or both lenses."""
    product, customer, both = (_whole(_object(lens.get(name)).get("n")) for name in ("product", "customer", "both"))
    balance, n, weight = _number(lens.get("balance")), product + customer + both, product + customer + 2 * both
    if balance is None:
        return Measured(None, None, n, -1.0, 1.0)
    squares = customer * (1 - balance) ** 2 + product * (1 + balance) ** 2 + 4 * both * balance**2
    variance = n * squares / weight**2 if weight else 1 - balance**2
    return Measured(balance, Mean(balance, n, max(variance, 1 / max(n, 1))), n, -1.0, 1.0)


def _themes(group: Object, scored: int) -> Found:
    for name, value in _object(group.get("themes")).items():
        theme = _object(value)
        n, path = _whole(theme.get("n")), ("themes", name)
        yield from _share(path, theme, scored)
        for polarity in POLARITIES:
            yield from _share((*path, polarity), theme.get(polarity), n)
        yield (*path, "net"), _net(theme, theme.get("net"), n)
        yield (*path, "impact"), _impact(theme, _object(group.get("rating")))


def _impact(theme: Object, rating: Object) -> Measured:
    """Of the n comments with the theme among N rated records; the variance is the widest that the scale allows."""
    impact, mean, n, whole = (_number(value) for value in (theme.get("impact"), rating.get("mean"), theme.get("n"),
                                                           rating.get("n")))  # fmt: skip
    low, high = _number(rating.get("low")), _number(rating.get("high"))
    if low is None or high is None:  # the scale is not known yet
        return Measured(impact, None, _whole(theme.get("n")), -inf)
    if impact is None or mean is None or not n or not whole or n >= whole:
        return Measured(impact, None, _whole(theme.get("n")), low - high, high - low)
    weight = n / (whole - n)
    variance = weight**2 * widest_variance(mean, low, high) * (1 + n / whole)
    return Measured(impact, Mean(impact, int(n), variance), int(n), low - high, high - low)


def _shares_of_intents(group: Object, scored: int) -> Found:
    for name, share in _object(group.get("intents")).items():
        yield from _share(("intents", name), share, scored)


def _indices(group: Object, scored: int) -> Found:
    indices = _object(group.get("indices"))
    themed = _whole(_object(indices.get("coverage")).get("n"))
    for name, of in (("commoditisation", themed), ("delight", scored), ("coverage", scored)):
        yield from _share(("indices", name), indices.get(name), of)
    mouth, path = _object(indices.get("word_of_mouth")), ("indices", "word_of_mouth")
    for name in ("positive", "negative"):
        yield from _share((*path, name), mouth.get(name), scored)
    yield (*path, "net"), _net(mouth, mouth.get("net"), scored)


def _rating(group: Object, _scored: int) -> Found:
    rating = _object(group.get("rating"))
    low, high, n = (_number(rating.get(key)) for key in ("low", "high", "n"))
    rated, ends = int(n or 0), (-inf if low is None else low, inf if high is None else high)
    for key in ("low", "high"):
        yield ("rating", key), Measured(_number(rating.get(key)), None, rated, -inf)
    for key in ("n", "outside"):
        yield ("rating", key), _total(rating.get(key), rated)
    yield ("rating", "mean"), _mean(rating.get("mean"), rated, *ends)
    yield ("rating", "nps"), _mean(rating.get("nps"), rated, -100.0, 100.0)
    yield from _share(("rating", "top_box"), rating.get("top_box"), rated)
    contradictions = _object(rating.get("contradictions"))
    yield from _share(("rating", "contradictions"), contradictions, _denominator(contradictions))


def _undated(group: Object, _scored: int) -> Found:
    if "undated" in group:
        yield ("undated",), _total(group["undated"], _whole(_object(group.get("comments")).get("n")))


def _share(path: Path, value: Json, of: int) -> Found:
    """The four numbers of a share of `of`."""
    share = _object(value)
    n = _number(share.get("n"))
    figure = Share(int(n), of) if n is not None and 0 <= n <= of else None
    yield (*path, "n"), _total(share.get("n"), of, is_hidden="n" in share and n is None)
    yield (
        (*path, "share"),
        Measured(
            _number(share.get("share")), figure, of, 0.0, 1.0, is_share=True, is_hidden="n" in share and n is None
        ),
    )
    for end in ("low", "high"):
        yield (*path, end), Measured(_number(share.get(end)), None, of, 0.0, 1.0, is_share=True)


def _net(parts: Object, value: Json, of: int) -> Measured:
    net = _number(value)
    up, down = (_number(_object(parts.get(name)).get("n")) for name in ("positive", "negative"))
    if net is None:
        return Measured(None, None, of, -1.0, 1.0)
    figure = _loose(net, of) if up is None or down is None or not 0 <= up <= of - down <= of else (
        Net(int(up), int(down), of)
    )  # fmt: skip
    return Measured(net, figure, of, -1.0, 1.0)


def _net_of_themes(themes: list[Object], value: Json, comments: int) -> Measured:
    """The net of all mentions; by chance it varies like that of fewer, as a comment's mentions are of one mood."""
    net, of = _number(value), sum(_whole(theme.get("n")) for theme in themes)
    if net is None or not of:
        return Measured(net, None, of, -1.0, 1.0)
    n = max(min(of, comments), 1)
    weight = effective(of, n)
    counts = [_number(_object(theme.get(name)).get("n")) if theme.get("n") != 0 else 0
              for name in ("positive", "negative") for theme in themes]  # fmt: skip
    up, down = (sum(count or 0 for count in half) for half in (counts[: len(themes)], counts[len(themes) :]))
    if None in counts or not 0 <= up <= of - down <= of:
        return Measured(net, _loose(net, weight), n, -1.0, 1.0)
    return Measured(net, Net(up * weight / of, down * weight / of, weight), n, -1.0, 1.0)


def effective(mentions: int, comments: int) -> int:
    """How many mentions in comments of their own would tell as much as these, if a comment's are all of one mood.

    Of `m` mentions in each comment that is (sum of m)^2 / sum of m^2 (Kish 1965, Survey Sampling, section 8.2). A
    summary has not the squares: they are taken for those of a Poisson number that is not 0, with the same mean. Taken
    as independent, the mentions would find a change in 10 of 100 halvings of one dump, where 5 are due.
    """
    mean, low, high = mentions / comments, 0.0, mentions / comments
    for _ in range(40):
        rate = (low + high) / 2
        low, high = (rate, high) if rate < mean * (1 - exp(-rate)) else (low, rate)
    return max(round(mentions / (1 + low)), 1)


def _loose(net: float, of: int) -> Mean:
    """A net whose parts are not known: its variance is the widest that it can have."""
    return Mean(net, of, widest_variance(net, -1.0, 1.0))


def _mean(value: Json, n: int, low: float, high: float) -> Measured:
    """A summary holds no squares, so that the variance is the widest that the scale allows."""
    mean = _number(value)
    figure = None if mean is None else Mean(mean, n, widest_variance(mean, low, high))
    return Measured(mean, figure, n, low, high)


def _total(value: Json, of: int, *, is_hidden: bool = False) -> Measured:
    n = _number(value)
    return Measured(n, None if n is None or n < 0 else Total(int(n)), of, is_hidden=is_hidden)


def _denominator(share: Object) -> int:
    """What a share is a part of, where the summary does not say: from its count, or from its Wilson interval."""
    n, part, high = (_number(share.get(key)) for key in ("n", "share", "high"))
    if n and part:
        return round(n / part)
    return round(Z * Z * (1 - high) / high) if n == 0 and high else 0


def _object(value: Json) -> Object:
    return value if isinstance(value, dict) else {}


def _number(value: Json) -> float | None:
    """A number that can be one: a damaged file may hold anything."""
    known = isinstance(value, int | float) and not isinstance(value, bool) and -_HUGE < value < _HUGE
    return value if known and isinstance(value, int | float) else None


def _whole(value: Json) -> int:
    return max(0, int(_number(value) or 0))
