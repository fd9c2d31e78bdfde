"""The drivers of a rating for a reader at a terminal: what moves it, the themes in a picture, contradictions."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.cells import cell_len
from rich.text import Text

from cxscan.insight.drivers import FEWEST
from cxscan.render.drivers.quadrants import LETTERS, quadrants
from cxscan.render.drivers.words import (
    effect_words,
    explained_words,
    impact_words,
    segment_figures,
    segment_name,
    strongest,
    unrated_words,
)
from cxscan.render.escape import clean
from cxscan.render.file_names import file_name, record_place
from cxscan.render.number_format import NOTHING, SMALL, count, counted, number, percent, points, share_words
from cxscan.render.rating_words import rating_rows
from cxscan.render.text_style import STYLES, grid, heading, render_text, style_for
from cxscan.summary import rating_number

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rich.console import RenderableType

    from cxscan.insight.drivers import Driver, Drivers, SegmentDrivers, Segments
    from cxscan.render import Page
    from cxscan.render.text_style import TextStyle

WITH_MEANS = 92
WITH_EFFECT = 70
WITH_EXPLAINED = 60
WIDEST_PICTURE = 78
MOST_VALUES = 20


def drivers_table(found: Drivers, page: Page) -> str:
    """Lay the drivers out for the page."""
    style = style_for(page)
    return render_text(_sections(found, style), style)


def _sections(found: Drivers, style: TextStyle) -> Iterator[RenderableType]:
    yield from _rating(found, style)
    yield from _moving(found, style)
    yield from _picture(found, style)
    yield from _contradictions(found, style)
    for column, segments in found.segments.items():
        yield from _by(found, column, segments, style)
    yield from _legend(found)


def _rating(found: Drivers, style: TextStyle) -> Iterator[RenderableType]:
    names = ", ".join(clean(file_name(path)) for path in found.inputs)
    yield Text(f"What moves {clean(found.rating.scale.column)} in {names}", style="bold")
    table = grid("", "", "~")
    for row in rating_rows(found.rating, style.dash):
        table.add_row(*map(Text, row))
    tone = f"of its variance is explained by the tone of {counted(found.heard, 'rated comment')}"
    table.add_row(Text("tone"), Text(explained_words(found.tone_r_squared)), Text(tone))
    table.add_row(Text("explained"), Text(explained_words(found.r_squared)), Text("more by what they speak of"))
    yield table


def _moving(found: Drivers, style: TextStyle) -> Iterator[RenderableType]:
    sure = [driver for driver in found.drivers if driver.evidence]
    yield Text()
    yield heading("DRIVERS", f"impact: change of the {_mean(found)}, were they rated as others of the same tone")
    means = [">with", ">w/o"] if style.width >= WITH_MEANS else []
    effect = [">effect"] if style.width >= WITH_EFFECT else []
    table = grid("", "~", ">n", *means, *effect, ">impact", ">95% range", ">explained", header=True)
    for driver in sure:
        table.add_row(*_row(found, driver, style, means=bool(means), effect=bool(effect)))
    if sure:
        yield table
    else:
        yield Text("beside their tone, no theme is rated otherwise than the other comments, beyond chance")
    unsure = [f"{clean(one.theme)} {one.polarity} ({count(one.n)})" for one in found.drivers if not one.evidence]
    if unsure:
        yield Text(f"no evidence: {', '.join(unsure)}", "bright_black")


def _row(found: Drivers, driver: Driver, style: TextStyle, *, means: bool, effect: bool) -> list[Text]:
    cells = [count(driver.n)]
    if means:
        without = NOTHING if driver.mean_without is None else f"{driver.mean_without:.2f}"
        cells += [f"{driver.mean_with:.2f}", without]
    cells += [effect_words(found, driver)] if effect else []
    cells += [*impact_words(found, driver), percent(driver.explained)]
    label = Text(f"{clean(driver.theme)} {driver.polarity}", STYLES.get(driver.polarity, ""))
    return [style.sign(driver.polarity), label, *map(Text, cells)]


def _picture(found: Drivers, style: TextStyle) -> Iterator[RenderableType]:
    lines = quadrants(found.places, min(style.width, WIDEST_PICTURE))
    if not lines:
        return
    yield Text()
    yield heading("IMPORTANCE AGAINST PERFORMANCE", "up: explains more; right: better net")
    yield Text("\n".join(lines), no_wrap=True)
    table = grid("", "theme~", ">explained", ">net", "Kano", header=True)
    letters = LETTERS + " " * len(found.places)
    for letter, place in zip(letters, found.places, strict=False):
        cells = (letter, clean(place.theme), percent(place.importance), points(place.performance), place.kano or "")
        table.add_row(*map(Text, cells))
    yield table


def _contradictions(found: Drivers, style: TextStyle) -> Iterator[RenderableType]:
    yield Text()
    share = share_words(found.rating.contradictions, style.dash)
    yield heading("CONTRADICTIONS", f"{share} of rated comments speak against their rating")
    table = grid("", ">", "~")
    for one in found.contradictions:
        place = record_place(one.source, one.record, with_file=len(found.inputs) > 1)
        rating = Text(number(rating_number(one.rating)))
        table.add_row(style.sign(one.sentiment), rating, style.quote(one.text, place, 2 * style.width))
    if found.contradictions:
        yield table


def _by(found: Drivers, column: str, segments: Segments, style: TextStyle) -> Iterator[RenderableType]:
    mean, mark = _mean(found), "..." if style.ascii_only else "…"
    values = segments.largest[:MOST_VALUES]
    yield Text()
    yield heading(f"BY {clean(column)}", f"n rated records; what drags their {mean} down (+), what lifts it up (-)")
    if values:
        explained = [">explained"] if style.width >= WITH_EXPLAINED else []
        table = grid("~", ">n", f">{mean}", *explained, "drags and lifts~", header=True)
        table.columns[0].min_width = min(12, max(cell_len(segment_name(value, mark)) for value in values))
        for value in values:
            figures = segment_figures(segments.rated[value])[: 2 + len(explained)]
            cells = map(Text, (segment_name(value, mark), *figures))
            table.add_row(*cells, _moving_words(found, segments.rated[value]))
        yield table
    if len(segments.rated) > MOST_VALUES:
        yield Text(f"and {len(segments.rated) - MOST_VALUES:,} more values: --format csv has all", "bright_black")
    if words := unrated_words(segments, mark):
        yield Text(words, "bright_black")


def _moving_words(found: Drivers, segment: SegmentDrivers) -> Text:
    drags, lifts = strongest(segment.drivers)
    moving = [
        Text(f"{clean(one.theme)} {one.polarity} {impact_words(found, one)[0]}", STYLES.get(one.polarity, ""))
        for one in (*drags, *lifts)
    ]
    return Text(", ").join(moving) if moving else Text(NOTHING)


def _mean(found: Drivers) -> str:
    return "NPS" if found.in_nps else "mean"


def _legend(found: Drivers) -> Iterator[RenderableType]:
    unit = "NPS points" if found.in_nps else "points of the rating"
    lines = [
        f"effect: in {unit}, against other comments of the same tone",
        f"impact: what that does to the {_mean(found)}; above 0, it drags the rating down",
        f"no evidence: not beyond chance among all that were tested, or fewer than {FEWEST} say it",
        "explained: its part of what all themes add to the tone",
        "must-be: hurts where it fails, hardly delights; attractive: delights, hardly hurts",
        "indifferent: has no effect of a tenth of the scale; too few to say: may have one",
    ]
    if found.segments:
        lines.append(f"*: fewer than {SMALL}, a rough guess")
    yield Text()
    yield Text("\n".join(lines), "bright_black")
