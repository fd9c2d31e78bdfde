"""The summary as JSON: docs/schema/summary-1.json says what each key holds."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from cxscan.render.escape import json_text

if TYPE_CHECKING:
    from cxscan.summary import Json, Summary


def summary_json(summary: Summary) -> str:
    """The contract's summary, indented by two."""
    return dumps(summary.as_json(), indent=2) + "\n"


def dumps(value: Json, *, indent: int | None = None) -> str:
    """JSON with its characters as they are, but for those that act on a terminal or that UTF-8 cannot hold."""
    return json_text(json.dumps(value, ensure_ascii=False, allow_nan=False, indent=indent))
