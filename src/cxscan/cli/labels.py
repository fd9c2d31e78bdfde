"""Options and reading of labelled comments, for `cxscan train` and `cxscan evaluate`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from cxscan.cli.formats import write_by_suffix
from cxscan.cli.options import READING, Reading, Tolerance, Writing, share
from cxscan.cli.output import note
from cxscan.cli.verbose import detail
from cxscan.errors import InputError
from cxscan.render.formats import REJECT_ROWS

if TYPE_CHECKING:
    from collections.abc import Sequence

    from cxscan.learn.labels import LabelHeaders, LabelledComments

Label = Annotated[
    str | None,
    typer.Option(
        "--label",
        metavar="COLUMN",
        rich_help_panel=READING,
        help="Column of sentiments: positive, neutral or negative; found when it is called sentiment or label.",
    ),
]


ThemesLabel = Annotated[
    str | None,
    typer.Option(
        "--themes-label",
        metavar="COLUMN",
        rich_help_panel=READING,
        help="Column that lists the themes of each comment, separated by ; , or |; found when it is called themes.",
    ),
]


def read_labels(
    files: Sequence[str],
    reading: Reading,
    tolerance: Tolerance,
    asked: LabelHeaders,
    known: Sequence[str],
    *,
    writing: Writing,
) -> LabelledComments:
    """Read the comments of files with their labels; `known` are the themes there are.

    Raises InputError when too many records could not be read.
    """
    from cxscan.cli.running import note_columns, read_request
    from cxscan.learn.labels import read_labelled
    from cxscan.read import open_sources
    from cxscan.runs.details import reading_detail
    from cxscan.runs.totals import too_many_rejected

    sources = open_sources(files, read_request(reading, keep_cells=True))
    for source in sources:
        detail(reading_detail(source), writing)
    labelled = read_labelled(sources, asked, known)
    note_columns(sources, writing)
    if tolerance.rejects is not None:
        write_by_suffix(tolerance.rejects, labelled.rejects, REJECT_ROWS)
    for reject in labelled.rejects[:3]:
        note(f"{reject.source}:{reject.line}: record {reject.record} rejected: {reject.reason}", quiet=writing.quiet)
    trouble = too_many_rejected(
        len(labelled.rejects),
        labelled.records,
        max_rejected=share(tolerance.max_rejected),
        given=tolerance.max_rejected,
    )
    if trouble:
        raise InputError(trouble)
    return labelled
