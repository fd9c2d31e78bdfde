"""The drivers of a rating as GitHub-flavoured Markdown."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cxscan.render.drivers.words import (
    effect_words,
    explained_words,
    impact_words,
    segment_figures,
    segment_name,
    strongest,
    unrated_words,
)
from cxscan.render.escape import markdown_cell
from cxscan.render.file_names import record_place
from cxscan.render.markdown_table import markdown_table
from cxscan.render.number_format import NOTHING, SMALL, count, number, percent, share_words, shortened
from cxscan.render.rating_words import rating_rows
from cxscan.summary import rating_number

if TYPE_CHECKING:
    from collections.abc import Iterator

    from cxscan.insight.drivers import Driver, Drivers, SegmentDrivers, Segments
    from cxscan.render import Page

QUOTED = 400


def drivers_markdown(found: Drivers, _page: Page) -> str:
    """Headings and tables; every driver has its row."""
    return "\n".join(_markdown(found)) + "\n"


def _markdown(found: Drivers) -> Iterator[str]:
    yield f"# What moves {markdown_cell(found.rating.scale.column)}"
    explained = [
        ("tone", explained_words(found.tone_r_squared), "of its variance, by the tone of the comments"),
        ("explained", explained_words(found.r_squared), "more, by what they speak of"),
    ]
    yield from markdown_table(("figure", ">value", "what it says"), [*rating_rows(found.rating), *explained])
    yield ""
    yield "## Drivers"
    header = (
        *("theme", "polarity", ">n", ">mean with", ">without"),
        *(">effect", ">impact", ">95% range", ">q", ">explained", "Kano"),
    )
    yield from markdown_table(header, (_cells(found, driver) for driver in found.drivers))
    yield ""
    unit = "NPS points" if found.in_nps else "points of the rating"
    yield f"Effect in {unit}, beside other comments of the same tone. Impact: the change of the mean, were they rated"
    yield "as those; above 0, they drag the rating down."
    yield ""
    yield f"## Contradictions: {share_words(found.rating.contradictions)} of rated comments"
    rows = [
        (
            number(rating_number(one.rating)),
            one.sentiment,
            markdown_cell(shortened(one.text, QUOTED)),
            markdown_cell(record_place(one.source, one.record)),
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


def _markdown_segment(found: Drivers, value: str, segment: SegmentDrivers) -> list[str]:
    n, *figures = segment_figures(segment)
    moving = [
        "; ".join(f"{markdown_cell(one.theme)} {one.polarity} {impact_words(found, one)[0]}" for one in some) or NOTHING
        for some in strongest(segment.drivers)
    ]
    return [markdown_cell(segment_name(value)), n.replace("*", "\\*"), *figures, *moving]


def _cells(found: Drivers, driver: Driver) -> list[str]:
    moved = (effect_words(found, driver), *impact_words(found, driver))
    moved = moved if driver.evidence else ("no evidence", NOTHING, NOTHING)
    q = NOTHING if driver.q is None else f"{driver.q:.3f}"
    without = NOTHING if driver.mean_without is None else f"{driver.mean_without:.2f}"
    n = count(driver.n).replace("*", "\\*")
    means = (f"{driver.mean_with:.2f}", without)
    label = (markdown_cell(driver.theme), driver.polarity)
    explained = percent(driver.explained) if driver.evidence else NOTHING
    return [*label, n, *means, *moved, q, explained, driver.kano or ""]
