"""Chosen comments: as a list to read, JSON, Markdown, CSV or JSONL."""

from __future__ import annotations

from textwrap import fill
from typing import TYPE_CHECKING

from cxscan.render.comments import csv_header, csv_record, own_columns
from cxscan.render.escape import clean, markdown_cell
from cxscan.render.json import dumps

if TYPE_CHECKING:
    from cxscan.comment_records import ChosenComments, CommentRecord
    from cxscan.render import Page


def quotes_list(chosen: ChosenComments, page: Page) -> str:
    """Return each comment with its labels, and where it stands."""
    if not chosen.records:
        return "No comment fits.\n"
    return "\n".join(_entry(record, page.width) for record in chosen.records)


def quotes_json(chosen: ChosenComments, _page: Page) -> str:
    """Return `{"format": "cxscan-quotes", "version": 1, "comments": records as in --comments}`."""
    records = [record.as_json() for record in chosen.records]
    return dumps({"format": "cxscan-quotes", "version": 1, "comments": [*records]}, indent=2) + "\n"


def quotes_jsonl(chosen: ChosenComments, _page: Page) -> str:
    """Return the lines of `--comments FILE.jsonl` of the chosen comments."""
    return "".join(dumps(record.as_json()) + "\n" for record in chosen.records)


def quotes_csv(chosen: ChosenComments, _page: Page) -> str:
    """Return the rows of `--comments FILE.csv` of the chosen comments."""
    own = own_columns(chosen.columns)
    rows = (csv_record([record.cells.get(name, "") for name in own], record) for record in chosen.records)
    return csv_header(own) + "".join(rows)


def quotes_markdown(chosen: ChosenComments, _page: Page) -> str:
    """Return a table with a row for each comment."""
    lines = ["| comment | sentiment | themes | where |", "|---|---|---|---|"]
    for record in chosen.records:
        cells = (record.text, _feeling(record), record.themes_text, _place(record))
        lines.append("| " + " | ".join(map(markdown_cell, cells)) + " |")
    return "\n".join(lines) + "\n"


def _entry(record: CommentRecord, width: int) -> str:
    text = fill(clean(record.text), width, initial_indent="“", subsequent_indent=" ")
    about = "  ".join(filter(None, (_feeling(record), record.themes_text, _place(record))))
    return f"{text}”\n{fill(clean(about), width, initial_indent='   ', subsequent_indent='   ')}\n"


def _feeling(record: CommentRecord) -> str:
    return record.sentiment if record.score is None else f"{record.sentiment} {record.score:+.2f}"


def _place(record: CommentRecord) -> str:
    date = f", {record.date[:10]}" if record.date else ""
    rating = "" if record.rating is None else f", rated {record.rating:g}"
    return f"{record.source}:{record.record}{date}{rating}"
