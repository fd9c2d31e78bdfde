"""What the docs show is what cxscan prints.

A ```console block holds commands (`$ cxscan …`) and their output; a ```text block behind a ```python block holds what
that prints. The blocks of a page are run from top to bottom in one folder with a copy of `sample_data`. A line `...` in
an output stands for any number of lines that the page leaves out. `CXSCAN_UPDATE_DOCS=1 pytest tests/test_docs.py`
writes the outputs, and docs/cli.md, anew.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import pytest
import typer.main

from cxscan.cli.root import app

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOT = Path(__file__).resolve().parent.parent
UPDATE = bool(os.environ.get("CXSCAN_UPDATE_DOCS"))
REFERENCE = ROOT / "docs" / "cli.md"
CUT = "..."

_BLOCK = re.compile(
    r"^```console\n(?P<console>.*?)^```$|^```python\n(?P<python>.*?)^```\n\n```text\n(?P<text>.*?)^```$",
    re.MULTILINE | re.DOTALL,
)
_LINK = re.compile(r"\[[^]]*]\(([^)\s]+)\)")
_CODE = re.compile(r"^```.*?^```$|`[^`\n]+`", re.MULTILINE | re.DOTALL)
_FIRST_LINES = """\
# Commands

Every command and its options, as `--help` prints them. This page is generated; see the head of `tests/test_docs.py`.

Each option can be given as a variable as well: `--max-rejected 2%` is `CXSCAN_MAX_REJECTED=2%`. The command line goes
before the variable.
"""


class Step(NamedTuple):
    """A command of a page and the output that the page shows."""

    command: str
    shown: list[str]


PAGES = sorted(
    path
    for path in (ROOT / "README.md", ROOT / "CONTRIBUTING.md", *(ROOT / "docs").rglob("*.md"))
    if path != REFERENCE and "```console" in path.read_text(encoding="utf-8")
)


def named(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def steps(block: str) -> list[Step]:
    """The commands of a block, each with the lines that follow it."""
    found: list[Step] = []
    for is_command, lines in groupby(block.splitlines(), key=lambda line: line.startswith("$ ")):
        if is_command:
            found += [Step(line.removeprefix("$ "), []) for line in lines]
        else:
            found[-1] = found[-1]._replace(shown=list(lines))
    return found


def printed(command: str, folder: Path, columns: int = 80) -> list[str]:
    """The lines that a shell command prints on both its outputs."""
    return output_of(["bash", "-c", 'cxscan() { "$PYTHON" -m cxscan "$@"; }\n' + command], folder, columns)


def output_of(command: list[str], folder: Path, columns: int = 80) -> list[str]:
    """The lines that a process prints, as in a terminal of so many columns without colours."""
    environment = {name: value for name, value in os.environ.items() if not name.startswith(("CXSCAN_", "GITHUB_"))}
    environment.pop("FORCE_COLOR", None)
    environment |= {"NO_COLOR": "1", "TERM": "dumb", "COLUMNS": str(columns), "PYTHON": sys.executable}
    environment |= {"PYTHONIOENCODING": "utf-8", "PYTHONUTF8": "1"}
    run = subprocess.run(
        command, cwd=folder, env=environment, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, check=False
    )
    return [line.rstrip() for line in run.stdout.decode().splitlines()]


def as_shown(lines: list[str], shown: list[str]) -> list[str]:
    """The lines, cut where the page cuts them: as many lines before and after the cut as the page shows."""
    if CUT not in shown:
        return lines
    before, after = shown.index(CUT), len(shown) - shown.index(CUT) - 1
    return [*lines[:before], CUT, *(lines[-after:] if after else [])]


def workplace(folder: Path) -> Path:
    shutil.copytree(ROOT / "sample_data", folder / "sample_data")
    return folder


def rerun(page: str, folder: Path) -> str:
    """The page with what its commands and programs print now."""

    def anew(match: re.Match[str]) -> str:
        if match["console"] is None:
            lines = as_shown(output_of([sys.executable, "-c", match["python"]], folder), match["text"].splitlines())
            return "\n".join(["```python", match["python"] + "```", "", "```text", *lines, "```"])
        lines = ["```console"]
        for step in steps(match["console"]):
            lines += [f"$ {step.command}", *as_shown(printed(step.command, folder), step.shown)]
        return "\n".join([*lines, "```"])

    return _BLOCK.sub(anew, page)


@pytest.mark.parametrize("path", PAGES, ids=named)
def test_page_shows_what_cxscan_prints(path: Path, tmp_path: Path) -> None:
    page = path.read_text(encoding="utf-8")
    now = rerun(page, workplace(tmp_path))
    if UPDATE:
        path.write_text(now, encoding="utf-8")
    else:
        assert page == now


def commands() -> Iterator[str]:
    """Every command, groups before their members."""
    group = typer.main.get_command(app())
    for name, command in sorted(group.commands.items()):  # type: ignore[attr-defined]
        yield name
        yield from (f"{name} {member}" for member in sorted(getattr(command, "commands", {})))


def reference(folder: Path) -> str:
    """The page of all commands."""
    parts = [_FIRST_LINES]
    for command in ("", *commands()):
        call = f"cxscan {command}".strip()
        lines = printed(f"{call} --help", folder, columns=100)
        parts.append("\n".join([f"## {call}", "", "```text", *lines, "```", ""]))
    return "\n".join(parts)


def test_command_reference_is_what_help_prints(tmp_path: Path) -> None:
    now = reference(tmp_path)
    if UPDATE:
        REFERENCE.write_text(now, encoding="utf-8")
    assert REFERENCE.read_text(encoding="utf-8") == now


def anchors(path: Path) -> set[str]:
    """What a link into a page can name: its headings, lower case, with hyphens."""
    headings = re.findall(r"^#+ (.+)$", path.read_text(encoding="utf-8"), re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", heading).strip().lower().replace(" ", "-") for heading in headings}


def test_links_lead_somewhere() -> None:
    lost = []
    for path in (*ROOT.glob("*.md"), *ROOT.glob("[!.]*/**/*.md")):
        for link in _LINK.findall(_CODE.sub("", path.read_text(encoding="utf-8"))):
            file, _, anchor = link.partition("#")
            target = path.parent / file if file else path
            if "://" in link:
                continue
            if not target.exists() or (anchor and anchor not in anchors(target)):
                lost.append(f"{named(path)}: {link}")
    assert not lost


def test_cut_output_keeps_its_first_and_last_lines() -> None:
    assert as_shown(["1", "2", "3", "4"], ["a", CUT, "b"]) == ["1", CUT, "4"]
    assert as_shown(["1", "2", "3"], ["a", CUT]) == ["1", CUT]
    assert as_shown(["1", "2"], ["a"]) == ["1", "2"]
