"""Topics that the taxonomy does not cover, for a reader at a terminal."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.text import Text

from cxscan.render.escape import clean
from cxscan.render.number_format import SMALL, count, percent, points
from cxscan.render.text_style import grid, heading, render_text, style_for
from cxscan.render.topics.words import apart, coverage_lines, files, pasted, rising_words, shares_of_rise, where

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from rich.console import RenderableType

    from cxscan.insight.topics import Topic, Topics
    from cxscan.render import Page
    from cxscan.render.text_style import TextStyle

WITH_PHRASES = 60


def topics_table(found: Topics, page: Page) -> str:
    """Lay the topics out for the page."""
    style = style_for(page)
    return render_text(_sections(found, style), style) + pasted(found.topics)


def _sections(found: Topics, style: TextStyle) -> Iterator[RenderableType]:
    rising, steady = apart(found)
    yield Text(f"What the themes leave out in {files(found)}", style="bold")
    yield Text("\n".join(coverage_lines(found, style.dash)))
    yield Text()
    yield heading("RISING", rising_words(found))
    if rising:
        yield _listed(rising, style, rise=True)
    elif found.parts:
        yield Text("nothing that was rare has risen by more than chance", "bright_black")
    yield Text()
    yield heading("TOPICS", f"{found.more:,} smaller ones are not shown" if found.more else "")
    if steady:
        yield _listed(steady, style, rise=False)
    else:
        yield Text("no topic of at least five comments", "bright_black")
    yield from _quotes(found, style)
    yield from _legend()
    if found.topics:
        yield Text()
        yield heading("TO PASTE", "into your taxonomy; cxscan themes init writes one")


def _listed(topics: Sequence[Topic], style: TextStyle, *, rise: bool) -> RenderableType:
    phrases = style.width >= WITH_PHRASES
    added = [">before", ">since"] if rise else []
    table = grid("topic~", ">n", ">share", ">net", *added, *(["phrases~"] if phrases else []), header=True)
    for topic in topics:
        cells = [clean(topic.name), count(topic.share.n), percent(topic.share.share), points(topic.net)]
        cells += shares_of_rise(topic) if rise else ()
        table.add_row(*map(Text, cells), *([Text(clean(", ".join(topic.phrases)))] if phrases else []))
    return table


def _quotes(found: Topics, style: TextStyle) -> Iterator[RenderableType]:
    table = grid("", "~")
    for topic in found.topics:
        if topic.quotes:
            table.add_row(Text(), Text(clean(topic.name), "bold"))
        for place, quote in enumerate(topic.quotes):
            words = style.quote(quote.text, where(topic, found, place), 2 * style.width)
            table.add_row(style.sign(quote.sentiment), words)
    if table.rows:
        yield Text()
        yield heading("IN THEIR WORDS", "[record]")
        yield table


def _legend() -> Iterator[RenderableType]:
    lines = [
        "n, share: comments that say one of the phrases where no theme was found; net: of their sentiment",
        f"*: fewer than {SMALL}, a rough guess",
    ]
    yield Text()
    yield Text("\n".join(lines), "bright_black")
