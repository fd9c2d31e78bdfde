"""The taxonomy: themes and intents with their phrases, from the built-in rules or with a user's own file."""

from __future__ import annotations

import hashlib
import json
import tomllib
from dataclasses import dataclass, replace
from functools import cached_property, lru_cache
from importlib.resources import files
from typing import TYPE_CHECKING

from cxscan.model import INTENTS, Lens, Theme
from cxscan.rules.phrase_syntax import split_phrases, with_lists

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

GROUPS = ("phrases", "positive", "negative", "neutral", "not_here")
"""The keys that hold phrases; what each means stands in docs/taxonomy-format.md."""

REQUEST_THEME = "listening"
"""The theme whose neutral phrases ask for something: what is asked for is lacking, and a suggestion besides."""


@dataclass(frozen=True, slots=True)
class Rules:
    """Phrases that find one theme or intent. Each phrase stands as it was written, word lists put in."""

    name: str
    definition: str
    phrases: tuple[str, ...] = ()
    """Polarity comes from the clause."""
    positive: tuple[str, ...] = ()
    negative: tuple[str, ...] = ()
    neutral: tuple[str, ...] = ()
    not_here: tuple[str, ...] = ()
    """Veto the matches that they overlap."""
    match: tuple[str, ...] = ()
    """Texts that must be found."""
    no_match: tuple[str, ...] = ()
    """Texts that must not."""
    parents: tuple[str, ...] = ()
    """The themes for which its mentions count too: its parent, that one's parent and so on. An intent has none."""


@dataclass(frozen=True, slots=True)
class ThemeRules(Rules):
    """A theme: its rules and its lens."""

    lens: Lens = Lens.PRODUCT


@dataclass(frozen=True)
class Taxonomy:
    """Themes in the order in which they are shown, and the intents in the order of `model.INTENTS`."""

    themes: tuple[ThemeRules, ...]
    intents: tuple[Rules, ...]

    @cached_property
    def nouns(self) -> tuple[Theme, ...]:
        """The themes as the other stages need to know them."""
        return tuple(Theme(theme.name, theme.lens) for theme in self.themes)

    @cached_property
    def sha256(self) -> str:
        """Hexadecimal digest of all that decides about labels: a changed phrase is another taxonomy."""
        rules = [
            [
                rules.name,
                getattr(rules, "lens", None),
                *(list(getattr(rules, group)) for group in GROUPS),
                *rules.parents,
            ]
            for rules in (*self.themes, *self.intents)
        ]
        canonical = json.dumps(rules, ensure_ascii=True, separators=(",", ":"))
        return hashlib.sha256(canonical.encode()).hexdigest()


@lru_cache(maxsize=1)
def built_in() -> Taxonomy:
    """Give the taxonomy that comes with cxscan; its file is held by tests and not checked again here."""
    tables = tomllib.loads(_resource("themes.toml"))
    words = choices(tables["words"])
    themes = [
        ThemeRules(name, table["definition"], **lists(table, words), lens=Lens(table["lens"]))
        for name, table in tables["themes"].items()
    ]
    intents = ((name, tables["intents"][name]) for name in INTENTS)
    return assembled(themes, (Rules(name, table["definition"], **lists(table, words)) for name, table in intents))


def built_in_words() -> dict[str, str]:
    """Give the word lists of the built-in taxonomy by name, as choices."""
    return choices(tomllib.loads(_resource("themes.toml"))["words"])


def choices(words: Mapping[str, list[str]]) -> dict[str, str]:
    """Give word lists as the choices that they stand for in a phrase: `a|b|c`."""
    return {name: "|".join(word for line in lines for word in split_phrases(line)) for name, lines in words.items()}


def assembled(themes: Iterable[ThemeRules], intents: Iterable[Rules]) -> Taxonomy:
    """Put a taxonomy together: what `REQUEST_THEME` takes for a request is a suggestion too."""
    themes = tuple(themes)
    requests = next((theme.neutral for theme in themes if theme.name == REQUEST_THEME), ())
    return Taxonomy(
        themes,
        tuple(
            replace(intent, phrases=tuple(dict.fromkeys((*intent.phrases, *requests))))
            if intent.name == "suggestion"
            else intent
            for intent in intents
        ),
    )


def starter_file() -> str:
    """Give the commented file that a user's own taxonomy can start from."""
    return _resource("starter.toml")


def lists(table: Mapping[str, list[str]], words: Mapping[str, str]) -> dict[str, tuple[str, ...]]:
    """Give the lists of a theme's table: phrases one by one, word lists put in; texts as they stand."""
    phrases = {
        group: tuple(with_lists(phrase, words) for line in table.get(group, ()) for phrase in split_phrases(line))
        for group in GROUPS
    }
    return {**phrases, "match": tuple(table.get("match", ())), "no_match": tuple(table.get("no_match", ()))}


def _resource(name: str) -> str:
    return files("cxscan.rules").joinpath(name).read_text(encoding="utf-8")
