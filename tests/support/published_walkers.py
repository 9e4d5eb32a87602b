"""The walkers that we publish, run beside ours: what they tell of the cases of a file."""

from __future__ import annotations

import subprocess
from pathlib import Path
from shutil import which
from typing import Any

import pytest

import montages

WALKERS = Path(montages.__file__).parent / "web" / "static" / "walkers"


def python_walker() -> dict[str, Any]:
    """Return the functions of the walker in Python, by their names."""
    scope: dict[str, Any] = {}
    exec((WALKERS / "verdicts.py").read_text(encoding="utf-8"), scope)  # noqa: S102 — our own file
    return scope


def counted_by(
    language: str, counting: tuple[str, str], file: bytes, cases: bytes, folder: Path
) -> int:
    """Return for how many cases the walker in a language tells what is expected, of a file and its cases.

    `counting` is the program that runs it and the source that counts; skips where one is missing.
    """
    program, source = counting
    if which(program) is None:
        pytest.skip(f"Without {program} its walker is not run: apt-get install nodejs r-base-core")
    known = [program, "-e", "library(jsonlite)"] if language == "R" else [program, "--version"]
    if subprocess.run(known, capture_output=True).returncode:
        pytest.skip("Without jsonlite the walker in R is not run: apt-get install r-cran-jsonlite")
    texts = {f"count.{language}": source.encode(), "file.json": file, "cases.jsonl": cases}
    for name, text in texts.items():
        (folder / name).write_bytes(text)
    count, *given = (str(folder / name) for name in texts)
    command = [program, count, str(WALKERS / f"verdicts.{language}"), *given]
    return int(subprocess.run(command, capture_output=True, text=True, check=True).stdout)
