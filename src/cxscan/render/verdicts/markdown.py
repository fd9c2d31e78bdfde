"""Verdicts of checks as GitHub-flavoured Markdown."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cxscan.insight.checks.judge import Verdict
from cxscan.render.escape import markdown_cell
from cxscan.render.markdown_table import markdown_table
from cxscan.render.verdicts.words import example_words, expired_words, outcome_words, place_words, verdict_words

if TYPE_CHECKING:
    from cxscan.insight.checks.judge import Example, Outcome
    from cxscan.render import Page
    from cxscan.render.verdicts.words import Verdicts


def verdicts_markdown(verdicts: Verdicts, _page: Page) -> str:
    """A table of the checks, and the comments behind those that failed."""
    judgement, summary = verdicts.judgement, verdicts.summary
    checks = [(_marked(one), markdown_cell(outcome_words(one))) for one in judgement.outcomes]
    lines = [
        f"# cxscan check: {judgement.verdict}",
        "",
        f"{markdown_cell(verdict_words(judgement, summary).partition(': ')[2])}.",
        *markdown_table(("verdict", "check"), checks),
    ]
    for outcome in judgement.outcomes:
        if outcome.examples:
            lines += ["", f"**{markdown_cell(outcome.name)}**", ""]
            lines += map(_quote, outcome.examples)
    if judgement.expired:
        lines += ["", *(f"- expired: {markdown_cell(expired_words(rule))}" for rule in judgement.expired)]
    return "\n".join(lines) + "\n"


def _quote(example: Example) -> str:
    return f"- “{markdown_cell(example_words(example))}” ({markdown_cell(place_words(example))})"


def _marked(outcome: Outcome) -> str:
    return f"**{outcome.verdict}**" if outcome.verdict is Verdict.FAIL else outcome.verdict.value
