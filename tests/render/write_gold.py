"""Writes the whole outputs under gold/ anew; look at the difference before you commit it."""

from __future__ import annotations

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))

if __name__ == "__main__":
    from render.made import gold_summary
    from render.test_summary_formats import GOLD, OUTPUTS, rendered

    from cxscan import __version__

    for file, (name, width, ascii_only) in OUTPUTS.items():
        text = rendered(name, gold_summary(), width=width, ascii_only=ascii_only).replace(__version__, "VERSION")
        (GOLD / file).write_text(text, encoding="utf-8")
