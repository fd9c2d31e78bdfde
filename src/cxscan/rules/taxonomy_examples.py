"""The texts of a taxonomy that must and must not match, and how they came out."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator

    from cxscan.rules.taxonomy import Taxonomy


class TaxonomyExample(NamedTuple):
    """A text of a theme or intent that must match, or must not."""

    column: int
    """Number of the theme, or of the intent behind all themes."""
    name: str
    text: str
    must_match: bool


class TaxonomyTest(NamedTuple):
    """The outcome of all examples of a taxonomy."""

    columns: int
    """Themes and intents."""
    examples: int
    failed: tuple[TaxonomyExample, ...]


def taxonomy_examples(taxonomy: Taxonomy) -> Iterator[TaxonomyExample]:
    """Every example, themes before intents."""
    for column, rules in enumerate((*taxonomy.themes, *taxonomy.intents)):
        for texts, must_match in ((rules.match, True), (rules.no_match, False)):
            for text in texts:
                yield TaxonomyExample(column, rules.name, text, must_match)
