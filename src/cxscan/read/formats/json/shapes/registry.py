"""All shapes, in the order in which they are asked, and the way from the values of a source to its records."""

from __future__ import annotations

import json
from dataclasses import dataclass
from itertools import islice
from typing import TYPE_CHECKING

from cxscan.read.formats.json.evidence import NAMED, SAMPLE, text_evidence
from cxscan.read.formats.json.lines import JsonRecord
from cxscan.read.formats.json.shapes.answers import ANSWERS
from cxscan.read.formats.json.shapes.children import CHILDREN, ChildrenOf, hold_reviews
from cxscan.read.formats.json.shapes.json_strings import JSON_STRINGS
from cxscan.read.formats.json.shapes.plain_strings import PLAIN_STRINGS
from cxscan.read.formats.json.shapes.rows_of_values import ROWS_OF_VALUES
from cxscan.read.formats.json.shapes.shape import Aside, NoRecord
from cxscan.read.formats.json.shapes.sublists import SUBLISTS, is_table

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from cxscan.read.formats.json.shapes.shape import Expand, Shape, Wanted
    from cxscan.read.rows import ReadStats

SHAPES: tuple[Shape, ...] = (JSON_STRINGS, PLAIN_STRINGS, SUBLISTS, ROWS_OF_VALUES, ANSWERS, CHILDREN)
"""The first that recognises the values unpacks them; then all are asked again."""

_MOST_STEPS = 4


@dataclass(frozen=True, slots=True)
class Expansion:
    """The way from the values of a source to its records, shape by shape."""

    steps: tuple[Expand, ...]

    @property
    def children(self) -> ChildrenOf | None:
        """The lists that are gone into, where the records stand in lists of each value."""
        return next((step for step in self.steps if isinstance(step, ChildrenOf)), None)

    def __call__(self, value: object) -> Iterator[object]:
        """Return the records in a value, and what is none."""
        return _expanded(value, self.steps)


def find_expansion(values: Sequence[object], wanted: Wanted) -> tuple[Expansion | None, list[object]]:
    """Return how records are made of the values (None if they are records already), and the first records."""
    steps: list[Expand] = []
    sample = list(values[:SAMPLE])
    while len(steps) < _MOST_STEPS:
        if not wanted.inside and _are_comments(sample, wanted):
            break
        shapes = (CHILDREN,) if wanted.inside else SHAPES
        step = next(filter(None, (shape.recognise(sample, wanted) for shape in shapes)), None)
        if step is None:
            break
        steps.append(step)
        sample = list(islice((record for value in sample for record in _expanded(value, [step])), SAMPLE))
        wanted = wanted.without_path()
    return (Expansion(tuple(steps)) if steps else None), sample


def expanded(values: Iterable[JsonRecord], expand: Expand | None, stats: ReadStats) -> Iterator[JsonRecord]:
    """The records in the values, each at the line of the value that holds it; what is passed over is counted."""
    if expand is None:
        yield from values
        return
    for value in values:
        if value.trouble is not None:
            yield value
            continue
        for record in expand(value.value):
            if isinstance(record, Aside):
                stats.beside += 1
            elif isinstance(record, NoRecord):
                yield JsonRecord(value.line, value.raw, trouble=record.reason)
            else:
                yield JsonRecord(value.line, json.dumps(record), record)


def _are_comments(values: Sequence[object], wanted: Wanted) -> bool:
    """Tell whether most values are records of comments as they stand."""
    if 2 * sum(isinstance(value, dict) for value in values) <= len(values) or any(map(is_table, values)):
        return False
    evidence = text_evidence(values, wanted.texts)
    return evidence > NAMED or (evidence == NAMED and not hold_reviews(values))


def _expanded(value: object, steps: Sequence[Expand]) -> Iterator[object]:
    if not steps or isinstance(value, Aside | NoRecord):
        yield value
        return
    for inner in steps[0](value):
        yield from _expanded(inner, steps[1:])
