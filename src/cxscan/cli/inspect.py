"""`cxscan inspect`: how a file would be read, and why."""

from __future__ import annotations

from typing import Annotated

from cxscan.cli.formats import FormatOption, write
from cxscan.cli.options import Files, Reading, Writing
from cxscan.errors import Exit
from cxscan.render.formats import INSPECTIONS


def inspect(
    files: Files, reading: Reading, writing: Writing, output_format: Annotated[str, FormatOption(INSPECTIONS)]
) -> Exit:
    """Show how files would be read, and why."""
    from cxscan.cli.running import read_request
    from cxscan.read import open_sources
    from cxscan.read.inspected import inspect_sources

    inspections = inspect_sources(open_sources(files, read_request(reading)))
    write(inspections, INSPECTIONS, output_format, writing)
    return Exit.DONE
