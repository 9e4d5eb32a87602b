"""What the documentation says is true: its commands run, its files exist, every setting is explained."""

from __future__ import annotations

import os
import re
import shlex
import subprocess
import sys
from pathlib import Path

import pytest

from montages import settings

ROOT = Path(__file__).parents[1]
DOCS = sorted([*ROOT.glob("*.md"), ROOT / "ontology/README.md", ROOT / "queries/README.md"])


def blocks(name: str, language: str) -> list[str]:
    text = (ROOT / name).read_text(encoding="utf-8")
    return re.findall(rf"```{language}\n(.*?)```", text, re.DOTALL)


def shell(name: str) -> list[str]:
    lines = [line.split("  #")[0].strip() for b in blocks(name, "sh") for line in b.splitlines()]
    return [line for line in lines if line.startswith("montages ")]


@pytest.mark.slow
@pytest.mark.parametrize("name", ["README.md", "README.fr.md"])
def test_the_readme_s_commands_run_as_written(name: str, tmp_path: Path) -> None:
    commands = shell(name)
    assert len(commands) >= 10
    bin_folder = str(Path(sys.executable).parent)
    env = {**os.environ, "PATH": f"{bin_folder}:{os.environ['PATH']}"}
    for command in commands:
        run = subprocess.run(
            ["bash", "-c", command],
            cwd=tmp_path,
            env=env,
            capture_output=True,
            text=True,
            timeout=120,
        )
        assert run.returncode == 0, (command, run.stdout[-500:], run.stderr[-500:])
    for script in blocks(name, "python"):
        done = subprocess.run(
            [sys.executable, "-c", script],
            cwd=tmp_path,
            capture_output=True,
            text=True,
            timeout=120,
        )
        assert done.returncode == 0, done.stderr


@pytest.mark.parametrize("path", DOCS, ids=lambda p: str(p.relative_to(ROOT)))
def test_every_link_of_a_document_leads_to_a_file(path: Path) -> None:
    for target in re.findall(r"\]\((?!https?:|#)([^)#]+)", path.read_text(encoding="utf-8")):
        assert (path.parent / target).exists(), target


def test_contributing_names_files_and_tests_that_exist() -> None:
    text = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")
    for command in re.findall(r"`\.venv/bin/pytest ([^`]+)`", text):
        for word in shlex.split(command):
            assert (ROOT / word).exists() or word in ("-m", "not slow"), word
    for folder in re.findall(r"^\| `(tests/[a-z./-]+[a-z]|data/projects)", text, re.MULTILINE):
        assert (ROOT / folder).exists(), folder


def test_every_setting_has_a_help_and_a_variable() -> None:
    for setting in settings.TABLE:
        assert setting.help
        assert settings.get(setting.name) == os.environ.get(
            f"MONTAGES_{setting.name.upper()}", setting.default
        )


def test_nothing_in_the_tree_names_a_package_index() -> None:
    found = subprocess.run(
        ["git", "-C", str(ROOT), "grep", "-lE", r"(pypi|npmjs)\.(org|com)"],
        capture_output=True,
        text=True,
        check=False,
    )
    assert [name for name in found.stdout.split() if name != "tests/test_docs.py"] == []
