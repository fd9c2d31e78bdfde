"""The drivers of a rating: as a table, JSON, Markdown, CSV, or one line for a log."""

from __future__ import annotations

from functools import partial
from pathlib import PurePath
from typing import TYPE_CHECKING, Literal, TypeAlias

from cxscan.render.escape import csv_cell, csv_row, markdown_cell
from cxscan.render.figures import NOTHING, count, number, percent, rating_rows, share_words, shortened, signed
from cxscan.render.json import dumps
from cxscan.render.log_line import log_line
from cxscan.render.markdown_table import markdown_table
from cxscan.summary import rating_number

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from cxscan.insight.drivers import Driver, Drivers
    from cxscan.render import Page

DriversFormat: TypeAlias = Literal["table", "json", "markdown", "csv", "line"]

HEADER = (
    "theme", "polarity", "n", "mean_with", "mean_without", "impact", "low", "high", "explained", "evidence", "kano",
)  # fmt: skip
QUOTED = 400
IN_A_LINE = 3


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
    from cxscan.render.drivers_table import drivers_table

    return drivers_table(found, page)


def drivers_json(found: Drivers) -> str:
    """The contract's drivers, indented by two."""
    return dumps(found.as_json(), indent=2) + "\n"


def drivers_csv(found: Drivers) -> str:
    """A row for each driver, numbers to six decimals."""
    rows = [[csv_cell(_written(value)) for value in driver] for driver in found.drivers]
    return csv_row(HEADER) + "".join(map(csv_row, rows))


def _written(value: object) -> str:
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, float):
        return str(round(value, 6) + 0.0)
    return "" if value is None else str(value)


def drivers_line(found: Drivers) -> str:
    """The rating, how far the themes explain it, and what drags it down and lifts it most."""
    rating = found.rating
    sure = [driver for driver in found.drivers if driver.evidence and driver.impact]
    named = ",".join(PurePath(path).name or path for path in found.inputs)
    figures = [("cxscan", named), ("rating", NOTHING if rating.mean is None else f"{rating.mean:.2f}")]
    if rating.nps is not None:
        figures.append(("nps", signed(rating.nps, 0)))
    figures += [
        ("rated", str(rating.count("n"))),
        ("explained", percent(found.r_squared)),
        ("contradictions", percent(rating.contradictions.share)),
        ("drags", _most(found, [one for one in sure if (one.impact or 0) > 0])),
        ("lifts", _most(found, [one for one in sure if (one.impact or 0) < 0])),
    ]
    return log_line(figures)


def impact_words(found: Drivers, driver: Driver) -> tuple[str, str]:
    """The impact and its range: +0.070, +0.020 to +0.130; one decimal for NPS points."""
    decimals = 1 if found.in_nps else 3
    if driver.low is None or driver.high is None:
        return signed(driver.impact, decimals), NOTHING
    ends = [signed(end, decimals) for end in (driver.low, driver.high)]
    return signed(driver.impact, decimals), " to ".join(ends)


def _most(found: Drivers, drivers: Sequence[Driver]) -> str:
    told = [f"{one.theme}-{one.polarity}:{impact_words(found, one)[0]}" for one in drivers[:IN_A_LINE]]
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


def _cells(found: Drivers, driver: Driver) -> list[str]:
    impact = impact_words(found, driver) if driver.evidence else ("no evidence", NOTHING)
    without = NOTHING if driver.mean_without is None else f"{driver.mean_without:.2f}"
    n = count(driver.n).replace("*", "\\*")
    means = (f"{driver.mean_with:.2f}", without)
    said = (markdown_cell(driver.theme), driver.polarity)
    return [*said, n, *means, *impact, percent(driver.explained) if driver.evidence else NOTHING, driver.kano or ""]
