"""R13: the same facts, rules and date give the same bytes, whatever the order of the machine's hashes."""

from __future__ import annotations

import os
import subprocess
import sys

SCRIPT = """
import json
from datetime import date
import montages
from montages.decision.proof import prove
from montages.knowledge.compile import compile_rules
from montages.knowledge.periods import rules_at
from montages.knowledge import library
found = montages.load().assess(library.projects()["saumur"], as_of=date(2026, 6, 1))
print(json.dumps(found.to_json(), ensure_ascii=False))
print(json.dumps(prove(found, "dsp")))
print(sorted(" ".join(n.n3() for n in t) for t in compile_rules(rules_at(date(2026, 6, 1)))))
"""


def test_two_runs_print_the_same_bytes() -> None:
    outputs = []
    for seed in ("1", "2"):
        env = {**os.environ, "PYTHONHASHSEED": seed}
        run = subprocess.run(
            [sys.executable, "-c", SCRIPT], env=env, capture_output=True, check=True, timeout=120
        )
        outputs.append(run.stdout)
    assert outputs[0]
    assert outputs[0] == outputs[1]
