"""What the core has of the registry by its guest: its refusals, and one service a folder."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from montages.publish.linked_data.problem_types import problem_types
from montages_registry import registry_errors
from montages_registry.registry import first_registry
from montages_registry.service_lock import ServiceLock
from pace import PATIENCE

sys.path.append(str(Path(__file__).parents[2] / "bench"))

import servers

MONTAGES = Path(sys.executable).with_name("montages")


def test_a_refusal_of_the_registry_has_its_title_in_both_languages() -> None:
    refusals = {
        slug: kind
        for slug, kind in problem_types().items()
        if kind.__module__ == registry_errors.__name__
    }
    assert len(refusals) > 10
    for kind in refusals.values():
        assert kind.title["fr"] != kind.title["en"]


@pytest.mark.slow(seconds=4)
def test_a_registry_that_another_service_has_is_told_in_one_line(tmp_path: Path) -> None:
    folder, port = tmp_path / "registry", servers.free_port()
    first_registry(folder)
    command = [MONTAGES, "serve", "--port", str(port), "--lang", "en"]
    env = {**os.environ, "MONTAGES_REGISTRY": str(folder)}
    with ServiceLock(folder):
        ran = subprocess.run(command, capture_output=True, text=True, env=env, timeout=PATIENCE)
    assert ran.returncode != 0
    assert "another service has this registry already" in ran.stderr
    assert "Traceback" not in ran.stderr
