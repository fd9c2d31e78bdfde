"""From the first records to a plan: roles, scale and date order, each with its reason."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from cxscan.errors import UsageError
from cxscan.model import RATING_UNIT, Scale
from cxscan.read.answers import AnswersTable
from cxscan.read.cells import Plan
from cxscan.read.columns import as_columns, find_roles, sample_of
from cxscan.read.dates import Dates, settle_order
from cxscan.read.dialect import NO_DELIMITER
from cxscan.read.layout import Layout
from cxscan.read.presets import NO_ANSWER, PRESETS, recognise
from cxscan.read.ratings import Ratings, settle_scale
from cxscan.read.tables import DelimitedTable, JsonTable

if TYPE_CHECKING:
    from cxscan.read.columns import Roles, Sample
    from cxscan.read.dates import Order
    from cxscan.read.presets import Preset
    from cxscan.read.request import ReadRequest
    from cxscan.read.tables import Table

ORDERS: dict[str, Order] = {"dayfirst": "day first", "monthfirst": "month first"}
"""Values of `--date-format` that are no pattern."""


class Found(NamedTuple):
    """A source as far as its form is known."""

    table: DelimitedTable | JsonTable
    encoding: str


class _Dates(NamedTuple):
    dates: Dates
    said: str | None


def settle(found: Found, path: str, request: ReadRequest) -> tuple[Layout, Plan, Table]:
    """The layout to show, the plan to read by, and the table to read.

    Raises UsageError or InputError where columns cannot be settled.
    """
    preset = _preset(found.table, request, path)
    table = _with_answers(found.table, preset, request, path)
    sample = sample_of(path, table.names, table.labels, table.first)
    roles = find_roles(sample, request, preset)
    scale, why = _scale(table, sample, roles, request, preset)
    dates = _dates(table, roles, request)
    reverse = request.reverse_scale or (preset is not None and preset.reverse and request.scale is None)
    plan = Plan(
        source=path,
        names=table.names,
        texts=roles.texts,
        title=roles.title,
        rating=roles.rating,
        date=roles.date,
        id=roles.id,
        segments=roles.segments,
        placeholders=NO_ANSWER | (preset.placeholders if preset else frozenset()),
        scale=scale,
        ratings=Ratings(scale, reverse=reverse),
        dates=dates.dates,
        kept=len(found.table.names) if request.keep_cells else 0,
    )
    return _layout(found, table, sample, roles, plan, preset, why, dates.said), plan, table


def _preset(table: DelimitedTable | JsonTable, request: ReadRequest, path: str) -> Preset | None:
    if request.preset is None:
        return recognise(table.names, table.vendor)
    preset = PRESETS[request.preset]
    needed = preset.text if preset.answers is None else (preset.answers,)
    if needed and not request.text and sample_of(path, table.names, table.labels, ()).first_of(needed) is None:
        raise UsageError(
            f"--preset {preset.name}: {path} has no column {' or '.join(needed)}; name one with --text COLUMN"
        )
    return preset


def _with_answers(table: Table, preset: Preset | None, request: ReadRequest, path: str) -> Table:
    """The table, with its answers spread out if a preset keeps them in one column."""
    if preset is None or preset.answers is None or request.text:
        return table
    position = sample_of(path, table.names, table.labels, ()).first_of([preset.answers])
    return table if position is None else AnswersTable(table, position, path)


def _scale(
    table: Table, sample: Sample, roles: Roles, request: ReadRequest, preset: Preset | None
) -> tuple[Scale | None, str | None]:
    if roles.rating is None:
        return None, None
    name = sample.names[roles.rating]
    if request.scale is not None:
        low, high = request.scale
        return Scale(name, round(low * RATING_UNIT), round(high * RATING_UNIT)), "asked for with --scale"
    if preset is not None and preset.scale is not None and request.rating is None:
        low, high = preset.scale
        return Scale(name, round(low * RATING_UNIT), round(high * RATING_UNIT)), f"a {preset.name} export"
    return settle_scale(name, sample.questions[roles.rating], [row[roles.rating] for row in table.first])


def _dates(table: Table, roles: Roles, request: ReadRequest) -> _Dates:
    asked = request.date_format
    if roles.date is None:
        return _Dates(Dates(None, None, None), None)
    if asked is not None:
        order, pattern = ORDERS.get(asked), None if asked in ORDERS else asked
        return _Dates(Dates(order, pattern, request.timezone), f"{order or pattern}, asked for with --date-format")
    order, doubtful = settle_order(row[roles.date] for row in table.first)
    said = None if order is None else order + (", in doubt: --date-format settles it" if doubtful else "")
    return _Dates(Dates(order, None, request.timezone), said)


def _layout(
    found: Found,
    table: Table,
    sample: Sample,
    roles: Roles,
    plan: Plan,
    preset: Preset | None,
    why: str | None,
    order: str | None,
) -> Layout:
    csv = found.table.layout if isinstance(found.table, DelimitedTable) else None
    delimiter = None if csv is None or csv.dialect.delimiter == NO_DELIMITER else csv.dialect.delimiter
    return Layout(
        format=table.format,
        encoding=found.encoding,
        columns=as_columns(sample, roles),
        candidates=tuple(roles.candidates),
        delimiter=delimiter,
        quoting=None if csv is None else csv.dialect.quoting,
        header_line=None if csv is None else csv.header_line,
        json_path=None if isinstance(found.table, DelimitedTable) else found.table.shape.path,
        preset=None if preset is None else preset.name,
        scale=plan.scale,
        scale_reason=why,
        date_order=order,
    )
