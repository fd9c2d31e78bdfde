"""The place of the store, when none is named: the user's data folder."""

from __future__ import annotations

import os
import sys
from pathlib import Path

from cxscan.errors import UsageError

FOLDER, FILE = "cxscan", "history.sqlite"


def default_store() -> Path:
    """`cxscan/history.sqlite` in the user's data folder, which need not be there yet.

    `XDG_DATA_HOME` or `~/.local/share` (XDG Base Directory Specification 0.8), on macOS `~/Library/Application
    Support`, on Windows `%LOCALAPPDATA%`. Raises UsageError where the user has no home.
    """
    return _data_folder() / FOLDER / FILE


def _data_folder() -> Path:
    if sys.platform == "win32":
        given = os.environ.get("LOCALAPPDATA", "")
        usual = ("AppData", "Local")
    elif sys.platform == "darwin":
        given, usual = "", ("Library", "Application Support")
    else:
        given, usual = os.environ.get("XDG_DATA_HOME", ""), (".local", "share")
    if Path(given).is_absolute():  # the specification: a relative one is to be ignored
        return Path(given)
    try:
        return Path.home().joinpath(*usual)
    except RuntimeError:
        raise UsageError("no home folder to keep the history in; name a file with --store") from None
