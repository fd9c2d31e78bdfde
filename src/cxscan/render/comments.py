"""One row per comment, as JSONL and as CSV; cells without a comment have none. Batches follow each other."""

from __future__ import annotations

import json
from bisect import bisect_left
from itertools import compress, pairwise
from json.encoder import encode_basestring
from typing import TYPE_CHECKING

from cxscan.comment_records import RECORD_KEYS, comment_records, commented, label_columns, rating_column
from cxscan.model import SCORE_UNIT
from cxscan.render.escape import csv_cell, csv_row, json_text

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from cxscan.comment_records import CommentRecord
    from cxscan.model import Comments, Labels, Spans

COLUMNS = tuple(f"cx_{key}" for key in RECORD_KEYS)
"""Columns behind the export's own ones in CSV."""

_LINE = "{" + ", ".join(f'"{key}": %s' for key in RECORD_KEYS) + ', "evidence": [%s]}'
_ENCODER = json.JSONEncoder(ensure_ascii=False, allow_nan=False)


def jsonl_rows(comments: Comments, labels: Labels, evidence: Spans, _columns: Sequence[str] = ()) -> str:
    """Return a line of JSON for each comment: the same as `dumps` of its record, column by column."""
    found = label_columns(labels)
    columns = (
        _once([comments.source] * len(comments)),
        map(str, comments.records),
        _once(comments.fields),
        map(_text, comments.ids),
        map(_text, comments.dates),
        _once(rating_column(comments)),
        map(_text, comments.texts),
        _once(found.language),
        _once(found.unscored),
        _once(found.sentiment),
        ["null" if score is None else repr(score) for score in found.score],
        _once(found.mixed),
        _once(found.lens),
        _once(found.themes),
        _once(found.intents),
        _pieces(evidence, comments.texts),
    )
    rows = compress(zip(*columns, strict=True), commented(labels))
    return "".join([json_text(line) + "\n" for line in map(_LINE.__mod__, rows)])


def _once(column: Sequence[object]) -> list[str]:
    """JSON of each value; one that comes again and again, as the same object, is encoded once."""
    distinct = dict(zip(map(id, column), column, strict=True))
    encoded = {place: _ENCODER.encode(value) for place, value in distinct.items()}
    return list(map(encoded.__getitem__, map(id, column)))


def _text(value: str | None) -> str:
    return "null" if value is None else encode_basestring(value)


def _pieces(evidence: Spans, texts: Sequence[str]) -> list[str]:
    """The evidence of each text, as the members of an array."""
    heads = {name: f'{{"label": {encode_basestring(name)}, "start": ' for name in set(evidence.labels)}
    tails = {weight: f', "weight": {weight / SCORE_UNIT!r}}}' for weight in set(evidence.weights)}
    pieces = [
        f'{heads[label]}{start}, "end": {end}, "words": {encode_basestring(texts[cell][start:end])}{tails[weight]}'
        for cell, label, start, end, weight in zip(*evidence, strict=True)
    ]
    edges = [bisect_left(evidence.cells, cell) for cell in range(len(texts) + 1)]
    return [", ".join(pieces[start:end]) for start, end in pairwise(edges)]


def csv_header(columns: Iterable[str]) -> str:
    """Return the line over `csv_rows` with the same `columns`."""
    return csv_row([*map(csv_cell, own_columns(columns)), *COLUMNS])


def csv_rows(comments: Comments, labels: Labels, _evidence: Spans, columns: Sequence[str]) -> str:
    """Return a row of CSV for each comment: the export's own `columns`, blank where this file lacks one, then ours.

    An own column with the name of one of ours gives way to it, so that an output can be scanned again.
    """
    blank = [""] * len(comments)
    own = [comments.cells.get(column, blank) for column in own_columns(columns)]
    return "".join(
        csv_record([column[cell] for column in own], record) for cell, record in comment_records(comments, labels)
    )


def csv_record(own: Iterable[str], record: CommentRecord) -> str:
    """Return a row of CSV: cells of the export's own columns, then those of the record; texts are made inert."""
    return csv_row([*map(csv_cell, own), *_cells(record)])


def own_columns(columns: Iterable[str]) -> list[str]:
    """Return the export's own columns that no column of ours takes the place of."""
    return [column for column in columns if column not in COLUMNS]


def _cells(record: CommentRecord) -> Iterator[str]:
    """The cells of `COLUMNS`."""
    yield csv_cell(record.source)
    yield str(record.record)
    for text in (record.field, record.id, record.date):
        yield csv_cell(text or "")
    yield "" if record.rating is None else str(record.rating)
    yield csv_cell(record.text)
    yield csv_cell(record.language or "")
    yield record.unscored or ""
    yield record.sentiment
    yield "" if record.score is None else str(record.score)
    yield "true" if record.mixed else "false"
    yield record.lens
    yield csv_cell(record.themes_text)
    yield csv_cell(record.intents_text)
