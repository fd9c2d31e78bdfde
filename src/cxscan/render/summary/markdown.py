"""The summary as GitHub-flavoured Markdown: for a pull request, a wiki or a job summary."""

from __future__ import annotations

from itertools import chain
from typing import TYPE_CHECKING

from cxscan.model import POLARITIES, Lens
from cxscan.render.escape import markdown_cell
from cxscan.render.file_names import file_name, quote_place
from cxscan.render.markdown_table import markdown_table
from cxscan.render.number_format import NOTHING, SMALL, count, counted, percent, points, share_words, shortened, signed
from cxscan.render.rating_words import rating_rows
from cxscan.render.summary.words import (
    LENS_TITLES,
    by_mentions,
    index_rows,
    quotes_by_theme,
    top_themes,
    undated_words,
    with_lens,
)
from cxscan.summary import Share, of_lens

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from cxscan.render import Page
    from cxscan.summary import Counts, Summary

QUOTED = 400
"""Characters after which a quote is cut, and marked."""


def summary_markdown(summary: Summary, _page: Page) -> str:
    """Headings, tables and quotes; a line for each row."""
    sections = chain(
        _overview(summary),
        _lenses(summary),
        _themes(summary),
        _quotes(summary),
        _indices(summary),
        _segments(summary),
        _timeline(summary),
        ("", f"95% Wilson intervals in brackets; net in percentage points; \\*: fewer than {SMALL}, a rough guess."),
    )
    return "\n".join(sections) + "\n"


def _count(n: int) -> str:
    return count(n).replace("*", "\\*")


def _overview(summary: Summary) -> Iterator[str]:
    tally = summary.total
    names = ", ".join(markdown_cell(file_name(path)) for path in sorted(summary.inputs))
    records = sum(one.records for one in summary.inputs.values())
    yield f"# {counted(tally.comments, 'comment')}"
    yield ""
    ended = ", ".join(f"{n:,} {state}" for state, n in tally.states().items())
    yield f"{counted(records, 'record')} of {names}: {ended}; {counted(tally.rejected, 'record')} rejected."
    yield ""
    yield f"## Sentiment: net {points(tally.net)}, mean score {signed(tally.mean_score)}"
    shares = [(name, tally.share(n)) for name, n in tally.sentiment.by_name().items()]
    rows = [
        (name, _count(share.n), share_words(share)) for name, share in (*shares, ("mixed", tally.share(tally.mixed)))
    ]
    yield from markdown_table(("sentiment", ">n", ">share"), rows)


def _lenses(summary: Summary) -> Iterator[str]:
    tally = summary.total
    yield ""
    yield f"## Lenses: balance {signed(tally.balance)}"
    rows = []
    for lens in Lens:
        names = of_lens(summary.themes, lens)
        mentions, net = tally.themes_together(*names).n, points(tally.themes_together(*names).net)
        rows.append((f"{lens.value}: {LENS_TITLES[lens]}", share_words(with_lens(tally, lens)), _count(mentions), net))
    yield from markdown_table(("lens", ">comments", ">mentions", ">net"), rows)
    yield ""
    only = [f"{name} {percent(tally.share(n).share)}" for name, n in tally.lens.by_name().items()]
    yield f"By the lenses of their themes: {', '.join(only)}."


def _themes(summary: Summary) -> Iterator[str]:
    yield ""
    yield "## Themes"
    rated = ("rating if absent",) if summary.total.rating else ()
    header = ("theme", "lens", ">n", ">share", ">net", *(f">{name}" for name in (*POLARITIES, *rated)))
    named = [(lens, name) for lens in Lens for name in by_mentions(summary.themes, summary.total, lens)]
    yield from markdown_table(header, (_theme_row(summary.total, lens, name) for lens, name in named))


def _theme_row(tally: Counts, lens: Lens, name: str) -> list[str]:
    n = tally.theme(name).n
    within = [percent(Share(one, n).share) for one in tally.theme(name).by_name().values()]
    impact = [signed(tally.rating.impact(name)) if n else NOTHING] if tally.rating else []
    share = share_words(tally.share(n))
    return [markdown_cell(name), lens.value, _count(n), share, points(tally.theme(name).net), *within, *impact]


def _quotes(summary: Summary) -> Iterator[str]:
    names = [name for lens in Lens for name in by_mentions(summary.themes, summary.total, lens)]
    by_theme = quotes_by_theme(summary.total, names)
    if by_theme:
        yield ""
        yield "## In their words"
    for name, quotes in by_theme.items():
        yield ""
        yield f"**{markdown_cell(name)}**"
        yield ""
        for quote in quotes:
            where = markdown_cell(quote_place(quote, summary))
            yield f"- {quote.sentiment}: “{markdown_cell(shortened(quote.text, QUOTED))}” ({where})"


def _indices(summary: Summary) -> Iterator[str]:
    tally = summary.total
    intents = sorted(tally.intents.by_name().items(), key=lambda intent: -intent[1])
    yield ""
    yield "## Indices"
    yield from markdown_table(("index", ">value", "what it says"), index_rows(tally, summary.themes))
    yield from markdown_table(("intent", ">share"), ((name, share_words(tally.share(n))) for name, n in intents))
    if tally.rating:
        yield ""
        yield f"## Rating: {markdown_cell(tally.rating.scale.column)}"
        yield from markdown_table(
            ("figure", ">value", "what it says"), rating_rows(tally.rating, is_reversed=summary.is_reversed)
        )


def _segments(summary: Summary) -> Iterator[str]:
    for column, tallies in sorted(summary.segments.items()):
        yield ""
        yield f"## By {markdown_cell(column)}"
        yield from _groups(summary, tallies, sorted(tallies, key=lambda value: (-tallies[value].comments, value)))


def _timeline(summary: Summary) -> Iterator[str]:
    undated = undated_words(summary)
    if summary.timeline or undated:
        yield ""
        yield "## Over time"
    if summary.timeline:
        yield from _groups(summary, summary.timeline, sorted(summary.timeline))
    if undated:
        yield ""
        yield f"{undated[0].upper()}{undated[1:]}."


def _groups(summary: Summary, tallies: Mapping[str, Counts], names: Sequence[str]) -> Iterator[str]:
    header = ("", ">n", ">positive", ">negative", ">net", ">rating", ">NPS", "most mentioned")
    yield from markdown_table(header, (_group_row(summary, name, tallies[name]) for name in names))


def _group_row(summary: Summary, name: str, tally: Counts) -> list[str]:
    shares = [share_words(tally.share(n)) for n in (tally.sentiment.positive, tally.sentiment.negative)]
    rating = tally.rating
    mean = NOTHING if rating is None or rating.mean is None else f"{rating.mean:.2f}"
    nps = signed(rating.nps if rating else None, 0)
    most = ", ".join(map(markdown_cell, top_themes(summary.themes, tally)))
    return [markdown_cell(name) or "(blank)", _count(tally.comments), *shares, points(tally.net), mean, nps, most]
