"""The layout of files as they would be read, and why: as text and JSON."""

from __future__ import annotations

from textwrap import fill
from typing import TYPE_CHECKING

from cxscan.render.escape import clean
from cxscan.render.json import dumps
from cxscan.render.number_format import number
from cxscan.summary import rating_number

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from cxscan.layout import Inspection, Layout, RecordCounts
    from cxscan.model import Reject, Scale
    from cxscan.render import Page

REJECTS_SHOWN = 10

_DELIMITERS = {"\t": "tab", ",": "comma", ";": "semicolon", "|": "bar"}


def inspections_json(inspections: Sequence[Inspection], _page: Page) -> str:
    """Return the object of docs/schema/inspection-1.json."""
    files = [inspection.as_json() for inspection in inspections]
    return dumps({"format": "cxscan-inspection", "version": 1, "files": [*files]}, indent=2) + "\n"


def inspections_table(inspections: Sequence[Inspection], page: Page) -> str:
    """Return one block of text for each file."""
    return "\n".join("\n".join(_block(inspection, page.width)) + "\n" for inspection in inspections)


def _block(inspection: Inspection, width: int) -> Iterator[str]:
    layout, rejects = inspection.layout, inspection.rejects
    yield clean(inspection.path)
    for name, value in (*_facts(layout), ("Records", _counted(inspection.counts))):
        yield _fact(name, value)
    for note in inspection.notes:
        yield _fact("Note", note)
    longest = min(max((len(column.name) for column in layout.columns), default=0), 28)
    yield from ("", "Columns")
    for column in layout.columns:
        yield _row(column.name, column.role, column.reason, longest, width)
    considered = [candidate for candidate in layout.candidates if not candidate.chosen]
    if considered:
        yield from ("", "Considered and not taken")
    for candidate in considered:
        yield _row(candidate.column, candidate.role, candidate.reason, longest, width)
    if rejects:
        yield from ("", "Rejected")
    for reject in rejects[:REJECTS_SHOWN]:
        yield _reject(reject, width)
    if len(rejects) > REJECTS_SHOWN:
        yield f"  and {len(rejects) - REJECTS_SHOWN:,} more; --format json lists them all"


def _facts(layout: Layout) -> Iterator[tuple[str, str]]:
    """Yield what was found out, each with its name; nothing that is not there."""
    scale = layout.scale
    ends = scale and f"{number(rating_number(scale.low))} to {number(rating_number(scale.high))} ({scale.column})"
    facts = {
        "Format": layout.format,
        "Compression": layout.compression,
        "Encoding": layout.encoding,
        "Repaired bytes": layout.repaired,
        "Delimiter": layout.delimiter and _DELIMITERS.get(layout.delimiter, layout.delimiter),
        "Quoting": layout.quoting,
        "Header line": layout.header_line,
        "Sheet": layout.sheet,
        "JSON path": layout.json_path,
        "Preset": layout.preset,
        "Scale": ends,
        "Scale from": layout.scale_reason,
        "Reversed": layout.scale_reversed and scale and _as_exported(scale),
        "Dates": layout.date_order,
    }
    return ((name, str(value)) for name, value in facts.items() if value)


def _as_exported(scale: Scale) -> str:
    best, worst = number(rating_number(scale.low)), number(rating_number(scale.high))
    return f"{best} is the best in the file, {worst} the worst; they are turned round"


def _fact(name: str, value: str) -> str:
    return clean(f"  {name:<14} {value}")


def _counted(counts: RecordCounts) -> str:
    ended = f"{counts.comments:,} comments, {counts.empty:,} empty, {counts.rejected:,} rejected"
    company = f" ({counts.company:,} of the empty ones are the company's)" if counts.company else ""
    return f"{counts.records:,}: {ended}, {counts.repeated:,} repeated{company}"


def _reject(reject: Reject, width: int) -> str:
    return _wrapped(f"line {reject.line}, record {reject.record}: {reject.reason}", width, 4)


def _row(name: str, role: str, reason: str, longest: int, width: int) -> str:
    return _wrapped(f"{name:<{longest}}  {role:<8} {reason}", width, longest + 13)


def _wrapped(line: str, width: int, indent: int) -> str:
    return fill(clean(line), width, initial_indent="  ", subsequent_indent=" " * indent, break_on_hyphens=False)
