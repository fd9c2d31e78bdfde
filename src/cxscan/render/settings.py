"""The settings for a reader and as JSON: what each is, and where it came from."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING

from rich.text import Text

from cxscan.render.escape import clean
from cxscan.render.json import dumps
from cxscan.render.number_format import NOTHING, counted
from cxscan.render.text_style import grid, heading, render_text, style_for

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from rich.console import RenderableType

    from cxscan.config.model import Config, Value
    from cxscan.config.resolve import ResolvedSetting, ResolvedSettings
    from cxscan.render import Page
    from cxscan.summary import Json


def settings_table(settings: ResolvedSettings, page: Page) -> str:
    """Write what is set, then the defaults; an option that is alike in all its commands has one row."""
    style = style_for(page)
    return render_text(_parts(settings.settings, settings.config), style)


def _parts(settled: Sequence[ResolvedSetting], config: Config) -> Iterator[RenderableType]:
    yield Text(f"file: {clean(str(config.path)) if config.path else 'none found'}")
    rows = list(_rows(settled))
    for title, wanted in (("SET", [row for row in rows if row[3]]), ("DEFAULTS", [row for row in rows if not row[3]])):
        if not wanted:
            continue
        yield Text()
        yield heading(title)
        table = grid("setting", "value~", "from~", header=True)
        for name, value, source, _ in wanted:
            table.add_row(Text(clean(name)), Text(clean(value)), Text(clean(source)))
        yield table
    yield Text()
    rules = f"{counted(len(config.checks), 'check')}, {counted(len(config.ignores), 'ignore')}"
    yield Text(f"{rules} in the file" if config.path else "command line > variable > file > default")
    for check in config.checks:
        yield Text(f"check: {clean(check.title)}")
    for ignore in config.ignores:
        yield Text(f"ignore: {clean(ignore.check)}, until {ignore.until or 'further notice'}: {clean(ignore.reason)}")


def _rows(settled: Iterable[ResolvedSetting]) -> Iterator[tuple[str, str, str, bool]]:
    """Name, value, origin, and whether it is set."""
    by_name = sorted(settled, key=lambda setting: (setting.name, setting.command))
    for name, group in groupby(by_name, key=lambda setting: setting.name):
        members = list(group)
        alike = len({(_worded(setting.value), setting.source) for setting in members}) == 1
        for setting in members[:1] if alike else members:
            origin = f"{setting.source} {setting.where}".strip()
            shown = name if alike else f"{setting.command.replace(' ', '.')}.{name}"
            yield shown, _worded(setting.value), origin, setting.source != "default"


def _worded(value: Value | None) -> str:
    if value is None:
        return NOTHING
    if isinstance(value, bool):
        return str(value).lower()
    return ", ".join(value) if isinstance(value, list) else str(value)


def settings_json(settings: ResolvedSettings, _page: Page) -> str:
    """Return the settings as in `docs/schema/config-1.json`."""
    config = settings.config
    listed: list[Json] = [_setting(setting) for setting in settings.settings]
    checks: list[Json] = [check.title for check in config.checks]
    ignores: list[Json] = [
        {"check": ignore.check, "reason": ignore.reason, "until": str(ignore.until) if ignore.until else None}
        for ignore in config.ignores
    ]
    path = None if config.path is None else str(config.path)
    whole: dict[str, Json] = {"format": "cxscan-config", "version": 1, "path": path, "settings": listed}
    whole |= {"checks": checks, "ignores": ignores}
    return dumps(whole, indent=2) + "\n"


def _setting(setting: ResolvedSetting) -> Json:
    value: Json = [*setting.value] if isinstance(setting.value, list) else setting.value
    return {
        "command": setting.command,
        "name": setting.name,
        "value": value,
        "source": setting.source,
        "where": setting.where or None,
    }
