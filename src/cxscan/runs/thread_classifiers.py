"""A classifier for each thread, kept for its next call: its vocabulary grows with the comments, so none is shared."""

from __future__ import annotations

import threading
from collections import OrderedDict
from functools import lru_cache
from typing import TYPE_CHECKING, TypeAlias

from cxscan.rules.loading import load_taxonomy
from cxscan.runs.classifier import Classifier, rule_hashes

if TYPE_CHECKING:
    from pathlib import Path

    from cxscan.model import Theme
    from cxscan.runs.classifier import ClassifierOptions
    from cxscan.summary import RuleHashes

MOST_KEPT = 4
"""Classifiers that a thread keeps, those used last; each by other options."""

_Stamp: TypeAlias = "tuple[int, int] | None"
"""Time of a file's last change, in nanoseconds, and its size."""

_THREAD = threading.local()


def thread_classifier(options: ClassifierOptions) -> Classifier:
    """Return this thread's classifier; it is built when options are new, or a file that they name has changed."""
    if not hasattr(_THREAD, "kept"):
        _THREAD.kept = OrderedDict()
    kept: OrderedDict[object, Classifier] = _THREAD.kept
    key = (options, *_stamps(options))
    if key not in kept:
        kept[key] = Classifier(options)
        while len(kept) > MOST_KEPT:
            kept.popitem(last=False)
    kept.move_to_end(key)
    return kept[key]


def themes_and_hashes(options: ClassifierOptions) -> tuple[tuple[Theme, ...], RuleHashes]:
    """Return the themes and the hashes of the classifier with these options, without building it."""
    return _themes_and_hashes(options, *_stamps(options))


@lru_cache(maxsize=MOST_KEPT)
def _themes_and_hashes(
    options: ClassifierOptions, _taxonomy: _Stamp, _model: _Stamp
) -> tuple[tuple[Theme, ...], RuleHashes]:
    return load_taxonomy(options.themes).nouns, rule_hashes(options)


def _stamps(options: ClassifierOptions) -> tuple[_Stamp, _Stamp]:
    return _stamp(options.themes), _stamp(options.model)


def _stamp(path: Path | None) -> _Stamp:
    """Return the stamp of a file; None where there is none, which is told when it is read."""
    if path is None or not path.exists():
        return None
    status = path.stat()
    return status.st_mtime_ns, status.st_size
