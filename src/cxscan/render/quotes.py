"""Chosen comments: as a list to read, JSON, Markdown or CSV."""

from __future__ import annotations

from functools import partial
from textwrap import fill
from typing import TYPE_CHECKING, Literal, TypeAlias

from cxscan.render.escape import clean, csv_cell, csv_row, markdown_cell
from cxscan.render.json import dumps

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from cxscan.summary import Json

    Record: TypeAlias = dict[str, Json]

QuotesFormat: TypeAlias = Literal["table", "json", "markdown", "csv"]

_SHOWN = ("source", "record", "field", "date", "rating", "sentiment", "score", "themes", "intents", "text")


def quotes_renderer(name: str, *, width: int) -> Callable[[Sequence[Record]], str]:
    """The renderer of chosen comments for a format by its name."""
    renderers: dict[str, Callable[[Sequence[Record]], str]] = {
        "table": partial(quotes_list, width=width),
        "json": quotes_json,
        "markdown": quotes_markdown,
        "csv": quotes_csv,
    }
    return renderers[name]


def quotes_list(records: Sequence[Record], *, width: int) -> str:
    """Each comment with its labels, and where it stands."""
    if not records:
        return "No comment fits.\n"
    return "\n".join(_entry(record, width) for record in records)


def quotes_json(records: Sequence[Record]) -> str:
    """`{"format": "cxscan-quotes", "version": 1, "comments": records as in --comments}`."""
    return dumps({"format": "cxscan-quotes", "version": 1, "comments": list(records)}, indent=2) + "\n"


def quotes_markdown(records: Sequence[Record]) -> str:
    """A table with a row for each comment."""
    lines = ["| comment | sentiment | themes | where |", "|---|---|---|---|"]
    for record in records:
        cells = (record["text"], _feeling(record), _themes(record), _place(record))
        lines.append("| " + " | ".join(markdown_cell(str(cell)) for cell in cells) + " |")
    return "\n".join(lines) + "\n"


def quotes_csv(records: Sequence[Record]) -> str:
    """A row for each comment."""
    rows = [csv_row(_SHOWN)]
    for record in records:
        shown = {**record, "themes": _themes(record), "intents": "; ".join(map(str, _list(record["intents"])))}
        rows.append(csv_row(csv_cell("" if shown[key] is None else str(shown[key])) for key in _SHOWN))
    return "".join(rows)


def _entry(record: Record, width: int) -> str:
    text = fill(clean(str(record["text"])), width, initial_indent="“", subsequent_indent=" ")
    about = "  ".join(filter(None, (_feeling(record), _themes(record), _place(record))))
    return f"{text}”\n{fill(clean(about), width, initial_indent='   ', subsequent_indent='   ')}\n"


def _feeling(record: Record) -> str:
    return f"{record['sentiment']} {record['score']:+.2f}"


def _themes(record: Record) -> str:
    themes = record["themes"]
    return "; ".join(f"{name}:{polarity}" for name, polarity in themes.items()) if isinstance(themes, dict) else ""


def _place(record: Record) -> str:
    date = f", {str(record['date'])[:10]}" if record["date"] else ""
    rating = f", rated {record['rating']:g}" if record["rating"] is not None else ""
    return f"{record['source']}:{record['record']}{date}{rating}"


def _list(value: Json) -> list[Json]:
    return value if isinstance(value, list) else []
