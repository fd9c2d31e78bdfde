"""Times the whole `cxscan scan` of a large export against `naive.py` on the same file, in pairs, one after the other.

Every time is the wall clock of a whole process, from the start of the interpreter to its end. Memory is read from
`/proc`, so that part needs Linux.
"""

from __future__ import annotations

import argparse
import contextlib
import os
import platform
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from statistics import median
from typing import NamedTuple

from generate import write

HERE = Path(__file__).resolve().parent
NAIVE = [sys.executable, str(HERE / "naive.py")]
SCAN = (sys.executable, "-m", "cxscan", "scan", "--quiet")
PHRASES = (sys.executable, str(HERE / "phrases_alone.py"), "scan", "--quiet")
LOOK_EVERY = 0.05
"""Seconds between two looks at memory."""


class Variant(NamedTuple):
    """One way to run cxscan."""

    name: str
    options: tuple[str, ...]


class Times(NamedTuple):
    """Seconds of a variant and of the loop, pair by pair."""

    variant: Variant
    cxscan: list[float]
    naive: list[float]

    @property
    def ratio(self) -> float:
        """How many times the loop takes as long."""
        return median(self.naive) / median(self.cxscan)


class Cost(NamedTuple):
    """Seconds in one process with what was learned of themes, polarity and intents, and by phrases alone."""

    comments: int
    learned: list[float]
    phrases: list[float]

    @property
    def share(self) -> float:
        """How much longer it takes with learning: the median of the pairs."""
        return median(one / other for one, other in zip(self.learned, self.phrases, strict=True)) - 1


class Peak(NamedTuple):
    """Most memory held at one time, in MiB."""

    comments: int
    one: float
    """By a single process that does everything."""
    together: float
    """By all processes of an ordinary run, memory that they share counted once."""


def variants(folder: Path) -> list[Variant]:
    """What is timed."""
    return [
        Variant("as it is", ()),
        Variant("`--workers 1`", ("--workers", "1")),
        Variant("`--sentiment vader`", ("--sentiment", "vader")),
        Variant("`--comments` as JSONL", ("--comments", str(folder / "comments.jsonl"))),
    ]


def seconds(command: list[str]) -> float:
    """Run a command to its end; what it prints goes nowhere."""
    start = time.perf_counter()
    subprocess.run(command, stdout=subprocess.DEVNULL, check=True)
    return time.perf_counter() - start


def in_turn(commands: dict[str, list[str]], pairs: int) -> list[list[float]]:
    """Seconds of two commands by name, run in turn; in every second pair the second goes first."""
    found: dict[str, list[float]] = {name: [] for name in commands}
    for number in range(pairs):
        for name in commands if number % 2 == 0 else reversed(commands):
            found[name].append(seconds(commands[name]))
            print(f"{found[name][-1]:8.2f} s  {name}", flush=True)
    return list(found.values())


def timed(variant: Variant, file: Path, pairs: int) -> Times:
    """Run cxscan and the loop in turn."""
    own = [*SCAN, str(file), *variant.options]
    return Times(variant, *in_turn({f"cxscan, {variant.name}": own, "loop": [*NAIVE, str(file), "comment"]}, pairs))


def cost(file: Path, comments: int, pairs: int) -> Cost:
    """Run cxscan with learning and without in turn."""
    commands = {
        name: [*command, str(file), "--workers", "1"] for name, command in (("learned", SCAN), ("phrases", PHRASES))
    }
    return Cost(comments, *in_turn(commands, pairs))


def peak(file: Path, comments: int) -> Peak:
    """Most memory while the file is scanned."""
    found = Peak(
        comments,
        one=highest([*SCAN, str(file), "--workers", "1"]),
        together=highest([*SCAN, str(file)]),
    )
    print(f"{found.one:8.0f} MiB alone, {found.together:.0f} MiB together, {comments:,} comments", flush=True)
    return found


def highest(command: list[str]) -> float:
    """Most memory that a command and all that it starts hold at one time, in MiB."""
    running = subprocess.Popen(command, stdout=subprocess.DEVNULL, start_new_session=True)
    most = 0
    while running.poll() is None:
        most = max(most, sum(map(held, of_session(running.pid))))
        time.sleep(LOOK_EVERY)
    if running.returncode:
        raise SystemExit(f"{' '.join(command)}: exit code {running.returncode}")
    return most / 1024


def of_session(leader: int) -> list[Path]:
    """The processes of a session, as folders of `/proc`."""
    found = []
    for folder in Path("/proc").glob("[0-9]*"):
        with contextlib.suppress(OSError):
            after_name = (folder / "stat").read_text(encoding="utf-8").rpartition(")")[2]
            if int(after_name.split()[3]) == leader:
                found.append(folder)
    return found


def held(process: Path) -> int:
    """KiB that a process holds, with its part of what it shares; 0 when it has ended."""
    with contextlib.suppress(OSError):
        for line in (process / "smaps_rollup").read_text(encoding="utf-8").splitlines():
            if line.startswith("Pss:"):
                return int(line.split()[1])
    return 0


def learning(costs: list[Cost]) -> list[str]:
    """The section on what learning costs."""
    return [
        "## What learning costs",
        "",
        "In one process (`--workers 1`), in turn with [phrases_alone.py](phrases_alone.py), which leaves themes,",
        "polarity and intents to phrases and rules. Medians; the cost is the median of the pairs' own ratios.",
        "",
        "| comments | with learning, seconds | phrases alone, seconds | learning costs |",
        "|---:|---:|---:|---:|",
        *(
            f"| {one.comments:,} | {median(one.learned):.2f} | {median(one.phrases):.2f} | {one.share:+.0%} |"
            for one in costs
        ),
        "",
    ]


def page(times: list[Times], costs: list[Cost], peaks: list[Peak], comments: int, pairs: int) -> str:
    """The results as Markdown."""
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count()
    lines = [
        "# Results",
        "",
        "Written by `python benchmarks/run.py`; [README.md](README.md) says what is measured.",
        "",
        f"- {comments:,} comments of [generate.py](generate.py), one CSV file",
        f"- {cores} cores, {platform.python_implementation()} {platform.python_version()}",
        f"- medians of {pairs} pairs; the loop ran on the same file in the same pairs",
        "",
        "## Time",
        "",
        "| `cxscan scan` | seconds | loop, seconds | ratio | comments a second |",
        "|---|---:|---:|---:|---:|",
    ]
    for one in times:
        own = median(one.cxscan)
        lines.append(
            f"| {one.variant.name} | {own:.2f} | {median(one.naive):.2f} | {one.ratio:.1f} | {comments / own:,.0f} |"
        )
    lines += [
        "",
        "The loop finds sentiment only. cxscan finds sentiment, themes, intents and language, and sums them up.",
        "",
        *(learning(costs) if costs else []),
        "## Memory",
        "",
        "| comments | one process, MiB | all processes, MiB |",
        "|---:|---:|---:|",
        *(f"| {one.comments:,} | {one.one:.0f} | {one.together:.0f} |" for one in peaks),
    ]
    return "\n".join(lines) + "\n"


def main() -> None:
    """Run everything and write the results."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("-n", type=int, default=300_000, help="comments (default: 300,000)")
    parser.add_argument("--pairs", type=int, default=3, help="pairs of runs for each variant (default: 3)")
    parser.add_argument("--only-default", action="store_true", help="time cxscan as it is, no other variant")
    parser.add_argument("--no-memory", action="store_true", help="leave memory out")
    parser.add_argument("-o", "--output", type=Path, default=HERE / "results.md", help="file to write")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        small, large = folder / "small.csv", folder / "large.csv"
        write(small, given.n // 10)
        write(large, given.n)
        chosen = variants(folder)[: 1 if given.only_default else None]
        times = [timed(variant, large, given.pairs) for variant in chosen]
        sizes = [] if given.no_memory else [(small, given.n // 10), (large, given.n)]
        peaks = [peak(file, comments) for file, comments in sizes]
        files = [] if given.only_default else [(small, given.n // 10), (large, given.n)]
        costs = [cost(file, comments, 2 * given.pairs) for file, comments in files]
    given.output.write_text(page(times, costs, peaks, given.n, given.pairs), encoding="utf-8")
    print(f"ratio {times[0].ratio:.1f}; wrote {given.output.name}")


if __name__ == "__main__":
    main()
