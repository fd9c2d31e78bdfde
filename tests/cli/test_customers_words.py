"""Words that are not the customer's: they decide about nothing and are not quoted, and the records keep them."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

SAID = ["The kettle leaks on the worktop.", "The lid broke after a week.", "The handle gets too hot to hold."]
MAILS = [
    f"Hi team,\n\n{SAID[0]}\n\nKind regards,\nHelen Poole\n\nSent from my iPhone",
    f"{SAID[1]}\n\nOn 4 June 2025 at 09:12, Marlow Kettles wrote:\n> Great service is what we love!",
    f"Agent: Hello and welcome, we love to help! Customer: {SAID[2]}",
]


@pytest.fixture
def mails(tmp_path: Path) -> Path:
    path = tmp_path / "mails.jsonl"
    path.write_text("".join(json.dumps({"comment": mail}) + "\n" for mail in MAILS), encoding="utf-8")
    return path


def test_mails_are_labelled_as_what_is_said_in_them(cxscan, records, mails: Path, tmp_path: Path) -> None:
    plain = tmp_path / "plain.jsonl"
    plain.write_text("".join(json.dumps({"comment": text}) + "\n" for text in SAID), encoding="utf-8")
    ran = cxscan("scan", mails, "--comments", "-")
    rows, wanted = records(ran.out), records(cxscan("scan", plain, "--comments", "-").out)
    for label in ("sentiment", "score", "themes", "intents"):
        assert [row[label] for row in rows] == [row[label] for row in wanted]
    assert [row["text"] for row in rows] == MAILS
    assert all(
        row["text"][piece["start"] : piece["end"]] == piece["words"] for row in rows for piece in row["evidence"]
    )


def test_a_note_says_in_how_many_comments_words_were_set_aside(cxscan, mails: Path) -> None:
    kinds = "agents' turns in 1, greetings in 1, notes of a device in 1, …"
    assert f"words set aside in 3 comments: {kinds} (--as-is keeps them)" in cxscan("scan", mails).err
    assert "set aside" not in cxscan("scan", mails, "--as-is").err
    assert "set aside" not in cxscan("scan", mails, "--sentiment", "vader").err


def test_quotes_show_what_the_customer_says(cxscan, mails: Path) -> None:
    summary = json.loads(cxscan("scan", mails, "--format", "json").out)
    quoted = {quote["text"] for theme in summary["themes"].values() for quote in theme["quotes"]}
    assert quoted
    assert quoted <= set(SAID)
    shown = json.loads(cxscan("quotes", mails, "--format", "json").out)
    assert sorted(quote["text"] for quote in shown["comments"]) == sorted(SAID)


def test_no_signature_is_offered_as_a_topic(cxscan, tmp_path: Path) -> None:
    path = tmp_path / "signed.jsonl"
    things = ("spout", "lid", "handle", "cord", "base", "filter", "switch", "lamp")
    texts = [f"The {thing} wobbles on day {day}.\n\nKind regards,\nHelen Poole" for thing in things for day in range(9)]
    path.write_text("".join(json.dumps({"comment": text}) + "\n" for text in texts), encoding="utf-8")
    found = json.loads(cxscan("discover", path, "--format", "json").out)
    assert not [topic for topic in found["topics"] if {"helen", "poole", "regards"} & set(topic["name"].split())]
