"""Assign roles to columns (text, rating, date, id, segment): by name, then by content."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from cxscan.layout import Candidate, Column
from cxscan.read.columns.choice import Choice, RankedColumn, choose_likeliest
from cxscan.read.columns.date_column import choose_date
from cxscan.read.columns.rating_column import choose_rating
from cxscan.read.columns.speaker_column import SpeakerColumn, find_speaker
from cxscan.read.columns.text_columns import choose_texts, holds_words, is_company_reply
from cxscan.read.columns.text_names import describes_others
from cxscan.read.values import column_names
from cxscan.read.values.column_names import normalise_column_name, normalise_last_key
from cxscan.rules.questions import DISLIKED, LIKED, NEITHER, asked_side

if TYPE_CHECKING:
    from collections.abc import Container

    from cxscan.layout import Role
    from cxscan.read.columns.presets import Preset
    from cxscan.read.columns.sample import ColumnSample
    from cxscan.read.request import ReadRequest

_NO_ROLE = "neither its name nor its cells say text, rating, date or id"


@dataclass(slots=True)
class Roles:
    """Positions of the columns by role, with the reasons."""

    texts: tuple[int, ...] = ()
    title: int | None = None
    rating: int | None = None
    date: int | None = None
    id: int | None = None
    segments: tuple[int, ...] = ()
    speaker: SpeakerColumn | None = None
    reasons: dict[int, tuple[Role, str]] = field(default_factory=dict)
    candidates: list[Candidate] = field(default_factory=list)

    def give(self, position: int | None, role: Role, reason: str) -> int | None:
        """Note what a column is taken for; the first role it is given holds."""
        if position is not None:
            self.reasons.setdefault(position, (role, reason))
        return position

    def take(self, role: Role, choice: Choice) -> int | None:
        """Note a choice among columns, and those that were considered."""
        self.candidates += choice.candidates
        return self.give(choice.position, role, choice.reason)


def find_roles(sample: ColumnSample, request: ReadRequest, preset: Preset | None) -> Roles:
    """Assign a role to each column.

    Raises UsageError for an unknown column or where several could hold the text, InputError where none does.
    """
    roles = Roles()
    _find_asked(sample, request, roles)
    roles.speaker = find_speaker(sample, roles.reasons)
    if roles.speaker is not None:
        roles.give(roles.speaker.position, "speaker", roles.speaker.reason)
    if not roles.texts:
        _find_texts(sample, preset, roles)
    if preset is not None:
        _find_preset(sample, preset, roles)
    if roles.rating is None:
        roles.rating = roles.take("rating", choose_rating(sample, roles.reasons))
    if roles.date is None:
        roles.date = roles.take("date", choose_date(sample, roles.reasons))
    if roles.id is None:
        roles.id = roles.take("id", _choose_id(sample, roles.reasons))
    for position, name in enumerate(sample.names):
        if is_company_reply(name):
            roles.give(position, "reply", "the company's own words, never taken for the customer's")
        elif normalise_column_name(name) in column_names.TITLE:
            roles.give(position, "title", "its name says so; not used unless --title names it")
    return roles


_ASKED = {
    LIKED: "; it asks what is liked: the bare name of a thing is praise",
    DISLIKED: "; it asks what is not liked: the bare name of a thing is blame",
    NEITHER: "",
}


def as_columns(sample: ColumnSample, roles: Roles) -> tuple[Column, ...]:
    """Every column with its role, in the order of the source."""
    passed = {candidate.column: candidate.reason for candidate in roles.candidates if not candidate.chosen}
    columns: list[Column] = []
    for index, name in enumerate(sample.names):
        role, reason = roles.reasons.get(index, ("other", passed.get(name, _NO_ROLE)))
        columns.append(Column(name, role, reason + (_ASKED[asked_side(name)] if role == "text" else "")))
    return tuple(columns)


def _find_asked(sample: ColumnSample, request: ReadRequest, roles: Roles) -> None:
    blank = not holds_words(sample)
    texts = dict.fromkeys(sample.find(name, "--text", blank=blank) for name in request.text)
    if texts and blank and not any(row[position].strip() for row in sample.rows for position in texts):
        raise sample.no_comments(request.text)
    for position in texts:
        roles.give(position, "text", "asked for with --text")
    roles.texts = tuple(texts)
    roles.title = _asked(sample, request.title, "title", "--title", roles)
    roles.rating = _asked(sample, request.rating, "rating", "--rating", roles)
    roles.date = _asked(sample, request.date, "date", "--date", roles)
    roles.id = _asked(sample, request.id, "id", "--id", roles)
    roles.segments = tuple(sample.find(name, "--by") for name in request.by)
    for position in roles.segments:
        roles.give(position, "segment", "asked for with --by")


def _asked(sample: ColumnSample, name: str | None, role: Role, option: str, roles: Roles) -> int | None:
    if name is None:
        return None
    return roles.give(sample.find(name, option), role, f"asked for with {option}")


def _find_texts(sample: ColumnSample, preset: Preset | None, roles: Roles) -> None:
    if preset is not None and preset.answers is not None:
        position = sample.first_of([preset.answers])
        roles.texts = () if position is None else (position,)
        roles.give(position, "text", f"holds the answers of a {preset.name} export")
        return
    if preset is not None and preset.text:
        columns = (sample.first_of([name]) for name in preset.text)
        roles.texts = tuple(position for position in columns if position is not None)
        for position in roles.texts:
            roles.give(position, "text", f"the text of a {preset.name} export")
    if not roles.texts:
        roles.texts, candidates = choose_texts(sample, frozenset(roles.reasons))
        roles.candidates += candidates
        for candidate in candidates:
            if candidate.chosen:
                roles.give(sample.names.index(candidate.column), "text", candidate.reason)


def _find_preset(sample: ColumnSample, preset: Preset, roles: Roles) -> None:
    reason = f"a {preset.name} export"
    if roles.title is None and preset.title is not None:
        roles.title = roles.give(sample.first_of([preset.title]), "title", f"the title of {reason}")
    if roles.rating is None:
        roles.rating = roles.give(sample.first_of(preset.rating), "rating", f"the rating of {reason}")
    if roles.date is None:
        roles.date = roles.give(sample.first_of(preset.date), "date", f"the date of {reason}")
    if roles.id is None:
        roles.id = roles.give(sample.first_of(preset.id), "id", f"names the record in {reason}")


def _choose_id(sample: ColumnSample, taken: Container[int]) -> Choice:
    """Return the likeliest column that names the record, the first of those that are as likely as each other."""
    known = column_names.ID
    ranked: list[RankedColumn] = []
    passed: list[Candidate] = []
    for position, name in enumerate(sample.names):
        words, last = normalise_column_name(name), normalise_last_key(name)
        if position in taken or is_company_reply(name) or not {words, last} & {*known}:
            continue
        cells = sample.profiles[position]
        if words not in known and describes_others(name):
            passed.append(Candidate("id", name, chosen=False, reason="names something else than the record"))
            continue
        if cells.filled and cells.distinct < 0.9:
            passed.append(Candidate("id", name, chosen=False, reason="its cells repeat"))
            continue
        rank = 2 * known.index(words) if words in known else 2 * known.index(last) + 1
        ranked.append(RankedColumn((rank,), position, "its name is a usual one, its cells fit"))
    return choose_likeliest("id", sample, ranked, passed)
