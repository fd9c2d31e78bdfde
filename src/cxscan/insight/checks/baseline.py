"""What checks compare with: a saved summary, or a baseline, which holds numbers and hashes only and can be committed.

A baseline has the summary's numbers under the same paths, without quotes, paths of files and names of columns. Counts
under five and their shares are null; segments and periods with fewer comments are left out.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, NoReturn

from cxscan.errors import UsageError
from cxscan.insight.measures import SMALLEST
from cxscan.insight.metrics import entries
from cxscan.summary import POLARITIES

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from cxscan.summary import Json, RuleHashes

LARGEST_FILE = 256 << 20

_KNOWN = {"cxscan-summary": 1, "cxscan-baseline": 1}
_NO_SHARE: dict[str, Json] = {"n": None, "share": None, "low": None, "high": None}
_COUNTED = ("comments", "sentiment", "lens", "themes", "intents", "indices", "rating")


def baseline(summary: dict[str, Json]) -> dict[str, Json]:
    """The baseline of a summary's JSON."""
    return {
        "format": "cxscan-baseline",
        "version": 1,
        "cxscan": summary["cxscan"],
        "rules": summary["rules"],
        **_group(summary),
        "segments": {
            column: {name: _group(entries(group)) for name, group in entries(groups).items() if _is_shown(group)}
            for column, groups in entries(summary["segments"]).items()
        },
        "timeline": [
            {"period": entries(step)["period"], **_group(entries(step))}
            for step in _items(summary["timeline"])
            if _is_shown(step)
        ],
    }


def load_baseline(path: Path) -> dict[str, Json]:
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
    if not isinstance(whole, dict) or str(whole.get("format")) not in _KNOWN:
        raise UsageError(f"baseline {path}: is neither a baseline nor a summary in JSON; {remedy}")
    if whole.get("version") != _KNOWN[whole["format"]]:
        raise UsageError(
            f"baseline {path}: has version {whole.get('version')}, which this cxscan cannot read; {remedy}"
        )
    if (damaged := _damaged(whole)) is not None:
        raise UsageError(f"baseline {path}: is damaged, at {damaged}; {remedy}")
    return whole


def _refuse_constant(_constant: str) -> NoReturn:
    """JSON has no NaN, and no Infinity."""
    raise ValueError


def _damaged(whole: dict[str, Json]) -> str | None:
    """The first key that a damaged file has lost, or that holds what cannot be: held against it, all would pass."""
    lost = next((key for key in (*_COUNTED, "rules", "segments", "timeline") if key not in whole), None)
    groups = [(f"segments.{column}.{name}", entries(group)) for column, named in entries(whole.get("segments")).items()
              for name, group in entries(named).items()]  # fmt: skip
    groups += [(f"timeline.{place}", entries(step)) for place, step in enumerate(_items(whole.get("timeline")), 1)]
    found = (f"{name}.{key}".lstrip(".") for name, group in (("", whole), *groups) for key in _unsound(group))
    return lost or next(found, None)


def _unsound(group: dict[str, Json]) -> Iterator[str]:
    """The keys of a set of counted comments that hold what cannot be."""
    for key in _COUNTED:
        value = group.get(key)
        if not isinstance(value, dict) and not (key == "rating" and value is None):
            yield key
    counted = entries(group.get("comments"))
    if not {"n", "scored"} <= counted.keys() or not all(map(_is_count, counted.values())):
        yield "comments"
    yield from (key for key in _COUNTED if not _shares_are_sound(group.get(key)))


def _shares_are_sound(value: Json) -> bool:
    """Whether all shares in it are parts of something, and the differences of shares lie from -1 to 1."""
    if not isinstance(value, dict):
        return True
    whole = "share" not in value or (_is_count(value.get("n")) and _is_within(value["share"], 0, 1))
    return whole and _is_within(value.get("net"), -1, 1) and all(map(_shares_are_sound, value.values()))


def _is_count(n: Json) -> bool:
    return n is None or (isinstance(n, int) and not isinstance(n, bool) and n >= 0)


def _is_within(number: Json, low: int, high: int) -> bool:
    return number is None or (isinstance(number, int | float) and low <= number <= high)


def check_rules_agree(before: dict[str, Json], now: RuleHashes, *, named: str) -> None:
    """Raise UsageError when the baseline was made with other themes or another model: such numbers do not compare."""
    was = entries(before.get("rules"))
    kinds = (("themes", now.themes, "--themes", "taxonomy"), ("model", now.model, "--model or --sentiment", "model"))
    for key, hash_now, option, what in kinds:
        if was.get(key) != hash_now:
            raise UsageError(
                f"baseline {named}: was made with another {what} ({str(was.get(key))[:8]}, now {hash_now[:8]}); "
                f"use that {what} again ({option}), or {_anew(named)}"
            )


def _anew(named: str) -> str:
    if named.startswith("history:"):
        return "add the older exports anew with: cxscan history add FILE"
    return f"write the baseline anew with: cxscan check FILE --write-baseline {named}"


def _items(value: Json) -> list[Json]:
    return value if isinstance(value, list) else []


def _is_shown(group: Json) -> bool:
    """Whether a segment or period has enough comments to be told of at all."""
    n = entries(entries(group).get("comments")).get("n")
    return isinstance(n, int) and n >= SMALLEST


def _group(group: dict[str, Json]) -> dict[str, Json]:
    """The keys from `comments` to `rating`."""
    shown = {key: group[key] for key in _COUNTED}
    shown["comments"] = {name: n if _enough(n) else None for name, n in entries(shown["comments"]).items()}
    for key in ("sentiment", "lens", "intents"):
        shown[key] = _shares(entries(shown[key]))
    shown["themes"] = {name: _theme(entries(theme)) for name, theme in entries(shown["themes"]).items()}
    indices = entries(shown["indices"])
    mouth = _shares(entries(indices["word_of_mouth"]))
    shown["indices"] = {**_shares(indices), "word_of_mouth": mouth}
    shown["rating"] = _rating(entries(shown["rating"]))
    return shown


def _theme(theme: dict[str, Json]) -> dict[str, Json]:
    shown: dict[str, Json] = {key: value for key, value in theme.items() if key != "quotes"}
    if not _enough(theme["n"]):
        return {**shown, **_NO_SHARE, **dict.fromkeys((*POLARITIES, "net", "impact"))}
    return _shares(shown)


def _rating(rating: dict[str, Json]) -> Json:
    if not _enough(rating.get("n")):
        return None
    shown = _shares({key: value for key, value in rating.items() if key != "column"})
    return shown | {"outside": rating["outside"] if _enough(rating["outside"]) else None}


def _shares(members: dict[str, Json]) -> dict[str, Json]:
    """The members, with the shares among them that rest on too few left blank."""
    return {
        name: {**_NO_SHARE} if isinstance(value, dict) and not _enough(value.get("n")) else value
        for name, value in members.items()
    }


def _enough(n: Json) -> bool:
    return isinstance(n, int) and n >= SMALLEST
