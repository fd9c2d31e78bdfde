from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path


def test_values_come_from_the_command_line_then_a_variable_then_the_file(
    cxscan, export, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = export("Great app", "Slow delivery", "Bad, bad, bad")
    (folder / "cxscan.toml").write_text('limit = 1\n[scan]\nformat = "json"\n', encoding="utf-8")
    assert json.loads(cxscan("scan", path).out)["inputs"][0]["records"] == 1
    monkeypatch.setenv("CXSCAN_LIMIT", "2")
    assert json.loads(cxscan("scan", path).out)["inputs"][0]["records"] == 2
    assert json.loads(cxscan("scan", path, "--limit", 3).out)["inputs"][0]["records"] == 3
    monkeypatch.setenv("CXSCAN_FORMAT", "line")
    assert cxscan("scan", path).out.startswith("cxscan=")
    monkeypatch.delenv("CXSCAN_FORMAT")
    monkeypatch.delenv("CXSCAN_LIMIT")
    assert cxscan("scan", path, "--format", "line").out.startswith("cxscan=")
    assert " 3 records" in cxscan("scan", path, "--config", "/dev/null").out


def test_lists_flags_and_paths_are_taken_from_a_file(cxscan, export, folder: Path) -> None:
    path = export("Great app", "n/a", "Slow delivery", ratings=[5, 3, 1])
    inner = folder / "conf"
    inner.mkdir()
    (inner / "own.toml").write_text("extends = true\n[themes.parking]\nlens = 'product'\nphrases = ['car park']\n")
    (inner / "mine.toml").write_text("by = ['rating']\nquiet = true\nthemes = 'own.toml'\ntext = ['comment']\n")
    ran = cxscan("scan", path, "--config", inner / "mine.toml", "--format", "json")
    summary = json.loads(ran.out)
    assert ran.err == ""
    assert sorted(summary["segments"]["rating"]) == ["1", "3", "5"]
    assert "parking" in summary["themes"]


def test_the_file_can_be_named_by_a_variable(cxscan, export, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (folder / "nightly.toml").write_text("format = 'line'\n", encoding="utf-8")
    monkeypatch.setenv("CXSCAN_CONFIG", "nightly.toml")
    assert cxscan("scan", export("Great app", "Bad app")).out.startswith("cxscan=")


def test_a_mistake_in_the_file_stops_every_command_before_it_starts(cxscan, export, folder: Path) -> None:
    (folder / "cxscan.toml").write_text("limt = 1\n[scan]\nperiod = 'yearly'\n", encoding="utf-8")
    for command in (("scan", export("Great app")), ("themes", "list"), ("config", "show")):
        ran = cxscan(*command)
        assert (ran.code, ran.out) == (2, "")
        assert "limt: no such option; did you mean limit" in ran.err
        assert "scan.period: yearly is not known; choose from: day, month, quarter, week" in ran.err
    assert cxscan("scan", "--help").code == 0


def test_checks_of_unknown_numbers_are_mistakes_of_the_file(
    cxscan, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    check = '[[check]]\nmetric = "themes.parking.net"\nmin = 0\n[[check]]\nmetric = "sentiment.nett"\nmin = 0\n'
    (folder / "cxscan.toml").write_text(check, encoding="utf-8")
    ran = cxscan("config", "show")
    assert (ran.code, ran.out) == (2, "")
    assert "cxscan.toml: 2 mistakes in the checks: (1) metric themes.parking.net: no such number" in ran.err
    assert "(2) metric sentiment.nett: no such number; did you mean sentiment.net" in ran.err
    check = check.replace("nett", "net")
    own = "extends = true\n[themes.parking]\nlens = 'product'\nphrases = ['car park']\n"
    (folder / "own.toml").write_text(own, encoding="utf-8")
    (folder / "cxscan.toml").write_text(f'[check]\nthemes = "own.toml"\n{check}', encoding="utf-8")
    assert cxscan("config", "show").code == 2  # [check] is the list of checks
    (folder / "cxscan.toml").write_text(f'[command.check]\nthemes = "own.toml"\n{check}', encoding="utf-8")
    assert cxscan("config", "show").code == 0
    (folder / "cxscan.toml").write_text(check, encoding="utf-8")
    monkeypatch.setenv("CXSCAN_THEMES", "own.toml")
    assert cxscan("config", "show").code == 0


def test_each_setting_is_shown_with_where_it_came_from(cxscan, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (folder / "cxscan.toml").write_text(
        "by = ['plan', 'shop']\n[scan]\nformat = 'line'\n[[check]]\nmetric = 'sentiment.net'\nmin = 0.1\n"
    )
    monkeypatch.setenv("CXSCAN_MAX_REJECTED", "1%")
    ran = cxscan("config", "show")
    rows = {line.split()[0]: " ".join(line.split()[1:]) for line in ran.out.splitlines() if line}
    assert ran.code == 0
    assert rows["by"] == "plan, shop file cxscan.toml"
    assert rows["scan.format"] == "line file cxscan.toml"
    assert rows["max_rejected"] == "1% variable CXSCAN_MAX_REJECTED"
    assert rows["sentiment"] == "model default"
    assert rows["check:"] == "sentiment.net < 0.1"


def test_every_option_of_every_command_is_shown(cxscan, folder: Path) -> None:
    shown = json.loads(cxscan("config", "show", "--format", "json").out)
    assert shown["path"] is None
    names = {(one["command"], one["name"]) for one in shown["settings"]}
    for command in sorted({command for command, _ in names}):
        text = cxscan(*command.split(), "--help").out
        listed = {name.replace("_", "-") for known, name in names if known == command}
        assert all(f"--{name}" in text for name in listed), command
    assert ("scan", "format") in names
    assert ("history add", "store") in names
    assert not any(name in {"config", "help", "version", "form"} for _, name in names)


def test_the_text_of_a_file_acts_on_no_terminal(cxscan, folder: Path) -> None:
    (folder / "cxscan.toml").write_text('by = ["\\u001b[31m[bold]red[/bold]"]\n', encoding="utf-8")
    out = cxscan("config", "show").out
    assert "\x1b" not in out
    assert "[bold]red[/bold]" in out


def test_without_a_file_no_parser_is_loaded(folder: Path) -> None:
    code = (
        "import sys; from cxscan.cli.root import main\n"
        "main(['themes', 'list'])\n"
        "print('\\n' + ' '.join(sorted(sys.modules)), file=sys.stderr)\n"
    )
    ran = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert not {"cxscan.config.schema", "numpy", "sqlite3"} & set(ran.stderr.splitlines()[-1].split())
