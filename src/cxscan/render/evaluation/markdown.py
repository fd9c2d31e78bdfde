"""What measuring on one's own labels came to, as GitHub-flavoured Markdown."""

from __future__ import annotations

from pathlib import PurePath
from typing import TYPE_CHECKING

from cxscan.render.escape import markdown_cell
from cxscan.render.evaluation.themes_table import RATIOS, number, seen, three, two
from cxscan.render.markdown_table import markdown_table
from cxscan.render.number_format import SMALL, count, counted, percent, shortened, signed

if TYPE_CHECKING:
    from collections.abc import Iterator

    from cxscan.summary import Json

SENTIMENTS = ("negative", "neutral", "positive")
_QUOTED = 200


def evaluation_markdown(found: dict[str, Json]) -> str:
    """Headings and tables: sentiment, corrected shares, themes, mistakes, as far as they were measured."""
    return (
        "\n".join(["# Measured on labels", *_sentiment(found), *_shares(found), *_themes(found), *_mistakes(found)])
        + "\n"
    )


def _sentiment(found: dict[str, Json]) -> Iterator[str]:
    accuracy = _object(found["accuracy"])
    if not accuracy:
        return
    measured = counted(int(number(_object(found["comments"])["measured"])), "labelled comment")
    ends = "–".join(f"{100 * number(accuracy[end]):.1f}" for end in ("low", "high"))
    right = "" if found["polar"] is None else f", right side of zero {percent(number(found['polar']))}"
    yield from ("", "## Sentiment", "")
    share = f"{percent(number(accuracy['share']))} ({ends})"
    yield f"{measured}: accuracy {share}, macro-F1 {three(found['macro_f1'])}{right}."
    counts, classes = _object(found["confusion"]), _object(found["classes"])
    rows = []
    for name in SENTIMENTS:
        row, one = _object(counts[name]), _object(classes[name])
        rows.append([name, *(f"{int(number(row[said])):,}" for said in SENTIMENTS), *(two(one[key]) for key in RATIOS)])
    yield from markdown_table(
        ["labelled", *(f">said {name}" for name in SENTIMENTS), ">precision", ">recall", ">F1"], rows
    )


def _shares(found: dict[str, Json]) -> Iterator[str]:
    shares = _object(found["shares"])
    if not shares:
        return
    yield from ("", "## Corrected shares")
    rows = []
    for name in SENTIMENTS:
        one = _object(shares[name])
        ends = "–".join(f"{100 * number(one[end]):.1f}" for end in ("low", "high"))
        rows.append([name, percent(number(one["raw"])), percent(number(one["share"])), ends])
    yield from markdown_table(["", ">as said", ">corrected", ">95% range"], rows)


def _themes(found: dict[str, Json]) -> Iterator[str]:
    themes = _object(found["themes"])
    if not themes:
        return
    yield from ("", "## Themes", "")
    read = counted(int(number(themes["n"])), "comment")
    yield f"{read}: micro-F1 {three(themes['micro_f1'])}, macro-F1 {three(themes['macro_f1'])}."
    rows = [
        [
            markdown_cell(name),
            count(int(number(one["n"]))).replace("*", "\\*"),
            *(f"{int(number(one[key])):,}" for key in ("said", "right")),
            *(two(one[key]) for key in RATIOS),
        ]
        for name, one in seen(themes)
    ]
    yield from markdown_table(["theme", ">labelled", ">said", ">right", ">precision", ">recall", ">F1"], rows)
    if any(one["few"] for _, one in seen(themes)):
        yield from ("", f"\\*: fewer than {SMALL} labelled comments, a rough guess.")


def _mistakes(found: dict[str, Json]) -> Iterator[str]:
    mistakes = found["mistakes"] if isinstance(found["mistakes"], list) else []
    if not mistakes:
        return
    yield from ("", "## Worst mistakes")
    rows = []
    for one in map(_object, mistakes):
        place = markdown_cell(f"{PurePath(str(one['source'])).name} {one['record']}")
        quoted = markdown_cell(shortened(str(one["text"]), _QUOTED))
        rows.append([str(one["label"]), str(one["said"]), signed(number(one["score"])), quoted, place])
    yield from markdown_table(["labelled", "said", ">score", "comment", "where"], rows)


def _object(value: Json) -> dict[str, Json]:
    return value if isinstance(value, dict) else {}
