from __future__ import annotations

from contextlib import suppress
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cxscan.config.find import find_config, load_config
from cxscan.config.model import Config, Kind, Setting
from cxscan.errors import UsageError
from cxscan.insight.checks.rules import Operator

LIMIT = Setting("limit", "limit", Kind.WHOLE, None, low=1)
BY = Setting("by", "by", Kind.TEXT, None, repeatable=True)
THEMES = Setting("themes", "themes", Kind.PATH, None)
FORMAT = Setting("format", "form", Kind.TEXT, "table", choices=("table", "json"))
QUIET = Setting("quiet", "quiet", Kind.FLAG, default=False)
SINCE = Setting("since", "since", Kind.TEXT, None)
STORE = Setting("store", "store", Kind.PATH, None)
COMMANDS = {
    "scan": {one.name: one for one in (LIMIT, BY, THEMES, FORMAT, QUIET, SINCE)},
    "quotes": {one.name: one for one in (LIMIT, BY, THEMES, FORMAT)},
    "history add": {one.name: one for one in (LIMIT, STORE)},
    "history list": {one.name: one for one in (FORMAT, STORE)},
}


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path


def written(folder: Path, text: str, name: str = "cxscan.toml") -> Path:
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return path


def loaded(folder: Path, text: str) -> Config:
    written(folder, text)
    return load_config(None, COMMANDS)


def mistakes(folder: Path, text: str) -> str:
    with pytest.raises(UsageError) as trouble:
        loaded(folder, text)
    return str(trouble.value)


def test_without_a_file_nothing_is_set(folder: Path) -> None:
    assert load_config(None, COMMANDS) == Config()
    assert find_config() is None


def test_the_nearest_file_above_is_taken(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    written(folder, "limit = 1")
    inner = folder / "a" / "b"
    inner.mkdir(parents=True)
    monkeypatch.chdir(inner)
    assert load_config(None, COMMANDS).path == folder / "cxscan.toml"
    written(folder / "a", "limit = 2")
    assert load_config(None, COMMANDS).options == {"limit": 2}


def test_a_project_file_is_taken_when_it_has_our_table(folder: Path) -> None:
    written(folder, '[project]\nname = "cxscan-user"\n[tool.other]\n', "pyproject.toml")
    assert load_config(None, COMMANDS) == Config()
    written(folder, "[tool.cxscan]\nlimit = 3\n[tool.cxscan.scan]\nquiet = true\n", "pyproject.toml")
    found = load_config(None, COMMANDS)
    assert (found.values_for("scan"), found.values_for("quotes")) == ({"limit": 3, "quiet": True}, {"limit": 3})
    assert loaded(folder, "limit = 4").options == {"limit": 4}


def test_the_mistakes_of_other_tools_are_not_ours(folder: Path) -> None:
    written(folder, "[tool.other\n", "pyproject.toml")
    assert find_config() is None


def test_a_named_project_file_without_our_table_is_refused(folder: Path) -> None:
    with pytest.raises(UsageError, match=r"has no \[tool.cxscan\]"):
        load_config(written(folder, "[project]\n", "pyproject.toml"))


def test_the_table_of_a_command_goes_before_what_all_share(folder: Path) -> None:
    found = loaded(folder, 'limit = 5\nformat = "json"\n[quotes]\nlimit = 6\n')
    assert found.values_for("scan") == {"limit": 5, "format": "json"}
    assert found.values_for("quotes") == {"limit": 6, "format": "json"}


def test_a_group_of_commands_has_a_table_and_so_have_its_members(folder: Path) -> None:
    found = loaded(folder, '[history]\nstore = "all.db"\n[history.add]\nstore = "one.db"\nlimit = 7\n')
    assert found.values_for("history add") == {"store": "one.db", "limit": 7}
    assert found.values_for("history list") == {"store": "all.db"}
    assert found.values_for("scan") == {}


def test_a_command_whose_name_is_taken_has_a_table_under_command(folder: Path) -> None:
    assert loaded(folder, "[command.quotes]\nlimit = 8\n").values_for("quotes") == {"limit": 8}


def test_values_are_given_as_the_command_line_has_them(folder: Path) -> None:
    found = loaded(folder, 'by = ["plan", 7]\nsince = 2026-11-01\n')
    assert found.options == {"by": ["plan", "7"], "since": "2026-11-01"}
    assert loaded(folder, 'by = "plan"').options == {"by": ["plan"]}


def test_hyphens_are_as_good_as_underscores(folder: Path) -> None:
    setting = Setting("max_rejected", "max_rejected", Kind.TEXT, "5%")
    written(folder, "max-rejected = 0.02")
    assert load_config(None, {"scan": {"max_rejected": setting}}).options == {"max_rejected": "0.02"}


def test_paths_are_seen_from_the_folder_of_the_file(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert loaded(folder, 'themes = "own.toml"').options == {"themes": "own.toml"}
    inner = folder / "inner"
    inner.mkdir()
    monkeypatch.chdir(inner)
    assert load_config(None, COMMANDS).options == {"themes": str(folder / "own.toml")}
    written(folder, 'themes = "-"')
    assert load_config(None, COMMANDS).options == {"themes": "-"}


def test_checks_and_ignores_are_read(folder: Path) -> None:
    found = loaded(
        folder,
        '[[check]]\nmetric = "sentiment.negative.share"\nmax = "40%"\nwarn = 0.3\nname = "mood"\n'
        '[[check]]\nmetric = "rating.mean"\nmax_decrease = 0.2\nmin_n = 100\n'
        '[[ignore]]\ncheck = "mood"\nreason = "sale"\nuntil = 2026-12-31\n',
    )
    mood, rating = found.checks
    assert (mood.metric, mood.operator, mood.fail, mood.warn, mood.name) == (
        "sentiment.negative.share", Operator.OVER, 0.4, 0.3, "mood",
    )  # fmt: skip
    assert (rating.operator, rating.fail, rating.min_n) == (Operator.FALLS, 0.2, 100)
    assert [(one.check, one.reason, one.until) for one in found.ignores] == [("mood", "sale", date(2026, 12, 31))]


MISTAKES = {
    "limt = 4": "limt: no such option; did you mean limit?",
    "limit = 0": "limit: is to be 1 or more",
    "limit = true": "limit: is to be a whole number",
    'limit = "5"': "limit: is to be a whole number",
    'quiet = "yes"': "quiet: is to be true or false",
    'format = "jsn"': "format: jsn is not known; did you mean json?",
    "[scan]\nstore = 'a'": "scan.store: no such option",
    "[scna]\nlimit = 1": "scna: no such command; did you mean scan?",
    "[history.ad]\nlimit = 1": "history.ad: no such command; did you mean history add",
    "themes = 3": "themes: is to be the path of a file",
    "by = [1, false]": "by: is to be a string in quotes, or a list of them",
    '[[check]]\nmetric = "a.b"\nmaxx = 1': "check[1].maxx: unknown key; did you mean max",
    "[[check]]\nmax = 1": "check[1]: lacks metric",
    '[[check]]\nmetric = "a.b"': "check[1]: check a.b: give one of max, min, max_increase, max_decrease",
    '[[check]]\nmetric = "a.b"\nmax = nan': 'check[1].max: is to be a number, or a string such as "5%"',
    '[[check]]\nmetric = "a.b"\nmax = 1\nmin_n = -1': "check[1].min_n: is to be a whole number, 0 or more",
    '[[ignore]]\ncheck = "a"\nreason = ""': "ignore[1].reason: is empty",
    '[[ignore]]\ncheck = "a"\nreason = "b"\nuntil = "soon"': "ignore[1].until: is to be a day, without quotes",
}


@pytest.mark.parametrize("text", MISTAKES)
def test_a_mistake_is_named_with_its_key(folder: Path, text: str) -> None:
    message = mistakes(folder, text)
    assert message.startswith(f"cxscan.toml: {MISTAKES[text]}")
    assert "\n" not in message


def test_every_mistake_is_named_at_once(folder: Path) -> None:
    message = mistakes(
        folder, "limt = 4\nlimit = 0\n[scan]\nquiet = 1\n[[check]]\nmax = 'x'\n[[ignore]]\ncheck = 'a'\n"
    )
    assert message.startswith("cxscan.toml: 6 mistakes: (1) limt: ")
    later = ("(2) limit: ", "(3) scan.quiet: ", "(4) check[1]: lacks", "(5) check[1].max: x is no", "(6) ignore[1]: ")
    assert all(key in message for key in later)


def test_one_mistake_of_a_check_hides_no_other(folder: Path) -> None:
    text = '[[check]]\nmetric = "sentiment.net"\nmin = "lots"\nwarn = "some"\nmin_n = -1\n'
    message = mistakes(folder, f"{text}[[check]]\nmetric = 5\n[[ignroe]]\ncheck = 'x'\n")
    for word in ("check[1].min_n: is to be", "check[1].min: lots is no limit", "check[1].warn: some is no limit",
                 "check[2].metric: is to be a string", "check[2]: give one of max, min",
                 "ignroe: no such list of tables; did you mean ignore?"):  # fmt: skip
        assert word in message
    assert message.startswith("cxscan.toml: 6 mistakes")


def test_a_mistake_of_the_syntax_is_named_with_its_line(folder: Path) -> None:
    assert "line 2" in mistakes(folder, "limit = 1\nlimit = 2\n")


@pytest.mark.parametrize(
    "content", [b"\xff\xfe", b"a = " + b"[" * 50_000, b"# " + b"x" * (1 << 20), b"a = 1\n[a.b]\n", b"\0"]
)
def test_what_is_no_configuration_is_refused(folder: Path, content: bytes) -> None:
    (folder / "cxscan.toml").write_bytes(content)
    with pytest.raises(UsageError, match=r"cxscan\.toml: "):
        load_config(None, COMMANDS)


def test_a_missing_file_is_named(folder: Path) -> None:
    with pytest.raises(UsageError, match=r"none\.toml: cannot be read: no such file"):
        load_config(folder / "none.toml")


def test_a_working_folder_that_is_gone_has_no_file(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    gone = folder / "gone"
    gone.mkdir()
    monkeypatch.chdir(gone)
    gone.rmdir()
    assert find_config() is None


SCALARS = st.one_of(st.booleans(), st.integers(), st.floats(), st.text(max_size=5), st.dates())
VALUES = st.recursive(
    SCALARS, lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3)
)
KEYS = st.sampled_from(["limit", "by", "themes", "scan", "history", "check", "ignore", "command", "x"]) | st.text()


@given(st.dictionaries(KEYS, VALUES, max_size=5))
def test_any_table_is_read_or_refused_in_words(table: dict[str, object]) -> None:
    from cxscan.config.schema import checked

    for commands in (COMMANDS, None):
        with suppress(UsageError):
            checked(Path("cxscan.toml"), table, commands)
