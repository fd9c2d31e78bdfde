"""Why a comment is classified as it is, as text or JSON."""

from __future__ import annotations

from textwrap import fill
from typing import TYPE_CHECKING

from cxscan.render.escape import clean
from cxscan.render.json import dumps

if TYPE_CHECKING:
    from cxscan.summary import Json

_BAR = 12
"""Columns of the longest bar."""


def explanation_json(record: dict[str, Json], polarity: float, reasons: dict[str, Json]) -> str:
    """The record under `comment`; its sentiment's weights and `rest` add up to `polarity`, the unsquashed score.

    `reasons`: by theme, what was learned of it, as `Classifier.reasons` has it.
    """
    known = round(polarity, 4)
    explained: dict[str, Json] = {
        "format": "cxscan-explanation",
        "version": 1,
        "polarity": known,
        "rest": round(known - sum(_weights(record)), 4) + 0.0,
        "themes": reasons,
        "comment": record,
    }
    return dumps(explained, indent=2) + "\n"


def explanation_table(record: dict[str, Json], polarity: float, reasons: dict[str, Json], *, width: int) -> str:
    """The comment, its labels, and under each label the words that it rests on.

    `polarity` is the score before it was squashed: the sum of the words shown and of the rest.
    """
    evidence = [one for one in _list(record["evidence"]) if isinstance(one, dict)]
    score = "" if record["score"] is None else f" ({record['score']:+.4f}{', mixed' if record['mixed'] else ''})"
    lines = [
        fill(clean(str(record["text"])), width),
        "",
        f"Sentiment  {record['sentiment']}{score}",
        *_words([one for one in evidence if one["label"] == "sentiment"], polarity),
    ]
    themes = record["themes"] if isinstance(record["themes"], dict) else {}
    lines += ["", f"Lens       {record['lens']}"]
    for theme, spoken in themes.items():
        lines.append(f"  {theme:<14} {spoken}")
        lines += ["    " + clean(f"“{one['words']}”") for one in evidence if one["label"] == theme]
        lines += _reason(reasons.get(theme), width)
    for theme, reason in reasons.items():
        if theme not in themes:
            lines += [f"  {theme:<14} not given", *_matches(reason), *_reason(reason, width)]
    lines.append(f"Intents    {', '.join(map(str, _list(record['intents']))) or 'none'}")
    lines.append(f"Language   {record['language'] or 'not known'}")
    return "\n".join(lines) + "\n"


def _reason(reason: Json, width: int) -> list[str]:
    """How far a theme is above the line or below, and the words learned for it that count most."""
    if not isinstance(reason, dict):
        return []
    words = ", ".join(f"{one['words']} {one['weight']:+.2f}" for one in _list(reason["words"]) if isinstance(one, dict))
    margin = float(str(reason["margin"]))
    said = f"learned: {margin:+.2f} {'above' if margin > 0 else 'below'} the line{f'; {words}' if words else ''}"
    return [fill(clean(said), width, initial_indent="    ", subsequent_indent="      ")]


def _matches(reason: Json) -> list[str]:
    """The phrases that were found all the same."""
    return ["    " + clean(f"“{words}”") for words in _list(reason["phrases"])] if isinstance(reason, dict) else []


def _words(evidence: list[dict[str, Json]], polarity: float) -> list[str]:
    """The words that moved the score, each with its weight and a bar; then what they add up to."""
    weights = [float(str(one["weight"])) for one in evidence]
    largest = max(map(abs, weights), default=1.0) or 1.0
    longest = max(8, min(max((len(str(one["words"])) for one in evidence), default=0), 30))
    lines = [
        (
            clean(f"  {one['words']!s:<{longest}} {weight:+7.2f}  ")
            + ("+" if weight > 0 else "-") * round(_BAR * abs(weight) / largest)
        ).rstrip()
        for one, weight in zip(evidence, weights, strict=True)
    ]
    rest = polarity - sum(weights)
    return [*lines, f"  {'the rest':<{longest}} {rest:+7.2f}", f"  {'together':<{longest}} {polarity:+7.2f}"]


def _weights(record: dict[str, Json]) -> list[float]:
    evidence = [one for one in _list(record["evidence"]) if isinstance(one, dict)]
    return [float(str(one["weight"])) for one in evidence if one["label"] == "sentiment"]


def _list(value: Json) -> list[Json]:
    return value if isinstance(value, list) else []
