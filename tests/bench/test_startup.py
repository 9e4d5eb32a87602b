"""What a cold command takes, beside what importing the two RDF libraries takes."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

from figures import Figures, at_most, duration
from processes import MONTAGES
from timing import in_turn

PART = "start-up"
ROUNDS, EMPTY = 12, 3
ASSESS = [MONTAGES, "assess", "dijon"]
IMPORT = [sys.executable, "-c", "import rdflib, pyoxigraph"]


def call(command: list[str], env: Mapping[str, str]) -> None:
    subprocess.run(command, env=env, check=True, capture_output=True)


def test_a_cold_command(env: Mapping[str, str], tmp_path: Path, figures: Figures) -> None:
    jobs = {"assess": lambda _: call(ASSESS, env), "import": lambda _: call(IMPORT, env)}
    in_turn(jobs, 1)  # fills the caches: bytecode, and what is kept of the knowledge
    found = in_turn(jobs, ROUNDS)
    assess, imports = found["assess"].best, found["import"].best
    figures.add(
        PART,
        "montages assess dijon ÷ import rdflib, pyoxigraph, best of each",
        f"{duration(assess)} ÷ {duration(imports)}",
        ratio=assess / imports,
        bound=at_most(assess / imports, 3),
    )
    empty = in_turn(
        {"empty": lambda n: call(ASSESS, {**env, "MONTAGES_CACHE_DIR": str(tmp_path / str(n))})},
        EMPTY,
    )
    figures.add(PART, "montages assess dijon, nothing kept yet", duration(empty["empty"].best))
