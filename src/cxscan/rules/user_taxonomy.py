"""A user's taxonomy file: read, checked as a whole, and put together with the built-in themes.

Imported only where such a file is given, so that pydantic is not loaded otherwise.
"""

from __future__ import annotations

import tomllib
from dataclasses import replace
from typing import TYPE_CHECKING, TypeVar

from pydantic import ValidationError  # noqa: TID253 - see the module's docstring

from cxscan.errors import UsageError, nearest
from cxscan.model import INTENTS, Lens
from cxscan.rules.parents import ancestors, lens_from, parent_mistakes
from cxscan.rules.phrase_syntax import parse_phrase, split_phrases, with_lists
from cxscan.rules.taxonomy import GROUPS, Rules, Taxonomy, ThemeRules, assembled, built_in_words, choices, lists
from cxscan.rules.taxonomy_file import Table, TaxonomyFile, ThemeTable

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from pydantic import BaseModel
    from pydantic_core import ErrorDetails

Changed = TypeVar("Changed", bound=Rules)


def read_user_taxonomy(path: Path, built_in: Taxonomy) -> Taxonomy:
    """Give the taxonomy that a file makes of the built-in one.

    Raises UsageError that lists every mistake of the file with its key, or the line of a TOML mistake.
    """
    try:
        file = TaxonomyFile.model_validate(_tables(path))
    except ValidationError as error:
        mistakes = [_worded(each) for each in error.errors(include_url=False)]
        raise UsageError(_message(path, mistakes)) from error
    words = {**built_in_words(), **choices(file.words)}
    mistakes = [*_word_mistakes(file), *_phrase_mistakes(file, words)]
    mistakes = mistakes or [*_theme_mistakes(file, built_in, words)]
    if mistakes:
        raise UsageError(_message(path, mistakes))
    return _put_together(file, built_in, words)


def _tables(path: Path) -> dict[str, object]:
    """Read the TOML."""
    try:
        text = path.read_bytes().decode("utf-8-sig")
    except FileNotFoundError as error:
        raise UsageError(f"{path}: no such file; write one to start from with: cxscan themes init {path}") from error
    except (OSError, UnicodeDecodeError) as error:
        raise UsageError(f"{path}: cannot be read as a taxonomy: {error}") from error
    try:
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise UsageError(f"{path}: not valid TOML: {error}") from error


def _message(path: Path, mistakes: list[str]) -> str:
    if len(mistakes) == 1:
        return f"{path}: {mistakes[0]}"
    return "\n".join([f"{path}: {len(mistakes)} mistakes", *(f"  {mistake}" for mistake in mistakes)])


def _worded(error: ErrorDetails) -> str:
    """Say what pydantic found, in the words of a person who edits the file."""
    place = [part for part in error["loc"] if part != "[key]"]
    key = _key(place)
    match error["type"]:
        case "extra_forbidden":
            return f"{key}: unknown key; {nearest(str(place[-1]), _known_keys(place))}"
        case "literal_error" if place[:1] == ["intents"]:
            return f"{key}: no such intent; {nearest(str(place[-1]), INTENTS)}"
        case "literal_error":
            return f"{key}: {error['input']!r} is not a lens; choose from: {', '.join(Lens)}"
        case "string_pattern_mismatch":
            return f"{key}: a theme's name is lower case letters, digits, - and _, and begins with a letter"
        case "list_type":
            return f'{key}: is to be a list of strings, like ["late", "on time"]'
        case "string_type":
            return f"{key}: is to be a string in quotes"
        case "bool_type":
            return f"{key}: is to be true or false"
        case _:
            return f"{key}: {error['msg']}"


def _known_keys(place: list[int | str]) -> list[str]:
    """Give the keys that are known at the level of an unknown one."""
    models: dict[int, type[BaseModel]] = {1: TaxonomyFile, 3: ThemeTable if place[0] == "themes" else Table}
    return list(models[len(place)].model_fields)


def _key(place: list[int | str]) -> str:
    """Write a key's path as TOML has it, numbered from 1 within lists."""
    written = ""
    for part in place:
        written += f"[{part + 1}]" if isinstance(part, int) else f".{part}" if written else part
    return written


def _sections(file: TaxonomyFile) -> Iterator[tuple[str, Table]]:
    for name, theme in file.themes.items():
        yield f"themes.{name}", theme
    for intent, table in file.intents.items():
        yield f"intents.{intent}", table


def _word_mistakes(file: TaxonomyFile) -> Iterator[str]:
    """Say which words of the word lists cannot be read."""
    for name, lines in file.words.items():
        if not choices({name: lines})[name]:
            yield f"words.{name}: has no words"
        for number, line in enumerate(lines, 1):
            yield from _unreadable(f"words.{name}[{number}]", line, {})


def _phrase_mistakes(file: TaxonomyFile, words: dict[str, str]) -> Iterator[str]:
    """Say which phrases cannot be read."""
    for section, table in _sections(file):
        for group in (*GROUPS, "without"):
            for number, line in enumerate(getattr(table, group), 1):
                yield from _unreadable(f"{section}.{group}[{number}]", line, words)


def _unreadable(place: str, line: str, words: dict[str, str]) -> Iterator[str]:
    for phrase in split_phrases(line):
        try:
            parse_phrase(with_lists(phrase, words))
        except ValueError as error:
            yield f"{place}: the phrase {phrase!r} {error}"


def _theme_mistakes(file: TaxonomyFile, built_in: Taxonomy, words: dict[str, str]) -> Iterator[str]:
    """Say what does not go together with the built-in themes."""
    known = {theme.name: theme for theme in built_in.themes} if file.extends else {}
    for name, table in file.themes.items():
        if name in INTENTS or name == "sentiment":
            yield f"themes.{name}: is taken; choose another name"
        elif name in known:
            yield from _changes_mistakes(f"themes.{name}", table, known[name], words)
        elif table.remove or table.replace or table.without:
            yield f"themes.{name}: is no built-in theme that could be changed; {nearest(name, known)}"
        else:
            yield from _new_theme_mistakes(f"themes.{name}", table, has_children=name in file.parents.values())
    intents = {intent.name: intent for intent in built_in.intents}
    for intent, changes in file.intents.items():
        yield from _changes_mistakes(f"intents.{intent}", changes, intents[intent], words)
    left = set(known).union(file.themes) - {name for name, table in file.themes.items() if table.remove}
    if not left:
        yield "themes: no theme is left"
    yield from parent_mistakes(file.parents, left)


def _changes_mistakes(section: str, table: Table, rules: Rules, words: dict[str, str]) -> Iterator[str]:
    """Say which phrases are left out that are not there."""
    phrases = {phrase for group in GROUPS for phrase in getattr(rules, group)}
    for number, line in enumerate(table.without, 1):
        for phrase in split_phrases(line):
            if with_lists(phrase, words) not in phrases:
                yield f"{section}.without[{number}]: no such phrase: {phrase!r}; see: cxscan themes show {rules.name}"


def _new_theme_mistakes(section: str, table: ThemeTable, *, has_children: bool) -> Iterator[str]:
    """Say what a theme of one's own lacks; one with children can do without phrases."""
    if table.lens is None and table.parent is None:
        yield f'{section}: lacks its lens: lens = "product" or lens = "customer"'
    if not has_children and not any((table.phrases, table.positive, table.negative, table.neutral)):
        yield f"{section}: has no phrases"


def _put_together(file: TaxonomyFile, built_in: Taxonomy, words: dict[str, str]) -> Taxonomy:
    """Give the built-in themes in their order, changed as the file says, then its own."""
    known = {theme.name: theme for theme in built_in.themes} if file.extends else {}
    themes = dict(known)
    parents = file.parents
    lenses = {name: theme.lens for name, theme in known.items()} | file.lenses
    for name, table in file.themes.items():
        if table.remove:
            del themes[name]
            continue
        lens = lens_from(name, lenses, parents) or Lens.PRODUCT
        before = known.get(name, ThemeRules(name, ""))
        themes[name] = replace(_changed(before, table, words), lens=lens, parents=tuple(ancestors(name, parents)))
    intents = [
        _changed(intent, file.intents[intent.name], words) if intent.name in file.intents else intent
        for intent in built_in.intents
    ]
    return assembled(themes.values(), intents)


def _changed(rules: Changed, table: Table, words: dict[str, str]) -> Changed:
    """Add the lists of a table to rules, or put them in the place of what was there."""
    added = lists(table.groups(), words)
    left_out = {with_lists(phrase, words) for line in table.without for phrase in split_phrases(line)}

    def both(key: str) -> tuple[str, ...]:
        before: tuple[str, ...] = () if table.replace else getattr(rules, key)
        return (*(text for text in before if text not in left_out), *added[key])

    return replace(
        rules,
        definition=rules.definition if table.definition is None else table.definition,
        phrases=both("phrases"),
        positive=both("positive"),
        negative=both("negative"),
        neutral=both("neutral"),
        not_here=both("not_here"),
        match=both("match"),
        no_match=both("no_match"),
    )
