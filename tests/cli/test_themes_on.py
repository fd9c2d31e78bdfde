from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from cxscan.engines import local
from cxscan.rules.taxonomy import built_in


@pytest.fixture
def taxonomy(tmp_path: Path) -> Callable[..., Path]:
    def write(phrase: str, example: str, name: str = "mine.toml") -> Path:
        path = tmp_path / name
        path.write_text(
            f'[themes.parking]\nlens = "product"\nphrases = ["{phrase}"]\nmatch = ["{example}"]\n', encoding="utf-8"
        )
        return path

    return write


def test_the_flip_list_says_which_comments_gain_the_theme(cxscan, export, taxonomy) -> None:
    mine = taxonomy("garage", "The garage was full.")
    ran = cxscan("themes", "test", "--themes", mine, "--on", export("Our garage leaks.", "Hello there."))
    assert ran.code == 0
    assert "1 of 2 scored comments (50.0%)" in ran.out
    assert "parking" in ran.out
    assert "Our garage leaks." in ran.out


def test_the_exit_code_stays_that_of_the_examples(cxscan, export, taxonomy) -> None:
    mine = taxonomy("garage", "The car was towed.")
    ran = cxscan("themes", "test", "--themes", mine, "--on", export("Our garage leaks."))
    assert ran.code == 1
    assert "must match, but does not: The car was towed." in ran.out
    assert "FLIPS" in ran.out


def test_two_taxonomies_of_ones_own_can_be_compared(cxscan, export, taxonomy) -> None:
    before, after = taxonomy("garage", "A garage.", "before.toml"), taxonomy("garage, carport", "A garage.")
    file = export("Our garage leaks.", "Our carport leaks.")
    ran = cxscan("themes", "test", "--themes", after, "--against", before, "--on", file)
    assert "Our carport leaks." in ran.out
    assert "Our garage leaks." not in ran.out
    same = cxscan("themes", "test", "--themes", after, "--against", after, "--on", file)
    assert "no comment changes label" in same.out


def test_examples_are_as_many_as_asked_for(cxscan, export, taxonomy) -> None:
    file = export(*(f"Garage {word}." for word in ("one", "two", "three", "four")))
    mine = taxonomy("garage", "A garage.")
    for count in (0, 2, 9):
        ran = cxscan("themes", "test", "--themes", mine, "--on", file, "-n", count)
        shown = ran.out.partition("\nparking\n")[2].count("“Garage ")
        assert shown == min(count, 4)


def test_workers_change_no_byte(cxscan, sample_data: Path, taxonomy, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(local, "MAX_SINGLE_PROCESS_COMMENTS", 0)
    words = ("themes", "test", "--themes", taxonomy("garage, plant*", "A garage."), "--on", sample_data)
    one, two = (cxscan(*words, "--workers", n) for n in (1, 2))
    assert one.code == 0
    assert one.out == two.out


def test_against_without_an_export_is_a_usage_error(cxscan, taxonomy) -> None:
    ran = cxscan("themes", "test", "--against", taxonomy("garage", "A garage."))
    assert (ran.code, ran.out) == (2, "")
    assert "--on" in ran.err


def test_an_export_that_is_not_there_is_bad_input(cxscan, tmp_path: Path) -> None:
    assert cxscan("themes", "test", "--on", tmp_path / "none.csv").code == 3


def test_themes_that_are_left_out_of_a_crowded_comment_are_named(cxscan, export, taxonomy) -> None:
    crowded = " ".join(theme.match[0] for theme in built_in().themes)
    mine = taxonomy("garage", "A garage.")
    ran = cxscan("themes", "test", "--themes", mine, "--on", export(crowded, "Our garage leaks."))
    assert "too many built-in themes in 1 comment; left out: " in ran.out
    assert "left out" not in cxscan("themes", "test", "--themes", mine, "--on", export("Our garage leaks.")).out
