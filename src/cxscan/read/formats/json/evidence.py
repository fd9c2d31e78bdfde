"""Evidence that JSON values are records of comments, from the names and cells of their columns."""

from __future__ import annotations

import re
from itertools import islice
from typing import TYPE_CHECKING

from cxscan.read.formats.json.columns import json_columns
from cxscan.read.formats.json.wrappers import unwrapped
from cxscan.read.values import column_names
from cxscan.read.values.column_names import normalise_column_name

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

ASKED_FOR, NAMED, PROSE, NOTHING = 3, 2, 1, 0
"""They have a column that is asked for; one with a usual name for comments, filled with words; one of prose; none."""

SAMPLE = 200
_PROSE_WORDS = 4
_SEVERAL = 3
_LETTER = re.compile(r"[^\W\d_]")
_PLACE = re.compile(r"[\w+.-]+@[\w.-]+|\w+://\S*")


def text_evidence(values: Iterable[object], asked: Sequence[str] = ()) -> int:
    """Grade what speaks for the objects among some values being comments."""
    records = [value for value in islice(values, SAMPLE) if isinstance(value, dict)]
    columns = json_columns(records)
    if any(name in columns.names for name in asked):
        return ASKED_FOR
    held = _held_lists(records)
    best = NOTHING
    for path in columns.paths:
        if path[0] in held or any(is_company(key) for key in path):
            continue
        words = [cell.split() for cell in _texts(records, path)]
        if not words or (len(words) >= _SEVERAL and len(set(map(tuple, words))) == 1):
            continue  # the same in all records: a question, not its answers
        if _is_text_name(path) and 2 * sum(_says_something(cell) for cell in words) >= len(words):
            return NAMED
        if sum(map(len, words)) >= _PROSE_WORDS * len(words) and len(set(map(tuple, words))) * 2 >= len(words):
            best = PROSE
    return best


def _held_lists(records: Sequence[dict[str, object]]) -> set[str]:
    """Keys under which records hold other records, in a list or by key: what is there is not their own."""
    return {
        key
        for record in records
        for key, inner in record.items()
        if (isinstance(inner, list) and inner and isinstance(inner[0], dict) and unwrapped(inner) is inner)
        or (isinstance(inner, dict) and is_keyed(inner, by_ids=True))
    }


def named_texts(values: Iterable[object]) -> list[str]:
    """Names of the columns of some objects that are usual ones for comments."""
    records = [value for value in islice(values, SAMPLE) if isinstance(value, dict)]
    held = _held_lists(records)
    paths = [path for path in json_columns(records).paths if path[0] not in held and _is_text_name(path)]
    return [normalise_column_name(path[-1]) for path in paths]


def columns_of(values: Iterable[object]) -> frozenset[str]:
    """Names of the columns of the objects among some values."""
    return frozenset(json_columns(list(islice(values, SAMPLE))).names)


def is_company(key: str) -> bool:
    """Tell whether a key holds what the company answered."""
    words = normalise_column_name(key)
    return words in column_names.COMPANY_REPLY or not column_names.COMPANY_REPLY_WORDS.isdisjoint(words.split())


def holds_comments(key: str, items: Sequence[object], record: dict[str, object]) -> bool:
    """Tell whether a list of strings is one of comments, not one comment in pieces: several, and a plural name."""
    words = normalise_column_name(key)
    if len(items) == 1 or not words.endswith("s") or words not in column_names.TEXT:
        return False
    return all(isinstance(item, str) for item in items) and any(
        not isinstance(field, list) for field in record.values()
    )


def is_keyed(value: dict[str, object], *, by_ids: bool = False) -> bool:
    """Tell whether an object holds records of comments by their keys, not fields that are objects.

    Keys of any kind may be names of a few records; `by_ids` asks for such as only a program makes.
    """
    records = list(islice(value.values(), SAMPLE))
    if not records or not all(isinstance(record, dict) for record in records):
        return False
    if (by_ids or len(records) == 1) and not all(map(_is_made, islice(value, SAMPLE))):
        return False
    if all(isinstance(record, dict) and all(key.isdigit() for key in record) for record in records):
        return False  # columns, as pandas writes them
    if all(isinstance(record, dict) and is_keyed(record, by_ids=True) for record in records):
        return False  # it is these that hold the records
    columns = [columns_of([record]) for record in records]
    if sum(map(len, columns)) < len(frozenset[str]().union(*columns)) * len(columns) / 2:
        return False
    return text_evidence(records) >= NAMED


def _is_made(key: str) -> bool:
    """Tell whether a program made the key: it has a digit in it, or begins as those of Firebase do."""
    return key.startswith("-") or any(character.isdigit() for character in key)


def _is_text_name(path: tuple[str, ...]) -> bool:
    return normalise_column_name(path[-1]) in column_names.TEXT or normalise_column_name(" ".join(path)) in (
        column_names.TEXT
    )


def _says_something(words: list[str]) -> bool:
    """Tell whether a cell has a word that is no address."""
    return any(_LETTER.search(word) is not None and _PLACE.fullmatch(word) is None for word in words)


def _texts(records: Sequence[dict[str, object]], path: tuple[str, ...]) -> Iterator[str]:
    values = [_at(record, path) for record in records]
    if any(
        isinstance(value, list) and holds_comments(path[-1], value, record)
        for value, record in zip(values, records, strict=True)
    ):
        return
    for wrapped in values:
        value = unwrapped(wrapped, joined=True) if isinstance(wrapped, list | dict) else wrapped
        if isinstance(value, str) and value.strip():
            yield value
        elif isinstance(value, int | float):
            yield str(value)


def _at(record: object, path: tuple[str, ...]) -> object:
    for key in path:
        record = record.get(key) if isinstance(record, dict) else None
    return record
