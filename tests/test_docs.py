"""What the docs show is what cxscan prints.

A ```console block holds commands (`$ cxscan …`, further lines after `> `) and their output; a ```text block behind a
```python block holds what that prints. The blocks of a page are run from top to bottom in one folder with a copy of
`sample_data`. A line `...` in an output stands for any number of lines that the page leaves out.
`CXSCAN_UPDATE_DOCS=1 pytest tests/test_docs.py` writes the outputs, and docs/cli.md, anew.
"""

from __future__ import annotations

import os
import re
import shlex
import shutil
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import fork_server
import pytest
import typer.main
from commands import format_options

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
    """A command of a page, prompts included, and the output that the page shows."""

    typed: list[str]
    shown: list[str]

    @property
    def command(self) -> str:
        """Without the prompts."""
        return "\n".join(line[2:] for line in self.typed)


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
    for line in block.splitlines():
        if line.startswith("$ "):
            found.append(Step([line], []))
        elif line.startswith(">") and not found[-1].shown:
            found[-1].typed.append(line)
        else:
            found[-1].shown.append(line)
    return found


class Printed(NamedTuple):
    """What a process printed on both its outputs, and its exit code."""

    lines: list[str]
    code: int


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A process that runs command lines of cxscan for the shell; see `fork_server`."""
    path = str(tmp_path_factory.mktemp("server") / "socket")
    command = [sys.executable, fork_server.__file__, "serve", path]
    with subprocess.Popen(command, env=environment(), stdin=subprocess.PIPE, stdout=subprocess.PIPE) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == b"ready\n"
        yield path
        process.communicate()


def shell(command: str, folder: Path, server: str, *, columns: int = 80, code: int = 0) -> Printed:
    """Run a command as in a shell whose last command ended with `code`."""
    cxscan = shlex.join([sys.executable, "-S", "-E", fork_server.__file__, server])
    ours = f'cxscan() {{ {cxscan} "$@"; }}\npython() {{ "$PYTHON" "$@"; }}\n'
    return run(["bash", "-c", f"{ours}(exit {code})\n{command}"], folder, columns)


def run(command: list[str], folder: Path, columns: int = 80) -> Printed:
    """Run a process as in a terminal of so many columns without colours."""
    outputs = {"stdout": subprocess.PIPE, "stderr": subprocess.STDOUT}
    done = subprocess.run(command, cwd=folder, env=environment(columns), check=False, **outputs)
    return Printed([line.rstrip() for line in done.stdout.decode().splitlines()], done.returncode)


def environment(columns: int = 80) -> dict[str, str]:
    """The variables of a process on a terminal of so many columns without colours."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("CXSCAN_", "GITHUB_"))}
    kept.pop("FORCE_COLOR", None)
    kept |= {"NO_COLOR": "1", "TERM": "dumb", "COLUMNS": str(columns), "PYTHON": sys.executable}
    return kept | {"PYTHONIOENCODING": "utf-8", "PYTHONUTF8": "1"}


def as_shown(lines: list[str], shown: list[str]) -> list[str]:
    """The lines, cut where the page cuts them: as many lines before and after the cut as the page shows."""
    if CUT not in shown:
        return lines
    before, after = shown.index(CUT), len(shown) - shown.index(CUT) - 1
    return [*lines[:before], CUT, *(lines[-after:] if after else [])]


def workplace(folder: Path) -> Path:
    shutil.copytree(ROOT / "sample_data", folder / "sample_data")
    return folder


def rerun(page: str, folder: Path, server: str) -> str:
    """The page with what its commands and programs print now."""

    def anew(match: re.Match[str]) -> str:
        return with_output(match["console"], folder, server) if match["console"] else with_printed(match, folder)

    return _BLOCK.sub(anew, page)


def with_output(block: str, folder: Path, server: str) -> str:
    """A block of commands with what they print now."""
    lines, code = ["```console"], 0
    for step in steps(block):
        done = shell(step.command, folder, server, code=code)
        code = done.code
        lines += [*step.typed, *as_shown(done.lines, step.shown)]
    return "\n".join([*lines, "```"])


def with_printed(match: re.Match[str], folder: Path) -> str:
    """A program with what it prints now."""
    done = run([sys.executable, "-c", match["python"]], folder)
    lines = as_shown(done.lines, match["text"].splitlines())
    return "\n".join(["```python", match["python"] + "```", "", "```text", *lines, "```"])


@pytest.mark.parametrize("path", PAGES, ids=named)
def test_page_shows_what_cxscan_prints(path: Path, tmp_path: Path, server: str) -> None:
    page = path.read_text(encoding="utf-8")
    now = rerun(page, workplace(tmp_path), server)
    if UPDATE:
        path.write_text(now, encoding="utf-8")
    else:
        assert page.splitlines() == now.splitlines(), "write it anew with CXSCAN_UPDATE_DOCS=1, and read the difference"


def commands() -> Iterator[str]:
    """Every command, groups before their members."""
    group = typer.main.get_command(app())
    for name, command in sorted(group.commands.items()):  # type: ignore[attr-defined]  # a group, by its place
        yield name
        yield from (f"{name} {member}" for member in sorted(getattr(command, "commands", {})))


def reference(folder: Path, server: str) -> str:
    """The page of all commands."""
    parts = [_FIRST_LINES]
    for command in ("", *commands()):
        call = f"cxscan {command}".strip()
        lines = shell(f"{call} --help", folder, server, columns=100).lines
        parts.append("\n".join([f"## {call}", "", "```text", *lines, "```", *formats_of(command), ""]))
    return "\n".join(parts)


def formats_of(command: str) -> list[str]:
    """A table of what `--format` and the suffix of `-o` choose."""
    option = format_options().get(command)
    if option is None:
        return []
    rows = [
        f"| `{one.name}` | {', '.join(f'`{suffix}`' for suffix in one.suffixes)} | {one.help} |"
        for one in option.formats
    ]
    return ["", "| `--format` | name of FILE ends in | for |", "|---|---|---|", *rows]


def test_command_reference_is_what_help_prints(tmp_path: Path, server: str) -> None:
    now = reference(tmp_path, server)
    if UPDATE:
        REFERENCE.write_text(now, encoding="utf-8")
    assert REFERENCE.read_text(encoding="utf-8").splitlines() == now.splitlines()


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
