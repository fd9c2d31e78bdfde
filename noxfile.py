"""The whole check, one command: `nox`. `nox -s tests` runs one part; what follows `--` goes to the tool."""

from __future__ import annotations

import nox

nox.needs_version = ">=2025.5.1"
nox.options.reuse_existing_virtualenvs = True

DEVELOPMENT = nox.project.dependency_groups(nox.project.load_toml("pyproject.toml"), "dev")
USES = ("tests/test_api.py", "tests/test_config.py", "tests/cli/test_scan.py", "tests/cli/test_discover_command.py",
        "tests/cli/test_train.py", "tests/read/test_zstd.py")  # fmt: skip
"""Tests that use every dependency."""
DOCS = ("tests/test_docs.py", "tests/test_completeness.py")


@nox.session
def lint(session: nox.Session) -> None:
    """Style and format."""
    session.install("ruff>=0.15")
    session.run("ruff", "check", *session.posargs)
    session.run("ruff", "format", "--check")


@nox.session
def types(session: nox.Session) -> None:
    """Every type, strictly."""
    session.install("-e", ".", *DEVELOPMENT)
    session.run("mypy", *session.posargs)


@nox.session
def walls(session: nox.Session) -> None:
    """Every module on its floor."""
    session.install("-e", ".", "import-linter>=2.5")
    session.run("lint-imports", *session.posargs)


@nox.session
def tests(session: nox.Session) -> None:
    """Every test, those of the docs included."""
    session.install("-e", ".[test]")
    session.run("pytest", *session.posargs)


@nox.session(python="3.11")
def lowest(session: nox.Session) -> None:
    """The main job, and whatever uses a dependency, on the lowest Python with the lowest version of each of them."""
    session.install("uv>=0.5")
    session.run("uv", "pip", "install", "--resolution", "lowest-direct", ".[test]")
    session.run("cxscan", "scan", "sample_data", "--comments", "-", silent=True)
    session.run("pytest", *(session.posargs or USES))


@nox.session
def docs(session: nox.Session) -> None:
    """Every output in the docs is what cxscan prints; `nox -s docs -- --update` writes them anew."""
    session.install("-e", ".[test]")
    update = "--update" in session.posargs
    session.run("pytest", *DOCS, env={"CXSCAN_UPDATE_DOCS": "1"} if update else {})
