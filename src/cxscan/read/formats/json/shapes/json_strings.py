"""JSON as a string inside of JSON: in a field such as `payload`, or each record a string."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cxscan.read.formats.json.evidence import text_evidence
from cxscan.read.formats.json.lines import DECODER

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from cxscan.read.formats.json.shapes.shape import Expand, Wanted


class JsonStrings:
    """Strings that hold objects or lists, as records or in a field of them."""

    name = "json-strings"
    title = "JSON as a string inside of JSON"

    def recognise(self, values: Sequence[object], _wanted: Wanted) -> Expand | None:
        """By strings of which all of a key can be decoded, if there are comments in them."""
        if values and 2 * sum(isinstance(value, str) and _decoded(value) is not value for value in values) > len(
            values
        ):
            return _decode_record
        keys = _keys(values)
        if not keys:
            return None

        def expand(value: object) -> Iterator[object]:
            yield _with_decoded(value, keys)

        decoded = [_with_decoded(value, keys) for value in values]
        return expand if text_evidence(decoded) > text_evidence(values) else None


def _with_decoded(value: object, keys: frozenset[str]) -> object:
    if not isinstance(value, dict):
        return value
    return {key: _decoded(inner) if key in keys else inner for key, inner in value.items()}


def _keys(values: Sequence[object]) -> frozenset[str]:
    """Keys whose filled values are all JSON in strings."""
    records = [value for value in values if isinstance(value, dict)]
    keys: set[str] = set()
    for key in dict.fromkeys(key for record in records for key in record):
        filled = [record[key] for record in records if record.get(key) not in (None, "")]
        if filled and all(isinstance(value, str) and _decoded(value) is not value for value in filled):
            keys.add(key)
    return frozenset(keys)


def _decode_record(value: object) -> Iterator[object]:
    yield _decoded(value)


def _decoded(value: object) -> object:
    """The object or list in a string, else the value as it is."""
    if not isinstance(value, str) or value.lstrip()[:1] not in ("{", "["):
        return value
    try:
        inner = DECODER.decode(value.strip())
    except (ValueError, RecursionError):
        return value
    return inner if isinstance(inner, dict | list) else value


JSON_STRINGS = JsonStrings()
