"""The comments behind checks that failed or warned: a few in the judgement, many in a file of their own."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from cxscan.insight.checks.judge import Example, Verdict

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from cxscan.comment_records import CommentRecord
    from cxscan.insight.checks.judge import Judgement, Outcome
    from cxscan.quotes.select import Key
    from cxscan.read import Source
    from cxscan.runs.check_examples import CheckExamples

MOST_SHOWN = 3
"""Comments shown of a failed check."""


def with_examples(
    judgement: Judgement, examples: CheckExamples, sources: Sequence[Source], named: Callable[[str], str]
) -> Judgement:
    """The judgement with the comments behind what failed or warned.

    They stand at lines of those `sources` that are given; `named` is the name of a source in an annotation.
    """
    chosen = [
        _behind(outcome, examples)[:MOST_SHOWN] if judgement.fails(outcome) or outcome.verdict is Verdict.WARN else ()
        for outcome in judgement.outcomes
    ]
    wanted = {(record.source, record.record) for comments in chosen for _, record in comments}
    lines = {
        (source.path, number): line
        for source in sources
        for number, line in source.lines({number for path, number in wanted if path == source.path}).items()
    }

    def example(record: CommentRecord) -> Example:
        line, file = lines.get((record.source, record.record)), named(record.source)
        return Example(record.text, record.source, record.record, record.sentiment, line, file)

    outcomes = (
        replace(outcome, examples=tuple(example(record) for _, record in comments))
        for outcome, comments in zip(judgement.outcomes, chosen, strict=True)
    )
    return replace(judgement, outcomes=tuple(outcomes))


def failure_rows(judgement: Judgement, examples: CheckExamples) -> list[tuple[str, CommentRecord]]:
    """The comments behind each failed check, with its name."""
    failed = [outcome for outcome in judgement.outcomes if judgement.fails(outcome)]
    return [(outcome.name, record) for outcome in failed for _, record in _behind(outcome, examples)]


def _behind(outcome: Outcome, examples: CheckExamples) -> tuple[tuple[Key, CommentRecord], ...]:
    """The comments behind a number, the telling ones first."""
    top = examples.by_filter.get(outcome.comments) if outcome.comments else None
    return top.ranked if top else ()
