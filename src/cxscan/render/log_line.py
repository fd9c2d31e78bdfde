"""One line for a log, `name=value name=value …`, that a program can take apart again."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING

from cxscan.render.escape import clean

if TYPE_CHECKING:
    from collections.abc import Iterable

_PLAIN = re.compile(r"""[^\s"'=\\]+""")


def log_line(figures: Iterable[tuple[str, str]]) -> str:
    """Values stand as they are, or in quotation marks where a reader of the log could not tell where they end."""
    return " ".join(f"{name}={_value(value)}" for name, value in figures) + "\n"


def _value(text: str) -> str:
    cleaned = clean(text)
    return cleaned if _PLAIN.fullmatch(cleaned) else json.dumps(cleaned, ensure_ascii=False)
