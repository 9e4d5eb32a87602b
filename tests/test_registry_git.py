"""The public history of the registry as commits of git, the same for the same record (G2)."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest

from montages.errors import NotInstalled, UnusableInput
from montages.registry.git_export import git_export
from montages.registry.publishers import Publisher
from montages.registry.registry import Registry
from montages.registry.version import Content, State, WriteCondition

TOWN = Publisher("vernon", "Ville de Vernon")
NEW, ANY = WriteCondition(), WriteCondition("*")

pytestmark = pytest.mark.skipif(shutil.which("git") is None, reason="apt-get install git")


@pytest.fixture
def registry(tmp_path: Path) -> Registry:
    registry = Registry.create(tmp_path / "registry")
    registry.publishers.add("vernon", "Ville <de> Vernon")
    registry.write("lampes", Content(b"one\r\n", "text/turtle"), TOWN, NEW)
    registry.write("capteurs", Content(b"\x00\xff", "application/yaml"), TOWN, NEW)
    registry.write(
        "secret", Content(b"nobody's business", "text/turtle"), TOWN, NEW, state=State.DRAFT
    )
    registry.write("lampes", Content(b'{"a": 1}', "application/json"), TOWN, ANY)
    return registry


def git(folder: Path, *words: str) -> bytes:
    return subprocess.run(["git", *words], cwd=folder, capture_output=True, check=True).stdout


def test_each_public_version_is_a_commit_with_the_bytes_as_sent(
    registry: Registry, tmp_path: Path
) -> None:
    folder = tmp_path / "history"
    last = git_export(registry, folder)
    told = git(folder, "log", "--reverse", "--format=%s|%an|%ae|%ct").decode().splitlines()
    versions = list(registry.releases())
    assert told == [
        f"{v.slug}, version {v.number}|Ville de Vernon|vernon|{int(v.moment.timestamp())}"
        for v in versions
    ]
    assert git(folder, "show", "HEAD~2:lampes.ttl") == b"one\r\n"
    assert git(folder, "show", "HEAD:capteurs.yaml") == b"\x00\xff"
    assert git(folder, "rev-parse", "HEAD").decode().strip() == last
    assert {path.name for path in folder.iterdir()} == {".git", "capteurs.yaml", "lampes.json"}
    assert (folder / "lampes.json").read_bytes() == b'{"a": 1}'
    assert git(folder, "status", "--porcelain") == b""
    body = git(folder, "log", "-1", "--format=%b").decode()
    assert f"Hash: {versions[-1].hash}" in body


def test_a_draft_is_in_no_commit(registry: Registry, tmp_path: Path) -> None:
    git_export(registry, tmp_path / "history")
    objects = git(tmp_path / "history", "cat-file", "--batch-all-objects", "--batch")
    assert b"nobody's business" not in objects
    assert b"one\r\n" in objects


def test_the_same_record_gives_the_same_commits_and_later_ones_are_added(
    registry: Registry, tmp_path: Path
) -> None:
    one, two = tmp_path / "one", tmp_path / "two"
    before = git_export(registry, one)
    assert git_export(registry, two) == before
    registry.withdraw("capteurs", TOWN, ANY)
    registry.publish("secret", TOWN, ANY)
    after = git_export(registry, one)
    assert git(one, "merge-base", "--is-ancestor", before, after) == b""
    assert git_export(registry, tmp_path / "three") == after
    assert not (one / "capteurs.yaml").exists()
    assert (one / "secret.ttl").read_bytes() == b"nobody's business"


def test_a_folder_of_somebody_else_is_left_alone(registry: Registry, tmp_path: Path) -> None:
    folder = tmp_path / "mine"
    folder.mkdir()
    (folder / "file").write_text("mine")
    with pytest.raises(UnusableInput):
        git_export(registry, folder)
    git(folder, "init", "--quiet")
    with pytest.raises(UnusableInput):
        git_export(registry, folder)
    with pytest.raises(UnusableInput):
        git_export(registry, folder / "file")
    assert (folder / "file").read_text() == "mine"


def test_nothing_that_the_user_has_set_for_git_changes_a_commit(
    registry: Registry, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    plain = git_export(registry, tmp_path / "plain")
    home = tmp_path / "home"
    home.mkdir()
    (home / ".gitconfig").write_text(
        "[core]\nautocrlf = true\n[user]\nname = Me\n[commit]\ngpgsign = true\n"
        "[init]\ndefaultBranch = trunk\n"
    )
    monkeypatch.setenv("HOME", str(home))
    monkeypatch.setenv("GIT_AUTHOR_NAME", "Me")
    monkeypatch.setenv("GIT_DIR", str(tmp_path / "elsewhere"))
    assert git_export(registry, tmp_path / "set") == plain
    assert not (tmp_path / "elsewhere").exists()


def test_an_empty_registry_is_an_empty_history(tmp_path: Path) -> None:
    assert git_export(Registry.create(tmp_path / "registry"), tmp_path / "history") == ""


def test_without_git_one_is_told_how_to_have_it(
    registry: Registry, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(NotInstalled, match="apt-get install git"):
        git_export(registry, tmp_path / "history")
