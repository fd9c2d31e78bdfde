"""Topics that the taxonomy does not cover as GitHub-flavoured Markdown."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cxscan.render.escape import markdown_cell
from cxscan.render.markdown_table import markdown_table
from cxscan.render.number_format import count, percent, points, shortened
from cxscan.render.topics.words import apart, coverage_lines, files, pasted, rising_words, shares_of_rise, where

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from cxscan.insight.topics import Topic, Topics
    from cxscan.render import Page

QUOTED = 400


def topics_markdown(found: Topics, _page: Page) -> str:
    """Headings, tables, quotes as lists, and the themes to paste as a block."""
    return "\n".join(_markdown(found)) + "\n"


def _markdown(found: Topics) -> Iterator[str]:
    yield f"# What the themes of {markdown_cell(files(found))} leave out"
    for line in coverage_lines(found):
        yield ""
        yield f"{line[0].upper()}{line[1:]}."
    rising, steady = apart(found)
    yield ""
    yield "## Rising"
    yield ""
    yield f"Rare before, more frequent since; {rising_words(found)}."
    if rising:
        header = ("topic", "phrases", ">n", ">share", ">net", ">before", ">since")
        yield from markdown_table(header, ([*_cells(topic), *shares_of_rise(topic)] for topic in rising))
    yield ""
    yield "## Topics"
    if steady:
        yield from markdown_table(("topic", "phrases", ">n", ">share", ">net"), map(_cells, steady))
    yield ""
    yield f"{found.more:,} smaller ones are not shown."
    yield from _quotes(found)
    yield from _to_paste(found.topics)


def _cells(topic: Topic) -> list[str]:
    numbers = (count(topic.share.n).replace("*", "\\*"), percent(topic.share.share), points(topic.net))
    return [markdown_cell(topic.name), markdown_cell(", ".join(topic.phrases)), *numbers]


def _quotes(found: Topics) -> Iterator[str]:
    for topic in found.topics:
        if topic.quotes:
            yield ""
            yield f"### {markdown_cell(topic.name)}"
            yield ""
        for place, quote in enumerate(topic.quotes):
            text = markdown_cell(shortened(quote.text, QUOTED))
            yield f"- {text} ({quote.sentiment}, {markdown_cell(where(topic, found, place))})"


def _to_paste(topics: Sequence[Topic]) -> Iterator[str]:
    if topics:
        yield ""
        yield "## To paste into your taxonomy"
        yield ""
        yield "```toml"
        yield pasted(topics) + "```"
