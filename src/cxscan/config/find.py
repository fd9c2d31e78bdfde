"""Finding and reading the file that gives values to options: `cxscan.toml`, or `[tool.cxscan]` in pyproject.toml.

Command line > variable > file > default: what stands in the file is handed over as defaults. Without a file nothing is
read or imported beyond this page.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from cxscan.config.model import Config
from cxscan.errors import UsageError

if TYPE_CHECKING:
    from cxscan.config.model import Commands, Table

FILE, PROJECT_FILE = "cxscan.toml", "pyproject.toml"
LARGEST = 1 << 20
"""Bytes of a file that is read."""


def load_config(path: Path | None, commands: Commands | None = None) -> Config:
    """The values of a file, or of the one that `find_config` finds.

    With `commands` the options are checked against those that there are. Raises UsageError that lists every mistake.
    """
    found = path or find_config()
    if found is None:
        return Config()
    table = _table(found)
    from cxscan.config.schema import checked

    return checked(found, table, commands)


def find_config() -> Path | None:
    """The nearest file in the working folder or above it; in one folder cxscan.toml goes before pyproject.toml."""
    try:
        above = Path.cwd().parents
    except OSError:  # the working folder is gone
        return None
    for folder in (Path(), *above):
        if (folder / FILE).is_file():
            return folder / FILE
        project = folder / PROJECT_FILE
        if project.is_file() and _mentions_us(project) and _section(_parsed(project)) is not None:
            return project
    return None


def _mentions_us(project: Path) -> bool:
    """Say whether a project file may be meant for us; one of other tools only is not ours to complain of."""
    try:
        content = project.read_bytes()
    except OSError:
        return False
    return b"tool" in content and b"cxscan" in content


def _table(path: Path) -> Table:
    whole = _parsed(path)
    if path.name != PROJECT_FILE:
        return whole
    section = _section(whole)
    if section is None:
        raise UsageError(f"{path}: has no [tool.cxscan]; add it, or name another file with --config")
    return section


def _section(whole: Table) -> Table | None:
    tool = whole.get("tool")
    section = tool.get("cxscan") if isinstance(tool, dict) else None
    return section if isinstance(section, dict) else None


def _parsed(path: Path) -> Table:
    import tomllib

    try:
        with path.open("rb") as file:
            content = file.read(LARGEST + 1)
    except OSError as error:
        raise UsageError(f"{path}: cannot be read: {(error.strerror or str(error)).lower()}; check --config") from None
    if len(content) > LARGEST:
        raise UsageError(f"{path}: is over 1 MB, so it is no configuration; check --config")
    try:
        return tomllib.loads(content.decode("utf-8-sig"))
    except (ValueError, RecursionError) as error:
        raise UsageError(f"{path}: not valid TOML: {error}") from None
