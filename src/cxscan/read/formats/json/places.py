"""Places in a JSON document where records may stand, and the choice of the one that holds the comments."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Literal

from cxscan.errors import InputError, UsageError
from cxscan.read.formats.json.alike import are_alike
from cxscan.read.formats.json.evidence import NAMED, NOTHING, columns_of, is_company, is_keyed, text_evidence
from cxscan.read.formats.json.shapes.registry import find_expansion
from cxscan.read.formats.json.shapes.rows_of_values import row_of
from cxscan.read.values.column_names import TEXT, normalise_column_name

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from cxscan.read.formats.json.shapes.shape import Wanted

_DEPTH = 8
_MOST_LISTED = 6
_ASIDE = frozenset({"includes", "included", "linked", "errors", "warnings", "notices", "alerts"})
_HEADERS = frozenset("fields columns cols rowType schema headers header columnNames".split())
_COLUMN_NAME = ("name", "display_name", "label", "title", "id", "fieldName", "field")

Kind = Literal["array", "keyed", "group"]
Steps = tuple[str | None, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class JsonPlace:
    """A list of records, an object of records by key, or several such lists under the keys of one object."""

    kind: Kind
    steps: Steps
    """Keys that lead there; None stands for any key."""
    values: tuple[object, ...]
    """The first values there."""
    header: tuple[str, ...] = ()
    """Names of the columns, where they stand elsewhere in the document."""
    evidence: int = NOTHING
    columns: frozenset[str] = frozenset()
    skipped: frozenset[str] = frozenset()
    """Keys that are no part of a group."""

    @property
    def path(self) -> str:
        """As `--json-path` names it."""
        return ".".join("*" if step is None else " ".join(step.split()) for step in self.steps)

    @property
    def of_objects(self) -> bool:
        """Tell whether there are objects in it, or rows."""
        return _holds_objects(self.values)


def find_places(document: object, wanted: Wanted) -> list[JsonPlace]:
    """All places in a document, each with what speaks for it."""
    names = _headers(document)
    places = []
    for place in _places(document, ()):
        rows = [row for row in map(row_of, place.values) if row is not None]
        header = wanted.header or next((known for known in names if rows and len(known) == len(rows[0])), ())
        places.append(_graded(replace(place, header=header if rows else ()), wanted))
    return places


def choose_place(places: Sequence[JsonPlace]) -> JsonPlace | None:
    """The place of the comments; None where there is none at all.

    Lists of one kind beside each other are one place. Raises UsageError where lists of several kinds may hold comments.
    """
    customers = [place for place in places if not any(step is not None and is_company(step) for step in place.steps)]
    customers = [place for place in customers if place.of_objects or place.evidence >= NAMED]
    customers = [place for place in customers if not _is_aside(place)] or customers
    best = max((place.evidence for place in customers), default=NOTHING)
    likely = [place for place in customers if place.evidence == best]
    if len(likely) < 2:
        return likely[0] if likely else None
    if best == NOTHING:
        return max(likely, key=lambda place: len(place.values))
    group = _group(likely, places)
    if group is None:
        options = " or ".join(f"--json-path {place.path}" for place in likely[:_MOST_LISTED])
        options += f" ({len(likely) - _MOST_LISTED} more)" if len(likely) > _MOST_LISTED else ""
        raise UsageError(f"several lists may hold the comments: name one with {options}")
    return group


def _is_aside(place: JsonPlace) -> bool:
    """Tell whether an API puts there what the records refer to, or what went wrong."""
    return any(step is not None and step.casefold() in _ASIDE for step in place.steps)


def group_at(places: Sequence[JsonPlace], steps: tuple[str, ...]) -> JsonPlace | None:
    """The lists at keys of which one is `*`, as one place; None where no key is, or no list is there."""
    if "*" not in steps:
        return None
    pattern = tuple(None if step == "*" else step for step in steps)
    there = [place for place in places if place.kind == "array" and _fits(pattern, place.steps)]
    return replace(there[0], kind="group", steps=pattern) if there else None


def passed_over(places: Sequence[JsonPlace], chosen: JsonPlace) -> list[JsonPlace]:
    """The places of objects that are not read, those that only describe columns left out."""
    group = [step for step in chosen.steps if step is None]
    return [
        place
        for place in places
        if place.of_objects
        and place.steps != chosen.steps
        and not (group and _fits(chosen.steps, place.steps) and not chosen.skipped & {*place.steps})
        and _HEADERS.isdisjoint(step for step in place.steps if step is not None)
    ]


def _places(value: object, above: tuple[str, ...]) -> Iterator[JsonPlace]:
    if not isinstance(value, dict) or len(above) > _DEPTH:
        return
    if is_keyed(value):
        yield JsonPlace(kind="keyed", steps=above, values=tuple(value.values()))
        return
    for key, inner in value.items():
        if isinstance(inner, list) and inner and (_holds_objects(inner) or normalise_column_name(key) in TEXT):
            yield JsonPlace(kind="array", steps=(*above, key), values=tuple(inner))
        elif isinstance(inner, dict):
            yield from _places(inner, (*above, key))


def _holds_objects(values: Sequence[object]) -> bool:
    return any(isinstance(value, dict | list) for value in values)


def _graded(place: JsonPlace, wanted: Wanted) -> JsonPlace:
    try:
        _, records = find_expansion(place.values, replace(wanted, header=place.header or wanted.header, inside=()))
    except (UsageError, InputError):
        records = list(place.values)
    return replace(place, evidence=text_evidence(records, wanted.texts), columns=columns_of(records))


def _headers(document: object) -> list[tuple[str, ...]]:
    """Lists of names in a document: strings, or objects with a name each."""
    found: list[tuple[str, ...]] = []
    if not isinstance(document, dict):
        return found
    for key, inner in document.items():
        if isinstance(inner, list) and inner and (key in _HEADERS or all(isinstance(name, str) for name in inner)):
            names = [_name(item) for item in inner]
            if all(names) and len({*names}) == len(names):
                found.append(tuple(names))
        found += _headers(inner)
    return found


def names_before_rows(document: dict[str, object]) -> tuple[str, ...]:
    """Names of the columns of a table that pandas has split, where its index is so long that no row is seen yet."""
    names = document.get("columns")
    if not isinstance(names, list) or {*document} != {"columns", "index"}:
        return ()
    return tuple(name for name in names if isinstance(name, str))


def _name(item: object) -> str:
    if isinstance(item, dict):
        return next((str(item[key]) for key in _COLUMN_NAME if isinstance(item.get(key), str)), "")
    return item if isinstance(item, str) else ""


def _group(likely: Sequence[JsonPlace], places: Sequence[JsonPlace]) -> JsonPlace | None:
    """The likely places as one, where they are of one kind and differ in one step; None where they are not."""
    first = likely[0]
    if any(place.kind != first.kind or len(place.steps) != len(first.steps) for place in likely):
        return None
    differing = {at for place in likely[1:] for at, step in enumerate(place.steps) if step != first.steps[at]}
    if len(differing) != 1 or not all(are_alike(first.columns, place.columns) for place in likely):
        return None
    (at,) = differing
    steps = (*first.steps[:at], None, *first.steps[at + 1 :])
    taken = {place.steps for place in likely}
    skipped = frozenset(
        place.steps[at] or "" for place in places if _fits(steps, place.steps) and place.steps not in taken
    )
    values = tuple(value for place in likely for value in place.values)
    kind: Kind = "group" if first.kind == "array" else "keyed"
    return replace(first, kind=kind, steps=steps, values=values, skipped=skipped)


def _fits(pattern: Steps, steps: Steps) -> bool:
    """Tell whether keys lead to a place of a pattern."""
    return len(pattern) == len(steps) and all(
        wanted is None or wanted == step for wanted, step in zip(pattern, steps, strict=True)
    )
