"""The summary as one line for a log: `name=value`, shares in per cent, nets in points."""

from __future__ import annotations

import json
import re
from pathlib import PurePath
from typing import TYPE_CHECKING

from cxscan.model import Lens
from cxscan.render.escape import clean
from cxscan.render.figures import percent, points, signed, top_themes
from cxscan.summary import SENTIMENTS, of_lens

if TYPE_CHECKING:
    from collections.abc import Iterator

    from cxscan.summary import Summary

_PLAIN = re.compile(r"""[^\s"'=\\]+""")


def summary_line(summary: Summary) -> str:
    """What was read, how it feels, and the themes mentioned most."""
    return " ".join(f"{name}={_value(value)}" for name, value in _figures(summary)) + "\n"


def _figures(summary: Summary) -> Iterator[tuple[str, str]]:
    tally = summary.total
    yield "cxscan", ",".join(PurePath(path).name or path for path in sorted(summary.inputs))
    yield "comments", str(tally.comments)
    for state in ("scored", "unscored", "empty", "rejected"):
        yield state, str(tally.count(state))
    for sentiment in SENTIMENTS:
        yield sentiment, percent(tally.share("sentiment", sentiment).share)
    yield "net", points(tally.net)
    for lens in Lens:
        yield f"{lens}_net", points(tally.theme_net(*of_lens(summary.themes, lens)))
    yield "balance", signed(tally.balance)
    if tally.rating is not None and tally.rating.mean is not None:
        yield "rating", f"{tally.rating.mean:.2f}"
        if tally.rating.nps is not None:
            yield "nps", signed(tally.rating.nps, 0)
    named = top_themes(summary.themes, tally)
    yield "themes", ",".join(f"{name}:{points(tally.theme_net(name))}" for name in named) or "-"


def _value(text: str) -> str:
    """As it is, or in quotation marks where a reader of the log could not tell where it ends."""
    cleaned = clean(text)
    return cleaned if _PLAIN.fullmatch(cleaned) else json.dumps(cleaned, ensure_ascii=False)
