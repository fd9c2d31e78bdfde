"""Numbers and names of topics, the same in every format."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cxscan.render.escape import clean
from cxscan.render.file_names import file_name, record_place
from cxscan.render.number_format import count, counted, percent, share_words

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from cxscan.insight.topics import Topic, Topics


def apart(found: Topics) -> tuple[list[Topic], list[Topic]]:
    """Those that rise, and the others."""
    rising = [topic for topic in found.topics if topic.rise]
    return rising, [topic for topic in found.topics if not topic.rise]


def files(found: Topics) -> str:
    """The names of the inputs."""
    return clean(", ".join(map(file_name, found.inputs)))


def coverage_lines(found: Topics, dash: str = "–") -> Iterator[str]:
    """Yield the coverage of the taxonomy, the one that practitioners want, and the one with these topics."""
    yield f"coverage {share_words(found.coverage, dash)} of {counted(found.coverage.of, 'scored comment')}"
    if found.topics:
        yield f"with the topics below {percent(found.reach.share)}; practitioners aim for {found.aim:.0%}"
    else:
        yield f"practitioners aim for {found.aim:.0%}"
    if found.looked < found.coverage.of:
        yield f"topics were looked for in {found.looked:,} of them, always the same ones"


def rising_words(found: Topics) -> str:
    """Say what is compared to find what rises, or why nothing is."""
    if found.parts is None:
        return "what rises cannot be told: no dates, or too few dated comments"
    parts = found.parts
    return f"{count(parts.after)} comments from {parts.since} to {parts.last} against {count(parts.before)} before"


def where(topic: Topic, found: Topics, place: int) -> str:
    """Return the place of a quote of a topic: its file, when there are several, and its record."""
    quote = topic.quotes[place]
    return record_place(quote.source, quote.record, with_file=len(found.inputs) > 1)


def pasted(topics: Sequence[Topic]) -> str:
    """The themes that they could become, line by line as they are: to paste, so never wrapped."""
    lines = "\n".join(topic.toml for topic in topics).split("\n")
    return "\n".join(map(clean, lines))


def shares_of_rise(topic: Topic) -> tuple[str, str]:
    """Before and after."""
    return (percent(topic.rise.before.share), percent(topic.rise.after.share)) if topic.rise else ("", "")
