"""What changed between two dumps: as a table, JSON, Markdown, CSV, or one line for a log."""

from __future__ import annotations

from functools import partial
from pathlib import PurePath
from typing import TYPE_CHECKING, Literal, TypeAlias

from cxscan.render.escape import clean, csv_cell, csv_row, markdown_cell
from cxscan.render.json import dumps
from cxscan.render.log_line import log_line
from cxscan.render.markdown_table import markdown_table
from cxscan.render.number_format import NOTHING, SMALL, counted, percent, points, shortened, signed

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from cxscan.insight.compare import Comparison, MetricChange, Side
    from cxscan.insight.metrics import Path
    from cxscan.insight.mix import Mix
    from cxscan.render import Page
    from cxscan.summary import Json

ComparisonFormat: TypeAlias = Literal["table", "json", "markdown", "csv", "line"]

HEADER = ("metric", "before", "after", "difference", "low", "high", "p", "significant")
QUOTED = 400
IN_A_LINE = 5
MAIN = ("sentiment.net", "rating.mean", "rating.nps")
"""Metrics that a line for a log always has."""


def comparison_renderer(name: str, page: Page) -> Callable[[Comparison], str]:
    """The renderer of comparisons for a format by its name."""
    renderers: dict[str, Callable[[Comparison], str]] = {
        "table": partial(_table, page=page),
        "json": comparison_json,
        "markdown": comparison_markdown,
        "csv": comparison_csv,
        "line": comparison_line,
    }
    return renderers[name]


def _table(found: Comparison, page: Page) -> str:
    from cxscan.render.comparison.table import comparison_table

    return comparison_table(found, page)


def comparison_json(found: Comparison) -> str:
    """The contract's comparison, indented by two."""
    return dumps(found.as_json(), indent=2) + "\n"


def comparison_csv(found: Comparison) -> str:
    """A row for each change, the most telling first; what is rising comes first, as shares of the scored comments."""
    rows = [
        (f"rising.{one.theme}.{one.polarity}", one.before.share, one.after.share, *one.difference, True)
        for one in found.rising
    ]
    rows += [
        (one.metric, one.before, one.after, one.difference, one.low, one.high, one.p, one.significant)
        for one in found.changes
    ]
    return csv_row(HEADER) + "".join(csv_row([csv_cell(clean(name)), *map(_written, rest)]) for name, *rest in rows)


def _written(value: Json) -> str:
    if isinstance(value, bool):
        return str(value).lower()
    return str(round(value, 6) + 0.0) if isinstance(value, float) else "" if value is None else str(value)


def comparison_line(found: Comparison) -> str:
    """How many findings there are, the nets, and what changed most."""
    changed = [one for one in found.changes if one.significant][:IN_A_LINE]
    by_metric = {one.metric: one for one in found.changes}
    figures = [
        ("cxscan", f"{_name(found.before)}..{_name(found.after)}"),
        ("comments", "..".join(str(comments(dump)) for dump in (found.before, found.after))),
        ("findings", str(found.findings)),
    ]
    figures += [
        (one.path[-1], f"{shown(one.path, one.before)}..{shown(one.path, one.after)}")
        for one in filter(None, map(by_metric.get, MAIN))
    ]
    steps = [f"{one.metric}:{moved(one.path, one.difference)}" for one in changed]
    figures.append(("changed", ",".join(steps) or NOTHING))
    rising = [f"{one.theme}-{one.polarity}:{percent(one.after.share)}" for one in found.rising[:IN_A_LINE]]
    return log_line([*figures, ("rising", ",".join(rising) or NOTHING)])


def comparison_markdown(found: Comparison) -> str:
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
    for metric, told in found.quotes.items():
        yield ""
        yield f"**{markdown_cell(metric)}** now:"
        yield ""
        yield from map(_quote, told)


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


def _quote(quote: dict[str, Json]) -> str:
    text = markdown_cell(shortened(str(quote["text"]), QUOTED))
    place = markdown_cell(f"{PurePath(str(quote['source'])).name} {quote['record']}")
    return f"- {quote['sentiment']}: “{text}” ({place})"


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


def segment_rows(mix: Mix) -> list[list[str]]:
    """Of each segment its name as it stands, its shares, its values, and what it adds to both parts."""
    return [
        [
            one.value,
            *(percent(side.share if side else 0.0) for side in (one.before, one.after)),
            *(shown(mix.path, side.value) if side else NOTHING for side in (one.before, one.after)),
            moved(mix.path, one.mix),
            moved(mix.path, one.within),
        ]
        for one in mix.segments
    ]


def read(dump: Side) -> str:
    """The dump's name as the user gave it, and how many comments it has."""
    return f"{_name(dump)} ({counted(comments(dump), 'comment')})"


def comments(dump: Side) -> int:
    """How many comments were read."""
    states = dump.whole.get("comments")
    n = states.get("n") if isinstance(states, dict) else 0
    return n if isinstance(n, int) else 0


def _name(dump: Side) -> str:
    return PurePath(dump.name).name or dump.name


def verdict(found: Comparison) -> str:
    """How many changes are more than chance, in words."""
    changed = sum(one.significant for one in found.changes)
    rising = f", {counted(len(found.rising), 'rare theme')} rising" if found.rising else ""
    return f"{changed:,} of {len(found.changes):,} numbers changed by more than chance{rising}"


def figures(one: MetricChange) -> tuple[str, str, str, str]:
    """Before and after (marked where a side rests on few), change, and the change's interval."""
    path, mark = one.path, "*" if one.n < SMALL else ""
    values = [f"{shown(path, value)}{mark}" for value in (one.before, one.after)]
    return values[0], values[1], moved(path, one.difference), ends(path, one.low, one.high)


def shown(path: Path, value: float | None) -> str:
    """A share in per cent, a net in points, anything else as it is."""
    if path[-1] == "share":
        return percent(value)
    return points(value) if _in_points(path) else signed(value) if path[-1] == "balance" else _plain(path, value)


def moved(path: Path, value: float) -> str:
    """A change: of a share or net in percentage points."""
    return signed(100 * value, 1) if _in_points(path) else signed(value, _decimals(path))


def ends(path: Path, low: float, high: float) -> str:
    """The ends of a change's interval."""
    return f"{moved(path, low)} to {moved(path, high)}"


def _in_points(path: Path) -> bool:
    return path[-1] in {"share", "net", "product_net", "customer_net"}


def _decimals(path: Path) -> int:
    return 1 if path[-1] == "nps" else 2


def _plain(path: Path, value: float | None) -> str:
    return NOTHING if value is None else f"{value:.{_decimals(path)}f}"
