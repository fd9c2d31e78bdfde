"""Comments are read as they were meant and shown as they stand; a note counts those that were repaired."""

from __future__ import annotations

import json

import pytest

TEXTS = (
    "The app doesn&#39;t work and support isn&#39;t helpful",
    "Staff wasnâ€™t friendly â€“ and I wonâ€™t come back",
    "I wasn t happy with the <b>price</b>",
    "Friendly staff",
)


def test_damaged_negations_are_seen_and_the_text_stays_as_it_stood(cxscan, export, records) -> None:
    rows = records(cxscan("scan", export(*TEXTS), "--comments", "-").out)
    assert [row["text"] for row in rows] == list(TEXTS)
    assert [row["sentiment"] for row in rows] == ["negative", "negative", "negative", "positive"]


def test_evidence_cuts_the_words_as_they_stand(cxscan, export, records) -> None:
    rows = records(cxscan("scan", export(*TEXTS), "--comments", "-").out)
    pieces = [(row["text"], piece) for row in rows for piece in row["evidence"]]
    assert all(text[piece["start"] : piece["end"]] == piece["words"] for text, piece in pieces)
    assert {"doesn&#39;t", "wasnâ€™t", "wasn t", "price"} <= {piece["words"] for _, piece in pieces}


def test_a_note_counts_repaired_comments_by_what_was_wrong(cxscan, export) -> None:
    ran = cxscan("scan", export(*TEXTS), "--format", "json")
    assert json.loads(ran.out)["comments"]["repaired"] == 3
    kinds = "HTML in 2, lost apostrophes in 1, text encoded twice in 1"
    assert f"cxscan: words repaired in 3 comments: {kinds} (--as-is leaves them)" in ran.err


@pytest.mark.parametrize("options", [["--as-is"], ["--sentiment", "vader"]])
def test_words_are_read_as_they_stand_where_that_is_asked_for(cxscan, export, records, options: list[str]) -> None:
    path = export(*TEXTS)
    ran = cxscan("scan", path, "--comments", "-", *options)
    assert "repaired" not in ran.err
    assert records(ran.out)[2]["sentiment"] == "positive"
    assert json.loads(cxscan("scan", path, "--format", "json", *options).out)["comments"]["repaired"] == 0


def test_undamaged_comments_bring_no_note(cxscan, export) -> None:
    assert "repaired" not in cxscan("scan", export("Friendly staff", "Only < 3 stars, sorry")).err


def test_an_explanation_shows_the_words_as_they_stand_and_adds_up(cxscan) -> None:
    damaged, meant = (
        json.loads(cxscan("explain", text, "--format", "json").out)["comment"]
        for text in ("I wasn&#39;t <i>happy</i> with the price", "I wasn't happy with the price")
    )
    assert damaged["score"] == meant["score"]
    assert damaged["text"] == "I wasn&#39;t <i>happy</i> with the price"
    assert "wasn&#39;t" in {piece["words"] for piece in damaged["evidence"]}


def test_topics_have_no_markup(cxscan, export) -> None:
    comments = [f"<br />The kettle{number} was<br />a <b>lid</b>&nbsp;problem" for number in range(60)]
    ran = cxscan("discover", export(*comments), "--format", "json")
    assert ran.code == 0
    assert not {"br", "nbsp", "b"} & set(ran.out.replace('"', " ").split())
