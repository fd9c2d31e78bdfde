"""Results as text: every renderer returns a str, prints nothing and asks nothing of the terminal."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from cxscan.errors import UsageError, nearest

if TYPE_CHECKING:
    from collections.abc import Callable

    from cxscan.summary import Summary


class Page(NamedTuple):
    """What a text is laid out for; programs' formats ask nothing of it."""

    width: int = 80
    """Columns; fewer than 40 are taken as 40."""
    color: bool = False
    ascii_only: bool = False
    """Our own marks are ASCII; quotes stay as they are."""


def summary_renderer(
    name: str, *, width: int = 80, color: bool = False, ascii_only: bool = False
) -> Callable[[Summary], str]:
    """The renderer of a format of `SUMMARY_FORMATS`. Raise UsageError when there is none."""
    if name not in SUMMARY_FORMATS:
        raise UsageError(f"format {name}: not known; {nearest(name, SUMMARY_FORMATS)}")
    page = Page(width, color, ascii_only)
    return lambda summary: SUMMARY_FORMATS[name](summary, page)


def _table(summary: Summary, page: Page) -> str:
    from cxscan.render.summary.table import summary_table

    return summary_table(summary, page)


def _json(summary: Summary, _page: Page) -> str:
    from cxscan.render.json import summary_json

    return summary_json(summary)


def _markdown(summary: Summary, _page: Page) -> str:
    from cxscan.render.summary.markdown import summary_markdown

    return summary_markdown(summary)


def _csv(summary: Summary, _page: Page) -> str:
    from cxscan.render.summary.csv import summary_csv

    return summary_csv(summary)


def _line(summary: Summary, _page: Page) -> str:
    from cxscan.render.summary.line import summary_line

    return summary_line(summary)


SUMMARY_FORMATS: dict[str, Callable[[Summary, Page], str]] = {
    "table": _table,
    "json": _json,
    "markdown": _markdown,
    "csv": _csv,
    "line": _line,
}
