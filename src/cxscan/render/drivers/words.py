"""The drivers of a rating: as a table, JSON, Markdown, CSV, or one line for a log."""

from __future__ import annotations

from functools import partial
from pathlib import PurePath
from typing import TYPE_CHECKING, Literal, TypeAlias

from cxscan.insight.drivers import FEWEST
from cxscan.render.escape import clean, csv_cell, csv_row, markdown_cell
from cxscan.render.json import dumps
from cxscan.render.log_line import log_line
from cxscan.render.markdown_table import markdown_table
from cxscan.render.number_format import (
    NOTHING,
    SMALL,
    count,
    number,
    percent,
    rating_rows,
    share_words,
    shortened,
    signed,
)
from cxscan.summary import rating_number

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from cxscan.insight.drivers import Driver, Drivers, Segment, Segments
    from cxscan.render import Page

DriversFormat: TypeAlias = Literal["table", "json", "markdown", "csv", "line"]

HEADER = (
    "theme", "polarity", "n", "mean_with", "mean_without", "impact", "low", "high", "explained", "evidence", "kano",
)  # fmt: skip
SEGMENT_HEADER = ("segment_column", "segment")
"""Where segments are told apart; both are empty for the whole."""
QUOTED = 400
IN_A_LINE = 3
LONGEST = 60
"""Characters after which the name of a segment is cut, and marked."""
NAMED = 20
"""Segments without ratings that are named."""


def drivers_renderer(name: str, page: Page) -> Callable[[Drivers], str]:
    """The renderer of drivers for a format by its name."""
    renderers: dict[str, Callable[[Drivers], str]] = {
        "table": partial(_table, page=page),
        "json": drivers_json,
        "markdown": drivers_markdown,
        "csv": drivers_csv,
        "line": drivers_line,
    }
    return renderers[name]


def _table(found: Drivers, page: Page) -> str:
    from cxscan.render.drivers.table import drivers_table

    return drivers_table(found, page)


def drivers_json(found: Drivers) -> str:
    """The contract's drivers, indented by two."""
    return dumps(found.as_json(), indent=2) + "\n"


def drivers_csv(found: Drivers) -> str:
    """A row for each driver, numbers to six decimals; of the whole, then of each segment where there are some."""
    if not found.segments:
        return csv_row(HEADER) + _rows((), found.drivers)
    segments = (
        _rows((csv_cell(clean(column)), csv_cell(clean(value))), segment.drivers)
        for column, segments in found.segments.items()
        for value, segment in segments.rated.items()
    )
    return csv_row((*SEGMENT_HEADER, *HEADER)) + _rows(("", ""), found.drivers) + "".join(segments)


def _rows(where: tuple[str, ...], drivers: Iterable[Driver]) -> str:
    return "".join(csv_row((*where, *(csv_cell(_written(value)) for value in driver))) for driver in drivers)


def _written(value: object) -> str:
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, float):
        return str(round(value, 6) + 0.0)
    return "" if value is None else str(value)


def drivers_line(found: Drivers) -> str:
    """The rating, how far the themes explain it, and what drags it down and lifts it most."""
    rating = found.rating
    drags, lifts = strongest(found.drivers)
    named = ",".join(PurePath(path).name or path for path in found.inputs)
    figures = [("cxscan", named), ("rating", NOTHING if rating.mean is None else f"{rating.mean:.2f}")]
    if rating.nps is not None:
        figures.append(("nps", signed(rating.nps, 0)))
    figures += [
        ("rated", str(rating.count("n"))),
        ("explained", percent(found.r_squared)),
        ("contradictions", percent(rating.contradictions.share)),
        ("drags", _most(found, drags)),
        ("lifts", _most(found, lifts)),
    ]
    return log_line(figures)


def strongest(drivers: Sequence[Driver]) -> tuple[list[Driver], list[Driver]]:
    """The few with evidence that drag the rating down most, and that lift it most."""
    sure = [driver for driver in drivers if driver.evidence]
    drags = [driver for driver in sure if (driver.impact or 0) > 0]
    lifts = [driver for driver in sure if (driver.impact or 0) < 0]
    return drags[:IN_A_LINE], lifts[:IN_A_LINE]


def impact_words(found: Drivers, driver: Driver) -> tuple[str, str]:
    """The impact and its range: +0.070, +0.020 to +0.130; one decimal for NPS points."""
    decimals = 1 if found.in_nps else 3
    if driver.low is None or driver.high is None:
        return signed(driver.impact, decimals), NOTHING
    ends = [signed(end, decimals) for end in (driver.low, driver.high)]
    return signed(driver.impact, decimals), " to ".join(ends)


def _most(found: Drivers, drivers: Sequence[Driver]) -> str:
    told = [f"{one.theme}-{one.polarity}:{impact_words(found, one)[0]}" for one in drivers]
    return ",".join(told) or NOTHING


def drivers_markdown(found: Drivers) -> str:
    """Headings and tables; every driver has its row."""
    return "\n".join(_markdown(found)) + "\n"


def _markdown(found: Drivers) -> Iterator[str]:
    yield f"# What moves {markdown_cell(found.rating.scale.column)}"
    explained = ("explained", percent(found.r_squared), "of its variance, by the themes")
    yield from markdown_table(("figure", ">value", "what it says"), [*rating_rows(found.rating), explained])
    yield ""
    yield "## Drivers"
    header = ("theme", "polarity", ">n", ">mean with", ">without", ">impact", ">95% range", ">explained", "Kano")
    yield from markdown_table(header, (_cells(found, driver) for driver in found.drivers))
    yield ""
    unit = "NPS points" if found.in_nps else "points of the rating"
    yield f"Impact in {unit}, were the records that say it absent: above 0, they drag the rating down."
    yield ""
    yield f"## Contradictions: {share_words(found.rating.contradictions)} of rated comments"
    rows = [
        (
            number(rating_number(one.rating)),
            one.sentiment,
            markdown_cell(shortened(one.text, QUOTED)),
            markdown_cell(f"{PurePath(one.source).name} {one.record}"),
        )
        for one in found.contradictions
    ]
    if rows:
        yield from markdown_table((">rating", "words", "comment", "record"), rows)
    for column, segments in found.segments.items():
        yield from _markdown_segments(found, column, segments)
    if found.segments:
        yield ""
        yield f"\\*: fewer than {SMALL}, a rough guess."


def _markdown_segments(found: Drivers, column: str, segments: Segments) -> Iterator[str]:
    yield ""
    yield f"## By {markdown_cell(column)}"
    header = ("", ">rated", ">NPS" if found.in_nps else ">mean", ">explained", "drags it down", "lifts it up")
    rows = ((value, segments.rated[value]) for value in segments.largest)
    if segments.rated:
        yield from markdown_table(header, (_markdown_segment(found, *row) for row in rows))
    if words := unrated_words(segments):
        yield ""
        yield f"{markdown_cell(words[0].upper() + words[1:])}."


def _markdown_segment(found: Drivers, value: str, segment: Segment) -> list[str]:
    n, *figures = segment_figures(segment)
    moving = [
        "; ".join(f"{markdown_cell(one.theme)} {one.polarity} {impact_words(found, one)[0]}" for one in some) or NOTHING
        for some in strongest(segment.drivers)
    ]
    return [markdown_cell(segment_name(value)), n.replace("*", "\\*"), *figures, *moving]


def segment_name(value: str, mark: str = "…") -> str:
    """On one line, harmless in a terminal, and cut where it is long."""
    return shortened(clean(value), LONGEST, mark) or "(blank)"


def segment_figures(segment: Segment) -> tuple[str, str, str]:
    """Rated records, marked where they are few; the mean or NPS; what the themes explain, if enough say one."""
    rating = segment.rating
    mean = NOTHING if rating.mean is None else f"{rating.mean:.2f}"
    told = mean if rating.nps is None else signed(rating.nps, 0)
    enough = any(driver.n >= FEWEST for driver in segment.drivers)
    return count(rating.count("n")), told, percent(segment.r_squared if enough else None)


def unrated_words(segments: Segments, mark: str = "…") -> str:
    """The values without ratings and their comments; nothing where there are none."""
    named = [f"{segment_name(value, mark)} ({count(n)})" for value, n in segments.unrated.items()]
    if len(named) > NAMED:
        named[NAMED:] = [f"and {len(named) - NAMED:,} more"]
    return f"no ratings: {', '.join(named)}" if named else ""


def _cells(found: Drivers, driver: Driver) -> list[str]:
    impact = impact_words(found, driver) if driver.evidence else ("no evidence", NOTHING)
    without = NOTHING if driver.mean_without is None else f"{driver.mean_without:.2f}"
    n = count(driver.n).replace("*", "\\*")
    means = (f"{driver.mean_with:.2f}", without)
    said = (markdown_cell(driver.theme), driver.polarity)
    return [*said, n, *means, *impact, percent(driver.explained) if driver.evidence else NOTHING, driver.kano or ""]
