"""An acknowledged write outlives the process that made it, killed at any instant (G2)."""

from __future__ import annotations

from pathlib import Path

import pytest

from registry_writers import halves, kill_at_random, lost


def check_nothing_is_lost(folder: Path, instants: int, threads: int) -> None:
    acknowledged, report = kill_at_random(folder, instants, processes=4, threads=threads)
    print(f"{instants} kills of {4 * threads} writers: {len(acknowledged)} acknowledged, ", end="")
    print(f"{report.versions} in the record")
    assert acknowledged
    assert report.faults == ()
    assert lost(folder, acknowledged) == []
    assert halves(folder) == []
    # What was written and not acknowledged may be there, whole: at most one for each writer and kill.
    assert 0 <= report.versions - len(acknowledged) <= instants * 4 * threads


def test_writers_that_are_killed_lose_no_acknowledged_version(tmp_path: Path) -> None:
    check_nothing_is_lost(tmp_path / "registry", instants=1, threads=5)


@pytest.mark.slow(seconds=15)
def test_two_hundred_writers_killed_at_five_instants_lose_nothing(tmp_path: Path) -> None:
    check_nothing_is_lost(tmp_path / "registry", instants=5, threads=50)


@pytest.mark.soak
def test_two_hundred_writers_killed_at_twenty_instants_lose_nothing(tmp_path: Path) -> None:
    check_nothing_is_lost(tmp_path / "registry", instants=20, threads=50)
