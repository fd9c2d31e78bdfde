"""A choice among columns that may have a role, and what spoke for or against each."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from cxscan.layout import Candidate
from cxscan.read.columns.text_columns import is_company_reply

if TYPE_CHECKING:
    from collections.abc import Callable, Container, Sequence

    from cxscan.layout import Role
    from cxscan.read.columns.sample import ColumnSample
    from cxscan.read.values.profile import Profile

_AS_FULL = 0.5

USUAL = "its name is a usual one, its cells fit"
LIKELY = "its name and cells suggest it"
ENOUGH_CELLS = 0.6
"""Share of a column's filled cells that make it what its name says."""


class RankedColumn(NamedTuple):
    """A column that may have a role."""

    rank: tuple[int, ...]
    """The lower, the likelier."""
    position: int
    reason: str


class Choice(NamedTuple):
    """The column that was taken for a role, if any was, and the columns that were considered."""

    position: int | None
    reason: str = ""
    candidates: tuple[Candidate, ...] = ()


def rank_columns(
    role: Role,
    sample: ColumnSample,
    taken: Container[int],
    rank: Callable[[int], RankedColumn | None],
    trouble: Callable[[int], str | None],
) -> tuple[list[RankedColumn], list[Candidate]]:
    """Rank the columns that may have a role, the fuller ones first; and tell why others that were ranked have not.

    `rank` places a column by its name, `trouble` tells what its cells say against it.
    """
    ranked: list[RankedColumn] = []
    passed: list[Candidate] = []
    for position, name in enumerate(sample.names):
        column = None if position in taken or is_company_reply(name) else rank(position)
        if column is None:
            continue
        reason = trouble(position)
        if reason is None:
            ranked.append(column)
        else:
            passed.append(Candidate(role, name, chosen=False, reason=reason))
    empty = _emptiness([sample.profiles[column.position] for column in ranked])
    return [column._replace(rank=(place, *column.rank)) for column, place in zip(ranked, empty, strict=True)], passed


def _emptiness(profiles: Sequence[Profile]) -> list[int]:
    """For each of some columns whether it is about as full as the fullest (0), emptier (1) or wholly empty (2)."""
    most = max((cells.filled for cells in profiles), default=0)
    return [2 if not cells.filled else int(cells.filled < _AS_FULL * most) for cells in profiles]


def choose_likeliest(
    role: Role, sample: ColumnSample, ranked: Sequence[RankedColumn], passed: Sequence[Candidate], *, tie: bool = True
) -> Choice:
    """Take the column of the lowest rank, the first of several only if a `tie` may be settled so."""
    ranked = sorted(ranked)
    clear = bool(ranked) and (tie or len(ranked) == 1 or ranked[0].rank < ranked[1].rank)
    chosen = ranked[0] if clear else None
    candidates = [*passed]
    for column in ranked:
        reason = column.reason
        if column is not chosen:
            than = "another is likelier" if clear else "so do others"
            reason = f"{reason}, but {than}; --{role} takes it"
        taken = column is chosen
        candidates.append(Candidate(role, sample.names[column.position], chosen=taken, reason=reason, close=not taken))
    if chosen is None:
        return Choice(None, "", tuple(candidates))
    return Choice(chosen.position, chosen.reason, tuple(candidates))
