"""Assign roles to columns (text, rating, date, id, segment): by name, then by content."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from cxscan.errors import UsageError, nearest
from cxscan.layout import Candidate, Column
from cxscan.read.columns.text_columns import choose_texts, is_company_reply
from cxscan.read.values import column_names
from cxscan.read.values.column_names import fold_name, normalise_column_name, normalise_last_key
from cxscan.read.values.profile import Profile, profile

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from cxscan.layout import Role
    from cxscan.read.columns.presets import Preset
    from cxscan.read.formats.format import SourceTable
    from cxscan.read.request import ReadRequest

_MOST_NAMES = 30
_NO_ROLE = "neither its name nor its cells say text, rating, date or id"
_LONGEST_NAME = 60
_MOST_CELLS = 0.9
_NO_RATING_WORDS = frozenset("count date id text comment at url user name".split())


def find_column(asked: str, names: Sequence[str], written: Sequence[str], questions: Sequence[str] = ()) -> int | None:
    """The column that is called exactly so, else one that differs in case or white space, else the one that asks so."""
    for exact in (written, names):
        if asked in exact:
            return exact.index(asked)
    folded = [fold_name(name) for name in names]
    if fold_name(asked) in folded:
        return folded.index(fold_name(asked))
    folded = [fold_name(question) for question in questions]
    return folded.index(fold_name(asked)) if folded.count(fold_name(asked)) == 1 else None


@dataclass(frozen=True, slots=True)
class ColumnSample:
    """The columns of a source, and its first records."""

    path: str
    names: tuple[str, ...]
    written: tuple[str, ...]
    """The names as the source writes them, which may differ in no more than case or white space."""
    questions: tuple[str, ...]
    """The survey question under or in place of each name; the name itself elsewhere."""
    profiles: tuple[Profile, ...]

    def find(self, asked: str, option: str) -> int:
        """The column of a name given on the command line; raises UsageError with the nearest names."""
        position = find_column(asked, self.names, self.written, self.questions)
        if position is not None:
            return position
        hint = nearest(asked, (name[:_LONGEST_NAME] for name in self.names[:_MOST_NAMES]))
        raise UsageError(f"{self.path}: {option} {asked}: no such column; {hint}")

    def first_of(self, names: Sequence[str]) -> int | None:
        """The first of some normalise_column_name names that is a column here."""
        known = [normalise_column_name(name) for name in self.names]
        last = [normalise_last_key(name) for name in self.names]
        for name in names:
            if name in known or name in last:
                return known.index(name) if name in known else last.index(name)
        return None


@dataclass(slots=True)
class Roles:
    """Positions of the columns by role, with the reasons."""

    texts: tuple[int, ...] = ()
    title: int | None = None
    rating: int | None = None
    date: int | None = None
    id: int | None = None
    segments: tuple[int, ...] = ()
    reasons: dict[int, tuple[Role, str]] = field(default_factory=dict)
    candidates: list[Candidate] = field(default_factory=list)

    def give(self, position: int | None, role: Role, reason: str) -> int | None:
        """Note what a column is taken for; the first role it is given holds."""
        if position is not None:
            self.reasons.setdefault(position, (role, reason))
        return position


def sample_of(path: str, table: SourceTable, rows: Sequence[Sequence[str]]) -> ColumnSample:
    """Look at the first records of a source."""
    profiles = tuple(profile(row[index] for row in rows) for index in range(len(table.names)))
    return ColumnSample(path, table.names, table.written, table.questions, profiles)


def find_roles(sample: ColumnSample, request: ReadRequest, preset: Preset | None) -> Roles:
    """Assign a role to each column.

    Raises UsageError for an unknown column or where several could hold the text, InputError where none does.
    """
    roles = Roles()
    _find_asked(sample, request, roles)
    if not roles.texts:
        _find_texts(sample, preset, roles)
    if preset is not None:
        _find_preset(sample, preset, roles)
    if roles.rating is None:
        roles.rating = _find(sample, "rating", column_names.RATING, _rates, roles)
    if roles.date is None:
        roles.date = _find(sample, "date", column_names.DATE, _dates, roles)
    _find_by_cells(sample, roles)
    if roles.id is None:
        roles.id = _find(sample, "id", column_names.ID, _names_record, roles)
    for position, name in enumerate(sample.names):
        if is_company_reply(name):
            roles.give(position, "reply", "the company's own words, never taken for the customer's")
        elif normalise_column_name(name) in column_names.TITLE:
            roles.give(position, "title", "its name says so; not used unless --title names it")
    return roles


def as_columns(sample: ColumnSample, roles: Roles) -> tuple[Column, ...]:
    """Every column with its role, in the order of the source."""
    passed = {candidate.column: candidate.reason for candidate in roles.candidates if not candidate.chosen}
    columns: list[Column] = []
    for index, name in enumerate(sample.names):
        role, reason = roles.reasons.get(index, ("other", passed.get(name, _NO_ROLE)))
        columns.append(Column(name, role, reason))
    return tuple(columns)


def _find_asked(sample: ColumnSample, request: ReadRequest, roles: Roles) -> None:
    texts = dict.fromkeys(sample.find(name, "--text") for name in request.text)
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
        taken = frozenset(roles.reasons)
        roles.texts, candidates = choose_texts(sample.path, sample.names, sample.questions, sample.profiles, taken)
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


def _find(
    sample: ColumnSample, role: Role, known: Sequence[str], fits: Callable[[str, Profile], str | None], roles: Roles
) -> int | None:
    """The column with the likeliest name whose cells fit, None if two are as likely as each other or none is."""
    ranked: list[tuple[int, int]] = []
    for position, name in enumerate(sample.names):
        rank = _rank(name, sample.questions[position], sample.profiles[position], role, known)
        if rank is None or position in roles.reasons or is_company_reply(name):
            continue
        trouble = fits(normalise_column_name(name), sample.profiles[position])
        if trouble is None:
            ranked.append((rank, position))
        else:
            roles.candidates.append(Candidate(role, name, chosen=False, reason=trouble))
    ranked.sort()
    clear = len(ranked) == 1 or (len(ranked) > 1 and (ranked[0][0] < ranked[1][0] or role != "rating"))
    chosen = ranked[0][1] if clear else None
    for rank, position in ranked:
        reason = "its name is a usual one, its cells fit" if rank < 4 * len(known) else "its name and cells suggest it"
        if position == chosen:
            roles.give(position, role, reason)
        else:
            than = "another is likelier" if clear else "so do others"
            reason = f"{reason}, but {than}; --{role} takes it"
        roles.candidates.append(Candidate(role, sample.names[position], chosen=position == chosen, reason=reason))
    return chosen


def _find_by_cells(sample: ColumnSample, roles: Roles) -> None:
    """The rating and the date where no name says which column it is."""
    if roles.rating is None:
        roles.rating = _find_worded(sample, roles)
    if roles.date is None:
        roles.date = _find_dated(sample, roles)


def _find_worded(sample: ColumnSample, roles: Roles) -> int | None:
    """The column that rates in words or faces where no name says so; None where several may be meant.

    It is the one under a name that says no more than "answer" or that asks something, or the one of promoters, passives
    and detractors.
    """
    if any(candidate.role == "rating" for candidate in roles.candidates):
        return None
    free = [position for position, name in enumerate(sample.names) if position not in roles.reasons
            and sample.profiles[position].only_rates_in_words and not is_company_reply(name)]  # fmt: skip
    last_words = {position: normalise_last_key(sample.names[position]) for position in free}
    named = [
        position
        for position in free
        if last_words[position] in column_names.ANSWER or _asks(sample.questions[position])
    ]
    groups = [position for position in free if sample.profiles[position].groups >= _MOST_CELLS]
    if named and {*named, *groups} == {*free}:
        known = {name: rank for rank, name in enumerate(column_names.ANSWER)}
        first = min(named, key=lambda position: known.get(last_words[position], -1))
        return roles.give(first, "rating", "its cells rate in words, and its name says no other thing")
    if len(groups) == 1:
        return roles.give(groups[0], "rating", "its cells tell promoters from detractors")
    return None


def _asks(question: str) -> bool:
    """Tell whether a name is a question to the customer."""
    return question.rstrip().endswith("?") or normalise_column_name(question).startswith(
        ("how ", "did ", "were ", "would ")
    )


def _find_dated(sample: ColumnSample, roles: Roles) -> int | None:
    """The only column whose cells are written dates, where no name says which is the date; none where several are."""
    if any(candidate.role == "date" for candidate in roles.candidates):
        return None
    dated = [
        position
        for position, cells in enumerate(sample.profiles)
        if position not in roles.reasons and cells.written_dates >= _MOST_CELLS
    ]
    if len(dated) != 1:
        return None
    return roles.give(dated[0], "date", "the only column of dates")


def _rank(name: str, question: str, cells: Profile, role: Role, known: Sequence[str]) -> int | None:
    """Place of a name among the known ones; behind them if it only sounds like one; None if it does not.

    Of ratings that are as likely, those in numbers come before those in words.
    """
    words = normalise_column_name(name)
    last = normalise_last_key(name)
    worded = int(role == "rating" and cells.is_worded)
    for form, behind in ((words, 0), (last, 2)):  # a key of a nested object comes behind one of the record itself
        if form in known:
            return 4 * known.index(form) + behind + worded
    asked = f"{words} {normalise_column_name(question)}"
    if role == "rating" and (column_names.RATING_WORDS & set(asked.split()) or column_names.RECOMMEND.search(asked)):
        return 4 * len(known) + worded
    if role == "rating" and (column_names.EFFORT.search(asked) or (worded and column_names.ASKED.search(asked))):
        return 4 * len(known) + 2 + worded
    if role == "date" and words.split()[-1:] in (["date"], ["time"], ["timestamp"]):
        return 4 * len(known)
    return None


def _rates(name: str, cells: Profile) -> str | None:
    """Return why a column is no rating, None if it may be one."""
    last = name.split()[-1:]
    if last and last[0] in _NO_RATING_WORDS:
        return f"its name ends in {last[0]}"
    if cells.filled and cells.ratings < 0.6:
        return "its cells are no ratings"
    return None


def _dates(name: str, cells: Profile) -> str | None:
    if not column_names.NO_DATE_WORDS.isdisjoint(name.split()):
        return "its name says that it is not the date of the comment"
    if cells.filled and cells.dates < 0.6:
        return "its cells are no dates"
    return None


def _names_record(_name: str, cells: Profile) -> str | None:
    if cells.filled and cells.distinct < 0.9:
        return "its cells repeat"
    return None
