"""The summary as one line for a log: `name=value`, shares in per cent, nets in points."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cxscan.model import Lens
from cxscan.render.file_names import file_name
from cxscan.render.log_line import log_line
from cxscan.render.number_format import percent, points, signed
from cxscan.render.summary.words import top_themes
from cxscan.summary import of_lens

if TYPE_CHECKING:
    from collections.abc import Iterator

    from cxscan.render import Page
    from cxscan.summary import Summary


def summary_line(summary: Summary, _page: Page) -> str:
    """Write what was read, its sentiment, and the themes mentioned most."""
    return log_line(_figures(summary))


def _figures(summary: Summary) -> Iterator[tuple[str, str]]:
    tally = summary.total
    yield "cxscan", ",".join(map(file_name, sorted(summary.inputs)))
    yield "comments", str(tally.comments)
    for state, n in {**tally.states(), "rejected": tally.rejected}.items():
        yield state, str(n)
    for sentiment, n in tally.sentiment.by_name().items():
        yield sentiment, percent(tally.share(n).share)
    yield "net", points(tally.net)
    for lens in Lens:
        yield f"{lens}_net", points(tally.themes_together(*of_lens(summary.themes, lens)).net)
    yield "balance", signed(tally.balance)
    if tally.rating is not None and tally.rating.mean is not None:
        yield "rating", f"{tally.rating.mean:.2f}"
        if tally.rating.nps is not None:
            yield "nps", signed(tally.rating.nps, 0)
    named = top_themes(summary.themes, tally)
    yield "themes", ",".join(f"{name}:{points(tally.theme(name).net)}" for name in named) or "-"
