"""Note in the header of themes.npz that its weights are used with the built-in phrases as they are now.

    python training/themes_header.py THEMES.npz

For who changes a phrase and has not the data to fit the weights anew: arrays and names stay as they are, so labels
change only as far as the phrase itself changes them. The next fit (themes.py) clears the note.
"""

from __future__ import annotations

import argparse
from dataclasses import replace
from pathlib import Path

from cxscan.rules.taxonomy import built_in
from cxscan.rules.theme_weights import read_theme_weights, theme_weights_as_bytes


def main() -> None:
    """Read, note, write."""
    parser = argparse.ArgumentParser()
    parser.add_argument("weights", type=Path)
    path: Path = parser.parse_args().weights
    path.write_bytes(theme_weights_as_bytes(replace(read_theme_weights(path), used_with=built_in().sha256)))


if __name__ == "__main__":
    main()
