from __future__ import annotations

import json
from pathlib import Path

import pytest

from cxscan.rules.taxonomy import built_in


def test_explain_equals_the_batch_path(cxscan, export, records) -> None:
    text = "Great camera but support was rude, and I’d never buy again!"
    row = records(cxscan("scan", export(text, "Slow delivery"), "--comments", "-").out)[0]
    explained = json.loads(cxscan("explain", text, "--format", "json").out)["comment"]
    for key in ("text", "language", "unscored", "sentiment", "score", "mixed", "lens", "themes", "intents", "evidence"):
        assert explained[key] == row[key]


def test_explain_shows_the_words_behind_each_label(cxscan) -> None:
    ran = cxscan("explain", "The staff were rude and delivery was late")
    assert ran.code == 0
    assert "rude" in ran.out
    assert "service" in ran.out
    assert "delivery" in ran.out


def test_explain_says_what_was_learned_of_themes_given_and_not_given(cxscan) -> None:
    text = "The driver never turned up and I missed my train. The camera is a Wunderlich."
    explained = json.loads(cxscan("explain", text, "--format", "json").out)
    themes, reasons = explained["comment"]["themes"], explained["themes"]
    assert set(themes) <= set(reasons)
    for name, reason in reasons.items():
        assert reason["found"] is (name in themes)
        assert reason["found"] or reason["phrases"]
        assert all(one["words"] in text for one in reason["words"])


def test_explain_writes_the_format_of_its_file(cxscan, tmp_path: Path) -> None:
    assert cxscan("explain", "Never again", "-o", tmp_path / "why.json").code == 0
    assert json.loads((tmp_path / "why.json").read_text())["format"] == "cxscan-explanation"
    assert cxscan("explain", "Never again", "-o", tmp_path / "why.html").code == 2


def test_explain_leaves_a_theme_of_ones_own_to_its_phrases(cxscan, tmp_path: Path) -> None:
    own = tmp_path / "own.toml"
    own.write_text('[themes.pens]\nlens = "product"\nphrases = ["pen*"]\n', encoding="utf-8")
    explained = json.loads(cxscan("explain", "--themes", own, "Pens dry out", "--format", "json").out)
    assert "pens" in explained["comment"]["themes"]
    assert "pens" not in explained["themes"]


def everything() -> str:
    """A comment with more built-in themes than a comment can have."""
    return " ".join(theme.match[0] for theme in built_in().themes)


def six_of_ones_own(folder: Path) -> Path:
    words = ("Still", "parcel", "days", "late", "Lovely", "receptionist")
    path = folder / "own.toml"
    tables = [f'[themes.word-{word.lower()}]\nlens = "product"\nphrases = ["{word.lower()}"]\n' for word in words]
    path.write_text("".join(tables), encoding="utf-8")
    return path


def test_themes_of_ones_own_take_no_built_in_theme_away(cxscan, tmp_path: Path) -> None:
    """Not from a comment with more than five built-in themes, nor from one with a single one."""
    own = six_of_ones_own(tmp_path)
    for text in (everything(), "Lovely parcel, days late. Still, the receptionist made it a day to remember."):
        plain, with_own = (
            json.loads(cxscan("explain", text, "--format", "json", *more).out)["comment"]["themes"]
            for more in ((), ("--themes", own))
        )
        mine = {name for name in with_own if name.startswith("word-")}
        assert len(mine) == 6
        assert {name: way for name, way in with_own.items() if name not in mine} == plain


def test_explain_names_the_themes_that_were_cut(cxscan) -> None:
    explained = json.loads(cxscan("explain", everything(), "--format", "json").out)
    cut = {name for name, reason in explained["themes"].items() if reason.get("cut")}
    assert len(explained["comment"]["themes"]) == 5
    assert len(cut) > 3
    assert not cut & set(explained["comment"]["themes"])
    assert all(explained["themes"][name]["margin"] > 0 for name in cut)
    table = cxscan("explain", everything()).out
    assert table.count("left out: too many built-in themes") == len(cut)


def test_themes_show_names_the_themes_above(cxscan, tmp_path: Path) -> None:
    own = tmp_path / "own.toml"
    own.write_text('[themes.pens]\nparent = "quality"\nphrases = ["pen*"]\n', encoding="utf-8")
    assert "Within: quality" in cxscan("themes", "show", "pens", "--themes", own).out


@pytest.mark.parametrize(
    "text", ["Great camera, but support was rude!", "never again", "It isn’t great", "Where is it?"]
)
def test_the_words_and_the_rest_add_up_to_the_score_before_it_is_squashed(cxscan, text: str) -> None:
    explained = json.loads(cxscan("explain", text, "--format", "json").out)
    words = [one["weight"] for one in explained["comment"]["evidence"] if one["label"] == "sentiment"]
    assert sum(words, explained["rest"]) == pytest.approx(explained["polarity"], abs=1e-4)
    assert explained["polarity"] * explained["comment"]["score"] > 0


def test_quotes_fit_the_filter(cxscan, sample_data: Path) -> None:
    ran = cxscan("quotes", sample_data, "--theme", "service", "--polarity", "negative", "-n", 5, "--format", "json")
    comments = json.loads(ran.out)["comments"]
    assert len(comments) == 5
    assert {one["themes"]["service"] for one in comments} == {"negative"}


@pytest.mark.parametrize("pick", ["telling", "extreme", "recent", "random"])
def test_quotes_are_picked_the_same_way_each_time(cxscan, sample_data: Path, pick: str) -> None:
    first, second = (cxscan("quotes", sample_data, "--pick", pick, "-n", 4) for _ in range(2))
    assert first.code == 0
    assert first.out == second.out


def test_quotes_of_a_segment_and_a_text(cxscan, sample_data: Path) -> None:
    survey = sample_data / "support_survey.json"
    ran = cxscan("quotes", survey, "--where", "channel=phone", "--match", "CALL", "--format", "json", "-n", 50)
    comments = json.loads(ran.out)["comments"]
    assert comments
    assert all("call" in one["text"].lower() for one in comments)


def test_an_unknown_theme_is_a_usage_error_with_the_nearest(cxscan, sample_data: Path) -> None:
    ran = cxscan("quotes", sample_data, "--theme", "servise")
    assert (ran.code, ran.out) == (2, "")
    assert "did you mean service" in ran.err


def test_inspect_says_what_was_found_and_why(cxscan, sample_data: Path) -> None:
    ran = cxscan("inspect", sample_data / "app_reviews.csv", "--format", "json")
    (found,) = json.loads(ran.out)["files"]
    roles = {column["name"]: column["role"] for column in found["columns"]}
    assert roles["review"] == "text"
    assert roles["developer_reply"] == "reply"
    assert found["counts"]["records"] == found["counts"]["comments"] + found["counts"]["empty"]
    assert all(column["reason"] for column in found["columns"])


def test_inspect_reads_well(cxscan, sample_data: Path) -> None:
    out = cxscan("inspect", sample_data).out
    assert max(map(len, out.splitlines())) <= 80
    assert "app_reviews.csv" in out


def test_themes_are_listed_and_shown(cxscan) -> None:
    listed = cxscan("themes", "list").out
    assert all(name in listed for name in ("features", "advocacy", "complaint"))
    assert "Must match" in cxscan("themes", "show", "service").out
    assert cxscan("themes", "show", "servise").code == 2


def test_the_built_in_themes_pass_their_own_test(cxscan) -> None:
    ran = cxscan("themes", "test")
    assert ran.code == 0, ran.out


def test_a_taxonomy_of_ones_own_from_start_to_scan(cxscan, export, tmp_path: Path, records) -> None:
    mine = tmp_path / "mine.toml"
    assert cxscan("themes", "init", mine).code == 0
    assert cxscan("themes", "init", mine).code == 2
    assert cxscan("themes", "test", "--themes", mine).code == 0


def test_a_failing_example_is_exit_code_one(cxscan, tmp_path: Path) -> None:
    mine = tmp_path / "mine.toml"
    mine.write_text(
        '[themes.parking]\nlens = "product"\ndefinition = "Parking."\nphrases = ["car park"]\n'
        'match = ["The garage was full"]\nno_match = []\n',
        encoding="utf-8",
    )
    ran = cxscan("themes", "test", "--themes", mine)
    assert ran.code == 1
    assert "The garage was full" in ran.out


@pytest.mark.parametrize("alone", [[], ["themes"], ["history"], ["config"]])
def test_a_command_line_without_a_command_prints_the_help(cxscan, alone: list[str]) -> None:
    ran = cxscan(*alone)
    assert (ran.code, ran.out) == (2, "")
    assert ran.err == cxscan(*alone, "--help").out
