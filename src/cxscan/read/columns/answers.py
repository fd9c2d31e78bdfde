"""Answers kept as a Python-literal dictionary in one cell (the dumps of G2's API): each is a comment of its own."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import TYPE_CHECKING

from cxscan.model import Reject
from cxscan.read.formats.json.columns import writable
from cxscan.read.formats.json.python_literal import as_json
from cxscan.read.rows import Answers, Rows

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from cxscan.read.formats.format import SourceTable
    from cxscan.read.rows import ReadStats

VIRTUAL = ("star_rating", "submitted_at")
"""Keys of the dictionary that become columns: the rating and the date."""
_ANSWERS = "comment_answers"


def spread_answers(table: SourceTable, position: int, path: str) -> SourceTable:
    """The table with the answers of the column at `position` spread out."""

    def spread(stretches: Iterable[Rows]) -> Iterator[Rows]:
        return with_answers(stretches, position, table.names[position], path)

    def rows(texts: Sequence[int], wanted: Sequence[int], stats: ReadStats) -> Iterator[Rows]:
        return spread(table.rows(texts, wanted, stats))

    count = len(table.first)
    first = Rows(table.first, range(count), range(count), (), [0] * count, 0)
    return replace(
        table,
        names=(*table.names, *VIRTUAL),
        written=(*table.written, *VIRTUAL),
        labels=(*table.labels, *("" for _ in VIRTUAL)) if table.labels else (),
        first=[row for stretch in spread((first,)) for row in stretch.cells],
        rows=rows,
    )


def with_answers(stretches: Iterable[Rows], position: int, name: str, path: str) -> Iterator[Rows]:
    """The rows with `VIRTUAL` columns added and the answers beside them; a cell that is no dictionary is rejected."""
    for stretch in stretches:
        cells: list[list[str]] = []
        kept: list[int] = []
        answers: list[Answers] = []
        rejects = list(stretch.rejects)
        for index, row in enumerate(stretch.cells):
            literal = as_json(row[position].strip())
            if literal is None:
                reason = f"{name}: not a Python-literal dictionary within the limits"
                rejects.append(Reject(path, stretch.lines[index], stretch.numbers[index], reason))
                continue
            value = json.loads(literal)
            cells.append([*row, *(_text(value.get(key)) for key in VIRTUAL)])
            answers.append(_answers(value.get(_ANSWERS)))
            kept.append(index)
        yield Rows(
            cells=cells,
            numbers=[stretch.numbers[index] for index in kept],
            lines=[stretch.lines[index] for index in kept],
            rejects=tuple(sorted(rejects, key=lambda reject: reject.record)),
            keys=[stretch.keys[index] for index in kept],
            characters=stretch.characters,
            answers=answers,
        )


def _answers(value: object) -> Answers:
    """Question (its key) and answer: `{"love": {"text": the question, "value": the answer}}`."""
    if not isinstance(value, dict):
        return []
    answers = []
    for key, answer in value.items():
        text = answer.get("value") if isinstance(answer, dict) else answer
        if isinstance(text, str):
            answers.append((writable(str(key)), writable(text)))
    return answers


def _text(value: object) -> str:
    return "" if value is None else writable(str(value))
