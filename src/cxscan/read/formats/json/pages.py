"""Pages of records among records: answers of a service joined with records that stand by themselves."""

from __future__ import annotations

import json
from collections import Counter
from typing import TYPE_CHECKING

from cxscan.read.formats.json.lines import JsonRecord

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

_DEPTH = 3


def usual_keys(records: Sequence[JsonRecord]) -> frozenset[str]:
    """The keys that most records have."""
    counts = Counter(key for record in records if isinstance(record.value, dict) for key in record.value)
    return frozenset(key for key, count in counts.items() if 2 * count > len(records))


def without_pages(records: Iterable[JsonRecord], keys: frozenset[str]) -> Iterator[JsonRecord]:
    """The records, those in pages too: in a list of an object that has none of the usual `keys` itself."""
    for record in records:
        value = record.value
        if isinstance(value, dict) and keys and keys.isdisjoint(value):
            inside = _records(value, keys, _DEPTH)
            yield from (JsonRecord(record.line, json.dumps(item), item) for item in inside)
            if inside:
                continue
        yield record


def _records(value: object, keys: frozenset[str], depth: int) -> list[object]:
    """The first list in an object whose items are records of these keys; [] where there is none."""
    if isinstance(value, list):
        first = value[0] if value else None
        return value if isinstance(first, dict) and 2 * len(keys & first.keys()) > len(keys) else []
    if not isinstance(value, dict) or depth == 0:
        return []
    return next(filter(None, (_records(inner, keys, depth - 1) for inner in value.values())), [])
