"""docs/themes.md is what docs/write_themes.py makes of the taxonomy."""

from __future__ import annotations

import importlib.util
from pathlib import Path
from types import ModuleType

import pytest

from cxscan.rules.taxonomy import built_in

ROOT = Path(__file__).resolve().parent.parent


@pytest.fixture(scope="module")
def writer() -> ModuleType:
    spec = importlib.util.spec_from_file_location("write_themes", ROOT / "docs" / "write_themes.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_page_is_in_step_with_the_taxonomy(writer) -> None:
    shown = (ROOT / "docs" / "themes.md").read_text(encoding="utf-8")
    assert shown == writer.current(), "write it anew: python docs/write_themes.py"


@pytest.mark.parametrize("theme", built_in().themes, ids=lambda theme: theme.name)
def test_every_theme_has_its_definition_its_source_and_three_examples(writer, theme) -> None:
    section = writer.current().partition(f"\n### {theme.name}\n")[2].partition("\n##")[0]
    assert theme.definition in section
    assert "**Source.**" in section
    assert all(text in section for text in theme.match[:3])


def test_every_work_that_a_theme_names_is_among_the_sources(writer) -> None:
    known = writer.works((ROOT / "docs" / "concepts.md").read_text(encoding="utf-8"))
    tables = writer.tomllib.loads((ROOT / "src/cxscan/rules/themes.toml").read_text(encoding="utf-8"))["themes"]
    for table in tables.values():
        named = writer.cited(table["source"])
        assert named
        assert set(named) <= known


def test_confusions_are_told_where_they_were_measured(writer) -> None:
    tables = {
        name: {"lens": "product", "definition": "What it is.", "source": "Levitt (1960).", "match": ["One"]}
        for name in ("price", "quality")
    }
    counts = {"n": 120, "missed": 14, "wrong": 9, "instead": {"value": 6, "ease": 6, "quality": 1, "needs": 2}}
    page = writer.page(tables, {"measured_on": "720 comments", "themes": {"price": counts}})
    assert "Confusions were counted on 720 comments." in page
    assert page.count("**Confusions.**") == 1
    assert "Of 120 comments that have it, 14 were missed, and taken for `ease` (6), `value` (6), `needs` (2)" in page
