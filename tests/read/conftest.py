"""Write a small file, read it, look at what came out."""

from __future__ import annotations

from pathlib import Path

import pytest
from reading import Outcome, Read, outcome


@pytest.fixture
def read(tmp_path: Path) -> Read:
    """`read(content, name=..., size=..., **request)`: the content (text is written as UTF-8) in a file of that name."""

    def reading(content: str | bytes, *, name: str = "export.csv", size: int = 16384, **request: object) -> Outcome:
        path = tmp_path / name
        path.write_bytes(content.encode() if isinstance(content, str) else content)
        return outcome(path, size, **request)

    return reading
