"""How files would be read, as text: what was found, and why."""

from __future__ import annotations

from textwrap import fill
from typing import TYPE_CHECKING

from cxscan.render.escape import clean
from cxscan.render.json import dumps

if TYPE_CHECKING:
    from collections.abc import Sequence

    from cxscan.summary import Json

REJECTS_SHOWN = 10

_FACTS = (
    ("format", "Format"), ("compression", "Compression"), ("encoding", "Encoding"), ("repaired", "Repaired bytes"),
    ("delimiter", "Delimiter"), ("quoting", "Quoting"), ("header_line", "Header line"), ("json_path", "JSON path"),
    ("preset", "Preset"), ("scale", "Scale"), ("scale_reason", "Scale from"), ("date_order", "Dates"),
)  # fmt: skip


def inspections_json(found: Sequence[dict[str, Json]]) -> str:
    """`{"format": "cxscan-inspection", "version": 1, "files": [...]}`."""
    return dumps({"format": "cxscan-inspection", "version": 1, "files": list(found)}, indent=2) + "\n"


def inspections_table(found: Sequence[dict[str, Json]], *, width: int) -> str:
    """One block of text for each file."""
    return "\n".join(_block(one, width) for one in found)


def _block(one: dict[str, Json], width: int) -> str:
    lines = [clean(str(one["path"]))]
    lines += [_fact(name, _shown(one[key])) for key, name in _FACTS if one.get(key)]
    notes = one["notes"] if isinstance(one["notes"], list) else []
    lines += [_fact("Records", _counted(one["counts"])), *(_fact("Note", str(found)) for found in notes), "", "Columns"]
    columns, candidates = _objects(one["columns"]), _objects(one["candidates"])
    longest = min(max((len(str(column["name"])) for column in columns), default=0), 28)
    lines += [_row(column["name"], column["role"], column["reason"], longest, width) for column in columns]
    considered = [candidate for candidate in candidates if not candidate["chosen"]]
    if considered:
        lines += ["", "Considered and not taken"]
        lines += [_row(one["column"], one["role"], one["reason"], longest, width) for one in considered]
    rejects = _objects(one["rejects"])
    if rejects:
        lines += ["", "Rejected", *(_reject(reject, width) for reject in rejects[:REJECTS_SHOWN])]
    if len(rejects) > REJECTS_SHOWN:
        lines.append(f"  and {len(rejects) - REJECTS_SHOWN:,} more; --format json lists them all")
    return "\n".join(lines) + "\n"


def _fact(name: str, value: str) -> str:
    return clean(f"  {name:<14} {value}")


def _shown(value: Json) -> str:
    if isinstance(value, dict):
        return f"{value['low']:g} to {value['high']:g} ({value['column']})"
    return {"\t": "tab", ",": "comma", ";": "semicolon", "|": "bar"}.get(str(value), str(value))


def _counted(counts: Json) -> str:
    if not isinstance(counts, dict):
        return ""
    kinds = ("comments", "empty", "rejected", "repeated")
    return f"{counts['records']:,}: " + ", ".join(f"{counts[kind]:,} {kind}" for kind in kinds)


def _objects(value: Json) -> list[dict[str, Json]]:
    return [one for one in value if isinstance(one, dict)] if isinstance(value, (list, tuple)) else []


def _reject(reject: dict[str, Json], width: int) -> str:
    return _wrapped(f"line {reject['line']}, record {reject['record']}: {reject['reason']}", width, 4)


def _row(name: Json, role: Json, reason: Json, longest: int, width: int) -> str:
    return _wrapped(f"{name!s:<{longest}}  {role!s:<8} {reason}", width, longest + 13)


def _wrapped(line: str, width: int, indent: int) -> str:
    return fill(clean(line), width, initial_indent="  ", subsequent_indent=" " * indent, break_on_hyphens=False)
