"""A list of themes, or one theme in full, as text and as JSON."""

from __future__ import annotations

from textwrap import fill, indent
from typing import TYPE_CHECKING

from cxscan.model import Lens
from cxscan.render.escape import clean
from cxscan.render.json import dumps
from cxscan.rules.taxonomy import GROUPS, ThemeRules
from cxscan.summary.json_values import json_object

if TYPE_CHECKING:
    from cxscan.render import Page
    from cxscan.rules.taxonomy import Rules, Taxonomy
    from cxscan.summary import Json

_HEADINGS = {
    Lens.PRODUCT: "Product-centric: the thing sold and the terms on which it is sold",
    Lens.CUSTOMER: "Customer-centric: how the customer is treated, understood and helped to succeed",
}
_GROUP_NAMES = {
    "phrases": "Phrases (polarity from the clause)",
    "positive": "Positive phrases",
    "negative": "Negative phrases",
    "neutral": "Neutral phrases",
    "not_here": "Not here",
}


def themes_table(taxonomy: Taxonomy, page: Page) -> str:
    """Every theme with its definition, lens by lens, then the intents."""
    parts: list[str] = []
    for lens, heading in _HEADINGS.items():
        entries = [_entry(theme, page.width) for theme in taxonomy.themes if theme.lens is lens]
        parts.append("\n".join([heading, *entries]))
    parts.append(
        "\n".join(["Intents: what the writer is doing", *(_entry(rules, page.width) for rules in taxonomy.intents)])
    )
    return "\n\n".join(parts) + "\n"


def rules_table(rules: Rules, page: Page) -> str:
    """One theme or intent: themes above it, definition, phrases by group, and texts that hold it to its word."""
    lens, width = _lens(rules), page.width
    parts = [f"{rules.name} ({lens.value} lens)" if lens else rules.name]
    if rules.parents:
        parts.append(fill(f"Within: {', then '.join(rules.parents)}", width))
    if rules.definition:
        parts.append(fill(rules.definition, width))
    for group in GROUPS:
        phrases: tuple[str, ...] = getattr(rules, group)
        if phrases:
            parts.append(f"{_GROUP_NAMES[group]}: {len(phrases)}\n" + _wrapped(", ".join(phrases), width))
    for heading, texts in (("Must match", rules.match), ("Must not match", rules.no_match)):
        if texts:
            parts.append("\n".join([f"{heading}:", *(f"  {clean(text)}" for text in texts)]))
    return "\n\n".join(parts) + "\n"


def themes_json(taxonomy: Taxonomy, _page: Page) -> str:
    """Return the object of docs/schema/themes-1.json."""
    listed: dict[str, list[Json]] = {
        name: [_heading(rules) for rules in group]
        for name, group in (("themes", taxonomy.themes), ("intents", taxonomy.intents))
    }
    return dumps({"format": "cxscan-themes", "version": 1, **listed}, indent=2) + "\n"


def rules_json(rules: Rules, _page: Page) -> str:
    """Return the object of docs/schema/theme-1.json."""
    phrases: dict[str, Json] = {group: [*getattr(rules, group)] for group in GROUPS}
    texts: dict[str, Json] = {"match": [*rules.match], "no_match": [*rules.no_match]}
    whole: dict[str, Json] = {"format": "cxscan-theme", "version": 1, **_heading(rules), **phrases, **texts}
    return dumps(whole, indent=2) + "\n"


def _heading(rules: Rules) -> dict[str, Json]:
    """Return name, lens (null for an intent), definition and the themes above it."""
    lens = _lens(rules)
    return json_object(
        name=rules.name,
        lens=lens.value if lens else None,
        definition=rules.definition,
        parents=[*rules.parents],
    )


def _lens(rules: Rules) -> Lens | None:
    return rules.lens if isinstance(rules, ThemeRules) else None


def _entry(rules: Rules, width: int) -> str:
    return fill(clean(f"{rules.name:<13} {rules.definition}"), width, initial_indent="  ", subsequent_indent=" " * 16)


def _wrapped(text: str, width: int) -> str:
    return indent(fill(clean(text), width - 2, break_long_words=False, break_on_hyphens=False), "  ")
