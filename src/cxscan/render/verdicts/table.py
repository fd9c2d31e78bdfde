"""Verdicts of `check` for a reader at a terminal."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cxscan.insight.checks.judge import Verdict
from cxscan.render.verdicts.words import example_words, expired_words, outcome_words, place_words, verdict_words

if TYPE_CHECKING:
    from collections.abc import Iterator

    from cxscan.insight.checks.judge import Outcome
    from cxscan.render import Page
    from cxscan.render.verdicts.words import Verdicts

_COLORS = {Verdict.PASS: "32", Verdict.INCONCLUSIVE: "33", Verdict.WARN: "33", Verdict.FAIL: "31"}
_WIDEST = max(map(len, Verdict))


def verdicts_table(verdicts: Verdicts, page: Page) -> str:
    """A line for each check, the failed ones with their comments, and the verdict last. Lines are never broken."""
    judgement, summary = verdicts.judgement, verdicts.summary
    lines = [line for outcome in judgement.outcomes for line in _entry(outcome, page)]
    lines += [f"{'expired':{_WIDEST}}  {expired_words(rule)}" for rule in judgement.expired]
    verdict, _, rest = verdict_words(judgement, summary).partition(":")
    return "\n".join([*lines, f"{_colored(verdict, judgement.verdict, page)}:{rest}"]) + "\n"


def _entry(outcome: Outcome, page: Page) -> Iterator[str]:
    dash, opening, closing = ("-", '"', '"') if page.ascii_only else ("–", "“", "”")
    verdict = _colored(f"{outcome.verdict:{_WIDEST}}", outcome.verdict, page)
    yield f"{verdict}  {outcome_words(outcome, dash)}"
    for example in outcome.examples:
        yield f"{'':{_WIDEST}}  {opening}{example_words(example)}{closing} [{place_words(example)}]"


def _colored(text: str, verdict: Verdict, page: Page) -> str:
    return f"\x1b[{_COLORS[verdict]}m{text}\x1b[0m" if page.color else text
