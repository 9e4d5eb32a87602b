"""A second process finds on disk what the first worked out, and never what other knowledge or code gave."""

from __future__ import annotations

import ast
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from montages.knowledge.files import disk_cache

ROOT = Path(__file__).parents[1]

_ASK = """
import sys
from montages.knowledge.files import library
if "forbid" in sys.argv:
    def parse(*_): raise SystemExit("the knowledge was parsed")
    library.read = parse
from montages.knowledge.management_matrix import costs
from montages.description.parsing.key_faults import KeyNotes
from montages.description.parsing.keys_to_facts import keys_to_json_ld
from montages.knowledge.description_keys import jsonld_context
from montages.knowledge.entailment import implications
from montages.knowledge.thing_labels import labels, name_of
from montages.knowledge.periods import rules_at
from montages.knowledge.rulebook import rulebook
from datetime import date
rules = rules_at(date(2026, 6, 1))
jsonld_context(), implications(), costs("storage", "own"), rules.criteria
project = {"project": "P", "holder": "Commune", "usages": ["parking"], "layers": ["storage"]}
keys_to_json_ld(project, KeyNotes())
print(rulebook().criteria["layer"].label.en, "|", name_of("https://w3id.org/montages/id/layer/storage").en)
"""


def fresh(tree: Path, cache: Path, *args: str, script: str = _ASK) -> str:
    env = os.environ | {"PYTHONPATH": str(tree / "service"), "MONTAGES_CACHE_DIR": str(cache)}
    done = subprocess.run(
        [sys.executable, "-c", script, *args], env=env, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    return done.stdout.strip()


@pytest.fixture
def tree(tmp_path: Path) -> Path:
    """A copy of the checkout, older than any process of the test."""
    for name in ("service", "ontology", "data", "shapes", "queries"):
        shutil.copytree(
            ROOT / name, tmp_path / "tree" / name, ignore=shutil.ignore_patterns("__pycache__")
        )
    return tmp_path / "tree"


def edit(path: Path, old: str, new: str) -> None:
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8")


@pytest.mark.slow
def test_a_second_run_parses_no_knowledge(tree: Path, tmp_path: Path) -> None:
    first = fresh(tree, tmp_path / "cache")
    assert fresh(tree, tmp_path / "cache", "forbid") == first


_ASSESS = """
import sys
from montages.cli import main
from montages.knowledge.files import library
if "forbid" in sys.argv:
    def parse(*_): raise SystemExit("the knowledge was parsed")
    library.read = parse
main(["assess", "dijon", "--as-of", "2026-06-01", "--engine", "fast", *sys.argv[2:]])
"""


@pytest.mark.slow
@pytest.mark.parametrize("form", ["text", "json"])
def test_a_second_assessment_parses_no_knowledge(tree: Path, tmp_path: Path, form: str) -> None:
    first = fresh(tree, tmp_path / "cache", "allow", "--format", form, script=_ASSESS)
    assert "mpgp" in first.lower()
    again = fresh(tree, tmp_path / "cache", "forbid", "--format", form, script=_ASSESS)
    assert again == first


@pytest.mark.slow
def test_changed_knowledge_and_changed_code_are_never_answered_from_before(
    tree: Path, tmp_path: Path
) -> None:
    cache = tmp_path / "cache"
    before = fresh(tree, cache)
    assert before == fresh(tree, cache, "forbid")
    layers = tree / "data" / "layers.ttl"
    edit(layers, '"Storage"', '"Cellar of data"')
    after = fresh(tree, cache)
    assert before != after
    assert "Cellar of data" in after
    edit(layers, '"Cellar of data"', '"Storage"')
    assert fresh(tree, cache, "forbid") == before
    edit(
        tree / "service/montages/knowledge/thing_labels.py",
        "return {str(thing)",
        "return {} and {str(thing)",
    )
    assert fresh(tree, cache).endswith("| storage")


@pytest.mark.slow
def test_processes_that_write_at_once_all_get_it_right(tree: Path, tmp_path: Path) -> None:
    cache = tmp_path / "cache"
    env = os.environ | {"PYTHONPATH": str(tree / "service"), "MONTAGES_CACHE_DIR": str(cache)}
    command = [sys.executable, "-c", _ASK]
    runs = [subprocess.Popen(command, env=env, stdout=subprocess.PIPE, text=True) for _ in range(4)]
    said = {run.communicate()[0] for run in runs}
    assert [run.returncode for run in runs] == [0] * 4
    assert len(said) == 1
    values = [p for p in cache.rglob("*") if p.is_file() and p.name != disk_cache.KEY_FILE]
    assert {path.suffix for path in values} == {".pickle"}
    assert fresh(tree, cache, "forbid") == said.pop().strip()


_LIGHT = """
import sys
import montages
assert not [m for m in sys.modules if m.startswith(("montages.", "rdflib"))]
import montages.cli.commands.assess_command
print(*sorted(set(sys.argv[1:]) & set(sys.modules)))
montages.load, montages.Assessment, montages.Report, montages.Knowledge
"""
HEAVY = ("pyshacl", "owlrl", "pyparsing", "SPARQLWrapper", "jinja2", "yaml", "flask", "distributed")


def test_a_command_imports_no_library_it_can_do_without(tmp_path: Path) -> None:
    assert fresh(ROOT, tmp_path, *HEAVY, script=_LIGHT) == ""


_RUN = """
import sys
from montages.cli import main
try: main(sys.argv[1:])
except SystemExit: pass
print(*sorted(sys.modules), sep="\\n")
"""


def test_help_imports_no_command(tmp_path: Path) -> None:
    text, modules = fresh(ROOT, tmp_path, "--help", "--lang", "en", script=_RUN).split("Options", 1)
    assert "Tell which contracts fit a project" in text
    assert not re.search(r"^(montages\.cli\.commands|rdflib|rich)\b", modules, re.MULTILINE)
    assert not re.search(r"^montages_\w+\.", modules, re.MULTILINE)  # of a guest, what it brings


@pytest.mark.slow
def test_an_assessment_imports_neither_advice_nor_what_reads_other_syntaxes(tmp_path: Path) -> None:
    fresh(ROOT, tmp_path, "assess", "dijon", script=_RUN)
    modules = fresh(ROOT, tmp_path, "assess", "dijon", script=_RUN).splitlines()
    left_out = re.compile(
        r"montages\.advice\.(?!counts_shown$)|montages\.description\.tables\.\w*rows?\b|yaml$|openpyxl$|xml\.sax\.expat"
    )
    assert [name for name in modules if left_out.match(name)] == []
    assert "montages.assessment.assess" in modules


# What a data frame takes, which no visitor of a service has.
ONLY_PYTHON = {"montages.description.tables.sheet_cell"}
_SERVE = """
import sys
from montages.web.server import ready
ready()
print(*sorted(sys.modules), sep="\\n")
"""


@pytest.mark.slow
def test_what_is_imported_when_it_is_asked_for_is_there_before_a_service_forks() -> None:
    """So that its processes share it, and no first visitor waits for it, though all is kept on disk."""
    cache = Path(os.environ.get("MONTAGES_CACHE_DIR", "auto"))
    modules = fresh(ROOT, cache, script=_SERVE).splitlines()
    rooms = ("api", "advice", "assessment", "description", "validation")
    asked_for = {
        name for room in rooms for name in lazily_imported(ROOT / "service/montages" / room)
    }
    assert "montages.advice.compose.best_compositions" in asked_for
    assert asked_for - set(modules) == ONLY_PYTHON


def lazily_imported(room: Path) -> set[str]:
    """Return the modules of ours that the functions of a room import."""
    names = set()
    for path in room.rglob("*.py"):
        for function in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(function, ast.FunctionDef):
                names |= {
                    node.module
                    for node in ast.walk(function)
                    if isinstance(node, ast.ImportFrom) and node.module
                }
    return {name for name in names if name.startswith("montages.")}
