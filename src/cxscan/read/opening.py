"""Paths → sources: each file is looked into at once, so that trouble shows before the long work starts."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from cxscan.errors import InputError, UsageError, nearest
from cxscan.read.bytes.raw import Raw
from cxscan.read.columns.choose_part import choose_part
from cxscan.read.columns.infer_plan import ORDERS, infer_plan
from cxscan.read.columns.presets import PRESETS
from cxscan.read.files import find_files
from cxscan.read.formats.registry import find_format
from cxscan.read.source import Source
from cxscan.read.values.dates import as_day, check_pattern, find_zone

if TYPE_CHECKING:
    from collections.abc import Sequence

    from cxscan.read.request import ReadRequest

_HEAD = 1 << 20
_LONG_HEAD = 40 << 20
"""For sources whose first record is longer than `_HEAD`."""


def open_sources(paths: Sequence[str], request: ReadRequest) -> list[Source]:
    """The sources that `paths` (files, quoted globs, folders, `-`) name, each looked into.

    Raises InputError for a source that is missing, no text, or has no comments; UsageError for an option that cannot
    be met. Either names the file, the trouble and the next step in one line.
    """
    request = _checked(request)
    return [_open(path, request) for path in find_files(paths)]


def _checked(request: ReadRequest) -> ReadRequest:
    """The request with its days as ISO 8601; raises UsageError for what no file could meet."""
    if request.preset is not None and request.preset not in PRESETS:
        raise UsageError(f"--preset {request.preset}: no such preset; {nearest(request.preset, PRESETS)}")
    if request.scale is not None and not request.scale[0] < request.scale[1]:
        raise UsageError(f"--scale {request.scale[0]:g}-{request.scale[1]:g}: the first number must be the lower one")
    if request.limit is not None and request.limit < 1:
        raise UsageError(f"--limit {request.limit}: must be 1 or more")
    if request.date_format is not None and request.date_format not in ORDERS:
        check_pattern(request.date_format)
    find_zone(request.timezone)
    since = None if request.since is None else as_day(request.since, "--since")
    until = None if request.until is None else as_day(request.until, "--until")
    if since is not None and until is not None and since > until:
        raise UsageError(f"--since {since}: is after --until {until}")
    return replace(request, since=since, until=until)


def _open(path: str, request: ReadRequest) -> Source:
    raw = Raw(path)
    try:
        return _opened(raw, path, request)
    except BaseException:
        raw.close()
        raise


def _opened(raw: Raw, path: str, request: ReadRequest) -> Source:
    head = raw.head(_HEAD, request.encoding)
    if not head.content:
        raise InputError(f"{path}: the file is empty; export it again")
    table = find_format(head).open(raw, head, request)
    if not table.first and not head.is_whole:
        head = raw.head(_LONG_HEAD, request.encoding)
        table = find_format(head).open(raw, head, request)
    if not table.first and table.trouble is not None:
        raise InputError(f"{path}: no record could be read; {table.trouble}")
    if not table.first:
        raise InputError(f"{path}: no records: the file is empty but for its header; export it again")
    if table.parts:
        table = choose_part(table.parts, path, request)
    layout, plan, table = infer_plan(table, path, request)
    layout = replace(layout, compression=None if head.compression is None else head.compression.name)
    return Source(path, layout, table, plan, request)
