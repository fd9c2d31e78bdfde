"""JSON records as rows: columns are the keys, those of nested objects joined with dots."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING

from cxscan.errors import UsageError
from cxscan.model import Reject
from cxscan.read.formats.json.wrappers import unwrapped
from cxscan.read.repeats import record_key
from cxscan.read.rows import Rows
from cxscan.read.values.column_names import TEXT, distinct_names, normalise_column_name

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from cxscan.read.formats.json.lines import JsonRecord
    from cxscan.read.rows import ReadStats

_ROWS_AT_ONCE = 2048
_DEPTH = 6
_MOST_COLUMNS = 2000


@dataclass(frozen=True, slots=True)
class JsonColumns:
    """Names of the columns, and the keys that lead to each."""

    names: tuple[str, ...]
    paths: tuple[tuple[str, ...], ...]


def json_columns(records: Sequence[object], asked: Iterable[str] = ()) -> JsonColumns:
    """The columns of the records (anything but an object is passed over), in the order in which they appear.

    `asked` names columns that may lie deeper: inside of what is read as one value.
    """
    paths: dict[tuple[str, ...], None] = {}
    for record in records:
        if isinstance(record, dict) and len(paths) < _MOST_COLUMNS:
            paths.update(dict.fromkeys(_leaves(record, ())))
    for name in asked:
        path = tuple(name.split("."))
        if path not in paths and any(_leads(record, path) for record in records):
            paths[path] = None
    return JsonColumns(distinct_names([".".join(path) for path in paths]), tuple(paths))


def _leaves(record: dict[str, object], above: tuple[str, ...]) -> Iterator[tuple[str, ...]]:
    for key, value in record.items():
        path = (*above, str(key))
        if isinstance(value, dict) and len(path) < _DEPTH and unwrapped(value) is value:
            yield from _leaves(value, path)
        else:
            yield path


def _leads(record: object, path: tuple[str, ...]) -> bool:
    """Tell whether the keys lead to a value of the record that is no object."""
    for key in path:
        if not isinstance(record, dict) or key not in record:
            return False
        record = record[key]
    return not isinstance(record, dict)


def as_cell(value: object) -> str:
    """A JSON value as a cell: text as it is, null as "", numbers as JSON writes them, lists and objects compact."""
    if isinstance(value, str):
        return value
    if value is None:
        return ""
    if type(value) is int:  # most are, and an encoder is not quick to set up
        return str(value)
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def writable(text: str) -> str:
    """Take NULs out of a text and replace lone surrogates: neither can be written again."""
    return text.replace("\x00", "").encode("utf-16", "surrogatepass").decode("utf-16", "replace")


def read_records(
    records: Iterable[JsonRecord],
    columns: JsonColumns,
    texts: Sequence[int],
    wanted: Sequence[int],
    path: str,
    stats: ReadStats,
) -> Iterator[Rows]:
    """Rows with the `wanted` columns filled ("" elsewhere); a text column (`texts`) must not hold a list or object."""
    reader = _RowMaker(columns, frozenset(texts), wanted, path, stats)
    stretch: list[JsonRecord] = []
    for record in records:
        stretch.append(record)
        if len(stretch) == _ROWS_AT_ONCE:
            yield reader.rows(stretch)
            stretch = []
    yield reader.rows(stretch)


class _RowMaker:
    """Turns records into rows and numbers them."""

    def __init__(
        self, columns: JsonColumns, texts: frozenset[int], wanted: Sequence[int], path: str, stats: ReadStats
    ) -> None:
        self._width = len(columns.names)
        self._wanted = [
            (index, path, index in texts, index in texts or normalise_column_name(path[-1]) in TEXT)
            for index, path in ((index, columns.paths[index]) for index in wanted)
        ]
        self._names = columns.names
        self._path = path
        self._stats = stats
        self._count = 0

    def rows(self, stretch: Sequence[JsonRecord]) -> Rows:
        """The rows of a stretch of records."""
        cells: list[list[str]] = []
        numbers: list[int] = []
        lines: list[int] = []
        rejects: list[Reject] = []
        keys: list[int] = []
        for record in stretch:
            self._count += 1
            row = record.trouble or self._row(record.value)
            if isinstance(row, str):
                rejects.append(Reject(self._path, record.line, self._count, row))
                continue
            if "\\ud" in record.raw or "\\uD" in record.raw or "\\u0000" in record.raw:
                row = [self._mended(cell) for cell in row]
            cells.append(row)
            numbers.append(self._count)
            lines.append(record.line)
            keys.append(record_key(record.raw))
        return Rows(cells, numbers, lines, tuple(rejects), keys, sum(len(record.raw) for record in stretch))

    def _row(self, record: object) -> list[str] | str:
        """The cells of a record, or what is wrong with it."""
        if not isinstance(record, dict):
            return f"not an object but {_kind(record)}"
        row = [""] * self._width
        for index, path, is_text, joined in self._wanted:
            value: object = record
            for key in path:
                value = value.get(key) if isinstance(value, dict) else None
            if isinstance(value, list | dict):
                value = unwrapped(value, joined=joined)
                if is_text and isinstance(value, list | dict):
                    return _no_text(self._names[index], value)
            row[index] = value if isinstance(value, str) else as_cell(value)
        return row

    def _mended(self, cell: str) -> str:
        """The cell as it can be written again; a changed one is counted."""
        mended = writable(cell)
        self._stats.surrogates += mended != cell
        return mended


def refuse_structures(records: Iterable[JsonRecord], columns: JsonColumns, texts: Sequence[int], path: str) -> None:
    """Raise UsageError where no value of a text column is a text: every record would be rejected."""
    records = list(records)
    for index in texts:
        values = [_at(record.value, columns.paths[index]) for record in records]
        filled = [value for value in values if value not in (None, "", [], {})]
        plain = [unwrapped(value, joined=True) if isinstance(value, list | dict) else value for value in filled]
        if plain and all(isinstance(value, list | dict) for value in plain):
            raise UsageError(f"{path}: in every record, {_no_text(columns.names[index], plain[0])}")


def _at(record: object, path: Sequence[str]) -> object:
    for key in path:
        record = record.get(key) if isinstance(record, dict) else None
    return record


def _no_text(name: str, value: object) -> str:
    """The reason why a value is no text, with the option that reads what is in it."""
    if isinstance(value, dict):
        keys = [str(key) for key, inner in value.items() if isinstance(inner, str)] or [str(key) for key in value]
        return f"{name} is {_kind(value)}, not text; name what is in it with --text {name}.{keys[0]}"
    if isinstance(value, list) and any(isinstance(item, dict) for item in value):
        return f"{name} is a list of objects, not text; --json-path {name} reads them as records"
    return f"{name} is {_kind(value)}, not text; name another column with --text COLUMN"


def _kind(value: object) -> str:
    if isinstance(value, list):
        return "a list"
    if isinstance(value, dict):
        return "an object"
    return "a string" if isinstance(value, str) else "a bare value"
