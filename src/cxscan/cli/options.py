"""Every option that commands share, once."""

from __future__ import annotations

import csv
import re
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from cxscan.cli.file_roles import EXPORTS, READ, WRITTEN, written_by_suffix
from cxscan.engines import ENGINES
from cxscan.errors import UsageError, nearest
from cxscan.render.formats import REJECT_ROWS

READING, CLASSIFYING, OUTPUT = "Reading", "Classifying", "Output"
_ENGINE_NAMES = tuple(ENGINES)


class SentimentKind(StrEnum):
    """The scorer of the sentiment."""

    MODEL = "model"
    VADER = "vader"


class Period(StrEnum):
    """Steps of the timeline."""

    DAY = "day"
    WEEK = "week"
    MONTH = "month"
    QUARTER = "quarter"


class Repeats(StrEnum):
    """Ways to treat a record that stood in the input before, word for word."""

    COUNT = "count"
    ONCE = "once"


class Pick(StrEnum):
    """The comments that `quotes` shows first."""

    TELLING = "telling"
    EXTREME = "extreme"
    RECENT = "recent"
    RANDOM = "random"


Files = Annotated[
    list[str],
    typer.Argument(metavar="FILE…", help="Exports to read: paths, quoted globs, folders, or - for standard input."),
    EXPORTS,
]


def _option(*names: str, text: str, metavar: str | None = None, panel: str) -> typer.models.OptionInfo:
    option: typer.models.OptionInfo = typer.Option(*names, help=text, metavar=metavar, rich_help_panel=panel)
    return option


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """Options of reading; whatever is not given is found."""

    text: Annotated[
        list[str] | None,
        _option("--text", metavar="COLUMN", panel=READING, text="Column with the customer's words; repeatable."),
    ] = None
    title: Annotated[
        str | None, _option("--title", metavar="COLUMN", panel=READING, text="Column put before the text.")
    ] = None
    rating: Annotated[str | None, _option("--rating", metavar="COLUMN", panel=READING, text="Column of ratings.")] = (
        None
    )
    scale: Annotated[
        str | None, _option("--scale", metavar="LOW-HIGH", panel=READING, text="Scale of the ratings, such as 1-5.")
    ] = None
    reverse_scale: Annotated[
        bool, _option("--reverse-scale", panel=READING, text="The lowest rating is the best one.")
    ] = False
    date: Annotated[str | None, _option("--date", metavar="COLUMN", panel=READING, text="Column of dates.")] = None
    date_format: Annotated[
        str | None,
        _option(
            "--date-format", metavar="F", panel=READING, text="dayfirst, monthfirst, or a pattern such as %d.%m.%Y."
        ),
    ] = None
    timezone: Annotated[
        str | None, _option("--timezone", metavar="ZONE", panel=READING, text="Zone dates are counted in.")
    ] = None
    id: Annotated[str | None, _option("--id", metavar="COLUMN", panel=READING, text="Column of identifiers.")] = None
    by: Annotated[
        list[str] | None,
        _option("--by", metavar="COLUMN", panel=READING, text="Count each value of the column apart; repeatable."),
    ] = None
    since: Annotated[str | None, _option("--since", metavar="DATE", panel=READING, text="Leave out what is older.")] = (
        None
    )
    until: Annotated[str | None, _option("--until", metavar="DATE", panel=READING, text="Leave out what is newer.")] = (
        None
    )
    limit: Annotated[
        int | None,
        typer.Option(
            "--limit", metavar="N", min=1, rich_help_panel=READING, help="Read the first N records of a file."
        ),
    ] = None
    encoding: Annotated[
        str | None, _option("--encoding", metavar="NAME", panel=READING, text="Encoding of the text.")
    ] = None
    delimiter: Annotated[
        str | None, _option("--delimiter", metavar="C", panel=READING, text="What separates the columns of a CSV file.")
    ] = None
    no_header: Annotated[
        bool, _option("--no-header", panel=READING, text="The first row is a record: columns go by number, from 1.")
    ] = False
    header: Annotated[
        str | None,
        _option("--header", metavar="NAMES", panel=READING, text="The columns of a file without a header: id,text,…"),
    ] = None
    sheet: Annotated[
        str | None, _option("--sheet", metavar="NAME", panel=READING, text="Sheet of an Excel workbook.")
    ] = None
    json_path: Annotated[
        str | None,
        _option("--json-path", metavar="PATH", panel=READING, text="Where the records stand in a JSON object: a.b.c"),
    ] = None
    preset: Annotated[
        str | None, _option("--preset", metavar="NAME", panel=READING, text="A known export, by name.")
    ] = None
    repeats: Annotated[
        Repeats, _option("--repeats", panel=READING, text="Count records that stand there twice, or keep them once.")
    ] = Repeats.COUNT


@dataclass(frozen=True, slots=True, kw_only=True)
class Tolerance:
    """Options for records that cannot be read."""

    max_rejected: Annotated[
        str,
        _option(
            "--max-rejected",
            metavar="SHARE",
            panel=READING,
            text="Give up over this share of records that cannot be read: 5% or 0.05.",
        ),
    ] = "5%"
    rejects: Annotated[
        Path | None,
        _option("--rejects", metavar="FILE", panel=READING, text="Write the records that could not be read here."),
        written_by_suffix(REJECT_ROWS),
    ] = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Classifying:
    """Options of classifying."""

    themes: Annotated[
        Path | None,
        _option(
            "--themes", metavar="FILE", panel=CLASSIFYING, text="A taxonomy of your own; see `cxscan themes init`."
        ),
        READ,
    ] = None
    model: Annotated[
        Path | None,
        _option("--model", metavar="FILE", panel=CLASSIFYING, text="Weights of your own: what `cxscan train` wrote."),
        READ,
    ] = None
    sentiment: Annotated[SentimentKind, _option("--sentiment", panel=CLASSIFYING, text="Who scores the sentiment.")] = (
        SentimentKind.MODEL
    )
    language: Annotated[
        str | None,
        _option("--language", metavar="CODE", panel=CLASSIFYING, text="The language of all comments: no detection."),
    ] = None
    as_is: Annotated[
        bool, _option("--as-is", panel=CLASSIFYING, text="Read the words as they stand: nothing repaired or set aside.")
    ] = False
    workers: Annotated[
        int | None,
        typer.Option(
            "--workers", metavar="N", min=1, rich_help_panel=CLASSIFYING, help="Processes that classify large inputs."
        ),
    ] = None
    engine: Annotated[
        str,
        typer.Option(
            "--engine",
            metavar="NAME",
            hidden=len(_ENGINE_NAMES) == 1,  # nothing to choose from
            rich_help_panel=CLASSIFYING,
            help=f"Who spreads the work: {', '.join(_ENGINE_NAMES)}.",
        ),
    ] = "local"


@dataclass(frozen=True, slots=True, kw_only=True)
class Writing:
    """Options of the output: its place and its looks."""

    output: Annotated[
        Path | None,
        _option("-o", "--output", metavar="FILE", panel=OUTPUT, text="Write the result here; - is standard output."),
        WRITTEN,
    ] = None
    quiet: Annotated[bool, _option("-q", "--quiet", panel=OUTPUT, text="No notes on standard error.")] = False
    verbose: Annotated[
        bool, _option("-v", "--verbose", panel=OUTPUT, text="More notes, and a traceback with a fault of cxscan.")
    ] = False
    no_color: Annotated[bool, _option("--no-color", panel=OUTPUT, text="No colours.")] = False


def column_names(given: str | None) -> tuple[str, ...]:
    """Read "id,text,stars" → its names; one with a comma stands in double quotes, as in a CSV file."""
    if given is None:
        return ()
    names = tuple(name.strip() for row in csv.reader([given], skipinitialspace=True) for name in row)
    twice = next((name for place, name in enumerate(names) if name in names[:place]), None)
    if not names or "" in names:
        raise UsageError(f"--header {given}: a name is empty; write one for each column, such as id,text,stars")
    if twice is not None:
        raise UsageError(f"--header {given}: {twice} is there twice; give each column a name of its own")
    return names


def share(given: str) -> float:
    """Read "5%" or "0.05" → 0.05; a bare number over one is refused, because nobody can tell which is meant."""
    match = re.fullmatch(r"\s*(\d+(?:\.\d+)?|\.\d+)\s*(%?)\s*", given)
    value = float(match[1]) / (100 if match[2] else 1) if match else -1.0
    if not 0 <= value <= 1:
        raise UsageError(f"--max-rejected {given}: is no share; write 5% or 0.05")
    return value


def scale(given: str | None) -> tuple[float, float] | None:
    """Read "1-5" → (1, 5)."""
    if given is None:
        return None
    match = re.fullmatch(r"\s*(-?\d+(?:\.\d+)?)\s*(?:-|\.\.|to|:)\s*(-?\d+(?:\.\d+)?)\s*", given)
    if not match or float(match[1]) >= float(match[2]):
        raise UsageError(f"--scale {given}: is no scale; write the lowest and the highest rating, such as 1-5 or 0-10")
    return float(match[1]), float(match[2])


def known(option: str, given: str, choices: tuple[str, ...]) -> str:
    """The choice as given; UsageError with the nearest ones when it is none."""
    if given not in choices:
        raise UsageError(f"{option} {given}: not known; {nearest(given, choices)}")
    return given
