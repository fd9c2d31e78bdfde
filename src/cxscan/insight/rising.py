"""What was rarely said and is said more often now, and the comments that say it."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple, TypeAlias

from cxscan.insight.behind import behind
from cxscan.insight.measures import measured
from cxscan.insight.metrics import entries
from cxscan.insight.significance import difference
from cxscan.summary import Share
from cxscan.summary.json_values import json_object, round6

if TYPE_CHECKING:
    from collections.abc import Container, Iterator, Mapping

    from cxscan.insight.metrics import Path
    from cxscan.insight.significance import Difference
    from cxscan.summary import Json

    Said: TypeAlias = tuple[str, str]
    """A theme and a polarity."""

RARE = 0.03
"""What at most this share of the comments said was rare: Thematic's bound for its list of emerging themes."""


class RareTheme(NamedTuple):
    """What was rare, before and after."""

    before: Share
    after: Share
    difference: Difference


class Rising(NamedTuple):
    """A theme under a polarity that was rare; shares of the scored comments."""

    theme: str
    polarity: str
    before: Share
    after: Share
    difference: Difference
    quotes: tuple[dict[str, Json], ...]

    def as_json(self) -> Json:
        """Both shares with their intervals, the difference with its own."""
        return json_object(
            theme=self.theme,
            polarity=self.polarity,
            before=self.before.as_json(),
            after=self.after.as_json(),
            difference=round6(self.difference.value),
            low=round6(self.difference.low),
            high=round6(self.difference.high),
            p=round6(self.difference.p),
            quotes=list(self.quotes),
        )


def rare(before: dict[str, Json], after: dict[str, Json]) -> dict[Said, RareTheme]:
    """What at most `RARE` of the comments said before, as shares of all scored comments before and after."""
    first, last = dict(_shares(before)), dict(_shares(after))
    found: dict[Said, RareTheme] = {}
    for said, was in first.items():
        now = last.get(said)
        if now is None or not was.of or was.n > RARE * was.of or not was.n + now.n:
            continue
        if moved := difference(was, now):
            found[said] = RareTheme(was, now, moved)
    return found


def risen(after: dict[str, Json], seldom: Mapping[Said, RareTheme], certain: Mapping[Said, bool]) -> tuple[Rising, ...]:
    """Those that rose for certain, the steepest first, with what is said."""
    rising = [
        Rising(*said, was, now, moved, tuple(new_quotes(after, ("themes", *said, "share"))))
        for said, (was, now, moved) in seldom.items()
        if certain[said] and moved.value > 0
    ]
    return tuple(sorted(rising, key=lambda one: (-one.difference.low, one.theme, one.polarity)))


def new_quotes(
    after: dict[str, Json], path: Path, *, but: Container[str] = (), rises: bool = True
) -> list[dict[str, Json]]:
    """Quotes of the theme that a metric is about, of the polarity that made it move; none for a share that fell."""
    if path[-1] == "share" and not rises:
        return []
    wanted = behind(path, too_high=rises)
    quotes = entries(entries(after.get("themes")).get(wanted.theme or "")).get("quotes")
    known = [entries(quote) for quote in quotes] if isinstance(quotes, list) else []
    new = [quote for quote in known if quote.get("text") not in but]
    return [quote for quote in new if wanted.polarity in {None, quote.get("sentiment")}]


def _shares(whole: dict[str, Json]) -> Iterator[tuple[Said, Share]]:
    """Of the scored comments, those with each theme and polarity."""
    numbers = measured(whole)
    scored = int(numbers["comments", "scored"].value or 0)
    for path, one in numbers.items():
        match path:
            case ("themes", theme, "positive" | "negative" as polarity, "n"):
                yield (theme, polarity), Share(int(one.value or 0), scored)
