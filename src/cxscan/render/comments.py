"""One record per comment, as JSONL and as CSV; cells without a comment have none. Batches follow each other."""

from __future__ import annotations

import json
from bisect import bisect_left
from itertools import compress, pairwise
from json.encoder import encode_basestring
from typing import TYPE_CHECKING

from cxscan.model import INTENTS, SCORE_UNIT, State, sentiment_name
from cxscan.render.escape import csv_cell, csv_row, json_text
from cxscan.summary import POLARITIES, rating_number

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from cxscan.model import Comments, Labels, Spans, Theme
    from cxscan.summary import Json

GIVEN = ("source", "record", "field", "id", "date", "rating", "text")
FOUND = ("language", "sentiment", "score", "mixed", "lens", "themes", "intents")
KEYS = GIVEN + FOUND
"""The keys of a record but for `evidence`, in the contract's order."""

COLUMNS = tuple(f"cx_{key}" for key in KEYS)
"""What stands behind the export's own columns in CSV."""

_LINE = "{" + ", ".join(f'"{key}": %s' for key in KEYS) + ', "evidence": [%s]}'
_ENCODER = json.JSONEncoder(ensure_ascii=False, allow_nan=False)


def jsonl_rows(comments: Comments, labels: Labels, evidence: Spans) -> str:
    """A line of JSON for each comment."""
    ratings = [None if units is None else rating_number(units) for units in comments.ratings]
    languages, sentiments, scores, *marks = _found(labels)
    columns = (
        _once([comments.source] * len(comments)), map(str, comments.records), _once(comments.fields),
        map(_text, comments.ids), map(_text, comments.dates), _once(ratings), map(_text, comments.texts),
        _once(languages), _once(sentiments), ["null" if score is None else repr(score) for score in scores],
        *map(_once, marks), _pieces(evidence, comments.texts),
    )  # fmt: skip
    rows = compress(zip(*columns, strict=True), _commented(labels))
    return "".join([json_text(line) + "\n" for line in map(_LINE.__mod__, rows)])


def _once(column: Sequence[Json]) -> list[str]:
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


def csv_header(columns: Sequence[str]) -> str:
    """The line over `csv_rows` with the same `columns`."""
    return csv_row([*map(csv_cell, _own(columns)), *COLUMNS])


def csv_rows(comments: Comments, labels: Labels, columns: Sequence[str]) -> str:
    """A row of CSV for each comment: the export's own `columns`, blank where this file lacks one, then ours.

    An own column with the name of one of ours gives way to it, so that an output can be scanned again.
    """
    blank = [""] * len(comments)
    own = [comments.cells.get(column, blank) for column in _own(columns)]
    return "".join(
        csv_row([*(csv_cell(column[cell]) for column in own), *map(_as_cell, record.values())])
        for cell, record in records(comments, labels)
    )


def records(comments: Comments, labels: Labels) -> Iterator[tuple[int, dict[str, Json]]]:
    """Each cell that holds a comment, by number, and its record under `KEYS`."""
    ratings = [None if units is None else rating_number(units) for units in comments.ratings]
    given = ([comments.source] * len(comments), comments.records, comments.fields, comments.ids, comments.dates)
    rows = zip(range(len(comments)), *given, ratings, comments.texts, *_found(labels), strict=True)
    for cell, *row in compress(rows, _commented(labels)):
        yield cell, dict(zip(KEYS, row, strict=True))


def label_columns(labels: Labels) -> dict[str, list[str | float | bool | None]]:
    """What was found, under `FOUND`, one entry per cell and None where there is no comment; lists as in CSV."""
    commented = _commented(labels)
    return {
        key: [_joined(value) if said else None for value, said in zip(column, commented, strict=True)]
        for key, column in zip(FOUND, _found(labels), strict=True)
    }


def _commented(labels: Labels) -> list[bool]:
    commented: list[bool] = (labels.states != State.EMPTY).tolist()
    return commented


def _found(labels: Labels) -> list[Sequence[Json]]:
    """A column for each of `FOUND`."""
    marks = _marks(labels)
    scored = (labels.states == State.SCORED).tolist()
    signs, units = labels.sentiments.tolist(), labels.scores.tolist()
    return [
        labels.languages,
        [sentiment_name(sign) if heard else "unscored" for sign, heard in zip(signs, scored, strict=True)],
        [score / SCORE_UNIT if heard else None for score, heard in zip(units, scored, strict=True)],
        labels.mixed.tolist(),
        [lens for lens, _ in marks],
        [themes for _, themes in marks],
        [[intent for intent, has in zip(INTENTS, flags, strict=True) if has] for flags in labels.intents.tolist()],
    ]


def _marks(labels: Labels) -> list[tuple[str, dict[str, Json]]]:
    """The lens and the themes of each cell; each distinct row of codes is looked at once."""
    known, codes = labels.themes_known, labels.themes.tobytes()
    rows = [codes[at : at + len(known)] for at in range(0, len(codes), len(known))] if known else [b""] * len(labels)
    marks = {row: _marked(known, row) for row in set(rows)}
    return [marks[row] for row in rows]


def _marked(known: tuple[Theme, ...], row: bytes) -> tuple[str, dict[str, Json]]:
    marked = sorted((theme, code) for theme, code in zip(known, row, strict=True) if code)
    lenses = {theme.lens for theme, _ in marked}
    lens = "none" if not lenses else "both" if len(lenses) > 1 else lenses.pop().value
    return lens, {theme.name: POLARITIES[code - 1] for theme, code in marked}


def _own(columns: Sequence[str]) -> list[str]:
    return [column for column in columns if column not in COLUMNS]


def _joined(value: Json) -> str | float | bool | None:
    """Lists and objects as one text: `praise; question`, `price:negative; service:positive`."""
    if isinstance(value, dict):
        return "; ".join(f"{name}:{polarity}" for name, polarity in value.items())
    return "; ".join(map(str, value)) if isinstance(value, list) else value


def _as_cell(value: Json) -> str:
    """A cell of CSV: texts made inert, numbers as they are."""
    joined = _joined(value)
    if isinstance(joined, str):
        return csv_cell(joined)
    if isinstance(joined, bool):
        return "true" if joined else "false"
    return "" if joined is None else str(joined)
