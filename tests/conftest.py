from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import settings

settings.register_profile("cxscan", deadline=None, print_blob=True)
settings.load_profile("cxscan")

ROOT = Path(__file__).resolve().parent.parent
SHARED = ROOT.parent / "shared"


@pytest.fixture(autouse=True)
def _plain_terminal(monkeypatch: pytest.MonkeyPatch) -> None:
    """Every test sees the same terminal, and none of the caller's settings."""
    for name in ("FORCE_COLOR", "GITHUB_ACTIONS", "PY_COLORS", "CLICOLOR_FORCE"):
        monkeypatch.delenv(name, raising=False)
    for name, value in {"NO_COLOR": "1", "COLUMNS": "80", "TERM": "dumb"}.items():
        monkeypatch.setenv(name, value)


@pytest.fixture(scope="session")
def sample_data() -> Path:
    return ROOT / "sample_data"


@pytest.fixture(scope="session")
def shared() -> Path:
    """Material that stands beside the repository where it is developed, and nowhere else."""
    if not SHARED.is_dir():
        pytest.skip("needs the data beside the repository")
    return SHARED


@pytest.fixture(scope="session")
def sample_texts(sample_data: Path) -> list[str]:
    lines = (sample_data / "shop_reviews.jsonl").read_text(encoding="utf-8").splitlines()
    return [record["body"] for record in map(json.loads, lines) if record["body"]]
