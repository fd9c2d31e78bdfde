"""The environment of a step of a GitHub workflow: the folder of the repository, the summary of the job."""

from __future__ import annotations

import os
from pathlib import Path

from cxscan.errors import OutputError


def in_workspace(source: str) -> str:
    """The path as GitHub wants it: from the folder of the repository, wherever in it the step runs."""
    workspace = os.environ.get("GITHUB_WORKSPACE")
    path = Path(source).resolve()
    if not workspace or not path.is_relative_to(Path(workspace).resolve()):
        return source
    return path.relative_to(Path(workspace).resolve()).as_posix()


def append_step_summary(markdown: str) -> None:
    """Append Markdown to the summary of the GitHub job, where there is one."""
    target = os.environ.get("GITHUB_STEP_SUMMARY")
    if not target:
        return
    from cxscan.render.verdicts.github import step_summary

    try:
        with Path(target).open("a", encoding="utf-8") as file:
            file.write(step_summary(markdown))
    except OSError as error:
        raise OutputError(f"$GITHUB_STEP_SUMMARY {target}: cannot be written: {error.strerror or error}") from None
