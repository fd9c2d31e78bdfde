"""Verdicts of checks as one line for a log."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cxscan.insight.checks.judge import Verdict
from cxscan.render.file_names import file_name
from cxscan.render.log_line import log_line

if TYPE_CHECKING:
    from cxscan.insight.checks.judge import Outcome
    from cxscan.render import Page
    from cxscan.render.verdicts.words import Verdicts


def verdicts_line(verdicts: Verdicts, _page: Page) -> str:
    """`cxscan=FILES check=VERDICT …`, and what failed."""
    judgement, summary = verdicts.judgement, verdicts.summary
    worse = [verdict for verdict in (Verdict.FAIL, Verdict.WARN, Verdict.INCONCLUSIVE) if judgement.count(verdict)]
    failing = [
        (f"{verdict}_checks", "; ".join(_brief(one) for one in judgement.outcomes if one.verdict is verdict))
        for verdict in worse
    ]
    figures = [
        ("cxscan", ",".join(file_name(path) for path in sorted(summary.inputs))),
        ("check", judgement.verdict.value),
        ("checks", str(len(judgement.outcomes))),
        *((verdict.value, str(judgement.count(verdict))) for verdict in reversed(Verdict)),
        ("comments", str(summary.total.comments)),
        *failing,
    ]
    return log_line(figures)


def _brief(outcome: Outcome) -> str:
    return f"{outcome.name} ({outcome.number.value:g})" if outcome.number.value is not None else outcome.name
