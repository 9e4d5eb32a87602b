"""R13: the same facts, rules and date give the same bytes, whatever the order of the machine's hashes."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

import page_kinds
from pace import PATIENCE

SCRIPT = """
import json
from datetime import date
import montages
from montages.proof.prove import prove
from montages.knowledge.compiled.owl_compiler import compile_rules
from montages.knowledge.periods import rules_at
from montages.knowledge.files import library
found = montages.load().assess(library.projects()["saumur"], as_of=date(2026, 6, 1))
print(json.dumps(found.to_json(), ensure_ascii=False))
print(json.dumps(prove(found, "dsp")))
print(sorted(" ".join(n.n3() for n in t) for t in compile_rules(rules_at(date(2026, 6, 1)))))
"""

PAGES = """
import hashlib, json
from montages.publish.linked_data.documents import documents
from montages.web import app_state, create_app
from page_kinds import ALL
app = create_app({"RATE_LIMIT": 0, "REQUEST_LOG": "off"})
client = app.test_client()
with app.app_context():
    paths = sorted(documents(app_state.current_state().dataset).paths)
addresses = [*ALL.values(), "/catalog.ttl", "/catalog.html", "/void.ttl", "/sitemap.xml", "/openapi.json"]
addresses += [f"/{path}.{form}" for path in paths[::40] for form in ("html", "ttl", "jsonld", "rdf")]
for address in addresses:
    body = client.get(address, headers={"Accept": "text/html, */*;q=0.1"}).data
    print(address, hashlib.sha256(body).hexdigest())
"""


def printed(script: str) -> list[list[str]]:
    """Return the lines that a script prints under two orders of hashes, run at once."""
    runs = [
        subprocess.Popen(
            [sys.executable, "-c", script],
            env={
                **os.environ,
                "PYTHONHASHSEED": seed,
                "PYTHONPATH": str(Path(page_kinds.__file__).parent),
            },
            stdout=subprocess.PIPE,
            text=True,
        )
        for seed in ("1", "2")
    ]
    outputs = [run.communicate(timeout=PATIENCE)[0].splitlines() for run in runs]
    assert all(run.returncode == 0 for run in runs)
    return outputs


@pytest.mark.slow
def test_two_runs_print_the_same_bytes() -> None:
    one, other = printed(SCRIPT)
    assert one
    assert one == other


@pytest.mark.slow
def test_two_runs_of_the_service_write_the_same_pages_and_documents() -> None:
    """Their entity tags are the same: so must their bytes be (L3)."""
    one, other = printed(PAGES)
    assert len(one) > 300
    assert [a for a, b in zip(one, other, strict=True) if a != b] == []
