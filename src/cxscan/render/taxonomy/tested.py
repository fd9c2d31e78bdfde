"""The test of a taxonomy: its examples, and the comments of an export that change label."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.text import Text

from cxscan.render.escape import clean
from cxscan.render.file_names import record_place
from cxscan.render.json import dumps
from cxscan.render.number_format import counted, percent
from cxscan.render.text_style import grid, heading, render_text, style_for
from cxscan.summary import Share
from cxscan.summary.json_values import json_object

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rich.console import RenderableType

    from cxscan.insight.label_changes import LabelChanges, TestedTaxonomy
    from cxscan.render import Page
    from cxscan.render.text_style import TextStyle
    from cxscan.rules.taxonomy_examples import TaxonomyTest
    from cxscan.summary import Json


def tested_table(tested: TestedTaxonomy, page: Page) -> str:
    """Return the texts that came out wrong and how many there are; then what changes in an export, if one was given."""
    text = _examples_text(tested.examples)
    return text if tested.changes is None else text + label_changes_table(tested.changes, page)


def tested_json(tested: TestedTaxonomy, _page: Page) -> str:
    """Return the object of docs/schema/themes-test-1.json."""
    examples = tested.examples
    failed: list[Json] = [
        json_object(name=one.name, text=one.text, must_match=one.must_match) for one in examples.failed
    ]
    whole: dict[str, Json] = {
        "format": "cxscan-themes-test",
        "version": 1,
        "labels": examples.columns,
        "texts": examples.examples,
        "failed": failed,
        "changes": None if tested.changes is None else _changes_json(tested.changes),
    }
    return dumps(whole, indent=2) + "\n"


def _examples_text(tested: TaxonomyTest) -> str:
    """The texts that came out wrong, and how many there are."""
    lines = [
        f"{one.name}: must match, but does not: {clean(one.text)}"
        if one.must_match
        else f"{one.name}: must not match, but does: {clean(one.text)}"
        for one in tested.failed
    ]
    right = tested.examples - len(tested.failed)
    verdict = f"{right} of {tested.examples} texts as wanted, {tested.columns} themes and intents"
    return "\n".join([*lines, verdict]) + "\n"


def label_changes_table(found: LabelChanges, page: Page) -> str:
    """Labels that change, and the comments in which they do."""
    style = style_for(page)
    return render_text(_sections(found, style), style)


def _changes_json(found: LabelChanges) -> dict[str, Json]:
    before, after = found.coverage
    labels: dict[str, Json] = {
        name: json_object(
            gained=change.gained,
            lost=change.lost,
            other_polarity=change.turned,
            examples=[json_object(**one._asdict()) for one in change.examples],
        )
        for name, change in found.changes.items()
    }
    return json_object(
        scored=found.scored,
        changed=found.changed,
        coverage=json_object(before=before.as_json(), after=after.as_json()),
        crowded=found.crowded,
        cut=dict(found.cut),
        labels=labels,
    )


def _sections(found: LabelChanges, style: TextStyle) -> Iterator[RenderableType]:
    share = percent(Share(found.changed, found.scored).share)
    before, after = (percent(one.share) for one in found.coverage)
    to = "->" if style.ascii_only else "→"
    yield Text()
    of = f"{found.changed:,} of {counted(found.scored, 'scored comment')} ({share})"
    yield heading("FLIPS", f"in {of}; coverage {before} {to} {after}")
    if found.crowded:
        cut = ", ".join(f"{clean(name)} {count:,}" for name, count in found.cut.items())
        yield Text(f"too many built-in themes in {counted(found.crowded, 'comment')}; left out: {cut}")
    if not found.changes:
        yield Text("no comment changes label", "bright_black")
        return
    table = grid("label~", ">gained", ">lost", ">other polarity", header=True)
    for name, change in found.changes.items():
        table.add_row(*map(Text, (clean(name), *(f"{n:,}" for n in (change.gained, change.lost, change.turned)))))
    yield table
    yield from _examples(found, style, to)


def _examples(found: LabelChanges, style: TextStyle, to: str) -> Iterator[RenderableType]:
    sources = {flip.source for change in found.changes.values() for flip in change.examples}
    table = grid("~")
    for name, change in found.changes.items():
        if change.examples:
            table.add_row(Text(clean(name), "bold"))
        for flip in change.examples:
            place = record_place(flip.source, flip.record, with_file=len(sources) > 1)
            moved = Text(f"  {flip.before} {to} {flip.after}  ", "bright_black")
            table.add_row(moved.append_text(style.quote(flip.text, place, 2 * style.width)))
    if table.rows:
        yield Text()
        yield table
