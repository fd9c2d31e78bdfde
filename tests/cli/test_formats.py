"""Every format of every command is written, and is what it says it is: made from the registries, not from a list."""

from __future__ import annotations

import csv
import io
import json
import sys
import xml.etree.ElementTree as ET
from pathlib import Path
from types import SimpleNamespace

import pytest
from commands import format_options, functions

from cxscan.cli.root import app, main
from cxscan.errors import UsageError
from cxscan.render.formats import COMMENT_ROWS, FAILURE_ROWS, REJECT_ROWS, SUMMARY, OutputFormat

OPTIONS = format_options()
WITHOUT_RESULT = {"themes init": "writes a file to edit"}
"""Commands that show no result, and why."""
ARGUMENTS = {
    "scan": ["{export}", "--by", "channel"],
    "check": ["{export}", "--fail-if", "comments.n < 1"],
    "compare": ["{export}", "{other}"],
    "drivers": ["{export}"],
    "discover": ["{export}"],
    "quotes": ["{export}"],
    "explain": ["Great app, but the café was late"],
    "inspect": ["{export}"],
    "train": ["{export}", "--label", "label", "-o", "{folder}/model.npz"],
    "evaluate": ["{export}", "--label", "label"],
    "themes list": [],
    "themes show": ["price"],
    "themes test": ["--on", "{export}", "--against", "{taxonomy}"],
    "history add": ["{export}", "--store", "{folder}/added.sqlite", "--at", "2026-01-01"],
    "history list": ["--store", "{store}"],
    "history trend": ["comments.n", "--store", "{store}"],
    "history export": ["--store", "{store}"],
    "config show": [],
}
"""A command line for each command; `{export}` and the like are made by the fixture."""
TIMES = 9
"""How often each text stands in the export, each time under a number: few enough to be quick, enough for a verdict."""
TEXTS = [
    ("Great service, the café staff was friendly", "positive"),
    ("Delivery was late and nobody answered", "negative"),
    ("I ordered two lamps for the office", "neutral"),
    ("=Too expensive, | never again", "negative"),
]


@pytest.fixture(scope="module")
def files(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    folder = tmp_path_factory.mktemp("formats")
    made = {name: str(folder / name) for name in ("export.csv", "other.csv", "store.sqlite", "taxonomy.toml")}
    for name in ("export.csv", "other.csv"):
        with Path(made[name]).open("w", encoding="utf-8", newline="") as file:
            rows = [[f"{text} ({n})", label, n % 5 + 1, "web"] for n, (text, label) in enumerate(TEXTS * TIMES)]
            csv.writer(file).writerows([["comment", "label", "rating", "channel"], *rows])
    Path(made["taxonomy.toml"]).write_text('[themes.lamps]\nlens = "product"\nphrases = ["lamp*"]\n', encoding="utf-8")
    assert main(["history", "add", made["export.csv"], "--store", made["store.sqlite"], "-q"]) == 0
    return {**{Path(path).stem: path for path in made.values()}, "folder": str(folder)}


def arguments(command: str, files: dict[str, str]) -> list[str]:
    return [*command.split(), *(word.format(**files) for word in ARGUMENTS[command])]


def parsed(form: OutputFormat[object], content: bytes) -> object:
    """The content as the name of its format says, checked for what all of that kind have."""
    text = content.decode()
    assert text.endswith("\n")
    if form.name == "json":
        return json.loads(text)
    if form.name == "jsonl":
        return [json.loads(line) for line in text.splitlines()]
    if form.name == "csv":
        rows = list(csv.reader(io.StringIO(text, newline=""), strict=True))
        assert len({len(row) for row in rows}) == 1
        return rows
    return ET.fromstring(text) if ".xml" in form.suffixes else text  # noqa: S314  we wrote it


def test_every_command_that_shows_a_result_has_formats() -> None:
    assert set(functions()) == {*OPTIONS, *WITHOUT_RESULT}
    assert set(ARGUMENTS) == set(OPTIONS)


@pytest.mark.parametrize("command", list(OPTIONS))
def test_every_result_has_a_form_for_programs_with_its_own_schema(
    command: str, cxscan, validator, files: dict[str, str]
) -> None:
    ran = cxscan(*arguments(command, files), "--format", "json", "-q")
    assert ran.code == 0
    whole = json.loads(ran.out)
    validator(f"{whole['format'].removeprefix('cxscan-')}-{whole['version']}.json", whole)


@pytest.mark.parametrize(
    ("command", "name"), [(command, form.name) for command, option in OPTIONS.items() for form in option.formats]
)
def test_every_format_writes_a_real_result(
    command: str, name: str, cxscan, files: dict[str, str], tmp_path: Path
) -> None:
    option = OPTIONS[command]
    form = option.formats[name]
    if not (form.suffixes and option.by_output):
        ran = cxscan(*arguments(command, files), "--format", name, "-q")
        assert (ran.code, ran.err) == (0, "")
        assert parsed(form, ran.out.encode())
        return
    target = tmp_path / f"result{form.suffixes[0].upper()}"
    assert cxscan(*arguments(command, files), "-o", target, "-q") == (0, "", "")
    assert parsed(form, target.read_bytes())


@pytest.mark.parametrize("command", [command for command, option in OPTIONS.items() if option.by_output])
def test_an_unknown_suffix_is_refused_with_the_known_ones(command: str, cxscan, files, tmp_path: Path) -> None:
    formats, target = OPTIONS[command].formats, tmp_path / "chart.png"
    ran = cxscan(*arguments(command, files), "-o", target)
    assert (ran.code, ran.out) == (2, "")
    assert all(suffix in ran.err for suffix in formats.suffixes)
    assert not target.exists()


@pytest.mark.parametrize("command", [command for command, option in OPTIONS.items() if option.by_output])
def test_suffixes_choose_and_a_name_without_one_gets_the_default(command: str) -> None:
    option = OPTIONS[command]

    def chosen(path: str, given: str | None = None) -> str:
        return option.chosen(given, SimpleNamespace(output=Path(path)))

    for form in option.formats:
        assert [chosen(f"x{suffix}") for suffix in form.suffixes] == [form.name] * len(form.suffixes)
        assert chosen("x.png", form.name) == form.name
    assert {chosen(path) for path in ("-", "/dev/stdout", "result", ".hidden")} == {option.formats.default.name}


@pytest.mark.parametrize("command", list(OPTIONS))
def test_the_reference_names_every_format_and_suffix(command: str) -> None:
    reference = (Path(__file__).parents[2] / "docs" / "cli.md").read_text(encoding="utf-8")
    section = reference.partition(f"\n## cxscan {command}\n")[2].partition("\n## ")[0]
    for form in OPTIONS[command].formats:
        assert f"| `{form.name}` |" in section
        assert all(f"`{suffix}`" in section for suffix in form.suffixes)


@pytest.mark.parametrize("form", list(COMMENT_ROWS), ids=lambda form: form.name)
@pytest.mark.parametrize("place", [0, -1])
def test_every_format_of_rows_has_a_row_for_each_comment(form, place: int, cxscan, files, tmp_path: Path) -> None:
    target = tmp_path / f"rows{form.suffixes[place]}"
    assert cxscan("scan", files["export"], "--comments", target, "-q").code == 0
    rows = parsed(form, target.read_bytes())
    assert len(rows) - bool(form.header) == len(TEXTS) * TIMES


@pytest.mark.parametrize("form", list(FAILURE_ROWS), ids=lambda form: form.name)
def test_every_format_of_failures_names_the_check(form, cxscan, files, tmp_path: Path) -> None:
    target = tmp_path / f"failures{form.suffixes[0]}"
    ran = cxscan("check", files["export"], "--fail-if", "sentiment.negative.share > 1%", "--failures", target, "-q")
    assert ran.code == 1
    assert "sentiment.negative.share" in str(parsed(form, target.read_bytes()))


@pytest.mark.parametrize("form", list(REJECT_ROWS), ids=lambda form: form.name)
def test_every_format_of_rejects_has_the_reason(form, cxscan, tmp_path: Path) -> None:
    export = tmp_path / "export.jsonl"
    export.write_text('{"comment": "Good"}\n{"comment": "Bad"\n{"comment": "Fine"}\n', encoding="utf-8")
    target = tmp_path / f"rejects{form.suffixes[0]}"
    assert cxscan("scan", export, "--rejects", target, "--max-rejected", "50%", "-q").code == 0
    rows = parsed(form, target.read_bytes())
    assert len(rows) - (form.name == "csv") == 1
    assert "reason" in str(rows)


@pytest.mark.parametrize("option", ["--comments", "--rejects"])
def test_rows_of_an_unknown_suffix_are_refused(option: str, cxscan, files, tmp_path: Path) -> None:
    ran = cxscan("scan", files["export"], option, tmp_path / "rows.png")
    assert (ran.code, ran.out) == (2, "")
    assert ".csv" in ran.err
    assert ".jsonl" in ran.err


def test_quotes_have_the_rows_of_the_comments_file(cxscan, files, tmp_path: Path) -> None:
    for suffix in (".csv", ".jsonl"):
        rows, quotes = tmp_path / f"rows{suffix}", tmp_path / f"quotes{suffix}"
        assert cxscan("scan", files["export"], "--comments", rows, "-q").code == 0
        assert cxscan("quotes", files["export"], "-n", "99", "-o", quotes, "-q").code == 0
        assert sorted(quotes.read_bytes().splitlines()) == sorted(rows.read_bytes().splitlines())


@pytest.fixture
def toy(monkeypatch: pytest.MonkeyPatch):
    """A summary has another format while the test runs: text, or bytes of its own."""

    def register(content: str | bytes) -> None:
        form = OutputFormat[object]("xyz", lambda _summary, _page: content, "for a test", (".xyz",))
        monkeypatch.setitem(SUMMARY.by_name, form.name, form)
        app.cache_clear()

    yield register
    monkeypatch.undo()
    app.cache_clear()


def test_another_format_is_one_entry(toy, cxscan, files, tmp_path: Path) -> None:
    toy("café ✓\n")
    assert "|xyz>" in cxscan("scan", "--help").out
    target = tmp_path / "summary.xyz"
    assert cxscan("scan", files["export"], "-o", target, "-q").code == 0
    assert target.read_bytes() == "café ✓\n".encode()
    assert ".xyz" in cxscan("scan", files["export"], "-o", tmp_path / "x.png").err


def test_its_bytes_are_exact_on_an_ascii_output(toy, files, monkeypatch: pytest.MonkeyPatch) -> None:
    toy("café ✓\n")
    output = io.TextIOWrapper(io.BytesIO(), encoding="ascii")
    monkeypatch.setattr(sys, "stdout", output)
    assert main(["scan", files["export"], "--format", "xyz", "-q"]) == 0
    assert output.buffer.getvalue() == "café ✓\n".encode()


def test_a_format_may_be_bytes(toy, files, tmp_path: Path) -> None:
    toy(b"PK\x03\x04\xff\n")
    target = tmp_path / "summary.xyz"
    assert main(["scan", files["export"], "-o", str(target), "-q"]) == 0
    assert target.read_bytes() == b"PK\x03\x04\xff\n"


def test_a_configuration_file_and_a_variable_choose_a_format(
    cxscan, files, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    config = tmp_path / "cxscan.toml"
    config.write_text('[themes.list]\nformat = "json"\n', encoding="utf-8")
    assert cxscan("themes", "list", "--config", config).out.startswith("{")
    monkeypatch.setenv("CXSCAN_FORMAT", "json")
    assert cxscan("explain", "Great app").out.startswith("{")
    config.write_text('[themes.list]\nformat = "jsn"\n', encoding="utf-8")
    ran = cxscan("themes", "list", "--config", config)
    assert ran.code == 2
    assert "json" in ran.err


def test_an_unknown_format_of_a_registry_names_the_nearest() -> None:
    with pytest.raises(UsageError, match="did you mean json"):
        SUMMARY["jsn"]
