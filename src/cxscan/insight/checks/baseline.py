"""Baselines of checks: a saved summary, or a file that holds numbers and hashes only and can be committed.

A baseline has the summary's numbers under the same paths, without quotes, paths of files and names of columns. Counts
under five and their shares are null; segments and periods with fewer comments are left out.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, NamedTuple, NoReturn

from cxscan.errors import UsageError
from cxscan.summary.json_values import json_object
from cxscan.summary.metric import Unit
from cxscan.summary.saved import DamagedSummaryError, from_json
from cxscan.summary.summary import Summary, metrics_as_json
from cxscan.version import __version__

if TYPE_CHECKING:
    from pathlib import Path

    from cxscan.model import Theme
    from cxscan.summary.counts import Counts
    from cxscan.summary.json_values import Json
    from cxscan.summary.metric import Metric
    from cxscan.summary.summary import RuleHashes

SMALLEST = 5
"""A baseline hides smaller counts."""

LARGEST_FILE = 256 << 20

_VERSIONS = {"cxscan-summary": 1, "cxscan-baseline": 1}


class Baseline(NamedTuple):
    """A summary that checks compare with."""

    summary: Summary
    runs: int = 1
    """Runs that are added up in it: counts are then held against their mean."""


def baseline_json(summary: Summary) -> dict[str, Json]:
    """The baseline of a summary."""
    themes = summary.themes
    return json_object(
        format="cxscan-baseline",
        version=1,
        cxscan=__version__,
        rules=json_object(**summary.rules._asdict()),
        **_redacted(summary.total, themes),
        segments={
            column: {value: _redacted(counts, themes) for value, counts in sorted(groups.items()) if _is_shown(counts)}
            for column, groups in sorted(summary.segments.items())
        },
        timeline=[
            json_object(period=period, **_redacted(counts, themes))
            for period, counts in sorted(summary.timeline.items())
            if _is_shown(counts)
        ],
    )


def _is_shown(counts: Counts) -> bool:
    """Tell whether a segment or period has enough comments to be shown at all."""
    return counts.comments >= SMALLEST


def _redacted(counts: Counts, themes: tuple[Theme, ...]) -> dict[str, Json]:
    """The keys from `comments` to `rating`, without small counts."""

    def node(metric: Metric) -> Json:
        if metric.whole is not None and counts.theme(metric.whole[-1]).n < SMALLEST:
            return None
        number, *others = metric.numbers(counts)
        n = number.value if number.unit is Unit.COUNT else None
        if number.unit is not Unit.COUNT or (n is not None and n >= SMALLEST):
            return metric.node(counts)
        if not others or metric.node(counts) is None:
            return None
        return {one.path[-1]: None for one in (number, *others)}

    has_rating = counts.rating is not None and counts.rating.n >= SMALLEST
    return metrics_as_json(themes, node, rating={} if has_rating else None)


def load_baseline(path: Path) -> Summary:
    """A summary or baseline from a file. Raise UsageError that says how to make one."""
    remedy = f"write one with: cxscan check FILE --write-baseline {path}"
    try:
        too_large = path.stat().st_size > LARGEST_FILE
    except OSError as error:
        raise UsageError(f"baseline {path}: {(error.strerror or 'cannot be read').lower()}; {remedy}") from None
    if too_large:
        raise UsageError(f"baseline {path}: is too large to be one; {remedy}")
    try:
        whole = json.loads(path.read_bytes(), parse_constant=_refuse_constant)
    except (OSError, ValueError, RecursionError):
        raise UsageError(f"baseline {path}: cannot be read as JSON; {remedy}") from None
    if not isinstance(whole, dict) or str(whole.get("format")) not in _VERSIONS:
        raise UsageError(f"baseline {path}: is neither a baseline nor a summary in JSON; {remedy}")
    if whole.get("version") != _VERSIONS[whole["format"]]:
        raise UsageError(
            f"baseline {path}: has version {whole.get('version')}, which this cxscan cannot read; {remedy}"
        )
    try:
        return from_json(whole)
    except DamagedSummaryError as error:
        raise UsageError(f"baseline {path}: is damaged, at {error.place}; {remedy}") from None


def _refuse_constant(_constant: str) -> NoReturn:
    """JSON has no NaN, and no Infinity."""
    raise ValueError


def check_rules_agree(before: Summary, now: RuleHashes, *, named: str) -> None:
    """Raise UsageError when the baseline was made with other themes or another model: such numbers do not compare."""
    kinds = (
        (before.rules.themes, now.themes, "--themes", "taxonomy"),
        (before.rules.model, now.model, "--model or --sentiment", "model"),
    )
    for hash_before, hash_now, option, what in kinds:
        if hash_before != hash_now:
            raise UsageError(
                f"baseline {named}: was made with another {what} ({hash_before[:8]}, now {hash_now[:8]}); "
                f"use that {what} again ({option}), or {_anew(named)}"
            )


def _anew(named: str) -> str:
    if named.startswith("history:"):
        return "add the older exports anew with: cxscan history add FILE"
    return f"write the baseline anew with: cxscan check FILE --write-baseline {named}"
