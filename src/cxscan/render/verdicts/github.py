"""Verdicts as GitHub annotations: workflow commands that put a check beside the comments behind it.

The syntax is that of actions/toolkit (packages/core/src/command.ts). GitHub shows ten annotations of a kind in a step,
so there are no more; all of them stand in the job's summary, which is the Markdown of `verdicts`.
"""

from __future__ import annotations

from itertools import chain, zip_longest
from typing import TYPE_CHECKING, NamedTuple

from cxscan.insight.checks.judge import Verdict
from cxscan.render.escape import clean
from cxscan.render.verdicts.words import example_words, outcome_words, place_words, verdict_words

if TYPE_CHECKING:
    from collections.abc import Iterable

    from cxscan.insight.checks.judge import Example, Judgement, Outcome
    from cxscan.render import Page
    from cxscan.render.verdicts.words import Verdicts

MOST = 10
"""Annotations of one kind that GitHub shows for a step."""

LONGEST = 1_000_000
"""Bytes of a job's summary: GitHub refuses one over 1 MiB, and other steps write to it too."""

_KINDS = {Verdict.FAIL: "error", Verdict.WARN: "warning", Verdict.INCONCLUSIVE: "notice"}
_STANDARD_INPUT = "-"


class _Annotation(NamedTuple):
    kind: str
    line: str


def github_commands(verdicts: Verdicts, _page: Page) -> str:
    """The commands, each check's first before any check's second, and the verdict as a plain line."""
    judgement = verdicts.judgement
    noted = [outcome for outcome in judgement.outcomes if outcome.verdict in _KINDS]
    every = [[_annotation(judgement, outcome, example) for example in outcome.examples or (None,)] for outcome in noted]
    in_turn = [one for one in chain.from_iterable(zip_longest(*every)) if one is not None]
    lines = [line for kind in ("error", "warning", "notice") for line in _first(in_turn, kind)]
    left = len(in_turn) - len(lines)
    more = f"; {left} more annotations in the job's summary" if left else ""
    return "\n".join([*lines, f"cxscan check: {verdict_words(judgement, verdicts.summary)}{more}"]) + "\n"


def step_summary(markdown: str) -> str:
    """The Markdown, cut after a line where it is too long for the summary of a job."""
    kept = markdown.encode()[:LONGEST]
    if len(kept) < LONGEST:
        return markdown
    return kept[: kept.rindex(b"\n") + 1].decode() + "\n… cut: too long for the summary of a job\n"


def escape_message(text: str) -> str:
    """For what stands behind the second ::."""
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def escape_property(text: str) -> str:
    """For the value of a property."""
    return escape_message(text).replace(":", "%3A").replace(",", "%2C")


def _first(every: Iterable[_Annotation], kind: str) -> list[str]:
    return [one.line for one in every if one.kind == kind][:MOST]


def _annotation(judgement: Judgement, outcome: Outcome, example: Example | None) -> _Annotation:
    kind = "error" if judgement.fails(outcome) else _KINDS[outcome.verdict]
    place = {} if example is None or example.source == _STANDARD_INPUT else _place(example)
    properties = {**place, "title": f"cxscan check: {clean(outcome.name)}"}
    written = ",".join(f"{name}={escape_property(value)}" for name, value in properties.items())
    quote = "" if example is None else f"\n“{example_words(example)}” ({place_words(example)})"
    return _Annotation(
        kind, f"::{kind} {written}::{escape_message(f'{outcome.verdict}: {outcome_words(outcome)}{quote}')}"
    )


def _place(example: Example) -> dict[str, str]:
    line = {} if example.line is None else {"line": str(example.line)}
    return {"file": clean(example.file or example.source), **line}
