"""The columns of a thread: who speaks, and that rows of the company are no comments."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

SAID = ["The kettle leaks", "It still leaks after a week", "Lovely kettle and quick delivery"]
ANSWERED = "We are so happy to help, send us your order number"


def _csv(path: Path, column: str, customer: str, company: str, rest: str = "") -> Path:
    turns = ((1, customer, SAID[0]), (2, company, ANSWERED), (3, customer, SAID[1]), (4, company, ANSWERED),
             (5, customer, SAID[2]), (6, company, ANSWERED))  # fmt: skip
    rows = [f'{number},{who},"{text}"{rest}\n' for number, who, text in turns]
    header = f"id,{column},text{',stars' if rest else ''}\n"
    path.write_text(header + "".join(rows), encoding="utf-8")
    return path


@pytest.mark.parametrize(
    ("column", "customer", "company"),
    [
        ("inbound", "True", "False"),
        ("is_inbound", "1", "0"),
        ("is_agent", "no", "yes"),
        ("from_customer", "true", "false"),
        ("direction", "inbound", "outbound"),
        ("direction", "in", "out"),
        ("author_type", "user", "admin"),
        ("Author Type", "End User", "Staff"),
        ("speaker", "Customer", "Agent"),
        ("speaker_role", "caller", "representative"),
        ("sender_type", "visitor", "bot"),
        ("senderType", "contact", "AGENT"),
        ("from_role", "end-user", "agent"),
        ("role", "user", "assistant"),
        ("from", "customer", "support"),
        ("type", "customer_message", "agent_reply"),
        ("actor.type", "lead", "operator"),
    ],
)
def test_rows_of_the_company_are_empty_and_counted_apart(
    cxscan, records, tmp_path: Path, column: str, customer: str, company: str
) -> None:
    path = _csv(tmp_path / "thread.csv", column, customer, company)
    ran = cxscan("scan", path, "--comments", "-")
    assert [row["text"] for row in records(ran.out)] == SAID
    assert f"cells in which the company speaks ({column}), no comments: 3" in ran.err
    summary = json.loads(cxscan("scan", path, "--format", "json").out)
    assert (summary["comments"]["empty"], summary["comments"]["company"]) == (3, 3)


@pytest.mark.parametrize(
    ("column", "one", "other"),
    [
        ("role", "admin", "member"),  # of the customer, in the product
        ("role", "manager", "nurse"),
        ("type", "business", "leisure"),
        ("verified", "True", "False"),
        ("speaker", "Customer", "Customer"),
        ("speaker", "Ann", "Agent"),
        ("author", "support", "Ben"),
        ("channel", "chat", "agent"),
        ("public", "yes", "maybe"),
    ],
)
def test_other_columns_name_no_speaker(cxscan, records, tmp_path: Path, column: str, one: str, other: str) -> None:
    path = _csv(tmp_path / "other.csv", column, one, other)
    assert len(records(cxscan("scan", path, "--text", "text", "--comments", "-").out)) == 6


def test_a_speaker_asked_for_as_a_segment_parts_the_sides(cxscan, tmp_path: Path) -> None:
    path = _csv(tmp_path / "thread.csv", "speaker", "customer", "agent")
    summary = json.loads(cxscan("scan", path, "--by", "speaker", "--format", "json").out)
    assert {side: part["comments"]["n"] for side, part in summary["segments"]["speaker"].items()} == {
        "agent": 3,
        "customer": 3,
    }
    assert summary["comments"]["company"] == 0


def test_ratings_stay_with_the_customer(cxscan, tmp_path: Path) -> None:
    path = _csv(tmp_path / "thread.csv", "speaker", "customer", "agent", ",4")
    assert json.loads(cxscan("scan", path, "--format", "json").out)["rating"]["n"] == 3


def test_speakers_in_json_are_read(cxscan, records, tmp_path: Path) -> None:
    path = tmp_path / "thread.json"
    turns = [turn for text in SAID for turn in (("user", text), ("bot", ANSWERED))]
    path.write_text(
        json.dumps([{"author": {"type": who, "name": "N"}, "body": text} for who, text in turns]), encoding="utf-8"
    )
    assert [row["text"] for row in records(cxscan("scan", path, "--comments", "-").out)] == SAID


def test_inspect_names_the_speaker(cxscan, tmp_path: Path) -> None:
    path = _csv(tmp_path / "thread.csv", "speaker", "customer", "agent")
    shown = json.loads(cxscan("inspect", path, "--format", "json").out)["files"][0]
    assert [column["name"] for column in shown["columns"] if column["role"] == "speaker"] == ["speaker"]
    assert shown["counts"]["company"] == 3


def test_texts_of_platforms_are_no_comments(cxscan, records, tmp_path: Path) -> None:
    path = tmp_path / "reviews.csv"
    texts = ["[deleted]", SAID[0], "[ Removed by Reddit ]", "This review has been removed.", SAID[1],
             "The host cancelled my reservation the day before arrival. This is an automated posting."]  # fmt: skip
    path.write_text("id,comments\n" + "".join(f"{n},{text}\n" for n, text in enumerate(texts)), encoding="utf-8")
    assert [row["text"] for row in records(cxscan("scan", path, "--comments", "-").out)] == SAID[:2]
