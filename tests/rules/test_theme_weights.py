from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np
import pytest

from cxscan.classify.themes.theme_index import ThemeIndex
from cxscan.errors import UsageError
from cxscan.model import INTENTS
from cxscan.rules.taxonomy import Taxonomy, ThemeRules, built_in
from cxscan.rules.theme_weights import (
    ThemeWeights,
    read_theme_weights,
    theme_weights,
    theme_weights_as_bytes,
)

if TYPE_CHECKING:
    from pathlib import Path

SHIPPED = theme_weights()

REFIT = """
themes.toml has changed since the weights in themes.npz were fitted. Either fit them anew (a quarter of an hour on two
cores; training/README.md names the data that it needs):

    python training/themes.py training/judged_themes.npz src/cxscan/rules/themes.npz --jobs 2

or, without that data, note in the header that these weights are used with the phrases as they are now:

    python training/themes_header.py src/cxscan/rules/themes.npz

CONTRIBUTING.md tells under "add a phrase to a theme" what to look at before.
"""


def test_the_weights_were_fitted_with_the_phrases_as_they_are() -> None:
    assert built_in().sha256 in {SHIPPED.taxonomy, SHIPPED.used_with}, REFIT


def read(folder: Path, weights: ThemeWeights) -> ThemeWeights:
    path = folder / "themes.npz"
    path.write_bytes(theme_weights_as_bytes(weights))
    return read_theme_weights(path)


def refusal(folder: Path, weights: ThemeWeights) -> str:
    with pytest.raises(UsageError) as caught:
        read(folder, weights)
    assert "\n" not in str(caught.value)
    return str(caught.value)


def test_names_come_back_with_the_arrays(tmp_path: Path) -> None:
    back = read(tmp_path, SHIPPED)
    assert (back.themes, back.intents, back.taxonomy) == (SHIPPED.themes, INTENTS, SHIPPED.taxonomy)
    assert back.sha256 == SHIPPED.sha256
    assert back.facts == SHIPPED.facts


def test_a_name_that_stands_twice_is_named(tmp_path: Path) -> None:
    twice = (SHIPPED.themes[0], *SHIPPED.themes[:-1])
    assert f"names the column {twice[0]} 2 times" in refusal(tmp_path, replace(SHIPPED, themes=twice))


def test_columns_without_names_are_refused(tmp_path: Path) -> None:
    assert "names no themes for its columns" in refusal(tmp_path, replace(SHIPPED, themes=()))


def test_other_intents_are_refused(tmp_path: Path) -> None:
    assert "has the intents praise, not praise, complaint" in refusal(tmp_path, replace(SHIPPED, intents=INTENTS[:1]))


@pytest.mark.parametrize("name", ["word_rows", "phrase_rows", "thresholds", "unit_poles", "polarity", "intent_mix"])
def test_arrays_of_another_width_than_the_names_are_refused(tmp_path: Path, name: str) -> None:
    array = SHIPPED.arrays[name]
    wider = np.concatenate([array, array], axis=-1)
    assert f"has the array {name} " in refusal(tmp_path, replace(SHIPPED, arrays={**SHIPPED.arrays, name: wider}))


def test_one_name_more_than_columns_is_refused(tmp_path: Path) -> None:
    more = replace(SHIPPED, themes=(*SHIPPED.themes, "gifts"))
    assert "17 wide, not 18, for 14 themes and 4 intents" in refusal(tmp_path, more)


def test_an_array_that_is_lacking_is_named(tmp_path: Path) -> None:
    arrays = {name: array for name, array in SHIPPED.arrays.items() if name != "polarity"}
    assert "lacks the array polarity" in refusal(tmp_path, replace(SHIPPED, arrays=arrays))


def test_themes_are_looked_up_by_name_in_any_order() -> None:
    backwards = Taxonomy(tuple(reversed(built_in().themes)), built_in().intents)
    index = ThemeIndex.build(backwards, SHIPPED)
    named = [SHIPPED.labels[column] if column >= 0 else None for column in index.columns.tolist()]
    assert named == [theme.name if theme.name in SHIPPED.themes else None for theme in backwards.themes]
    assert backwards.themes[index.requests].name == "listening"


def test_a_theme_without_a_column_has_none() -> None:
    own = Taxonomy((*built_in().themes, ThemeRules("speed", "", phrases=("fast",))), built_in().intents)
    index = ThemeIndex.build(own, SHIPPED)
    columns = [SHIPPED.themes.index(theme.name) if theme.name in SHIPPED.themes else -1 for theme in built_in().themes]
    assert index.columns.tolist() == [*columns, -1]
    assert index.learned.tolist() == [column >= 0 for column in columns] + [False]


def test_a_column_that_a_user_has_trained_goes_before_the_shipped_one() -> None:
    index = ThemeIndex.build(built_in(), replace(SHIPPED, trained=("price",)))
    price = [theme.name for theme in built_in().themes].index("price")
    assert (index.columns[price], index.shipped[price]) == (17, SHIPPED.themes.index("price"))


def test_weights_for_a_theme_that_is_not_built_in_are_refused_by_name() -> None:
    rest = Taxonomy(built_in().themes[1:], built_in().intents)
    with pytest.raises(UsageError, match=r"themes\.npz: has weights for the theme features, which themes\.toml"):
        ThemeIndex.build(rest, SHIPPED, rest)
