"""What is loaded when: heavy libraries only by what needs them."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path


def loaded_by(*argv: str) -> set[str]:
    code = (
        "import sys\n"
        f"sys.argv = ['cxscan', *{argv!r}]\n"
        "from cxscan.__main__ import run\n"
        "run()\n"
        "print('\\n' + ' '.join(sorted(sys.modules)), file=sys.stderr)\n"
    )
    ran = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    return set(ran.stderr.splitlines()[-1].split())


def test_version_loads_no_command_line() -> None:
    assert not {"typer", "numpy"} & loaded_by("--version")


def test_help_loads_nothing_heavy() -> None:
    assert not {"numpy", "pandas", "pydantic", "sklearn", "scipy", "rich.console"} & loaded_by("--help")


def test_nothing_of_the_network_is_loaded(sample_data: Path) -> None:
    # the standard library's xml.sax brings both, and a quarter of the time of --help with them
    for argv in (["--help"], ["scan", "--help"], ["scan", str(sample_data), "-q"]):
        assert not {"urllib.request", "http.client", "ssl", "xml.sax"} & loaded_by(*argv)


def test_help_of_a_command_loads_nothing_heavy_of_ours() -> None:
    # typer itself brings pydantic for the options of a command (0.29)
    assert not {"numpy", "pandas", "sklearn", "scipy", "rich.console"} & loaded_by("scan", "--help")


def test_scoring_loads_no_training_library(sample_data: Path) -> None:
    for sentiment in ("model", "vader"):
        loaded = loaded_by("scan", str(sample_data), "--sentiment", sentiment, "-q")
        assert "numpy" in loaded
        assert not {"sklearn", "scipy", "pandas", "pyarrow"} & loaded


def test_importing_the_package_loads_nothing() -> None:
    code = "import sys, cxscan; print(sorted(set(sys.modules) & {'numpy', 'pandas', 'typer', 'cxscan.api'}))"
    ran = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert ran.stdout.strip() == "[]"
