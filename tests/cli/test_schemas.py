"""What is written as JSON is what the published schemas say."""

from __future__ import annotations

import json
from pathlib import Path

import pytest


@pytest.mark.parametrize(
    ("schema", "command"),
    [
        ("summary-1.json", ["scan", "--by", "channel", "--period", "week"]),
        ("quotes-1.json", ["quotes", "--theme", "service"]),
        ("inspection-1.json", ["inspect"]),
    ],
)
def test_a_result_holds_to_its_schema(cxscan, validator, sample_data: Path, schema: str, command: list[str]) -> None:
    ran = cxscan(command[0], sample_data / "support_survey.json", *command[1:], "--format", "json")
    assert ran.code == 0
    validator(schema, json.loads(ran.out))


def test_an_explanation_holds_to_its_schema(cxscan, validator) -> None:
    found = json.loads(cxscan("explain", "Great app, rude staff", "--format", "json").out)
    assert validator("explanation-1.json", found)["themes"]


def test_every_record_holds_to_its_schema(cxscan, validator, sample_data: Path, records) -> None:
    written = records(cxscan("scan", sample_data, "--comments", "-").out)
    assert len(written) > 800
    assert all(validator("comment-1.json", record) for record in written)
