"""What is written as JSON is what the published schemas say."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from jsonschema import Draft202012Validator
from referencing import Registry, Resource

SCHEMAS = Path(__file__).resolve().parents[2] / "docs" / "schema"


@pytest.fixture(scope="module")
def validator():
    schemas = {path.name: json.loads(path.read_text(encoding="utf-8")) for path in SCHEMAS.glob("*.json")}
    registry = Registry().with_resources((one["$id"], Resource.from_contents(one)) for one in schemas.values())

    def validate(name: str, instance: object) -> None:
        Draft202012Validator.check_schema(schemas[name])
        assert list(Draft202012Validator(schemas[name], registry=registry).iter_errors(instance)) == []

    return validate


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
    validator("explanation-1.json", json.loads(cxscan("explain", "Great app, rude staff", "--format", "json").out))


def test_every_record_holds_to_its_schema(cxscan, validator, sample_data: Path, records) -> None:
    for record in records(cxscan("scan", sample_data, "--comments", "-").out):
        validator("comment-1.json", record)
