"""Bytes → Comments, a batch at a time: what the file is, which column is which, what could not be read."""

from cxscan.layout import Candidate, Column, Layout
from cxscan.read.columns.presets import PRESETS
from cxscan.read.opening import open_sources
from cxscan.read.repeats import REMEMBERED
from cxscan.read.request import ReadRequest
from cxscan.read.source import Source, read_batches

__all__ = [
    "PRESETS",
    "REMEMBERED",
    "Candidate",
    "Column",
    "Layout",
    "ReadRequest",
    "Source",
    "open_sources",
    "read_batches",
]
