"""JSON, one record a line: what cannot be read costs its line."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING

from cxscan.read.formats.json.python_literal import as_json

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

DECODER = json.JSONDecoder(strict=False)
DEEP = "nested too deep"


@dataclass(frozen=True, slots=True)
class JsonRecord:
    """One record of a JSON source, or why it could not be read."""

    line: int
    raw: str
    value: object = None
    trouble: str | None = None


def read_lines(blocks: Iterable[list[str]]) -> Iterator[JsonRecord]:
    """One record a line; blank lines are passed over."""
    number = 0
    for block in blocks:
        for line in block:
            number += 1
            raw = line.strip()
            if raw:
                yield _decoded(number, raw)


def _decoded(number: int, raw: str) -> JsonRecord:
    try:
        return JsonRecord(number, raw, DECODER.decode(raw))
    except RecursionError:
        return JsonRecord(number, raw, trouble=DEEP)
    except ValueError as trouble:
        literal = as_json(raw)
        if literal is None:
            return JsonRecord(number, raw, trouble=reason(trouble))
        return JsonRecord(number, literal, DECODER.decode(literal))


def reason(trouble: ValueError, column: int = 0) -> str:
    """The trouble with a record, in our words; `column` characters stand on its first line before the text decoded."""
    if isinstance(trouble, json.JSONDecodeError):
        column = trouble.colno + (column if trouble.lineno == 1 else 0)
        return f"invalid JSON: {trouble.msg} (column {column})"
    return f"invalid JSON: {str(trouble).partition(';')[0]}"
