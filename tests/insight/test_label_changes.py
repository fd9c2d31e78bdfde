from __future__ import annotations

from functools import cache
from pathlib import Path

import numpy as np
from hypothesis import given
from hypothesis import strategies as st
from insight.hearing import KNOWN_THEMES, comments

from cxscan.insight.label_changes import LabelChanges, label_changes
from cxscan.runs.classifier import Classifier, ClassifierOptions

CHANGED_THEMES = Path(__file__).with_name("changed_themes.toml")
TEXTS = [
    "The staff were rude.",
    "Great price.",
    "Delivery came late.",
    "The courier was late.",
    "The app crashes.",
    "They lost my passport.",
    "Never a price that is fair.",
    "",
]
SAID = st.lists(st.sampled_from(TEXTS), max_size=12)


@cache
def classifier(path: Path) -> Classifier:
    return Classifier(ClassifierOptions(themes=path, language="en"))


def between(said: list[str], before: Path = KNOWN_THEMES, after: Path = CHANGED_THEMES, first: int = 1) -> LabelChanges:
    cells = comments(said)
    cells.records[:] = range(first, first + len(said))
    (_, old), (_, new) = (classifier(path).classify(said) for path in (before, after))
    return label_changes(cells, old, new, kept=2)


def test_comments_that_gain_and_lose_a_theme_are_counted_and_shown() -> None:
    found = between(["The courier was late.", "The app crashes.", "The staff were rude."])
    assert (found.changes["delivery"].gained, found.changes["delivery"].lost) == (1, 0)
    assert (found.changes["app"].gained, found.changes["app"].lost) == (0, 1)
    assert "staff" not in found.changes
    assert found.changes["delivery"].examples[0].text == "The courier was late."
    assert found.changes["delivery"].examples[0].before == "absent"
    assert (found.changed, found.scored) == (2, 3)
    assert [share.n for share in found.coverage] == [2, 2]


def test_a_theme_of_one_taxonomy_only_is_gained_or_lost() -> None:
    found = between(["They lost my passport."])
    assert found.changes["papers"].gained == 1
    assert between(["They lost my passport."], CHANGED_THEMES, KNOWN_THEMES).changes["papers"].lost == 1


def test_another_polarity_is_a_flip_too() -> None:
    change = between(["The staff were rude.", "What is the price?"]).changes["price"]
    assert (change.gained, change.lost, change.turned) == (0, 0, 1)
    assert (change.examples[0].before, change.examples[0].after) == ("neutral", "negative")


@given(SAID)
def test_nothing_changes_between_a_taxonomy_and_itself(said: list[str]) -> None:
    found = between(said, KNOWN_THEMES, KNOWN_THEMES)
    assert (dict(found.changes), found.changed) == ({}, 0)


@given(SAID)
def test_what_one_way_is_gained_the_other_way_is_lost(said: list[str]) -> None:
    there, back = between(said), between(said, CHANGED_THEMES, KNOWN_THEMES)
    assert {name: (one.gained, one.lost, one.turned) for name, one in there.changes.items()} == {
        name: (one.lost, one.gained, one.turned) for name, one in back.changes.items()
    }


@given(SAID, SAID)
def test_label_changes_add_up(first: list[str], second: list[str]) -> None:
    one, two = between(first), between(second, first=len(first) + 1)
    assert one + two == two + one == between([*first, *second])
    assert one + LabelChanges(kept=2) == one


def test_every_change_is_counted_once() -> None:
    (_, old), (_, new) = (classifier(path).classify(TEXTS) for path in (KNOWN_THEMES, CHANGED_THEMES))
    found = between(TEXTS)
    assert found.changed <= found.scored == int(np.count_nonzero(old.states == 0))
    assert found.covered_before == int((old.themes != 0).any(axis=1).sum())
    assert found.covered_after == int((new.themes != 0).any(axis=1).sum())
