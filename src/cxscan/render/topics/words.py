"""Topics that the taxonomy does not cover: as a table, JSON or Markdown."""

from __future__ import annotations

from functools import partial
from pathlib import PurePath
from typing import TYPE_CHECKING, Literal, TypeAlias

from cxscan.render.escape import clean, markdown_cell
from cxscan.render.json import dumps
from cxscan.render.markdown_table import markdown_table
from cxscan.render.number_format import count, counted, percent, points, share_words, shortened

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from cxscan.insight.topics import Topic, Topics
    from cxscan.render import Page

TopicsFormat: TypeAlias = Literal["table", "json", "markdown"]

QUOTED = 400


def topics_renderer(name: str, page: Page) -> Callable[[Topics], str]:
    """The renderer of topics for a format by its name."""
    renderers: dict[str, Callable[[Topics], str]] = {
        "table": partial(_table, page=page),
        "json": topics_json,
        "markdown": topics_markdown,
    }
    return renderers[name]


def _table(found: Topics, page: Page) -> str:
    from cxscan.render.topics.table import topics_table

    return topics_table(found, page)


def topics_json(found: Topics) -> str:
    """The contract's topics, indented by two."""
    return dumps(found.as_json(), indent=2) + "\n"


def topics_markdown(found: Topics) -> str:
    """Headings, tables, quotes as lists, and the themes to paste as a block."""
    return "\n".join(_markdown(found)) + "\n"


def apart(found: Topics) -> tuple[list[Topic], list[Topic]]:
    """Those that rise, and the others."""
    rising = [topic for topic in found.topics if topic.rise]
    return rising, [topic for topic in found.topics if not topic.rise]


def files(found: Topics) -> str:
    """The names of the inputs."""
    return clean(", ".join(PurePath(path).name or path for path in found.inputs))


def coverage_lines(found: Topics, dash: str = "–") -> Iterator[str]:
    """How far the taxonomy reaches, how far practitioners want it to, and how far it would reach with these topics."""
    yield f"coverage {share_words(found.coverage, dash)} of {counted(found.coverage.of, 'scored comment')}"
    if found.topics:
        yield f"with the topics below {percent(found.reach.share)}; practitioners aim for {found.aim:.0%}"
    else:
        yield f"practitioners aim for {found.aim:.0%}"
    if found.looked < found.coverage.of:
        yield f"topics were looked for in {found.looked:,} of them, always the same ones"


def rising_words(found: Topics) -> str:
    """What is compared to tell what rises, or why nothing is."""
    if found.parts is None:
        return "what rises cannot be told: no dates, or too few dated comments"
    parts = found.parts
    return f"{count(parts.after)} comments from {parts.since} to {parts.last} against {count(parts.before)} before"


def where(topic: Topic, found: Topics, place: int) -> str:
    """Where a quote of a topic stands: its file, when there are several, and its record."""
    quote = topic.quotes[place]
    return f"{PurePath(quote.source).name} {quote.record}" if len(found.inputs) > 1 else f"{quote.record}"


def pasted(topics: Sequence[Topic]) -> str:
    """The themes that they could become, line by line as they are: to paste, so never wrapped."""
    lines = "\n".join(topic.toml for topic in topics).split("\n")
    return "\n".join(map(clean, lines))


def shares_of_rise(topic: Topic) -> tuple[str, str]:
    """Before and after."""
    return (percent(topic.rise.before.share), percent(topic.rise.after.share)) if topic.rise else ("", "")


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
    yield from _told(found)
    yield from _to_paste(found.topics)


def _cells(topic: Topic) -> list[str]:
    numbers = (count(topic.share.n).replace("*", "\\*"), percent(topic.share.share), points(topic.net))
    return [markdown_cell(topic.name), markdown_cell(", ".join(topic.phrases)), *numbers]


def _told(found: Topics) -> Iterator[str]:
    for topic in found.topics:
        if topic.quotes:
            yield ""
            yield f"### {markdown_cell(topic.name)}"
            yield ""
        for place, quote in enumerate(topic.quotes):
            said = markdown_cell(shortened(quote.text, QUOTED))
            yield f"- {said} ({quote.sentiment}, {markdown_cell(where(topic, found, place))})"


def _to_paste(topics: Sequence[Topic]) -> Iterator[str]:
    if topics:
        yield ""
        yield "## To paste into your taxonomy"
        yield ""
        yield "```toml"
        yield pasted(topics) + "```"
