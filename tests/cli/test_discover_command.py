from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
import typer
from insight.hearing import texts

from cxscan.cli.discover import discover
from cxscan.cli.groups import takes_groups
from cxscan.engines import local

PROGRAM = """\
import sys, typer
from cxscan.cli.discover import discover
from cxscan.cli.groups import takes_groups
app = typer.Typer(add_completion=False)
app.callback()(lambda: None)
app.command("discover")(takes_groups(discover))
app(sys.argv[1:])
"""


@pytest.fixture
def ran(capfd: pytest.CaptureFixture[str]) -> Callable[..., str]:
    """What `discover` with these words prints."""
    app = typer.Typer(add_completion=False)
    app.callback()(lambda: None)
    app.command("discover")(takes_groups(discover))

    def run(*words: object) -> str:
        assert app(["discover", *map(str, words)], standalone_mode=False) == 0
        return capfd.readouterr().out

    return run


@pytest.mark.parametrize("form", ["table", "json", "markdown"])
def test_every_format_goes_to_a_file(ran, sample_data: Path, tmp_path: Path, form: str) -> None:
    shown = ran(sample_data, "--format", form)
    assert ran(sample_data, "--format", form, "-o", tmp_path / "result") == ""
    assert (tmp_path / "result").read_text(encoding="utf-8") == shown


def test_a_result_holds_to_its_schema(ran, validator, sample_data: Path) -> None:
    assert validator("topics-1.json", json.loads(ran(sample_data, "--format", "json")))["topics"]


def test_nothing_found_holds_to_its_schema(ran, validator, export) -> None:
    found = json.loads(ran(export("Great price", "n/a"), "--format", "json"))
    validator("topics-1.json", found)
    assert found["topics"] == []


def test_topics_and_quotes_are_as_many_as_asked_for(ran, sample_data: Path) -> None:
    found = json.loads(ran(sample_data, "--format", "json", "--topics", 2, "--quotes", 1))
    steady = [topic for topic in found["topics"] if topic["rising"] is None]
    assert len(steady) == 2
    assert all(len(topic["quotes"]) == 1 for topic in found["topics"])


def test_quotes_stand_where_they_say(ran, sample_data: Path) -> None:
    path = sample_data / "support_survey.json"
    said = path.read_text(encoding="utf-8")
    for topic in json.loads(ran(path, "--format", "json"))["topics"]:
        for quote in topic["quotes"]:
            assert json.dumps(quote["text"], ensure_ascii=False)[1:-1] in said


def test_workers_change_no_byte(ran, sample_data: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(local, "MAX_SINGLE_PROCESS_COMMENTS", 0)
    assert ran(sample_data, "--workers", 1) == ran(sample_data, "--workers", 2)


def test_hash_seeds_and_threads_change_no_byte(tmp_path: Path) -> None:
    path = tmp_path / "bank.jsonl"
    path.write_text("\n".join(json.dumps({"comment": text}) for text in texts()), encoding="utf-8")
    outputs = set()
    for seed, threads in (("0", "1"), ("1", "4"), ("2", "2")):
        environment = {
            **os.environ,
            "PYTHONHASHSEED": seed,
            "OMP_NUM_THREADS": threads,
            "OPENBLAS_NUM_THREADS": threads,
        }
        command = [sys.executable, "-c", PROGRAM, "discover", str(path), "--format", "json"]
        outputs.add(subprocess.run(command, env=environment, capture_output=True, check=True).stdout)
    (only,) = outputs
    assert json.loads(only)["topics"]
