"""Verdicts of `check` to read and for programs: table, one line for a log, Markdown, JSON."""

from __future__ import annotations

from pathlib import PurePath
from typing import TYPE_CHECKING

from cxscan.insight.checks.judge import Verdict
from cxscan.render.escape import markdown_cell
from cxscan.render.json import dumps
from cxscan.render.log_line import log_line
from cxscan.render.markdown_table import markdown_table
from cxscan.render.verdicts.github import github_commands
from cxscan.render.verdicts.junit import junit
from cxscan.render.verdicts.words import example_words, expired_words, outcome_words, place_words, verdict_words

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from cxscan.insight.checks.judge import Judgement, Outcome
    from cxscan.render import Page
    from cxscan.summary import Json, Summary

_COLORS = {Verdict.PASS: "32", Verdict.INCONCLUSIVE: "33", Verdict.WARN: "33", Verdict.FAIL: "31"}
_WIDEST = max(map(len, Verdict))


def verdicts_table(judgement: Judgement, summary: Summary, page: Page) -> str:
    """A line for each check, the failed ones with their comments, and the verdict last. Lines are never broken."""
    lines = [line for outcome in judgement.outcomes for line in _entry(outcome, page)]
    lines += [f"{'expired':{_WIDEST}}  {expired_words(rule)}" for rule in judgement.expired]
    verdict, _, rest = verdict_words(judgement, summary).partition(":")
    return "\n".join([*lines, f"{_colored(verdict, judgement.verdict, page)}:{rest}"]) + "\n"


def verdicts_line(judgement: Judgement, summary: Summary, _page: Page) -> str:
    """`cxscan=FILES check=VERDICT …`, and what failed."""
    worse = [verdict for verdict in (Verdict.FAIL, Verdict.WARN, Verdict.INCONCLUSIVE) if judgement.count(verdict)]
    figures = [
        ("cxscan", ",".join(PurePath(path).name or path for path in sorted(summary.inputs))),
        ("check", judgement.verdict.value),
        ("checks", str(len(judgement.outcomes))),
        *((verdict.value, str(judgement.count(verdict))) for verdict in reversed(Verdict)),
        ("comments", str(summary.total.comments)),
        *((f"{verdict}_checks", "; ".join(_brief(one) for one in judgement.outcomes if one.verdict is verdict))
          for verdict in worse),
    ]  # fmt: skip
    return log_line(figures)


def verdicts_markdown(judgement: Judgement, summary: Summary, _page: Page) -> str:
    """A table of the checks, and the comments behind those that failed."""
    lines = [
        f"# cxscan check: {judgement.verdict}",
        "",
        f"{markdown_cell(verdict_words(judgement, summary).partition(': ')[2])}.",
        *markdown_table(("verdict", "check"), ((_marked(one), markdown_cell(outcome_words(one))) for one in
                                               judgement.outcomes)),
    ]  # fmt: skip
    for outcome in judgement.outcomes:
        if outcome.examples:
            lines += ["", f"**{markdown_cell(outcome.name)}**", ""]
            lines += [f"- “{markdown_cell(example_words(one))}” ({markdown_cell(place_words(one))})"
                      for one in outcome.examples]  # fmt: skip
    if judgement.expired:
        lines += ["", *(f"- expired: {markdown_cell(expired_words(rule))}" for rule in judgement.expired)]
    return "\n".join(lines) + "\n"


def verdicts_json(judgement: Judgement, _summary: Summary, _page: Page) -> str:
    """`cxscan-check`, version 1; docs/schema/check-1.json says what each key holds."""
    checks: list[Json] = [_as_json(outcome) for outcome in judgement.outcomes]
    whole: dict[str, Json] = {
        "format": "cxscan-check",
        "version": 1,
        "verdict": judgement.verdict.value,
        "checks": checks,
    }
    return dumps(whole, indent=2) + "\n"


def verdicts_renderer(name: str, page: Page) -> Callable[[Judgement, Summary], str]:
    """The renderer of a format of `VERDICT_FORMATS`."""
    return lambda judgement, summary: VERDICT_FORMATS[name](judgement, summary, page)


def _entry(outcome: Outcome, page: Page) -> Iterator[str]:
    dash, opening, closing = ("-", '"', '"') if page.ascii_only else ("–", "“", "”")
    verdict = _colored(f"{outcome.verdict:{_WIDEST}}", outcome.verdict, page)
    yield f"{verdict}  {outcome_words(outcome, dash)}"
    for example in outcome.examples:
        yield f"{'':{_WIDEST}}  {opening}{example_words(example)}{closing} [{place_words(example)}]"


def _colored(text: str, verdict: Verdict, page: Page) -> str:
    return f"\x1b[{_COLORS[verdict]}m{text}\x1b[0m" if page.color else text


def _brief(outcome: Outcome) -> str:
    return f"{outcome.name} ({outcome.metric.value:g})" if outcome.metric.value is not None else outcome.name


def _marked(outcome: Outcome) -> str:
    return f"**{outcome.verdict}**" if outcome.verdict is Verdict.FAIL else outcome.verdict.value


def _as_json(outcome: Outcome) -> dict[str, Json]:
    ends = outcome.interval or (None, None)
    low, high = (None if end is None else round(end, 6) + 0.0 for end in ends)
    note: dict[str, Json] = {"note": outcome_words(outcome)} if outcome.why or outcome.ignored else {}
    return {
        "name": outcome.name,
        "metric": outcome.metric.name,
        "verdict": outcome.verdict.value,
        "value": outcome.metric.value,
        "low": low,
        "high": high,
        "before": outcome.change.before.value if outcome.change else None,
        "limit": outcome.limit,
        "n": outcome.metric.measured.n,
        "examples": [
            {"text": one.text, "source": one.source, "record": one.record, "sentiment": one.sentiment}
            for one in outcome.examples
        ],
        **note,
    }


def _junit(judgement: Judgement, summary: Summary, _page: Page) -> str:
    return junit(judgement, summary)


def _github(judgement: Judgement, summary: Summary, _page: Page) -> str:
    return github_commands(judgement, summary)


VERDICT_FORMATS: dict[str, Callable[[Judgement, Summary, Page], str]] = {
    "table": verdicts_table,
    "line": verdicts_line,
    "json": verdicts_json,
    "markdown": verdicts_markdown,
    "junit": _junit,
    "github": _github,
}
