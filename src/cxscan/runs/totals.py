"""The end of every record of a run: the summary, the rejects, and what a user is to know of them."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from cxscan.errors import InputError
from cxscan.read import REMEMBERED
from cxscan.render.number_format import counted
from cxscan.rules.languages import language_name
from cxscan.summary import rating_number

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from cxscan.model import Reject
    from cxscan.summary import Summary
    from cxscan.summary.counts import UnscoredCounts

LANGUAGES_NAMED = 4
"""Languages of unscored comments that a note names, the most frequent ones; the JSON has them all."""

REJECTS_SHOWN = 10
"""Rejected records that are listed; `--rejects` lists them all."""

KINDS_NAMED = 3
"""Kinds of words repaired or set aside that a note names, the most frequent ones."""


@dataclass(frozen=True, slots=True)
class KindCounts:
    """Comments of which words were repaired, or set aside."""

    comments: int = 0
    kinds: Counter[str] = field(default_factory=Counter)
    """Comments with each kind of such words; one may count for several."""

    def __add__(self, other: KindCounts) -> KindCounts:
        return KindCounts(self.comments + other.comments, self.kinds + other.kinds)

    def __str__(self) -> str:
        kinds = sorted(self.kinds.items(), key=lambda one: (-one[1], one[0]))
        named = ", ".join(f"{name} in {n:,}" for name, n in kinds[:KINDS_NAMED])
        return f"{counted(self.comments, 'comment')}: {named}{', …' if len(kinds) > KINDS_NAMED else ''}"


@dataclass(slots=True)
class RunTotals:
    """The sums of all batches of a run."""

    summary: Summary | None = None
    """None before the first batch."""
    rejects: list[Reject] = field(default_factory=list)
    repaired: KindCounts = KindCounts()
    set_aside: KindCounts = KindCounts()

    def add(self, summary: Summary, rejects: Iterable[Reject], *, repaired: KindCounts, set_aside: KindCounts) -> None:
        """Add a batch."""
        self.repaired += repaired
        self.set_aside += set_aside
        self.summary = summary if self.summary is None else self.summary + summary
        self.rejects.extend(rejects)

    def finish(self, *, max_rejected: float, given: str) -> Summary:
        """The summary of the run. Raise InputError when there is no comment, or too many records were rejected.

        `max_rejected` is the share of records that may be rejected, `given` how the user wrote it.
        """
        if self.summary is None:
            raise InputError("no comments: the input has no records")
        inputs = self.summary.inputs
        records = sum(source.records for source in inputs.values())
        if trouble := too_many_rejected(len(self.rejects), records, max_rejected=max_rejected, given=given):
            worst = max(sorted(inputs), key=lambda path: inputs[path].rejected)
            raise InputError(f"{worst}: {trouble}")
        if not self.summary.total.comments:
            named = ", ".join(sorted(inputs))
            raise InputError(f"{named}: no comments: {records:,} records, none with text; name the column with --text")
        return self.summary


def too_many_rejected(rejected: int, records: int, *, max_rejected: float, given: str) -> str | None:
    """Word the trouble and the next step, where more than that share of the records was rejected."""
    if rejected <= max_rejected * records:
        return None
    return (
        f"{rejected:,} of {records:,} records could not be read, over --max-rejected {given}; "
        "look at them with --rejects FILE, or allow more"
    )


def reject_notes(rejects: Sequence[Reject]) -> Iterator[str]:
    """A line for each of the first rejected records, and one for the others."""
    for reject in rejects[:REJECTS_SHOWN]:
        yield f"{reject.source}:{reject.line}: record {reject.record} rejected: {reject.reason}"
    if len(rejects) > REJECTS_SHOWN:
        yield f"{len(rejects) - REJECTS_SHOWN:,} more records rejected; --rejects FILE lists them all"


def summary_notes(summary: Summary, *, once: bool = False) -> Iterator[str]:
    """A line for each thing that a reader of the numbers should know: unscored comments, repeats, rating scales.

    `once` says that repeated records were left out.
    """
    unscored = summary.total.unscored
    if unscored:
        reasons = ", ".join(_reasons(summary.total.reasons))
        yield f"{counted(unscored, 'comment')} unscored{f': {reasons}' if reasons else ''}"
    yield from _repeat_notes(summary, once=once)
    if summary.scales_differ:
        scales = (
            f"{rating_number(scale.low)}-{rating_number(scale.high)} ({scale.column})"
            for scale in summary.total.ratings
        )
        yield f"ratings on different scales, so no rating is shown: {', '.join(sorted(scales))}; scan them apart"


def cleaning_notes(totals: RunTotals) -> Iterator[str]:
    """A line that says in how many comments damaged words were mended, and one of words that were set aside."""
    if totals.repaired.comments:
        yield f"words repaired in {totals.repaired} (--as-is leaves them)"
    if totals.set_aside.comments:
        yield f"words set aside in {totals.set_aside} (--as-is keeps them)"


def _repeat_notes(summary: Summary, *, once: bool) -> Iterator[str]:
    if repeated := summary.total.repeated:
        what = "left out" if once else "each is counted (--repeats once leaves them out)"
        verb = "stands" if repeated == 1 else "stand"
        yield f"{counted(repeated, 'record')} {verb} in the input more than once; {what}"
    records = sum(source.records for source in summary.inputs.values())
    if records > REMEMBERED and not once:
        yield f"repeated records are looked for among the first {REMEMBERED:,}; --repeats once looks among all"


def _reasons(counts: UnscoredCounts) -> Iterator[str]:
    """Yield how many comments are unscored for each reason: 99 Spanish, 71 Hindi, 240 no answer."""
    languages = sorted(counts.languages.items(), key=lambda one: (-one[1], one[0]))
    yield from (f"{n:,} {language_name(code)}" for code, n in languages[:LANGUAGES_NAMED])
    others = sum(n for _, n in languages[LANGUAGES_NAMED:])
    parts = {"in other languages": others, "no answer": counts.no_answer, "no words": counts.no_words}
    yield from (f"{n:,} {name}" for name, n in parts.items() if n)
