"""Rows → batches: of whole records, of the dates and the number asked for, repeated ones counted."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from cxscan.model import Batch
from cxscan.read.rows import Rows

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from cxscan.model import Reject
    from cxscan.read.columns.plan import Plan
    from cxscan.read.repeats import SeenRecords
    from cxscan.read.rows import ReadStats

_CHARACTERS_AT_ONCE = 4 << 20


def in_span(
    stretches: Iterable[Rows], plan: Plan, since: str | None, until: str | None, stats: ReadStats
) -> Iterator[Rows]:
    """Only records dated from `since` to `until` (ISO 8601 days); those without a date are outside."""
    for rows in stretches:
        days = [(date or "")[:10] for date in plan.dates_of(rows.cells)]
        inside = [
            index for index, day in enumerate(days) if day and (since or "") <= day and (until is None or day <= until)
        ]
        stats.outside_dates += len(days) - len(inside)
        yield _picked(rows, inside, rows.rejects)


def up_to(stretches: Iterable[Rows], limit: int) -> Iterator[Rows]:
    """Only the first `limit` records; rejected ones count."""
    for rows in stretches:
        if limit <= 0:
            return
        numbers = sorted([*rows.numbers, *(reject.record for reject in rows.rejects)])
        if len(numbers) > limit:
            last = numbers[limit - 1]
            inside = [index for index, number in enumerate(rows.numbers) if number <= last]
            yield _picked(rows, inside, tuple(reject for reject in rows.rejects if reject.record <= last))
            return
        limit -= len(numbers)
        yield rows


def once(stretches: Iterable[Rows], seen: SeenRecords) -> Iterator[Rows]:
    """Only records that were not read before; the others are counted as dropped."""
    for rows in stretches:
        first = seen.first_ones(rows.keys)
        dropped = len(rows.keys) - len(first)
        yield replace(_picked(rows, first, rows.rejects), dropped=dropped) if dropped else rows


def _picked(rows: Rows, inside: list[int], rejects: tuple[Reject, ...]) -> Rows:
    return replace(
        rows,
        cells=[rows.cells[index] for index in inside],
        numbers=[rows.numbers[index] for index in inside],
        lines=[rows.lines[index] for index in inside],
        rejects=rejects,
        keys=[rows.keys[index] for index in inside],
        answers=[rows.answers[index] for index in inside] if rows.answers else [],
    )


def batches(
    stretches: Iterable[Rows], plan: Plan, size: int, stats: ReadStats, seen: SeenRecords | None
) -> Iterator[Batch]:
    """Batches of about `size` cells; fewer where cells are very long. Without `seen`, repeated records were dropped."""
    at_once = max(1, size // max(1, len(plan.texts)))
    held = _Held()
    for rows in stretches:
        held.add(rows)
        while len(held.cells) >= at_once or held.characters > _CHARACTERS_AT_ONCE:
            yield _batch(held.take(at_once), plan, seen, stats)
    if held.cells or held.rejects or held.dropped:
        yield _batch(held.take(at_once), plan, seen, stats)


def _batch(rows: Rows, plan: Plan, seen: SeenRecords | None, stats: ReadStats) -> Batch:
    before = stats.company
    comments = plan.comments(rows, stats)
    repeated = rows.dropped if seen is None else seen.repeated(rows.keys)
    return Batch(comments, len(rows.cells) + len(rows.rejects), rows.rejects, repeated, stats.company - before)


@dataclass(slots=True)
class _Held:
    """Rows that wait for their batch to be full."""

    cells: list[list[str]] = field(default_factory=list)
    numbers: list[int] = field(default_factory=list)
    rejects: list[Reject] = field(default_factory=list)
    keys: list[int] = field(default_factory=list)
    answers: list[list[tuple[str, str]]] = field(default_factory=list)
    characters: int = 0
    dropped: int = 0

    def add(self, rows: Rows) -> None:
        self.cells += rows.cells
        self.numbers += rows.numbers
        self.rejects += rows.rejects
        self.keys += rows.keys
        self.answers += rows.answers
        self.characters += rows.characters
        self.dropped += rows.dropped

    def take(self, count: int) -> Rows:
        """The first `count` rows, and the rejects among them."""
        everything = count >= len(self.cells)
        last = self.numbers[count - 1] if not everything else None
        rejects = [reject for reject in self.rejects if last is None or reject.record < last]
        taken = Rows(
            cells=self.cells[:count],
            numbers=self.numbers[:count],
            lines=(),
            rejects=tuple(rejects),
            keys=self.keys[:count],
            characters=0,
            answers=self.answers[:count],
            dropped=self.dropped,
        )
        self.dropped = 0
        del self.cells[:count], self.numbers[:count], self.keys[:count], self.answers[:count]
        del self.rejects[: len(rejects)]
        if everything:
            self.characters = 0
        return taken
