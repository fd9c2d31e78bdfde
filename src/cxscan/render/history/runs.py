"""The history for a reader, as JSON and as CSV: its runs, and one metric over them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.text import Text

from cxscan.render.escape import clean, csv_row
from cxscan.render.json import dumps
from cxscan.render.number_format import count, counted, percent, points, share_words
from cxscan.render.summary.csv import HEADER, summary_rows
from cxscan.render.text_style import grid, render_text, style_for

if TYPE_CHECKING:
    from collections.abc import Sequence

    from cxscan.history.store import Added, StoredRun
    from cxscan.render import Page
    from cxscan.summary import Json, Summary


def runs_table(runs: Sequence[StoredRun], page: Page) -> str:
    """One line for each run; `rules` numbers the taxonomies and models that made them."""
    style = style_for(page)
    known = {rules: number for number, rules in enumerate(dict.fromkeys(run.summary.rules for run in runs), 1)}
    table = grid(">run", "at", ">n", ">net", "negative", ">rules", "files~", header=True)
    for run in runs:
        total = run.summary.total
        cells = [f"{run.number}", run.at, count(total.comments), points(total.net)]
        cells += [
            share_words(total.share(total.sentiment.negative), style.dash),
            f"{known[run.summary.rules]}",
            _files(run),
        ]
        table.add_row(*map(Text, cells))
    return render_text([table, Text(), Text(counted(len(runs), "run"))], style)


def runs_json(runs: Sequence[StoredRun], _page: Page) -> str:
    """Return the runs as in `docs/schema/history-1.json`: what was read, by which rules."""
    return _document([_run(run, ("rules", "inputs", "comments")) for run in runs])


def runs_with_summaries_json(runs: Sequence[StoredRun], _page: Page) -> str:
    """Return the runs as in `docs/schema/history-1.json`, each with its summary."""
    return _document([{"run": run.number, "at": run.at, "summary": run.summary.as_json()} for run in runs])


def _document(listed: list[Json]) -> str:
    return dumps({"format": "cxscan-history", "version": 1, "runs": listed}, indent=2) + "\n"


def runs_csv(runs: Sequence[StoredRun], _page: Page) -> str:
    """The rows of `scan --format csv` for each run, with its number and day before them."""
    lines = [csv_row(("run", "at", *HEADER))]
    for run in runs:
        lines += [f"{run.number},{run.at},{row}" for row in summary_rows(run.summary)]
    return "".join(lines)


def _run(run: StoredRun, keys: tuple[str, ...]) -> Json:
    summary = run.summary.as_json()
    return {"run": run.number, "at": run.at, **{key: summary[key] for key in keys}}


def _files(run: StoredRun) -> str:
    return ", ".join(clean(path) for path in sorted(run.summary.inputs))


def added_table(runs: Sequence[tuple[Summary, Added]], _page: Page) -> str:
    """Return a line for each run that was to be added: its figures, or that it was there already."""
    return "".join(
        f"run {added.number} of {added.at}: {_in_words(summary) if added.new else 'was there already, nothing added'}\n"
        for summary, added in runs
    )


def added_json(runs: Sequence[tuple[Summary, Added]], _page: Page) -> str:
    """Return the runs that were to be added as in `docs/schema/added-1.json`."""
    listed: list[Json] = [
        {"run": added.number, "at": added.at, "added": added.new, "comments": summary.as_json()["comments"]}
        for summary, added in runs
    ]
    return dumps({"format": "cxscan-added", "version": 1, "runs": listed}, indent=2) + "\n"


def _in_words(summary: Summary) -> str:
    total = summary.total
    negative = percent(total.share(total.sentiment.negative).share)
    return f"{counted(total.comments, 'comment')}, net {points(total.net)} points, {negative} negative"
