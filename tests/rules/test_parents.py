from __future__ import annotations

from functools import cache
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cxscan.classify.phrases.hits import PhraseBook
from cxscan.errors import UsageError
from cxscan.model import Lens
from cxscan.rules.loading import load_taxonomy
from cxscan.rules.parents import ancestors, lens_from, parent_mistakes
from cxscan.rules.taxonomy import Taxonomy, ThemeRules
from cxscan.tokens import Tokenizer

NAMES = st.sampled_from("abcdef")
FAMILY = """
[themes.outages]
parent = "quality"
phrases = ["outage*"]

[themes.payday]
parent = "outages"
phrases = ["payday"]
not_here = ["payday loan"]
"""


def own(folder: Path, text: str) -> Taxonomy:
    path = folder / "own.toml"
    path.write_text(text, encoding="utf-8")
    return load_taxonomy(path)


@cache
def family() -> PhraseBook:
    return PhraseBook(
        (
            ThemeRules("helpdesk", "", phrases=("helpdesk",), not_here=("broken headset",)),
            ThemeRules("phones", "", phrases=("headset", "hotline"), parents=("helpdesk",)),
            ThemeRules("queue", "", phrases=("queue",), not_here=("no queue",), parents=("phones", "helpdesk")),
        )
    )


def found(text: str) -> set[int]:
    return set(family().find(Tokenizer().tokenize([text])).labels.tolist())


def test_what_a_child_has_its_parents_have() -> None:
    assert found("The hotline rang") == {0, 1}
    assert found("A long queue") == {0, 1, 2}
    assert found("The helpdesk rang") == {0}


def test_a_veto_of_the_parent_keeps_the_mention_from_it_alone() -> None:
    assert found("A broken headset again") == {1}


def test_a_veto_of_the_child_keeps_the_mention_from_both() -> None:
    assert found("There was no queue") == set()


def test_a_mention_counts_once_for_a_parent_that_finds_it_too() -> None:
    hits = family().find(Tokenizer().tokenize(["helpdesk hotline"]))
    assert sorted(hits.labels.tolist()) == [0, 0, 1]


def test_hits_from_elsewhere_count_for_the_parents_too() -> None:
    tokens = Tokenizer().tokenize(["The hotline rang, the broken headset rang"])
    matches = family().match(tokens)
    whole = matches.counted()
    only_children = whole.select(whole.labels == 1)
    again = matches.add_ancestors(only_children)
    assert [column.tolist() for column in again] == [column.tolist() for column in whole]
    assert [column.tolist() for column in matches.add_ancestors(again)] == [column.tolist() for column in whole]


def test_polarity_goes_with_the_mention() -> None:
    book = PhraseBook((ThemeRules("a", ""), ThemeRules("b", "", negative=("broken",), parents=("a",))))
    hits = book.find(Tokenizer().tokenize(["broken, never broken"]))
    assert hits.signs[hits.labels == 0].tolist() == hits.signs[hits.labels == 1].tolist() == [-1, 1]


def test_a_child_takes_the_lens_of_its_parent_unless_it_has_one(tmp_path: Path) -> None:
    taxonomy = own(tmp_path, FAMILY + '[themes.waiting]\nparent = "quality"\nlens = "customer"\nphrases = ["waited"]')
    assert [noun.lens for noun in taxonomy.nouns[-3:]] == [Lens.PRODUCT, Lens.PRODUCT, Lens.CUSTOMER]
    assert taxonomy.themes[-2].parents == ("outages", "quality")


def test_a_theme_that_only_gathers_its_children_needs_no_phrases(tmp_path: Path) -> None:
    taxonomy = own(tmp_path, '[themes.rivals]\nlens = "product"\n[themes.competition]\nparent = "rivals"')
    labels = PhraseBook(taxonomy.themes).find(Tokenizer().tokenize(["Cheaper than the competition."])).labels
    names = {taxonomy.themes[label].name for label in labels.tolist()}
    assert {"rivals", "competition"} <= names


def test_a_parent_changes_the_digest(tmp_path: Path) -> None:
    alone = FAMILY.replace('parent = "outages"', 'lens = "product"')
    assert own(tmp_path, FAMILY).sha256 != own(tmp_path, alone).sha256


def test_a_built_in_theme_can_have_a_parent(tmp_path: Path) -> None:
    taxonomy = own(tmp_path, '[themes.listening]\nparent = "service"')
    theme = next(theme for theme in taxonomy.themes if theme.name == "listening")
    assert theme.parents == ("service",)


@pytest.mark.parametrize(
    ("text", "mistake"),
    [
        (
            '[themes.outages]\nparent = "qualty"\nphrases = ["x"]',
            "themes.outages.parent: no such theme: 'qualty'; did you mean quality?",
        ),
        (
            '[themes.a]\nparent = "b"\nphrases = ["x"]\n[themes.b]\nparent = "a"\nphrases = ["y"]',
            "themes.a.parent: is within itself: a in b in a",
        ),
        ('[themes.a]\nparent = "a"\nphrases = ["x"]', "themes.a.parent: is within itself: a in a"),
        (
            '[themes.price]\nremove = true\n[themes.fees]\nparent = "price"\nphrases = ["fee"]',
            "themes.fees.parent: no such theme: 'price'",
        ),
        ("[themes.fees]\nparent = 3", "themes.fees.parent: is to be a string in quotes"),
        ('[intents.praise]\nparent = "price"', "intents.praise.parent: unknown key"),
    ],
)
def test_a_mistaken_parent_is_named(tmp_path: Path, text: str, mistake: str) -> None:
    with pytest.raises(UsageError) as caught:
        own(tmp_path, text)
    assert mistake in str(caught.value)
    assert "\n" not in str(caught.value)


@given(st.dictionaries(NAMES, NAMES))
def test_every_circle_is_told_once_and_nothing_else_is(parents: dict[str, str]) -> None:
    told = list(parent_mistakes(parents, set("abcdef")))
    circles = {frozenset(ancestors(name, parents)) for name in parents if ancestors(name, parents)[-1] == name}
    assert len(told) == len(circles)


@given(st.dictionaries(NAMES, NAMES), st.dictionaries(NAMES, st.sampled_from(Lens)))
def test_looking_for_a_lens_ends(parents: dict[str, str], lenses: dict[str, Lens]) -> None:
    for name in "abcdef":
        assert lens_from(name, lenses, parents) in {*Lens, None}
