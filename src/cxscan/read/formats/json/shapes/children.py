"""Records one level deeper: products with a list of reviews each, pages with a list of records each."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import islice
from typing import TYPE_CHECKING

from cxscan.errors import UsageError
from cxscan.read.formats.json.alike import are_alike
from cxscan.read.formats.json.evidence import (
    NAMED,
    SAMPLE,
    columns_of,
    holds_comments,
    is_company,
    is_keyed,
    named_texts,
    text_evidence,
)
from cxscan.read.formats.json.shapes.shape import NoRecord
from cxscan.read.values import column_names, rating_names
from cxscan.read.values.column_names import normalise_column_name

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from cxscan.read.formats.json.shapes.shape import Expand, Wanted

_DEPTH = 5
_MOST_LISTED = 6
_NOT_OF_PARENTS = frozenset((*rating_names.RATING, *column_names.TEXT, *column_names.TITLE, *column_names.DATE))
"""Names under which a product's own rating or text would be taken for that of a review."""
_REVIEWS = frozenset({"review", "reviews", "feedback", "testimonial", "testimonials"})
_REVIEW_WORDS = frozenset("review reviews rating ratings feedback feedbacks testimonials".split())

Path = tuple[str, ...]


class Children:
    """Objects that hold lists of the records; what is plain in the objects around goes into each record."""

    name = "children"
    title = "a list of records in each record"

    def recognise(self, values: Sequence[object], wanted: Wanted) -> Expand | None:
        """By lists in the objects that hold comments, where the objects themselves hold none.

        Raises UsageError where several lists of different kinds do.
        """
        lists = child_lists(values)
        if wanted.inside:
            asked = [path for path in lists if ".".join(path) == ".".join(wanted.inside)]
            return _expansion(asked[:1], lists, values, wanted) if asked else None
        if not lists:
            return None
        graded = {path: _evidence(path, items, wanted) for path, items in lists.items()}
        best = max(graded.values())
        if best < NAMED:
            return None
        chosen = [path for path, grade in graded.items() if grade == best]
        kinds = [columns_of(lists[path]) for path in chosen]
        if not all(are_alike(kinds[0], kind) for kind in kinds[1:]):
            options = " or ".join(f"--json-path {as_path(path)}" for path in chosen[:_MOST_LISTED])
            raise UsageError(f"several lists in each record may hold the comments: name one with {options}")
        return _expansion(chosen, lists, values, wanted)


@dataclass(frozen=True, slots=True)
class ChildrenOf:
    """The way from an object to the records in its lists."""

    paths: tuple[Path, ...]
    keys: frozenset[str]
    """Keys of the objects that have such lists."""
    unread: tuple[str, ...]
    """Paths of the lists beside these."""
    wanted: Wanted

    @property
    def path(self) -> str:
        """As `--json-path` names it."""
        return " or ".join(map(as_path, self.paths))

    def __call__(self, value: object) -> Iterator[object]:
        """Return the records in an object, or itself where it holds none but a text under a key that no holder has.

        An object that shares no key with those that hold any is `NoRecord`.
        """
        if not isinstance(value, dict):
            yield value
        elif self.keys.isdisjoint(value):
            yield NoRecord("an object of another kind, without a list of records")
        else:
            held = False
            for path in self.paths:
                label: dict[str, object] = {"key": path[-1]} if len(self.paths) > 1 else {}
                for child in _children(value, path, label, self.wanted):
                    held = True
                    yield child
            own = {} if held else {key: value[key] for key in value.keys() - self.keys}
            if own and text_evidence([own]) >= NAMED:
                yield value


def as_path(keys: Path) -> str:
    """Keys as `--json-path` takes them, on one line."""
    return " ".join(".".join(keys).split())


def hold_reviews(values: Sequence[object]) -> bool:
    """Tell whether objects are products with a text of their own: it is no review, but they hold some."""
    own = named_texts(values)
    if not own or any(not _REVIEWS.isdisjoint(name.split()) for name in own):
        return False
    return any(
        not _REVIEWS.isdisjoint(normalise_column_name(path[-1]).split()) and text_evidence(items) >= NAMED
        for path, items in child_lists(values).items()
    )


def child_lists(values: Sequence[object]) -> dict[Path, list[object]]:
    """The lists in some objects, at any depth but not in what the company answered, with the first of their items."""
    lists: dict[Path, list[object]] = {}
    for value in values:
        for path, items in _lists(value, (), _DEPTH):
            known = lists.setdefault(path, [])
            known += items[: SAMPLE - len(known)]
    return lists


def _lists(value: object, above: Path, depth: int) -> Iterator[tuple[Path, list[object]]]:
    if not isinstance(value, dict) or depth == 0:
        return
    for key, inner in value.items():
        path = (*above, str(key))
        if is_company(str(key)):
            continue
        if isinstance(inner, dict) and is_keyed(inner, by_ids=True):
            yield path, list(inner.values())
        elif isinstance(inner, dict):
            yield from _lists(inner, path, depth - 1)
        elif isinstance(inner, list) and inner and all(isinstance(item, dict) for item in inner):
            yield path, inner
            for item in inner:
                yield from _lists(item, path, depth - 1)
        elif isinstance(inner, list) and inner and _are_comments(path[-1], inner, value):
            yield path, [{path[-1]: item} for item in inner]


def _are_comments(key: str, items: Sequence[object], record: dict[str, object]) -> bool:
    """Tell whether a list of strings is one of comments, of which there may be one."""
    return holds_comments(key, [*items, *items[:1]], record)


def _evidence(path: Path, items: Sequence[object], wanted: Wanted) -> int:
    if any(is_company(key) for key in path):
        return 0
    return text_evidence(items, wanted.texts)


def _expansion(
    paths: Sequence[Path], lists: dict[Path, list[object]], values: Sequence[object], wanted: Wanted
) -> ChildrenOf:
    holders = [value for value in values if isinstance(value, dict) and any(path[0] in value for path in paths)]
    unread = [as_path(path) for path in lists if not any(path[: len(taken)] == taken for taken in paths)
              and not any(taken[: len(path)] == path for taken in paths)]  # fmt: skip
    return ChildrenOf(tuple(paths), frozenset(key for holder in holders for key in holder), tuple(unread), wanted)


def _children(value: dict[str, object], path: Path, above: dict[str, object], wanted: Wanted) -> Iterator[object]:
    key, rest = path[0], path[1:]
    passed = above | parents_fields(value, key, wanted)
    for item in _items(value.get(key), is_last=not rest):
        if rest:
            if isinstance(item, dict):
                yield from _children(item, rest, passed, wanted)
            continue
        child = item if isinstance(item, dict) else {key: item}
        yield {**child, **{name: field for name, field in passed.items() if name not in child}}


def _items(inner: object, *, is_last: bool) -> Iterable[object]:
    """The items of a list, of an object that holds them by key, or the only one, which may stand without its list."""
    if isinstance(inner, list):
        return inner
    if is_last and isinstance(inner, dict) and is_keyed(inner, by_ids=True):
        return [{**item, "key": key} for key, item in inner.items() if isinstance(item, dict)]
    return () if inner is None else (inner,)


def parents_fields(parent: dict[str, object], children: str, wanted: Wanted) -> dict[str, object]:
    """The plain fields of an object around records, without those that would pass for a record's own rating or text."""
    is_review = not _REVIEW_WORDS.isdisjoint(normalise_column_name(children).split())
    return {
        key: field
        for key, field in islice(parent.items(), SAMPLE)
        if isinstance(field, str | int | float) and (key in wanted.columns or not _misleads(key, is_review=is_review))
    }


def _misleads(key: str, *, is_review: bool) -> bool:
    words = normalise_column_name(key)
    if words in column_names.DATE and not is_review:
        return False  # of a conversation, whose turns may have none
    return words in _NOT_OF_PARENTS or not rating_names.RATING_WORDS.isdisjoint(words.split())


CHILDREN = Children()
