"""Keys of a user's taxonomy file.

Imported only where such a file is given, so that pydantic is not loaded otherwise.
"""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field  # noqa: TID253 - see the module's docstring

from cxscan.model import Lens
from cxscan.rules.taxonomy import GROUPS

NAME_PATTERN = r"^[a-z][a-z0-9_-]*$"
"""Names of themes: they are keys in the JSON and parts of metric paths."""


class Table(BaseModel):
    """Keys of a theme or an intent."""

    model_config = ConfigDict(extra="forbid", strict=True)

    definition: str | None = None
    phrases: list[str] = []
    positive: list[str] = []
    negative: list[str] = []
    neutral: list[str] = []
    not_here: list[str] = []
    match: list[str] = []
    no_match: list[str] = []
    without: list[str] = []
    replace: bool = False

    def groups(self) -> dict[str, list[str]]:
        """Give the lists by key, `without` left out."""
        return {group: getattr(self, group) for group in (*GROUPS, "match", "no_match")}


class ThemeTable(Table):
    """Further keys of a theme."""

    lens: Literal["product", "customer"] | None = None
    parent: str | None = None
    remove: bool = False


class TaxonomyFile(BaseModel):
    """The file."""

    model_config = ConfigDict(extra="forbid", strict=True)

    extends: bool = True
    words: dict[str, list[str]] = {}
    themes: dict[Annotated[str, Field(pattern=NAME_PATTERN)], ThemeTable] = {}
    intents: dict[Literal["praise", "complaint", "suggestion", "question"], Table] = {}

    @property
    def parents(self) -> dict[str, str]:
        """Give the parent of each theme that has one."""
        return {name: table.parent for name, table in self.themes.items() if table.parent and not table.remove}

    @property
    def lenses(self) -> dict[str, Lens]:
        """Give the lens of each theme that names one."""
        return {name: Lens(table.lens) for name, table in self.themes.items() if table.lens}
