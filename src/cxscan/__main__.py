"""`python -m cxscan`, and the `cxscan` command."""

from __future__ import annotations

import os
import sys


def run() -> int:
    """Run the command line; the exit code. `--version` alone is answered before anything else is loaded."""
    if sys.argv[1:] == ["--version"]:
        from cxscan import __version__

        sys.stdout.write(f"cxscan {__version__}\n")
        return 0
    # Array arithmetic here needs no threads of its own; starting them costs more than the work.
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
    from cxscan.cli.root import main

    return main(sys.argv[1:])


if __name__ == "__main__":
    sys.exit(run())
