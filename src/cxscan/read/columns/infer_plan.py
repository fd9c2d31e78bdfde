"""From the first records to a plan: roles, scale and date order, each with its reason."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, NamedTuple

from cxscan.errors import UsageError
from cxscan.model import RATING_UNIT, Scale
from cxscan.read.columns.answers import spread_answers
from cxscan.read.columns.date_column import find_export_day, unread_dates
from cxscan.read.columns.plan import ExportDay, Plan
from cxscan.read.columns.presets import PRESETS, recognise
from cxscan.read.columns.roles import as_columns, find_roles
from cxscan.read.columns.sample import sample_of
from cxscan.read.values.dates import Dates, infer_date_order
from cxscan.read.values.profile import fillers
from cxscan.read.values.ratings import Ratings, RatingScale, infer_scale, worded
from cxscan.rules.platform_texts import PLATFORM_TEXTS
from cxscan.summary import rating_number

if TYPE_CHECKING:
    from cxscan.layout import Layout
    from cxscan.read.columns.presets import Preset
    from cxscan.read.columns.roles import Roles
    from cxscan.read.columns.sample import ColumnSample
    from cxscan.read.formats.format import SourceTable
    from cxscan.read.request import ReadRequest
    from cxscan.read.values.dates import Order

ORDERS: dict[str, Order] = {"dayfirst": "day first", "monthfirst": "month first"}
"""Values of `--date-format` that are no pattern."""


class _Dates(NamedTuple):
    dates: Dates
    shown: str | None


def infer_plan(table: SourceTable, path: str, request: ReadRequest) -> tuple[Layout, Plan, SourceTable]:
    """The layout to show, the plan to read by, and the table to read in place of the one given.

    Raises UsageError or InputError where columns cannot be settled.
    """
    width = len(table.names)
    preset = _preset(table, request, path)
    table = _with_answers(table, preset, request, path)
    sample = sample_of(path, table, table.first)
    roles = find_roles(sample, request, preset)
    if roles.date is None and (request.since is not None or request.until is not None):
        raise UsageError(f"{path}: no column of dates was found for --since and --until; name it with --date COLUMN")
    form = _rating_scale(table, sample, roles, request, preset)
    dates = _dates(table, roles, request)
    plan = Plan(
        source=path,
        names=table.names,
        texts=roles.texts,
        title=roles.title,
        rating=roles.rating,
        date=roles.date,
        id=roles.id,
        segments=roles.segments,
        by=request.by,
        placeholders=PLATFORM_TEXTS | (preset.placeholders if preset else frozenset()) | _fillers(sample, roles),
        scale=form.scale,
        ratings=Ratings(form),
        reverse=form.reverse,
        dates=dates.dates,
        speaker=roles.speaker,
        export_day=_export_day(table, sample, roles),
        notes=(*_rating_notes(form), *unread_dates(sample, roles.date, roles.reasons.keys() - {roles.date})),
        kept=width if request.keep_cells else 0,
    )
    _check_asked(plan, sample, request)
    layout = replace(
        table.layout,
        columns=as_columns(sample, roles),
        candidates=tuple(roles.candidates),
        preset=None if preset is None else preset.name,
        title=None if roles.title is None else sample.names[roles.title],
        scale=form.scale,
        scale_reason=None if roles.rating is None else form.reason,
        scale_reversed=form.reverse and form.scale is not None,
        date_order=dates.shown,
    )
    return layout, plan, table


def _check_asked(plan: Plan, sample: ColumnSample, request: ReadRequest) -> None:
    """Raise UsageError for a column of ratings or dates that was asked for and in which none can be read."""
    if request.rating is not None and set(plan.ratings_of(sample.rows)) == {None}:
        raise sample.unusable("--rating", request.rating, "is a rating")
    if request.date is not None and set(plan.dates_of(sample.rows)) == {None}:
        raise sample.unusable("--date", request.date, "is a date (--date-format says how they are written)")


def _preset(table: SourceTable, request: ReadRequest, path: str) -> Preset | None:
    if request.preset is None:
        return recognise(table.names, table.vendor)
    preset = PRESETS[request.preset]
    needed = preset.text if preset.answers is None else (preset.answers,)
    if needed and not request.text and sample_of(path, table, ()).first_of(needed) is None:
        raise UsageError(
            f"--preset {preset.name}: {path} has no column {' or '.join(needed)}; name one with --text COLUMN"
        )
    return preset


def _fillers(sample: ColumnSample, roles: Roles) -> frozenset[str]:
    """The words, casefolded, that the program that made the export put into empty cells of its text columns."""
    often = (fillers([row[position] for row in sample.rows]) for position in roles.texts)
    return frozenset(filler for found in often for filler in found)


def _with_answers(table: SourceTable, preset: Preset | None, request: ReadRequest, path: str) -> SourceTable:
    """The table, with its answers spread out if a preset keeps them in one column."""
    if preset is None or preset.answers is None or request.text:
        return table
    position = sample_of(path, table, ()).first_of([preset.answers])
    return table if position is None else spread_answers(table, position, path)


def _rating_scale(
    table: SourceTable, sample: ColumnSample, roles: Roles, request: ReadRequest, preset: Preset | None
) -> RatingScale:
    """The scale of the rating column; what a preset says of one is not true of another that --rating names."""
    if roles.rating is None:
        return RatingScale(None, "")
    name = sample.names[roles.rating]
    question = f"{name} {sample.questions[roles.rating]}"
    cells = [row[roles.rating] for row in table.first]
    if request.scale is not None:
        form = infer_scale(name, question, cells, fixed=(_scale(name, *request.scale), "asked for with --scale"))
    elif preset is not None and request.rating is None:
        fixed = None if preset.scale is None else (_scale(name, *preset.scale), f"a {preset.name} export")
        form = infer_scale(name, question, cells, fixed=fixed, reverse=preset.reverse)
        if form.wording is None and fixed is not None and worded(cells) is not None:
            form = infer_scale(name, question, cells)  # the same export with words in the place of numbers
    else:
        form = infer_scale(name, question, cells)
    return form._replace(reverse=form.reverse or request.reverse_scale)


def _rating_notes(form: RatingScale) -> tuple[str, ...]:
    """A line for the user where a rating column seems to hold more than one scale."""
    if not form.doubt or form.scale is None:
        return ()
    low, high = rating_number(form.scale.low), rating_number(form.scale.high)
    return (f"ratings in {form.scale.column} are read on {low:g}-{high:g}: {form.doubt} (--scale settles it)",)


def _scale(column: str, low: float, high: float) -> Scale:
    return Scale(column, round(low * RATING_UNIT), round(high * RATING_UNIT))


def _dates(table: SourceTable, roles: Roles, request: ReadRequest) -> _Dates:
    asked = request.date_format
    if roles.date is None:
        return _Dates(Dates(None, None, None), None)
    if asked is not None:
        order, pattern = ORDERS.get(asked), None if asked in ORDERS else asked
        return _Dates(Dates(order, pattern, request.timezone), f"{order or pattern}, asked for with --date-format")
    order, doubtful = infer_date_order(row[roles.date] for row in table.first)
    shown = None if order is None else order + (", in doubt: --date-format settles it" if doubtful else "")
    return _Dates(Dates(order, None, request.timezone), shown)


def _export_day(table: SourceTable, sample: ColumnSample, roles: Roles) -> ExportDay | None:
    """The column of the day of the export, where dates count back from it."""
    if roles.date is None or not sample.profiles[roles.date].relative:
        return None
    position = find_export_day(sample)
    if position is None:
        return None
    order, _ = infer_date_order(row[position] for row in table.first)
    return ExportDay(position, Dates(order, None, None))
