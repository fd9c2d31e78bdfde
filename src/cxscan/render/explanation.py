"""The explanation of a comment's labels, as text or JSON."""

from __future__ import annotations

from textwrap import fill
from typing import TYPE_CHECKING

from cxscan.comment_records import comment_records
from cxscan.render.escape import clean
from cxscan.render.json import dumps
from cxscan.summary.json_values import json_object

if TYPE_CHECKING:
    from collections.abc import Sequence

    from cxscan.comment_records import CommentRecord
    from cxscan.model import Explanation, Span, ThemeExplanation
    from cxscan.render import Page
    from cxscan.summary import Json

_BAR = 12
"""Columns of the longest bar."""


def explanation_json(explanation: Explanation, _page: Page) -> str:
    """Return the comment's record, and what its labels rest on.

    The weights of the sentiment's evidence and `rest` add up to `polarity`, the score before it was squashed.
    """
    polarity, question = round(explanation.polarity, 4), explanation.question
    words = sum(span.weight for span in _evidence(explanation, "sentiment"))
    document: dict[str, Json] = {
        "format": "cxscan-explanation",
        "version": 1,
        "polarity": polarity,
        "question": json_object(field=_record(explanation).field, weight=question) if question else None,
        "rest": round(polarity - words - question, 4) + 0.0,
        "themes": {theme.name: _theme_json(theme) for theme in explanation.themes},
        "comment": _record(explanation)._replace(evidence=_evidence(explanation)).as_json(),
    }
    return dumps(document, indent=2) + "\n"


def explanation_table(explanation: Explanation, page: Page) -> str:
    """Return the comment, its labels, and under each label the words that it rests on."""
    record = _record(explanation)
    score = "" if record.score is None else f" ({record.score:+.4f}{', mixed' if record.mixed else ''})"
    lines = [
        fill(clean(record.text), page.width),
        "",
        f"Sentiment  {record.sentiment}{score}",
        *_words(_evidence(explanation, "sentiment"), explanation),
    ]
    reasons = {theme.name: theme for theme in explanation.themes}
    lines += ["", f"Lens       {record.lens}"]
    for name, polarity in record.themes.items():
        lines.append(f"  {name:<14} {polarity}")
        lines += ["    " + clean(f"“{span.words}”") for span in _evidence(explanation, name)]
        lines += _reason(reasons[name], page.width) if name in reasons else []
    for name, reason in reasons.items():
        if name not in record.themes:
            lines.append(f"  {name:<14} {_LEFT_OUT if reason.cut else 'not given'}")
            lines += ["    " + clean(f"“{words}”") for words in reason.phrases]
            lines += _reason(reason, page.width)
    lines.append(f"Intents    {', '.join(record.intents) or 'none'}")
    lines.append(f"Language   {record.language or 'not known'}")
    return "\n".join(lines) + "\n"


_QUESTION = "the column's question"

_LEFT_OUT = "left out: too many built-in themes, and others weigh more"


def _record(explanation: Explanation) -> CommentRecord:
    """Return the record that `scan --comments` would write, without its evidence."""
    ((_, record),) = comment_records(explanation.comments, explanation.labels)
    return record


def _evidence(explanation: Explanation, label: str | None = None) -> list[Span]:
    """Return the pieces of evidence, those of one label if it is named."""
    (spans,) = explanation.spans.by_cell(explanation.comments.texts)
    return [span for span in spans if label in (None, span.label)]


def _theme_json(theme: ThemeExplanation) -> dict[str, Json]:
    """Return what was learned of a theme; `cut` is there only where it is true."""
    words: list[Json] = [json_object(words=term.words, weight=round(term.weight, 2)) for term in theme.words]
    found = json_object(found=theme.found, margin=round(theme.margin, 2), phrases=list(theme.phrases), words=words)
    return found | json_object(cut=True) if theme.cut else found


def _reason(theme: ThemeExplanation, width: int) -> list[str]:
    """Say how far a theme is above the line or below, and the words learned for it that count most."""
    words = ", ".join(f"{term.words} {term.weight:+.2f}" for term in theme.words)
    side = "above" if theme.margin > 0 else "below"
    text = f"learned: {theme.margin:+.2f} {side} the line{f'; {words}' if words else ''}"
    return [fill(clean(text), width, initial_indent="    ", subsequent_indent="      ")]


def _words(evidence: Sequence[Span], explanation: Explanation) -> list[str]:
    """List the words that moved the score, each with its weight and a bar; then what they add up to."""
    weights = [span.weight for span in evidence]
    largest = max(map(abs, weights), default=1.0) or 1.0
    longest = max(8, min(max((len(span.words) for span in evidence), default=0), 30))
    lines = [
        (
            clean(f"  {span.words:<{longest}} {span.weight:+7.2f}  ")
            + ("+" if span.weight > 0 else "-") * round(_BAR * abs(span.weight) / largest)
        ).rstrip()
        for span in evidence
    ]
    polarity, question = explanation.polarity, explanation.question
    longest = max(longest, len(_QUESTION)) if question else longest
    if question:
        lines.append(f"  {_QUESTION:<{longest}} {question:+7.2f}  " + ("+" if question > 0 else "-") * _BAR)
    rest = polarity - sum(weights) - question
    return [*lines, f"  {'the rest':<{longest}} {rest:+7.2f}", f"  {'together':<{longest}} {polarity:+7.2f}"]
