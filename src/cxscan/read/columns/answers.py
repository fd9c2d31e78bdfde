"""Answers kept as a Python-literal dictionary in one cell (the dumps of G2's API): each is a comment of its own."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cxscan.model import Reject
from cxscan.read.formats.json.python_literal import python_literal
from cxscan.read.rows import Answers, Rows

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from cxscan.read.formats.tables import Table
    from cxscan.read.rows import ReadStats

VIRTUAL = ("star_rating", "submitted_at")
"""Keys of the dictionary that become columns: the rating and the date."""
_ANSWERS = "comment_answers"


class AnswersTable:
    """A table with the answers of one column spread out."""

    def __init__(self, table: Table, position: int, path: str) -> None:
        self._table = table
        self._position = position
        self._path = path
        self.names = (*table.names, *VIRTUAL)
        self.written = (*table.written, *VIRTUAL)
        self.labels = (*table.labels, *("" for _ in VIRTUAL))
        self.vendor = table.vendor
        self.layout = table.layout
        self.trouble = table.trouble
        first = Rows(table.first, range(len(table.first)), range(len(table.first)), (), [0] * len(table.first), 0)
        self.first = [row for rows in self._spread((first,)) for row in rows.cells]

    def rows(
        self, chunks: Iterator[str], texts: Sequence[int], wanted: Sequence[int], stats: ReadStats
    ) -> Iterator[Rows]:
        """All records, with their answers."""
        return self._spread(self._table.rows(chunks, texts, wanted, stats))

    def _spread(self, stretches: Iterable[Rows]) -> Iterator[Rows]:
        return with_answers(stretches, self._position, self._table.names[self._position], self._path)


def with_answers(stretches: Iterable[Rows], position: int, name: str, path: str) -> Iterator[Rows]:
    """The rows with `VIRTUAL` columns added and the answers beside them; a cell that is no dictionary is rejected."""
    for stretch in stretches:
        cells: list[list[str]] = []
        kept: list[int] = []
        answers: list[Answers] = []
        rejects = list(stretch.rejects)
        for index, row in enumerate(stretch.cells):
            value = python_literal(row[position].strip())
            if not isinstance(value, dict):
                reason = f"{name}: not a Python-literal dictionary within the limits"
                rejects.append(Reject(path, stretch.lines[index], stretch.numbers[index], reason))
                continue
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
    found = []
    for key, answer in value.items():
        said = answer.get("value") if isinstance(answer, dict) else answer
        if isinstance(said, str):
            found.append((str(key), said))
    return found


def _text(value: object) -> str:
    return "" if value is None else str(value)
