"""Verdicts of checks as JSON: docs/schema/check-1.json says what each key holds."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cxscan.render.json import dumps
from cxscan.render.verdicts.words import outcome_words

if TYPE_CHECKING:
    from cxscan.insight.checks.judge import Outcome
    from cxscan.render import Page
    from cxscan.render.verdicts.words import Verdicts
    from cxscan.summary import Json


def verdicts_json(verdicts: Verdicts, _page: Page) -> str:
    """`cxscan-check`, version 1; docs/schema/check-1.json says what each key holds."""
    checks: list[Json] = [_as_json(outcome) for outcome in verdicts.judgement.outcomes]
    whole: dict[str, Json] = {
        "format": "cxscan-check",
        "version": 1,
        "verdict": verdicts.judgement.verdict.value,
        "checks": checks,
    }
    return dumps(whole, indent=2) + "\n"


def _as_json(outcome: Outcome) -> dict[str, Json]:
    ends = outcome.interval or (None, None)
    low, high = (None if end is None else round(end, 6) + 0.0 for end in ends)
    note: dict[str, Json] = {"note": outcome_words(outcome)} if outcome.why or outcome.ignored else {}
    return {
        "name": outcome.name,
        "metric": outcome.number.name,
        "verdict": outcome.verdict.value,
        "value": outcome.number.value,
        "low": low,
        "high": high,
        "before": outcome.change.before.value if outcome.change else None,
        "limit": outcome.limit,
        "n": outcome.number.n,
        "examples": [
            {"text": one.text, "source": one.source, "record": one.record, "sentiment": one.sentiment}
            for one in outcome.examples
        ],
        **note,
    }
