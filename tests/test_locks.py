"""Each lock holds what its reader needs and no more, and all have the same release of a package."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from collections.abc import Callable
from importlib.metadata import distribution
from pathlib import Path

import pytest

from every_guest import needs_every_guest
from montages.errors import install_command
from montages.guests import guests
from pace import PATIENCE

ROOT = Path(__file__).parents[1]
GOOD = "project: Bon\nholder: {type: Commune}\nlayers: [{layer: objects, mode: own}]\n"
RUN = "import sys; from montages.cli.main import main; main(sys.argv[1:])"
OPEN = """
import sys
from montages.web import create_app
client = create_app().test_client()
for path in sys.argv[1:]:
    answer = client.get(path, headers={"Accept": "text/html"}, follow_redirects=True)
    print(path, answer.status_code)
"""
# Papers are a guest's, which may not be here.
PAPERS = [f"{path}?holder=commune" for path in guests().project_pages]
PAGES = ("/", "/projet?holder=commune", *PAPERS[-1:])
Lean = Callable[..., subprocess.CompletedProcess[str]]


def pins(name: str) -> dict[str, str]:
    """Return the release of each package of a lock."""
    return dict(re.findall(r"^([\w.-]+)==(\S+)", (ROOT / name).read_text("utf-8"), re.MULTILINE))


LOCKS = ("requirements.lock", "documents.lock", "extras.lock", "tests/requirements.lock")
LEAN, PAPER, WHOLE, TESTS = map(pins, LOCKS)


def test_what_runs_is_pinned_alone_and_the_other_locks_have_the_same_releases() -> None:
    extras = {"weasyprint", "python-docx", "segno", "mcp", "distributed", "pyarrow", "openpyxl"}
    assert {"hatchling", "editables"} <= set(LEAN)  # what installs a checkout
    assert LEAN.items() < PAPER.items() < WHOLE.items()
    assert {"weasyprint", "python-docx", "segno"} <= PAPER.keys() - LEAN.keys()
    assert extras <= WHOLE.keys() - LEAN.keys()
    assert {name for name in TESTS.keys() & WHOLE.keys() if TESTS[name] != WHOLE[name]} == set()


@pytest.mark.parametrize("name", LOCKS)
def test_a_lock_has_a_hash_of_each_package_and_names_no_registry(name: str) -> None:
    text = (ROOT / name).read_text("utf-8")
    assert "://" not in text
    entries = re.split(r"^(?=[\w.-]+==)", text, flags=re.MULTILINE)[1:]
    assert [entry.split()[0] for entry in entries if "--hash=sha256:" not in entry] == []


@pytest.fixture(scope="module")
def lean(tmp_path_factory: pytest.TempPathFactory) -> Lean:
    """Return what runs Python with the packages of requirements.lock and no other."""
    packages, home = (tmp_path_factory.mktemp(name) for name in ("packages", "home"))
    for name in (*LEAN, "montages"):
        found = distribution(name)
        for top in {file.parts[0] for file in found.files or () if file.parts[0] != ".."}:
            place, link = Path(str(found.locate_file(top))), packages / top
            if place.exists() and not link.exists():
                link.symlink_to(place)
    kept = {k: v for k, v in os.environ.items() if not k.startswith(("MONTAGES_", "LC_", "LANG"))}
    path = os.pathsep.join(map(str, (ROOT / "service", packages)))
    env = {**kept, "PYTHONPATH": path, "MONTAGES_REQUEST_LOG": "off", "COLUMNS": "200"}

    def run(code: str, *args: str) -> subprocess.CompletedProcess[str]:
        command = [sys.executable, "-S", "-c", code, *args]
        return subprocess.run(
            command, cwd=home, env=env, capture_output=True, text=True, timeout=PATIENCE
        )

    return run


@pytest.mark.slow
def test_what_runs_is_enough_for_the_demo(lean: Lean) -> None:
    ran = lean(RUN, "demo", "--lang", "en")
    assert (ran.returncode, ran.stderr) == (0, "")
    assert "WHAT FITS, AND WHY" in ran.stdout


@pytest.mark.slow
def test_what_runs_is_enough_for_the_pages(lean: Lean) -> None:
    ran = lean(OPEN, *PAGES)
    assert ran.stdout.splitlines() == [f"{path} 200" for path in PAGES], ran.stderr


@pytest.mark.parametrize(
    ("extra", "command"),
    [
        pytest.param("assistants", "mcp", marks=needs_every_guest),
        ("cluster", "batch good.jsonl -o out.csv --scheduler tcp://127.0.0.1:9"),
        *(
            [pytest.param("documents", "note good.yaml -o out.pdf", marks=pytest.mark.slow)]
            if PAPERS
            else []
        ),
        pytest.param("parquet", "dump out.parquet", marks=pytest.mark.slow),
        pytest.param("spreadsheets", "batch good.jsonl -o out.xlsx", marks=needs_every_guest),
    ],
)
def test_a_command_without_its_extra_says_what_to_install(
    lean: Lean, tmp_path: Path, extra: str, command: str
) -> None:
    (tmp_path / "good.yaml").write_text(GOOD, "utf-8")
    (tmp_path / "good.jsonl").write_text("{}\n", "utf-8")
    words = [str(tmp_path / w) if "." in w and "//" not in w else w for w in command.split()]
    ran = lean(RUN, *words, "--lang", "en")
    assert (ran.returncode, ran.stdout) == (2, "")
    assert install_command(extra).rpartition("/")[2] in " ".join(ran.stderr.split())
    assert list(tmp_path.glob("out.[px]*")) == []


def test_in_a_checkout_the_pip_of_its_own_environment_is_named(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(sys, "prefix", "/home/somebody/montages/.venv")
    assert install_command("parquet") == ".venv/bin/pip install 'pyarrow>=22'"
    monkeypatch.setattr(sys, "prefix", "/opt/montages")
    assert install_command("parquet") == "pip install 'pyarrow>=22'"
