"""The taxonomy as text: a list of themes, or one theme in full."""

from __future__ import annotations

from textwrap import fill, indent
from typing import TYPE_CHECKING

from cxscan.model import Lens
from cxscan.render.escape import clean
from cxscan.rules.taxonomy import GROUPS

if TYPE_CHECKING:
    from cxscan.rules.taxonomy import Rules, Taxonomy
    from cxscan.rules.taxonomy_examples import TaxonomyTest

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


def themes_as_list(taxonomy: Taxonomy, *, width: int) -> str:
    """Every theme with its definition, lens by lens, then the intents."""
    parts: list[str] = []
    for lens, heading in _HEADINGS.items():
        entries = [_entry(theme, width) for theme in taxonomy.themes if theme.lens is lens]
        parts.append("\n".join([heading, *entries]))
    parts.append(
        "\n".join(["Intents: what the writer is doing", *(_entry(rules, width) for rules in taxonomy.intents)])
    )
    return "\n\n".join(parts) + "\n"


def rules_in_full(rules: Rules, *, width: int) -> str:
    """One theme or intent: themes above it, definition, phrases by group, and texts that hold it to its word."""
    lens = getattr(rules, "lens", None)
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


def tested_examples(tested: TaxonomyTest) -> str:
    """The texts that came out wrong, and how many there are."""
    lines = [
        f"{one.name}: must match, but does not: {clean(one.text)}"
        if one.must_match
        else f"{one.name}: must not match, but does: {clean(one.text)}"
        for one in tested.failed
    ]
    right = tested.examples - len(tested.failed)
    verdict = f"{right} of {tested.examples} texts as wanted, {tested.columns} themes and intents"
    return "\n".join([*lines, verdict]) + "\n"


def _entry(rules: Rules, width: int) -> str:
    return fill(clean(f"{rules.name:<13} {rules.definition}"), width, initial_indent="  ", subsequent_indent=" " * 16)


def _wrapped(text: str, width: int) -> str:
    return indent(fill(clean(text), width - 2, break_long_words=False, break_on_hyphens=False), "  ")
