"""The command line as a whole, and the one place where trouble becomes an exit code."""

from __future__ import annotations

import contextlib
import os
import signal
import sys
import traceback
from functools import cache
from typing import TYPE_CHECKING, Annotated

import typer

from cxscan import __version__
from cxscan.cli import (
    check,
    compare,
    config,
    discover,
    drivers,
    evaluate,
    explain,
    history,
    history_add,
    inspect,
    quotes,
    scan,
    themes,
    themes_test,
    train,
)
from cxscan.cli.groups import takes_groups
from cxscan.cli.output import ReaderGoneError, note, prepare_standard_output
from cxscan.errors import CxscanError, Exit

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from types import FrameType

USAGE_TROUBLE = next(base for base in typer.BadParameter.__mro__ if base.__name__ == "ClickException")
"""The error of typer for a command line that it cannot use."""

NO_ARGUMENTS = "NoArgsIsHelpError"
"""The one of these that says nothing but help: `cxscan` or `cxscan themes` alone. Typer does not export it."""


_COMMANDS: dict[str, Callable[..., Exit]] = {
    "scan": scan.scan,
    "check": check.check,
    "compare": compare.compare,
    "drivers": drivers.drivers,
    "discover": discover.discover,
    "quotes": quotes.quotes,
    "explain": explain.explain,
    "inspect": inspect.inspect,
    "train": train.train,
    "evaluate": evaluate.evaluate,
}
_GROUPS: tuple[tuple[str, str, dict[str, Callable[..., Exit]]], ...] = (
    (
        "themes",
        "What each theme means, and your own taxonomy.",
        {"list": themes.list_themes, "show": themes.show, "init": themes.init, "test": themes_test.test},
    ),
    (
        "history",
        "Keep the runs of a cron job, and see the trend.",
        {"add": history_add.add, "list": history.list_runs, "trend": history.trend, "export": history.export},
    ),
    ("config", "The settings, and where each came from.", {"show": config.show}),
)


@cache
def app() -> typer.Typer:
    """Every command, registered once."""
    whole = typer.Typer(
        add_completion=False,
        no_args_is_help=True,
        rich_markup_mode=None,
        pretty_exceptions_enable=False,
        context_settings={"help_option_names": ["-h", "--help"]},
    )
    whole.callback()(_root)
    for name, command in _COMMANDS.items():
        whole.command(name)(takes_groups(command))
    for name, help_text, commands in _GROUPS:
        group = typer.Typer(no_args_is_help=True, help=help_text)
        for word, command in commands.items():
            group.command(word)(takes_groups(command))
        whole.add_typer(group, name=name)
    return whole


def _version(*, wanted: bool) -> None:
    if wanted:
        typer.echo(f"cxscan {__version__}")
        raise typer.Exit


def _root(
    *,
    version: Annotated[
        bool, typer.Option("--version", is_eager=True, callback=lambda wanted: _version(wanted=wanted), help="Version.")
    ] = False,
) -> None:
    """Read customer feedback exports and say, comment by comment, how customers feel and what they talk about."""


class _TerminatedError(BaseException):
    """SIGTERM, as an exception so that what is half written is cleared away."""


def _terminated(_number: int, _frame: FrameType | None) -> None:
    raise _TerminatedError


def main(argv: Sequence[str]) -> int:
    """Run a command line; the exit code of the contract. Never raises."""
    prepare_standard_output()
    previous = signal.signal(signal.SIGTERM, _terminated)
    try:
        return _run(list(argv))
    except _TerminatedError:
        return Exit.TERMINATED
    except KeyboardInterrupt:
        return Exit.INTERRUPTED
    except ReaderGoneError:
        _leave_quietly()
        return Exit.DONE
    except CxscanError as error:
        note(str(error))
        return error.code
    except Exception as error:  # the last boundary: a fault of ours is one line, not a traceback
        return _fault(error, argv)
    finally:
        signal.signal(signal.SIGTERM, previous)


def _run(argv: list[str]) -> int:
    try:
        code = app()(argv, standalone_mode=False, prog_name="cxscan")
    except Exception as error:  # typer has errors of several packages: told apart below
        if not isinstance(error, USAGE_TROUBLE):
            raise
        if type(error).__name__ == NO_ARGUMENTS:
            _show_help(error)
        else:
            note(_in_one_line(error))
        return Exit.USAGE
    return int(code or 0)


def _show_help(trouble: Exception) -> None:
    """Print, on standard error, the help that a command line without a command asks for."""
    with contextlib.suppress(OSError, ValueError):
        typer.echo(str(getattr(trouble, "format_message", lambda: trouble)()), err=True)


def _in_one_line(trouble: Exception) -> str:
    """Put typer's complaint about a command line into one line, with the place of help."""
    message = " ".join(str(getattr(trouble, "format_message", lambda: trouble)()).split())
    command = getattr(getattr(trouble, "ctx", None), "command_path", "cxscan")
    message = message.replace(": Value error, ", ": ")
    return f"{message.rstrip('.')}; see {command} --help"


def _fault(error: Exception, argv: Sequence[str]) -> int:
    note(f"a fault of cxscan itself ({type(error).__name__}); run it again with -v and report what it prints")
    if {"-v", "--verbose"} & set(argv):
        for line in "".join(traceback.format_exception(error)).splitlines():
            note(line)
    return Exit.FAULT


def _leave_quietly() -> None:
    """The reader went away: let the interpreter's last flush go nowhere."""
    with contextlib.suppress(OSError, ValueError, AttributeError):
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
