"""What measuring on one's own labels came to: as a table or JSON."""

from __future__ import annotations

from itertools import chain
from pathlib import PurePath
from typing import TYPE_CHECKING

from rich.text import Text

from cxscan.render.escape import clean
from cxscan.render.evaluation.themes_table import theme_sections
from cxscan.render.json import dumps
from cxscan.render.number_format import NOTHING, counted, percent, shortened, signed
from cxscan.render.text_style import STYLES, grid, heading, render_text, style_for

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rich.console import RenderableType

    from cxscan.render import Page
    from cxscan.render.text_style import TextStyle
    from cxscan.summary import Json

SENTIMENTS = ("negative", "neutral", "positive")
FEW = 50
"""Labelled comments under which the figures are rough."""
WIDE = 72
"""Columns from which on there is room for explanations and for ratios."""


def evaluation_json(found: dict[str, Json]) -> str:
    """`{"format": "cxscan-evaluation", "version": 1, …}`."""
    return dumps({"format": "cxscan-evaluation", "version": 1, **found}, indent=2) + "\n"


def evaluation_table(found: dict[str, Json], page: Page) -> str:
    """Lay the evaluation out for the page."""
    style = style_for(page)
    themes = theme_sections(_object(found["themes"]), style, first=found["accuracy"] is None)
    return render_text(chain(_sections(found, style), themes, _mistakes(found, style)), style)


def _sections(found: dict[str, Json], style: TextStyle) -> Iterator[RenderableType]:
    """The sentiment, where it was measured."""
    if found["accuracy"] is None:
        return
    yield from _overall(found, style)
    yield from _confusion(found, style)
    yield from _calibration(found)
    yield from _shares(found, style)


def _overall(found: dict[str, Json], style: TextStyle) -> Iterator[RenderableType]:
    comments, accuracy = _object(found["comments"]), _object(found["accuracy"])
    measured = _whole(comments["measured"])
    unscored = f"; {comments['unscored']} more were not scored" if comments["unscored"] else ""
    yield Text(f"Measured on {counted(measured, 'labelled comment')}{unscored}", style="bold")
    ends = style.dash.join(f"{100 * _number(accuracy[end]):.1f}" for end in ("low", "high"))
    polar = NOTHING if found["polar"] is None else percent(_number(found["polar"]))
    table = grid("", "", "~")
    for title, figure, meaning in (
        ("accuracy", f"{percent(_number(accuracy['share']))} ({ends})", "said as labelled"),
        ("macro-F1", f"{_number(found['macro_f1']):.3f}", "mean over the sentiments labelled"),
        ("right side", polar, "of zero: of those labelled other than neutral"),
    ):
        table.add_row(Text(title), Text(figure), Text(meaning if style.width >= WIDE else "", "bright_black"))
    yield table
    if measured < FEW:
        yield Text(f"fewer than {FEW} comments: rough figures", "bright_black")


def _confusion(found: dict[str, Json], style: TextStyle) -> Iterator[RenderableType]:
    yield Text()
    yield heading("WHO IS TAKEN FOR WHOM", "rows: as labelled; columns: as said")
    titles = (">precision", ">recall", ">F1") if style.width >= WIDE else ()
    table = grid("", *(f">{name}" for name in SENTIMENTS), *titles, header=True)
    counts, classes = _object(found["confusion"]), _object(found["classes"])
    for name in SENTIMENTS:
        row, one = _object(counts[name]), _object(classes[name])
        ratios = [NOTHING if one[key] is None else f"{_number(one[key]):.2f}" for key in ("precision", "recall", "f1")]
        cells = [f"{_whole(row[said]):,}" for said in SENTIMENTS] + ratios[: len(titles)]
        table.add_row(Text(name, STYLES[name]), *map(Text, cells))
    yield table


def _calibration(found: dict[str, Json]) -> Iterator[RenderableType]:
    calibration = _object(found["calibration"])
    error = _number(calibration["error"])
    yield Text()
    yield heading("CALIBRATION", f"expected error {error:.3f}; means of scores and of labels, by score")
    table = grid(">from", ">to", ">n", ">score", ">label", header=True)
    for one in map(_object, _list(calibration["bins"])):
        ends = [f"{_number(one[end]):+.1f}" for end in ("low", "high")]
        means = [signed(_number(one[mean])) for mean in ("score", "label")]
        table.add_row(*map(Text, [*ends, f"{_whole(one['n']):,}", *means]))
    yield table


def _shares(found: dict[str, Json], style: TextStyle) -> Iterator[RenderableType]:
    shares = _object(found["shares"])
    if not shares:
        return
    about = f"of {counted(_whole(shares['n']), 'comment')}, by the errors on the {shares['sample']} labelled"
    yield Text()
    yield heading("CORRECTED SHARES", about)
    table = grid("", ">as said", ">corrected", ">95% range", header=True)
    for name in SENTIMENTS:
        one = _object(shares[name])
        ends = style.dash.join(f"{100 * _number(one[end]):.1f}" for end in ("low", "high"))
        cells = [percent(_number(one["raw"])), percent(_number(one["share"])), ends]
        table.add_row(Text(name, STYLES[name]), *map(Text, cells))
    yield table


def _mistakes(found: dict[str, Json], style: TextStyle) -> Iterator[RenderableType]:
    mistakes = [_object(one) for one in _list(found["mistakes"])]
    if not mistakes:
        return
    yield Text()
    yield heading("WORST MISTAKES", "and the words that spoke for what was said")
    for one in mistakes:
        score = signed(_number(one["score"]))
        yield Text(f"{one['label']}, said {one['said']} ({score})", STYLES[str(one["label"])])
        place = f"{PurePath(str(one['source'])).name} {one['record']}"
        line = style.quote(str(one["text"]), place, 2 * style.width)
        yield Text("  ").append_text(line)
        words = [_object(word) for word in _list(one["words"])]
        told = ", ".join(f"{shortened(clean(str(w['words'])), 40)} {signed(_number(w['weight']))}" for w in words)
        yield Text(f"  {told or 'no word of it'}", "bright_black")


def _object(value: Json) -> dict[str, Json]:
    return value if isinstance(value, dict) else {}


def _list(value: Json) -> list[Json]:
    return value if isinstance(value, list) else []


def _number(value: Json) -> float:
    return float(value) if isinstance(value, (int, float)) else 0.0


def _whole(value: Json) -> int:
    return int(_number(value))
