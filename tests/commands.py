"""The commands and the registries of their formats, read off the command line itself."""

from __future__ import annotations

import inspect
from collections.abc import Callable

from cxscan.cli.formats import FormatOption
from cxscan.cli.groups import format_option
from cxscan.cli.root import _COMMANDS, _GROUPS
from cxscan.render.formats import OutputFormat


def functions() -> dict[str, Callable[..., object]]:
    """The function of each command, members of groups included."""
    members = {f"{group} {word}": command for group, _, commands in _GROUPS for word, command in commands.items()}
    return {**_COMMANDS, **members}


def format_options() -> dict[str, FormatOption[OutputFormat[object]]]:
    """The `--format` of each command that has one."""
    return {
        name: option
        for name, command in functions().items()
        for parameter in inspect.signature(command, eval_str=True).parameters.values()
        if (option := format_option(parameter)) is not None
    }
