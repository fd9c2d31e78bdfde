"""Verdicts as JUnit XML: a test case for each check.

Valid against the two schemas in use, that of Apache Ant (windyroad/JUnit-Schema) and that of Jenkins (xunit-plugin,
junit-10.xsd). Both want a time and a host: they are fixed, as the same input gives the same bytes.
"""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from cxscan.insight.checks.judge import Verdict
from cxscan.render.escape import clean, xml_text
from cxscan.render.verdicts.words import example_words, outcome_words, place_words, verdict_words

if TYPE_CHECKING:
    from collections.abc import Iterator

    from cxscan.insight.checks.judge import Judgement, Outcome
    from cxscan.render import Page
    from cxscan.render.verdicts.words import Verdicts
    from cxscan.summary import Summary

_WHEN_AND_WHERE = 'hostname="localhost" timestamp="1970-01-01T00:00:00" time="0"'


def junit(verdicts: Verdicts, _page: Page) -> str:
    """The whole file. What lets the run fail is a failure; inconclusive and ignored checks are skipped."""
    lines = [
        '<?xml version="1.0" encoding="UTF-8"?>',
        "<testsuites>",
        *_suite(verdicts.judgement, verdicts.summary),
        "</testsuites>",
    ]
    return "\n".join(lines) + "\n"


def _suite(judgement: Judgement, summary: Summary) -> Iterator[str]:
    counts = {"tests": len(judgement.outcomes), "failures": sum(map(judgement.fails, judgement.outcomes))}
    skipped = sum(_is_skipped(judgement, outcome) for outcome in judgement.outcomes)
    attributes = " ".join(f'{name}="{n}"' for name, n in {**counts, "errors": 0, "skipped": skipped}.items())
    yield f'<testsuite id="0" package="cxscan" name="cxscan check" {_WHEN_AND_WHERE} {attributes}>'
    yield "<properties>"
    for name, value in (("themes", summary.rules.themes), ("model", summary.rules.model)):
        yield f'<property name="{name}" value="{xml_text(value)}"/>'
    yield "</properties>"
    for outcome, name in zip(judgement.outcomes, _names(judgement), strict=True):
        yield from _case(judgement, outcome, name)
    warned = [f"warn: {outcome_words(outcome)}" for outcome in judgement.outcomes if outcome.verdict is Verdict.WARN]
    yield f"<system-out>{xml_text(chr(10).join([*warned, verdict_words(judgement, summary)]))}</system-out>"
    yield "<system-err></system-err>"
    yield "</testsuite>"


def _names(judgement: Judgement) -> Iterator[str]:
    """A name for each test case; a second one of the same name gets a number, as tools tell them apart by name."""
    seen: Counter[str] = Counter()
    for outcome in judgement.outcomes:
        name = clean(outcome.name)
        seen[name] += 1
        yield name if seen[name] == 1 else f"{name} ({seen[name]})"


def _case(judgement: Judgement, outcome: Outcome, name: str) -> Iterator[str]:
    opening = f'<testcase classname="cxscan.check" name="{xml_text(name)}" time="0"'
    message = xml_text(outcome_words(outcome))
    if judgement.fails(outcome):
        quotes = [f"“{example_words(one)}” ({place_words(one)})" for one in outcome.examples]
        yield f"{opening}>"
        yield f'<failure type="{outcome.verdict}" message="{message}">{xml_text(chr(10).join(quotes))}</failure>'
        yield "</testcase>"
    elif _is_skipped(judgement, outcome):
        yield f"{opening}>"
        yield f'<skipped message="{message}"/>'
        yield "</testcase>"
    else:
        yield f"{opening}/>"


def _is_skipped(judgement: Judgement, outcome: Outcome) -> bool:
    inconclusive = outcome.verdict is Verdict.INCONCLUSIVE
    return (inconclusive or outcome.ignored is not None) and not judgement.fails(outcome)
