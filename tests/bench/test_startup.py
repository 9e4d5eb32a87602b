"""What a cold command takes, beside importing the two RDF libraries; and the service, until it is ready."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

import pytest

import servers
from figures import Figures, at_most, duration
from processes import MONTAGES
from timing import in_turn

PART = "start-up"
ROUNDS, EMPTY, STARTS = 12, 3, 3
READY = 4.0  # seconds on two quiet cores, with what an earlier start has kept
ASSESS = [MONTAGES, "assess", "dijon"]
# Each command, and how many times the imports it may take.
COLD = {"assess dijon": 3, "compose dijon": 3, "check dijon": 3, "--help": 1}
IMPORT = [sys.executable, "-c", "import rdflib, pyoxigraph"]


def call(command: list[str], env: Mapping[str, str]) -> None:
    subprocess.run(command, env=env, check=True, capture_output=True)


@pytest.mark.parametrize("words", COLD)
def test_a_cold_command(words: str, env: Mapping[str, str], figures: Figures) -> None:
    command = [MONTAGES, *words.split()]
    jobs = {"command": lambda _: call(command, env), "import": lambda _: call(IMPORT, env)}
    in_turn(jobs, 1)  # fills the caches: bytecode, and what is kept of the knowledge
    found = in_turn(jobs, ROUNDS)
    cold, imports = found["command"].best, found["import"].best
    figures.add(
        PART,
        f"montages {words} ÷ import rdflib, pyoxigraph, best of each",
        f"{duration(cold)} ÷ {duration(imports)}",
        ratio=cold / imports,
        bound=at_most(cold / imports, COLD[words]),
    )


def test_a_cold_command_with_nothing_kept(
    env: Mapping[str, str], tmp_path: Path, figures: Figures
) -> None:
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
