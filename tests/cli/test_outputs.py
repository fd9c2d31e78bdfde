"""Where results go: never over a file that the command reads, and whole or not at all."""

from __future__ import annotations

import inspect
import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import get_args

import pytest
import typer

from cxscan.cli import root
from cxscan.cli.file_roles import EXPORTS, FileOption, Reads, Writes
from cxscan.cli.groups import CONFIG, file_options, takes_groups

COMMANDS: dict[str, Callable[..., object]] = root._COMMANDS | {
    f"{group} {name}": command for group, _, commands in root._GROUPS for name, command in commands.items()
}
NO_FILES = {"[TEXT]", "THEME", "METRIC"}
"""Arguments that are no files."""


def parameters(command: str) -> list[inspect.Parameter]:
    signature = inspect.signature(takes_groups(COMMANDS[command]))
    return [parameter for parameter in signature.parameters.values() if parameter.annotation is not typer.Context]


def described(parameter: inspect.Parameter) -> typer.models.ParameterInfo:
    return next(one for one in parameter.annotation.__metadata__ if isinstance(one, typer.models.ParameterInfo))


@pytest.mark.parametrize("command", COMMANDS)
def test_every_option_that_names_a_file_says_what_becomes_of_it(command: str) -> None:
    for parameter in parameters(command):
        taken, info = parameter.annotation.__origin__, described(parameter)
        names_files = taken is Path or Path in get_args(taken) or "FILE" in (info.metavar or "")
        names_files |= isinstance(info, typer.models.ArgumentInfo) and info.metavar not in NO_FILES
        assert len(file_options(parameter)) == names_files, parameter.name


def pairs(command: str) -> Iterator[tuple[FileOption, FileOption]]:
    """What the command reads with what it writes."""
    options = [option for parameter in parameters(command) for option in file_options(parameter)]
    for reads in options:
        for writes in options:
            if isinstance(reads.role, Reads) and isinstance(writes.role, Writes):
                yield reads, writes


def words(command: str, **values: Path) -> list[object]:
    """A command line with these values; arguments that must be there are made up."""
    line: list[object] = command.split()
    for parameter in parameters(command):
        is_argument = isinstance(described(parameter), typer.models.ArgumentInfo)
        if is_argument:
            line.append(values.get(parameter.name, "made_up"))
        elif parameter.name in values:
            line += [file_options(parameter)[0].label, values[parameter.name]]
    return line


@pytest.mark.parametrize("command", COMMANDS)
def test_no_command_replaces_a_file_that_it_reads(cxscan, tmp_path: Path, command: str) -> None:
    file = tmp_path / "read.csv"
    for reads, writes in pairs(command):
        file.write_text("" if reads.parameter == CONFIG else "kept\n")
        before = file.read_bytes()
        ran = cxscan(*words(command, **{reads.parameter: file, writes.parameter: file}))
        assert file.read_bytes() == before
        if isinstance(writes.role, Writes) and writes.role.renews != reads.parameter:
            assert (ran.code, "is also" in ran.err, ran.err.count("\n")) == (2, True, 1), (reads.label, ran.err)


@pytest.mark.parametrize("command", COMMANDS)
@pytest.mark.parametrize("named", ["", "*.csv", "./*", "../exports"])
def test_no_command_replaces_a_file_of_the_folder_or_glob_that_it_reads(
    cxscan, tmp_path: Path, command: str, named: str
) -> None:
    folder = tmp_path / "exports"
    folder.mkdir()
    (folder / "read.csv").write_text("comment\nThe lamp broke\n")
    before = (folder / "read.csv").read_bytes()
    for reads, writes in pairs(command):
        if reads.role == EXPORTS:
            given = {reads.parameter: folder / named, writes.parameter: folder / "read.csv"}
            ran = cxscan(*words(command, **given))
            assert (ran.code, "is also an input, one of" in ran.err) == (2, True), ran.err
    assert (folder / "read.csv").read_bytes() == before


@pytest.mark.parametrize("link", [os.symlink, os.link])
def test_another_name_of_an_input_is_no_output(cxscan, export, tmp_path: Path, link: Callable[..., None]) -> None:
    path = export("Great lamp")
    link(path, tmp_path / "link.csv")
    ran = cxscan("scan", path, "-o", tmp_path / "link.csv", "--format", "csv")
    assert (ran.code, "is also an input" in ran.err) == (2, True)
    assert "Great lamp" in path.read_text()


@pytest.mark.parametrize("output", ["-o", "--comments", "--rejects"])
def test_the_file_behind_standard_input_is_no_output(
    cxscan, export, monkeypatch: pytest.MonkeyPatch, output: str
) -> None:
    path = export("Great lamp")
    before = path.read_bytes()
    with path.open() as redirected:
        monkeypatch.setattr("sys.stdin", redirected)
        ran = cxscan("scan", "-", output, path)
    assert (ran.code, "is also an input" in ran.err) == (2, True)
    assert path.read_bytes() == before


@pytest.mark.parametrize("output", ["-o", "--rejects"])
def test_an_input_of_a_saved_summary_is_no_output_of_a_comparison(cxscan, export, tmp_path: Path, output: str) -> None:
    first, second, saved = export("Great lamp"), export("It broke", name="2.csv"), tmp_path / "saved.json"
    assert cxscan("scan", first, "--sentiment", "vader", "-o", saved).code == 0
    before = first.read_bytes()
    ran = cxscan("compare", second, saved, output, first)
    assert (ran.code, f"is also an input of {saved}" in ran.err) == (2, True)
    assert first.read_bytes() == before


def test_the_history_in_the_data_folder_is_no_output(
    cxscan, export, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path))
    monkeypatch.setattr(sys, "platform", "linux")
    store = tmp_path / "cxscan" / "history.sqlite"
    store.parent.mkdir()
    assert cxscan("history", "add", export("Great lamp"), "--at", "2026-01-01").code == 0
    before = store.read_bytes()
    ran = cxscan("history", "export", "-o", store)
    assert (ran.code, "is also the history" in ran.err) == (2, True)
    assert store.read_bytes() == before


@pytest.mark.parametrize("output", ["-o", "--rejects"])
def test_a_history_that_is_not_there_yet_is_no_output_either(cxscan, export, tmp_path: Path, output: str) -> None:
    store = tmp_path / "new.csv"
    ran = cxscan("history", "add", export("Great lamp"), "--store", store, output, store)
    assert (ran.code, "is also the history" in ran.err, store.exists()) == (2, True, False)


def test_the_configuration_that_is_found_is_no_output(
    cxscan, export, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("cxscan.toml").write_text("quiet = true\n")
    ran = cxscan("scan", export("Great lamp"), "-o", "cxscan.toml")
    assert (ran.code, "is also the configuration file" in ran.err) == (2, True)
    assert Path("cxscan.toml").read_text() == "quiet = true\n"


def test_a_baseline_may_be_written_anew(cxscan, export, tmp_path: Path) -> None:
    path, baseline = export("Great lamp"), tmp_path / "b.json"
    for _ in range(2):
        ran = cxscan(
            "check", path, "--baseline", baseline, "--write-baseline", baseline, "--fail-if", "comments.n rises 1"
        )
        assert ran.code == 0
    ran = cxscan("check", path, "--baseline", baseline, "--fail-if", "comments.n > 9", "-o", baseline)
    assert (ran.code, "is also the file of --baseline" in ran.err) == (2, True)


def test_a_baseline_that_is_also_an_input_is_not_written_anew(cxscan, tmp_path: Path) -> None:
    file = tmp_path / "b.json"
    file.write_text('[{"comment": "great"}]')
    ran = cxscan("check", file, "--baseline", file, "--write-baseline", file, "--fail-if", "comments.n > 9")
    assert (ran.code, "is also an input" in ran.err) == (2, True)


def test_two_results_go_to_two_files(cxscan, export, tmp_path: Path) -> None:
    (tmp_path / "folder").mkdir()
    ran = cxscan("scan", export("Great lamp"), "--comments", tmp_path / "a.csv", "-o", tmp_path / "folder/../a.csv")
    assert (ran.code, "two results cannot go to one file" in ran.err) == (2, True)
    assert not (tmp_path / "a.csv").exists()


@pytest.mark.skipif(sys.platform == "win32", reason="files have modes")
@pytest.mark.parametrize("mask", [0o022, 0o077, 0o027])
def test_a_new_output_has_the_mode_of_new_files_and_an_old_one_keeps_its_own(
    cxscan, export, tmp_path: Path, mask: int
) -> None:
    new, old = tmp_path / "new.csv", tmp_path / "old.csv"
    old.write_text("old")
    old.chmod(0o640)
    before = os.umask(mask)
    try:
        assert cxscan("scan", export("Great lamp"), "-q", "--comments", new, "-o", old, "--format", "csv").code == 0
    finally:
        assert os.umask(before) == mask
    assert (new.stat().st_mode & 0o777, old.stat().st_mode & 0o777) == (0o666 & ~mask, 0o640)
    assert old.read_text().startswith("scope,")


def test_a_null_device_may_be_read_and_written(cxscan, export) -> None:
    assert cxscan("scan", export("Great lamp"), "-o", os.devnull, "--rejects", os.devnull).code == 0
    assert "is also" not in cxscan("scan", os.devnull, "-o", os.devnull).err


@pytest.mark.parametrize("command", COMMANDS)
def test_an_empty_name_is_no_file(cxscan, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, command: str) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "export.csv").write_text("comment\nThe lamp broke\n")
    for parameter in parameters(command):
        for option in file_options(parameter):
            if option.role == EXPORTS:
                ran = cxscan(*[word if word != Path() else "" for word in words(command, **{option.parameter: Path()})])
                assert (ran.code, ran.out) == (2, "")
                assert ran.err.startswith(f"cxscan: {option.label}: the name is empty"), ran.err


@pytest.mark.parametrize("option", ["-o", "--themes", "--model", "--config", "--rejects"])
def test_an_empty_name_of_any_other_file_is_refused(cxscan, export, option: str) -> None:
    assert cxscan("scan", export("Great lamp"), option, "").code == 2


streams = pytest.mark.skipif(not Path("/dev/fd").is_dir(), reason="needs /dev/fd")


@streams
@pytest.mark.parametrize("stream", ["/dev/stdout", "/dev/fd/1", "/proc/self/fd/1", "link"])
def test_an_output_on_an_open_stream_goes_to_its_end(export, tmp_path: Path, stream: str) -> None:
    (tmp_path / "link").symlink_to("/dev/stdout")
    if not os.path.lexists(tmp_path / stream):
        pytest.skip(f"needs {stream}")
    log = tmp_path / "log.txt"
    log.write_text("old\n")
    with log.open("a") as file:
        for word in ("first", "second"):
            argv = [sys.executable, "-m", "cxscan", "scan", export("Great lamp"), "-q", "--format", "line"]
            subprocess.run([*argv, "-o", stream], stdout=file, cwd=tmp_path, check=True)
            subprocess.run(["echo", word], stdout=file, check=True)
    lines = log.read_text().splitlines()
    assert [line.partition("=")[0] for line in lines] == ["old", "cxscan", "first", "cxscan", "second"]


@streams
def test_rejects_on_an_open_stream_leave_what_stands_there(tmp_path: Path) -> None:
    (tmp_path / "a.jsonl").write_text('{"comment": "great"}\n{broken\n')
    argv = [sys.executable, "-m", "cxscan", "scan", "a.jsonl", "--format", "line", "--max-rejected", "90%", "-q"]
    with (tmp_path / "log.txt").open("w") as log:
        log.write("old\n")
        log.flush()
        subprocess.run([*argv, "--rejects", "/dev/stderr"], stderr=log, stdout=log, cwd=tmp_path, check=True)
    old, header, reject, summary = (tmp_path / "log.txt").read_text().splitlines()
    assert (old, header) == ("old", "source,line,record,reason")
    assert reject.startswith("a.jsonl,")
    assert summary.startswith("cxscan=")


@streams
def test_an_output_on_a_pipe_whose_reader_is_gone_is_no_error(export) -> None:
    argv = [sys.executable, "-m", "cxscan", "scan", str(export("Great lamp")), "-q", "-o", "/dev/stdout"]
    with subprocess.Popen(["true"], stdin=subprocess.PIPE) as reader:
        reader.wait()
        ran = subprocess.run(argv, stdout=reader.stdin, stderr=subprocess.PIPE, check=False)
    assert (ran.returncode, ran.stderr) == (0, b"")


@streams
def test_an_output_on_any_other_pipe_whose_reader_is_gone_is_an_error_of_one_line(export) -> None:
    reading, writing = os.pipe()
    os.close(reading)
    argv = [sys.executable, "-m", "cxscan", "scan", str(export("Great lamp")), "-q", "-o", f"/dev/fd/{writing}"]
    ran = subprocess.run(argv, pass_fds=[writing], capture_output=True, text=True, check=False)
    os.close(writing)
    assert (ran.returncode, ran.stdout) == (4, "")
    assert ran.stderr == f"cxscan: /dev/fd/{writing}: cannot be written: broken pipe\n"


@streams
def test_a_stream_that_is_not_open_is_refused_before_the_work(cxscan, export) -> None:
    ran = cxscan("scan", export("Great lamp"), "-o", "/dev/fd/250")
    assert (ran.code, "is not open" in ran.err) == (4, True)
