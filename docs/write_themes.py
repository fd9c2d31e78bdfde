"""Writes docs/themes.md: each theme with its definition, its source, three examples and its confusions.

    python docs/write_themes.py

Definitions, sources and examples stand in src/cxscan/rules/themes.toml, the works in docs/concepts.md. Confusions come
from benchmarks/theme_confusions.json, where that is present:

    {"measured_on": "...", "themes": {"price": {"n": 120, "missed": 14, "wrong": 9, "instead": {"value": 6}}}}

`n`: comments with the theme as people read them; `missed`: those where it was not found; `wrong`: comments where it was
found and is not there; `instead`: what was found in the missed ones that is not there. tests/test_themes_page.py holds
the page in step.
"""

from __future__ import annotations

import json
import re
import tomllib
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

ROOT = Path(__file__).resolve().parent.parent
PAGE = ROOT / "docs" / "themes.md"
EXAMPLES = 3
LENSES = {
    "product": "what is sold, and the terms on which it is sold",
    "customer": "how the customer is treated, understood and helped to succeed",
}

_CITED = re.compile(r"([A-Z]\w+)[^();:]*\((\d{4})\)")
_WORK = re.compile(r"^- (\w+), .*?\((\d{4})\)\. ", re.MULTILINE)


def page(tables: Mapping[str, dict], confusions: dict | None) -> str:
    """The whole page. `tables` are the themes of themes.toml."""
    return "\n".join([*_head(confusions), *_themes(tables, confusions)]).rstrip() + "\n"


def works(concepts: str) -> set[tuple[str, str]]:
    """First author and year of each work that docs/concepts.md lists."""
    return set(_WORK.findall(concepts.partition("\n## Sources\n")[2]))


def cited(source: str) -> list[tuple[str, str]]:
    """First authors and years that a sentence names."""
    return _CITED.findall(source)


def _head(confusions: dict | None) -> Iterator[str]:
    yield "# The themes, one by one"
    yield ""
    yield "<!-- Generated from src/cxscan/rules/themes.toml: change that, then run docs/write_themes.py. -->"
    yield ""
    yield "What each theme covers, the thinking it comes from, and comments that have it (invented, and tested)."
    yield "[Concepts](concepts.md) tells how the themes hang together and lists [the works](concepts.md#sources) named"
    yield "here; [the format of a taxonomy](taxonomy-format.md) tells how themes are found."
    if confusions:
        yield ""
        yield f"Confusions were counted on {confusions['measured_on']}."


def _themes(tables: Mapping[str, dict], confusions: dict | None) -> Iterator[str]:
    for lens, meaning in LENSES.items():
        yield ""
        yield f"## {lens.capitalize()} lens: {meaning}"
        for name, table in tables.items():
            if table["lens"] == lens:
                yield from _theme(name, table)
                yield from _confused(name, confusions)


def _theme(name: str, table: dict) -> Iterator[str]:
    yield ""
    yield f"### {name}"
    yield ""
    yield table["definition"]
    yield ""
    yield f"**Source.** {table['source']}"
    yield ""
    yield "**Examples.**"
    yield ""
    yield from (f"- “{text}”" for text in table["match"][:EXAMPLES])


def _confused(name: str, confusions: dict | None) -> Iterator[str]:
    """Only where it was measured."""
    counts = (confusions or {}).get("themes", {}).get(name)
    if counts is None:
        return
    instead = sorted(counts["instead"].items(), key=lambda pair: (-pair[1], pair[0]))
    taken = ", ".join(f"`{other}` ({n})" for other, n in instead[:EXAMPLES])
    yield ""
    yield (
        f"**Confusions.** Of {counts['n']} comments that have it, {counts['missed']} were missed"
        f"{f', and taken for {taken}' if taken else ''}; {counts['wrong']} comments were given it wrongly."
    )


def current() -> str:
    """The page as it is to be now."""
    tables = tomllib.loads((ROOT / "src/cxscan/rules/themes.toml").read_text(encoding="utf-8"))["themes"]
    measured = ROOT / "benchmarks" / "theme_confusions.json"
    confusions = json.loads(measured.read_text(encoding="utf-8")) if measured.exists() else None
    return page(tables, confusions)


if __name__ == "__main__":
    PAGE.write_text(current(), encoding="utf-8")
