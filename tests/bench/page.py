"""What a run of the benchmarks came to, as a page: the machine, the table, the bounds missed."""

from __future__ import annotations

import os
import platform
import sys
from contextlib import suppress
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from figures import Figures

_LIBRARIES = ("rdflib", "pyoxigraph", "owlrl", "pyshacl", "shacl")


def page(figures: Figures, *, load_before: str, part: str, failed: int) -> str:
    """Return the page; `part` is what was run if not all, `failed` how many measurements broke off."""
    about = [_machine(load_before)]
    if part:
        about.append(f"Only a part was measured: `-k '{part}'`.")
    if failed:
        about.append(f"**{failed} measurements failed**: their figures are not all here.")
    about.append(
        "Times are the best of several runs where not said otherwise: what else the machine does can only "
        "add to them. Things compared were run in turn, and ratios compare medians: a short run would find "
        "a quiet moment sooner than a long one."
    )
    paragraphs = "\n\n".join(about)
    missed = "".join(
        f"- {figure.part}: {figure.what}: {figure.bound.text}\n"
        for figure in figures.rows
        if figure.bound and not figure.bound.met
    )
    end = f"Bounds missed:\n\n{missed}" if missed else "No bound was missed.\n"
    return f"# Benchmarks\n\n{paragraphs}\n\n{figures.table()}\n{end}"


def load() -> str:
    """Return the load average of the machine: over 1, 5 and 15 minutes."""
    return " ".join(f"{average:.2f}" for average in os.getloadavg())


def _machine(load_before: str) -> str:
    python = f"{platform.python_implementation()} {platform.python_version()}"
    libraries = []
    for name in _LIBRARIES:
        with suppress(PackageNotFoundError):
            libraries.append(f"{name} {version(name)}")
    return (
        f"{os.cpu_count()} cores ({_processor()}), {python} on {sys.platform}; {', '.join(libraries)}. "
        f"Load average {load_before} at the start, {load()} at the end."
    )


def _processor() -> str:
    with suppress(OSError):
        for line in Path("/proc/cpuinfo").read_text(encoding="utf-8").splitlines():
            if line.startswith("model name"):
                return line.partition(":")[2].strip()
    return platform.machine()
