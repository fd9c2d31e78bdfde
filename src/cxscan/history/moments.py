"""The day or moment of a run, as the history keeps it: ISO 8601, in UTC where it has an offset."""

from __future__ import annotations

from datetime import UTC, datetime

from cxscan.errors import UsageError


def now() -> str:
    """This moment, to the second."""
    return _in_utc(datetime.now(UTC))


def read_moment(given: str) -> str:
    """Read a day or moment as a user writes it. Raise UsageError for what is none."""
    try:
        moment = datetime.fromisoformat(given.strip())
    except ValueError:
        raise UsageError(f"--at {given}: not a day or moment; write it as YYYY-MM-DD, or YYYY-MM-DDTHH:MM") from None
    if len(given.strip()) <= len("2026-11-21"):
        return moment.date().isoformat()
    return moment.isoformat(timespec="seconds") if moment.tzinfo is None else _in_utc(moment.astimezone(UTC))


def day_of_run(newest: str | None, *, today: str) -> tuple[str, str | None]:
    """The day of the newest comment, or today where there is none or it has yet to come: then with the reason."""
    if newest is None:
        return today, f"no dates: the run is of today, {today}; settle it with --at"
    if newest > today:
        return today, f"the newest comment is of {newest}: the run is of today, {today}; settle it with --at"
    return newest, None


def _in_utc(moment: datetime) -> str:
    return moment.isoformat(timespec="seconds").replace("+00:00", "Z")
