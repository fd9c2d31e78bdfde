"""The comments behind failed checks: a row for each comment of each check."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cxscan.render.csv import csv_value
from cxscan.render.escape import csv_cell, csv_row
from cxscan.render.json import dumps

if TYPE_CHECKING:
    from collections.abc import Sequence

    from cxscan.comment_records import CommentRecord
    from cxscan.render import Page

COLUMNS = ("check", *"source record field id date rating sentiment score themes intents text".split())


def failures_csv(failures: Sequence[tuple[str, CommentRecord]], _page: Page) -> str:
    """Return the name of the check, and where the comment stands, its labels and its text."""
    return csv_row(COLUMNS) + "".join(csv_row(map(csv_cell, _cells(name, record))) for name, record in failures)


def failures_jsonl(failures: Sequence[tuple[str, CommentRecord]], _page: Page) -> str:
    """Return `check`, then the keys of a record but `evidence`."""
    return "".join(dumps({"check": name, **record.as_json()}) + "\n" for name, record in failures)


def _cells(name: str, record: CommentRecord) -> list[str]:
    return [
        name,
        *map(csv_value, (record.source, record.record, record.field, record.id, record.date, record.rating)),
        *map(csv_value, (record.sentiment, record.score, record.themes_text, record.intents_text, record.text)),
    ]
