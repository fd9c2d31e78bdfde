"""What `history` and `config` write as JSON is what the published schemas say."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from jsonschema import Draft202012Validator
from referencing import Registry, Resource

SCHEMAS = Path(__file__).resolve().parents[2] / "docs" / "schema"
LOADED = [json.loads(path.read_text(encoding="utf-8")) for path in sorted(SCHEMAS.glob("*.json"))]
REGISTRY = Registry().with_resources((one["$id"], Resource.from_contents(one)) for one in LOADED)


@pytest.mark.parametrize(
    ("schema", "command"),
    [
        ("history-1", ["history", "list"]),
        ("history-1", ["history", "export"]),
        ("trend-1", ["history", "trend", "rating.mean"]),
        ("trend-1", ["history", "trend", "themes.delivery.net"]),
        ("config-1", ["config", "show"]),
    ],
)
def test_a_result_holds_to_its_schema(
    cxscan, sample_data: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, schema: str, command: list[str]
) -> None:
    monkeypatch.setenv("CXSCAN_STORE", str(tmp_path / "history.sqlite"))
    (tmp_path / "cxscan.toml").write_text(
        "by = ['product_category']\n[[check]]\nname = 'a'\nmetric = 'sentiment.net'\nmax = 1\n"
        "[[ignore]]\ncheck = 'a'\nreason = 'b'\n"
    )
    monkeypatch.chdir(tmp_path)
    for count in (40, 80):
        cxscan("history", "add", sample_data / "shop_reviews.jsonl", "--limit", count, "--at", f"2026-11-{count // 4}")
    ran = cxscan(*command, "--format", "json")
    assert ran.code == 0
    validator = Draft202012Validator({"$ref": f"urn:cxscan:schema:{schema}"}, registry=REGISTRY)
    assert list(validator.iter_errors(json.loads(ran.out))) == []
