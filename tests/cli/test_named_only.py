from __future__ import annotations

import json
from pathlib import Path

import pytest


def columns(cxscan, tmp_path: Path, **cells: list[str]) -> list[dict]:
    path = tmp_path / "answers.jsonl"
    rows = [dict(zip(cells, row, strict=True)) for row in zip(*cells.values(), strict=True)]
    path.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    named = [word for column in cells for word in ("--text", column)]
    out = cxscan("scan", path, *named, "--comments", "-", "-q").out
    return [json.loads(line) for line in out.splitlines()]


def explained(cxscan, text: str, *options: str) -> dict:
    return json.loads(cxscan("explain", text, *options, "--format", "json").out)


@pytest.mark.parametrize(
    ("text", "theme"),
    [("Location", "features"), ("Price", "price"), ("the pillows", "quality"), ("Delivery", "delivery")],
)
def test_the_bare_name_of_a_thing_takes_no_side(cxscan, text: str, theme: str) -> None:
    comment = explained(cxscan, text)["comment"]
    assert (comment["sentiment"], comment["score"], comment["intents"]) == ("neutral", 0.0, [])
    assert comment["themes"] == {theme: "neutral"}


@pytest.mark.parametrize("text", ["No", "Yes", "Nope"])
def test_an_answer_without_its_question_takes_no_side(cxscan, text: str) -> None:
    comment = explained(cxscan, text, "--field", "What could be better?")["comment"]
    assert (comment["sentiment"], comment["intents"]) == ("neutral", [])


@pytest.mark.parametrize("text", ["The friendly staff", "Breakfast!", "Comfortable", "on time delivery, thanks"])
def test_more_than_a_name_has_a_side(cxscan, text: str) -> None:
    assert explained(cxscan, text)["comment"]["sentiment"] == "positive"


def test_the_question_of_the_column_decides_about_the_name_of_a_thing(cxscan, tmp_path: Path) -> None:
    rows = columns(cxscan, tmp_path, **{"What did you like?": ["Location"], "What could be better?": ["Location"]})
    assert [(row["sentiment"], row["themes"], row["intents"]) for row in rows] == [
        ("positive", {"features": "positive"}, ["praise"]),
        ("negative", {"features": "negative"}, ["complaint"]),
    ]


def test_the_question_does_not_decide_about_more_than_a_name(cxscan, tmp_path: Path) -> None:
    rows = columns(cxscan, tmp_path, **{"What could be better?": ["The staff were lovely"]})
    assert [row["sentiment"] for row in rows] == ["positive"]


def test_the_question_is_a_term_of_the_explanation_and_all_terms_add_up(cxscan) -> None:
    found = explained(cxscan, "Breakfast and parking", "--field", "cons")
    assert found["question"] == {"field": "cons", "weight": -1.0}
    words = sum(part["weight"] for part in found["comment"]["evidence"] if part["label"] == "sentiment")
    assert found["polarity"] == pytest.approx(found["question"]["weight"] + words + found["rest"])
    assert "the column's question   -1.00" in cxscan("explain", "Breakfast", "--field", "cons").out


def test_vader_knows_no_question(cxscan, tmp_path: Path) -> None:
    assert explained(cxscan, "Breakfast", "--field", "cons", "--sentiment", "vader")["question"] is None


def test_inspect_shows_what_a_column_asks_for(cxscan, tmp_path: Path) -> None:
    path = tmp_path / "answers.csv"
    path.write_text(
        "pros,cons\nLovely quiet rooms,The breakfast was cold\nKind staff everywhere,Too far\n", encoding="utf-8"
    )
    out = " ".join(cxscan("inspect", path).out.split())
    assert "it asks what is liked: the bare name of a thing is praise" in out
    assert "it asks what is not liked: the bare name of a thing is blame" in out
