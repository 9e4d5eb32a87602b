"""What a cold command takes, beside importing the two RDF libraries; and the service, until it is ready."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

import servers
from figures import Figures, at_most, duration
from processes import MONTAGES
from timing import in_turn

PART = "start-up"
ROUNDS, EMPTY, STARTS = 12, 3, 3
READY = 4.0  # seconds on two quiet cores, with what an earlier start has kept
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


def test_the_service(env: Mapping[str, str], tmp_path: Path, figures: Figures) -> None:
    caches = {**env, "MONTAGES_CACHE_DIR": str(tmp_path)}

    def start(_: int) -> None:
        with servers.montages(caches):
            pass

    cold = in_turn({"serve": start}, 1)["serve"].best
    warm = in_turn({"serve": start}, STARTS)["serve"].best
    text = "montages serve until every door answers (/readyz), and stopped"
    figures.add(PART, f"{text}, nothing kept yet", duration(cold))
    figures.add(PART, text, duration(warm), bound=at_most(warm, READY, duration))
