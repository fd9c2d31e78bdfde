"""The scripts of training/ stand in the repository alone, and are no package."""

from __future__ import annotations

import sys
from pathlib import Path

SCRIPTS = Path(__file__).resolve().parents[2] / "training"
sys.path.append(str(SCRIPTS))
collect_ignore_glob = [] if SCRIPTS.is_dir() else ["test_*.py"]
