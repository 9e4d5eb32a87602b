"""What the documentation says is true: its commands run, its files exist, every setting is explained."""

from __future__ import annotations

import gzip
import os
import pkgutil
import re
import shutil
import subprocess
import sys
from collections.abc import Callable
from datetime import date
from functools import partialmethod
from pathlib import Path

import pytest

from commands import run
from every_guest import needs_every_guest
from montages import settings
from montages.api import Knowledge
from montages.cli.main import montages
from montages.guests import guests
from pace import PATIENCE

ROOT = Path(__file__).parents[1]
DOCS = sorted(
    [
        *ROOT.glob("*.md"),
        *(p for f in ("docs", "ontology", "queries") for p in (ROOT / f).rglob("*.md")),
    ]
)


def blocks(name: str, language: str) -> list[str]:
    text = (ROOT / name).read_text(encoding="utf-8")
    return re.findall(rf"```{language}\n(.*?)```", text, re.DOTALL)


def shell(name: str) -> list[str]:
    """Return the commands of a page, without those of guests that are not here."""
    lines = [line.split("  #")[0].strip() for b in blocks(name, "sh") for line in b.splitlines()]
    commands = [line for line in lines if line.startswith("montages ")]
    return [line for line in commands if not _is_of_absent_guest(line.split())]


def _is_of_absent_guest(words: list[str]) -> bool:
    forms = {"github", "junit", "sarif"}.difference(guests().check_forms)
    return words[1] not in montages.commands or not forms.isdisjoint(words)


# The two pages of commands name their files each in its own language, and one asks in English.
SAME = {
    "projet.yaml": "project.yaml",
    "reponse.json": "answer.json",
    "reponses.jsonl": "answers.jsonl",
    "reponses.nq": "answers.nq",
    "preuve.json": "proof.json",
    " --lang en": "",
    ', lang="en"': "",
}


def without_names(texts: list[str]) -> list[str]:
    for french, english in SAME.items():
        texts = [text.replace(french, english) for text in texts]
    return texts


@pytest.mark.parametrize("read", [shell, lambda name: blocks(name, "python")], ids=["sh", "python"])
def test_both_pages_of_commands_hold_the_same(read: Callable[[str], list[str]]) -> None:
    assert without_names(read("docs/commands.fr.md")) == without_names(read("docs/commands.md"))


@pytest.mark.parametrize("name", ["README.md", "README.fr.md"])
def test_a_readme_is_read_in_a_minute(name: str) -> None:
    assert len((ROOT / name).read_text(encoding="utf-8").splitlines()) <= 90


@pytest.mark.slow(seconds=20)
def test_the_commands_of_the_guide_run_as_written(tmp_path: Path) -> None:
    commands = shell("docs/commands.md")
    assert len(commands) >= 10
    samples = Path(__file__).parent / "guests" / "decp_ted"
    if samples.is_dir():
        published = (samples / "decp" / "as-published.json").read_bytes()
        (tmp_path / "decp.json.gz").write_bytes(gzip.compress(published))
        shutil.copy(samples / "notices" / "F02.xml", tmp_path / "notice.xml")
    bin_folder = str(Path(sys.executable).parent)
    env = {**os.environ, "PATH": f"{bin_folder}:{os.environ['PATH']}"}
    scripts = [[sys.executable, "-c", script] for script in blocks("docs/commands.md", "python")]
    for command in [*(["bash", "-c", command] for command in commands), *scripts]:
        ran = subprocess.run(
            command, cwd=tmp_path, env=env, capture_output=True, text=True, timeout=PATIENCE
        )
        assert ran.returncode == 0, (command, ran.stdout[-500:], ran.stderr[-500:])


# The demo applies the law of today; the READMEs show it under that of this day.
DEMO_DAY = date(2026, 11, 26)


@pytest.mark.clock
@pytest.mark.parametrize(("name", "lang"), [("README.md", "en"), ("README.fr.md", "fr")])
def test_what_a_readme_says_the_demo_prints_is_printed(
    name: str, lang: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    on_that_day = partialmethod(Knowledge.assess_all, as_of=DEMO_DAY)
    monkeypatch.setattr(Knowledge, "assess_all", on_that_day)
    printed = " ".join(run("demo", "--lang", lang).out.split())
    text = (ROOT / name).read_text(encoding="utf-8")
    (shortened,) = re.findall(r"```\n(1\. OnDijon.*?)```", text, re.DOTALL)
    told = [" ".join(line.split()) for line in shortened.splitlines()]
    assert [line for line in told if line not in printed] == []


@pytest.mark.parametrize("path", DOCS, ids=lambda p: str(p.relative_to(ROOT)))
def test_every_link_of_a_document_leads_to_a_file(path: Path) -> None:
    for target in re.findall(r"\]\((?!https?:|#)([^)#]+)", path.read_text(encoding="utf-8")):
        assert (path.parent / target).exists(), target


# What a guide names by path: placeholders such as <slug> stand for any name.
GUIDES = [ROOT / "CONTRIBUTING.md", *sorted((ROOT / "docs").glob("*.md"))]
# Texts that name a module in a comment or a sentence.
NAMING = [
    *GUIDES,
    *DOCS,
    *(p for f in ("shapes", "ontology", "data") for p in (ROOT / f).rglob("*.ttl")),
]
FILE = re.compile(r"[\w<>*./-]*(?:/|\.(?:py|ttl|ya?ml|rq|csv|md|lock|in))")


def exists(path: str) -> bool:
    """Tell whether a path leads somewhere, from the root, from the package, or as a name by itself."""
    pattern = re.sub(r"<[^>]*>|\bNN\b", "*", path).rstrip("/")
    folders = (ROOT, ROOT / "service", ROOT / "service" / "montages")
    if "/" not in path:
        parts = ("data", "docs", "ontology", "queries", "service", "shapes", "tests")
        return any(next((ROOT / part).rglob(pattern), None) for part in parts) or any(
            ROOT.glob(pattern)
        )
    return any(next(folder.glob(pattern), None) for folder in folders)


@needs_every_guest
@pytest.mark.parametrize("guide", GUIDES, ids=lambda p: p.name)
def test_every_path_that_a_guide_names_exists(guide: Path) -> None:
    quoted = re.findall(r"`([^`\n]+)`", guide.read_text(encoding="utf-8"))
    words = {word for text in quoted for word in text.split()}
    paths = {word for word in words if FILE.fullmatch(word) and not word.startswith((".", "/"))}
    assert {path for path in paths if not exists(path)} == set()


def test_contributing_names_paths() -> None:
    """So that the test above looks at something."""
    assert len(re.findall(r"`(?:tests|data|service)/", GUIDES[0].read_text("utf-8"))) > 20


def test_every_module_that_a_text_names_is_there() -> None:
    named = {
        name
        for path in NAMING
        for name in re.findall(
            r"(?<![/.\w])montages(?:_\w+)?(?:\.[a-z_]+)+\b", path.read_text("utf-8")
        )
        if not name.endswith((".ttl", ".load", ".css", ".git", ".sarif"))
    }
    assert named
    for name in sorted(named):
        pkgutil.resolve_name(name)


def test_every_decision_is_in_the_index_by_its_number_and_title() -> None:
    folder = ROOT / "docs" / "decisions"
    pages = [path for path in sorted(folder.glob("*.md")) if path.name != "README.md"]
    titles = [path.read_text(encoding="utf-8").splitlines()[0].removeprefix("# ") for path in pages]
    index = (folder / "README.md").read_text(encoding="utf-8")
    listed = re.findall(r"^- \[(.+)\]\((.+)\)$", index, re.MULTILINE)
    assert listed == [(title, path.name) for title, path in zip(titles, pages, strict=True)]
    assert [title[:4] for title in titles] == [f"{n:04}" for n in range(1, len(pages) + 1)]


def test_every_setting_has_a_help_and_a_variable() -> None:
    for setting in settings.TABLE:
        assert setting.help
        assert settings.get(setting.name) == os.environ.get(
            f"MONTAGES_{setting.name.upper()}", setting.default
        )


def test_nothing_tells_to_install_this_package_by_its_name() -> None:
    """It is on no index: whoever took the name there would be installed."""
    found = subprocess.run(
        [
            "git",
            "-C",
            str(ROOT),
            "grep",
            "-nE",
            r"pip install ([^.]*[ '\"])?montages( |\[|`|'|\"|$)",
        ],
        capture_output=True,
        text=True,
        check=False,
    )
    assert [line for line in found.stdout.splitlines() if "tests/test_docs.py" not in line] == []


def test_nothing_in_the_tree_names_a_package_index() -> None:
    found = subprocess.run(
        ["git", "-C", str(ROOT), "grep", "-lE", r"(pypi|npmjs)\.(org|com)"],
        capture_output=True,
        text=True,
        check=False,
    )
    assert [name for name in found.stdout.split() if name != "tests/test_docs.py"] == []
