"""Lists of records inside the list: pages one after the other, or `[{about the page}, [records]]`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cxscan.read.formats.json.alike import are_alike
from cxscan.read.formats.json.shapes.shape import Aside

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from cxscan.read.formats.json.shapes.shape import Expand, Wanted


class Sublists:
    """Lists whose elements are the records, maybe with objects between them that say something of the page."""

    name = "sublists"
    title = "lists of records inside the list"

    def recognise(self, values: Sequence[object], _wanted: Wanted) -> Expand | None:
        """By lists that hold objects, at least as many as there are other values."""
        if any(is_table(value) for value in values):
            return _table_rows
        lists = [value for value in values if isinstance(value, list)]
        records = [item for value in lists for item in value if isinstance(item, dict)]
        if not records or 2 * len(lists) < len(values):
            return None
        keys = frozenset(key for record in records for key in record)

        def expand(value: object) -> Iterator[object]:
            if isinstance(value, list):
                yield from value
            elif isinstance(value, dict) and not are_alike(frozenset(value), keys):
                yield Aside()
            else:
                yield value

        return expand


def is_table(value: object) -> bool:
    """Tell whether an object is a table in an export of phpMyAdmin."""
    return isinstance(value, dict) and value.get("type") == "table" and isinstance(value.get("data"), list)


def _table_rows(value: object) -> Iterator[object]:
    if isinstance(value, dict) and is_table(value) and isinstance(value["data"], list):
        yield from value["data"]
    else:
        yield Aside()


SUBLISTS = Sublists()
