"""What can be listed is complete: commands, formats, exit codes, themes, presets, and the way to the tests."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
import typer.main

from cxscan.cli.root import app
from cxscan.engines import ENGINES
from cxscan.errors import Exit
from cxscan.read.bytes.compression import COMPRESSIONS, find_compression
from cxscan.read.bytes.head import Head
from cxscan.read.columns.presets import PRESETS
from cxscan.read.formats.refused import REFUSED
from cxscan.read.formats.registry import FORMATS
from cxscan.rules.taxonomy import built_in

if TYPE_CHECKING:
    from collections.abc import Iterator

    from cxscan.read.bytes.compression import Compression
    from cxscan.read.formats.format import FileFormat

ROOT = Path(__file__).resolve().parent.parent
INSTALL_AND_SCAN = "pip install . && cxscan scan sample_data"
INSTALL_AND_TEST = "pip install '.[test]' && pytest"


def page(name: str) -> str:
    return (ROOT / name).read_text(encoding="utf-8")


def commands() -> Iterator[str]:
    """Every command that does something: of a group, its members."""
    group = typer.main.get_command(app())
    for name, command in group.commands.items():  # type: ignore[attr-defined]  # a group, by its place
        yield from [f"{name} {member}" for member in getattr(command, "commands", {})] or [name]


@pytest.mark.parametrize("command", list(commands()))
def test_command_is_in_the_reference_and_the_readme(command: str) -> None:
    assert f"\n## cxscan {command}\n" in page("docs/cli.md")
    assert f"`cxscan {command}" in page("README.md")


def test_readme_names_no_command_that_does_not_exist() -> None:
    named = re.findall(r"^\| `cxscan ((?:(?:themes|history|config) )?\w+)", page("README.md"), re.MULTILINE)
    assert sorted(named) == sorted(commands())


@pytest.mark.parametrize("form", FORMATS, ids=lambda form: str(form.name))
def test_file_format_is_in_the_docs_and_has_its_tests(form: FileFormat) -> None:
    section = page("docs/how-to/scan-an-export.md").partition("## What is read\n")[2].partition("\n## ")[0]
    assert form.title in section
    assert all(f"`{suffix}`" in section for suffix in form.suffixes)
    assert (ROOT / "tests" / "read" / f"test_{form.name}.py").is_file()


@pytest.mark.parametrize("compression", COMPRESSIONS, ids=lambda compression: str(compression.name))
def test_compression_is_in_the_docs_and_has_its_tests(compression: Compression) -> None:
    section = page("docs/how-to/scan-an-export.md").partition("## What is read\n")[2].partition("\n## ")[0]
    assert compression.name in section
    assert f"`{compression.suffix}`" in section
    assert (ROOT / "tests" / "read" / f"test_{compression.name}.py").is_file()


def test_what_is_read_is_not_refused_as_well() -> None:
    read = [
        what
        for magic, what, _ in REFUSED
        if find_compression(magic)
        or any(not form.is_text and form.recognises(Head("", magic, is_whole=True)) for form in FORMATS)
    ]
    assert not read, "delete its entry in refused.py"


@pytest.mark.parametrize("engine", list(ENGINES))
def test_engine_has_its_tests(engine: str) -> None:
    assert (ROOT / "tests" / "engines" / f"test_{engine}.py").is_file()


@pytest.mark.parametrize("code", list(Exit))
def test_exit_code_is_in_the_readme(code: Exit) -> None:
    table = page("README.md").partition("## Exit codes")[2].partition("\n## ")[0]
    assert re.search(rf"^\|[ ,\d]*\b{code.value}\b", table, re.MULTILINE)


@pytest.mark.parametrize("theme", built_in().themes, ids=lambda theme: theme.name)
def test_theme_stands_in_the_concepts_under_its_lens(theme: object) -> None:
    name, lens = theme.name, theme.lens  # type: ignore[attr-defined]  # a theme, by the fixture
    section = page("docs/concepts.md").partition(f"### {lens.value.capitalize()} lens\n")[2].partition("\n##")[0]
    assert f"| `{name}` |" in section


def test_concepts_know_no_other_theme() -> None:
    section = page("docs/concepts.md").partition("## The themes\n")[2].partition("\n## ")[0]
    assert re.findall(r"^\| `(\w+)` \|", section, re.MULTILINE) == [theme.name for theme in built_in().themes]


@pytest.mark.parametrize("preset", list(PRESETS))
def test_preset_is_in_the_page_on_reading(preset: str) -> None:
    assert f"`{preset}`" in page("docs/how-to/scan-an-export.md")


@pytest.mark.parametrize("path", sorted((ROOT / "docs").glob("**/*.md")), ids=lambda path: path.name)
def test_index_leads_to_every_page(path: Path) -> None:
    assert path.name == "index.md" or f"({path.relative_to(ROOT / 'docs').as_posix()})" in page("docs/index.md")


@pytest.mark.parametrize("command", [INSTALL_AND_SCAN, INSTALL_AND_TEST])
def test_readme_has_the_command_on_a_line_of_its_own(command: str) -> None:
    assert f"\n{command}\n" in page("README.md")


def test_continuous_integration_runs_the_test_command_of_the_readme() -> None:
    assert INSTALL_AND_TEST in page(".ci/run")
