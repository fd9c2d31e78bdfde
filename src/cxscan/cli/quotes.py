"""`cxscan quotes`: the comments behind a number."""

from __future__ import annotations

from typing import Annotated, Literal

import typer

from cxscan.cli.formats import FormatOption, write
from cxscan.cli.options import Classifying, Files, Pick, Reading, Tolerance, Writing, known
from cxscan.errors import Exit, UsageError, nearest
from cxscan.model import INTENTS
from cxscan.render.formats import QUOTES

CHOOSING = "Choosing"

PolarityName = Literal["positive", "neutral", "negative", "mixed"]
LensName = Literal["product", "customer", "both", "none"]


def quotes(
    files: Files,
    reading: Reading,
    tolerance: Tolerance,
    classifying: Classifying,
    writing: Writing,
    theme: Annotated[str | None, typer.Option("--theme", rich_help_panel=CHOOSING, help="With this theme.")] = None,
    polarity: Annotated[
        PolarityName | None,
        typer.Option("--polarity", rich_help_panel=CHOOSING, help="Of the theme, or of the comment without one."),
    ] = None,
    lens: Annotated[LensName | None, typer.Option("--lens", rich_help_panel=CHOOSING, help="Of this lens.")] = None,
    intent: Annotated[
        str | None, typer.Option("--intent", rich_help_panel=CHOOSING, help=f"One of {', '.join(INTENTS)}.")
    ] = None,
    where: Annotated[
        list[str] | None,
        typer.Option("--where", metavar="COLUMN=VALUE", rich_help_panel=CHOOSING, help="In this segment; repeatable."),
    ] = None,
    match: Annotated[
        str | None, typer.Option("--match", metavar="TEXT", rich_help_panel=CHOOSING, help="Holding these characters.")
    ] = None,
    pick: Annotated[Pick, typer.Option("--pick", rich_help_panel=CHOOSING, help="Which come first.")] = Pick.TELLING,
    count: Annotated[int, typer.Option("-n", "--count", min=1, rich_help_panel=CHOOSING, help="How many.")] = 10,
    *,
    output_format: Annotated[str, FormatOption(QUOTES)],
) -> Exit:
    """Show the comments behind a number."""
    from cxscan.cli.running import own_columns, read_request, run_sources
    from cxscan.comment_records import ChosenComments
    from cxscan.quotes.filter import CommentFilter
    from cxscan.read import open_sources
    from cxscan.rules.loading import load_taxonomy
    from cxscan.runs.reducers import TopCommentsReducer

    _check_theme(theme, [one.name for one in load_taxonomy(classifying.themes).themes])
    segments = tuple(_segment(given) for given in where or ())
    wanted = CommentFilter(
        theme=theme,
        polarity=polarity,
        lens=lens,
        intent=known("--intent", intent, INTENTS) if intent else None,
        segments=segments,
        match=match,
    )
    with_cells = QUOTES[output_format].with_cells
    request = read_request(reading, also_by=tuple(column for column, _ in segments), keep_cells=with_cells)
    sources = open_sources(files, request)
    top = run_sources(sources, TopCommentsReducer(wanted, pick.value, count), tolerance, classifying, writing).result
    chosen = ChosenComments(top.records, own_columns(sources) if with_cells else ())
    write(chosen, QUOTES, output_format, writing)
    return Exit.DONE


def _check_theme(theme: str | None, known_themes: list[str]) -> None:
    if theme is not None and theme not in known_themes:
        raise UsageError(f"--theme {theme}: no such theme; {nearest(theme, known_themes)}")


def _segment(given: str) -> tuple[str, str]:
    column, equals, value = given.partition("=")
    if not equals or not column.strip():
        raise UsageError(f"--where {given}: write COLUMN=VALUE, such as --where channel=phone")
    return column.strip(), value.strip()
