"""A comparison as GitHub-flavoured Markdown."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cxscan.render.comparison.words import ends, figures, moved, read, segment_rows, verdict
from cxscan.render.escape import markdown_cell
from cxscan.render.file_names import record_place
from cxscan.render.markdown_table import markdown_table
from cxscan.render.number_format import percent, shortened

if TYPE_CHECKING:
    from collections.abc import Iterator

    from cxscan.insight.compare import Comparison, MetricChange
    from cxscan.insight.mix import Mix
    from cxscan.render import Page
    from cxscan.summary import Quote

QUOTED = 400


def comparison_markdown(found: Comparison, _page: Page) -> str:
    """Headings and tables; every change has its row."""
    return "\n".join(_markdown(found)) + "\n"


def _markdown(found: Comparison) -> Iterator[str]:
    yield f"# {markdown_cell(read(found.before))} → {markdown_cell(read(found.after))}"
    yield ""
    yield verdict(found)
    yield from _changes_markdown(found)
    yield from _rising_markdown(found)
    for mix in found.mix or ():
        yield from _mix_markdown(mix)


def _changes_markdown(found: Comparison) -> Iterator[str]:
    header = ("metric", ">before", ">after", ">change", ">95% range", ">p", "more than chance")
    rows = [_change_markdown(one) for one in found.changes]
    yield from markdown_table(header, rows)
    for metric, quotes in found.quotes.items():
        yield ""
        yield f"**{markdown_cell(metric)}** now:"
        yield ""
        yield from map(_quote, quotes)


def _change_markdown(one: MetricChange) -> list[str]:
    cells = [cell.replace("*", "\\*") for cell in figures(one)]
    return [markdown_cell(one.metric), *cells, f"{one.p:.3g}", "yes" if one.significant else ""]


def _rising_markdown(found: Comparison) -> Iterator[str]:
    if found.rising:
        yield ""
        yield "## Rare but rising"
    for one in found.rising:
        shares = f"{percent(one.before.share)} → {percent(one.after.share)} of scored comments"
        yield ""
        yield f"**{markdown_cell(one.theme)} {one.polarity}**: {shares} ({ends(('share',), *one.difference[1:3])})"
        yield ""
        yield from map(_quote, one.quotes)


def _quote(quote: Quote) -> str:
    text = markdown_cell(shortened(quote.text, QUOTED))
    where = markdown_cell(record_place(quote.source, quote.record))
    return f"- {quote.sentiment}: “{text}” ({where})"


def _mix_markdown(mix: Mix) -> Iterator[str]:
    yield ""
    yield f"## {markdown_cell(mix.metric)} by {markdown_cell(mix.by)}"
    header = ("part", ">change", ">95% range")
    parts = (("who answers (mix)", mix.mix, mix.mix_range), ("what they say (within)", mix.within, mix.within_range))
    rows = [(name, moved(mix.path, value), ends(mix.path, *span)) for name, value, span in parts]
    yield from markdown_table(header, rows)
    columns = ("segment", ">share before", ">after", ">before", ">after", ">mix", ">within")
    segments = [(markdown_cell(row[0]) or "(blank)", *row[1:]) for row in segment_rows(mix)]
    yield from markdown_table(columns, segments)
