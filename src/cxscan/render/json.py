"""JSON: docs/schema says what each key of a result holds."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Protocol

from cxscan.render.escape import json_text

if TYPE_CHECKING:
    from cxscan.render import Page
    from cxscan.summary import Json


class HasJson(Protocol):
    """A result that knows its JSON."""

    def as_json(self) -> dict[str, Json]:
        """Return the object of its published schema."""


def json_document(result: HasJson, _page: Page) -> str:
    """Return the result's own JSON, indented by two."""
    return dumps(result.as_json(), indent=2) + "\n"


def dumps(value: Json, *, indent: int | None = None) -> str:
    """Return JSON with its characters as they are, but for those that act on a terminal or that UTF-8 cannot hold."""
    return json_text(json.dumps(value, ensure_ascii=False, allow_nan=False, indent=indent))
