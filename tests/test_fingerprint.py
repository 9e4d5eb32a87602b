"""What the disk cache and the rulebook's version are made of covers every source, wherever it stands."""

from __future__ import annotations

from pathlib import Path

import pytest

from montages.knowledge.files import disk_cache, library


@pytest.fixture
def root(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Give a small checkout that stands for ours, with a package of one deep module."""
    for name in ("service/montages/room/deep", "data", "ontology", "shapes", "queries/close"):
        (tmp_path / name).mkdir(parents=True)
    (tmp_path / "service/montages/room/deep/module.py").write_text("VALUE = 1")
    (tmp_path / "queries/close/10-units.rq").write_text("ASK {}")
    monkeypatch.setattr(library, "ROOT", tmp_path)
    monkeypatch.setattr(disk_cache, "_PACKAGE", str(tmp_path / "service/montages"))
    return tmp_path


def state() -> tuple[str, str]:
    """Return the version of the knowledge and the fingerprint of kept values, worked out anew."""
    knowledge = library.content_hash.__wrapped__()
    return knowledge, disk_cache._with_sources(knowledge)


def test_every_source_of_the_package_is_covered() -> None:
    ours = {str(p) for ending in ("py", "po") for p in library.PACKAGE.rglob(f"*.{ending}")}
    assert set(disk_cache._sources()) == ours
    assert len(ours) > 250


@pytest.mark.parametrize("name", ["module.py", "new.py", "new/deeper/module.py"])
def test_any_source_changes_what_is_kept_and_not_the_version(root: Path, name: str) -> None:
    version, kept = state()
    path = root / "service/montages/room/deep" / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("VALUE = 2")
    assert state()[0] == version
    assert state()[1] != kept


@pytest.mark.parametrize(
    "name",
    [
        "queries/close/10-units.rq",
        "queries/new/10-scores.rq",
        "data/rules.yaml",
        "data/requirements/new/deep.ttl",
        "shapes/new.ttl",
        "ontology/new.ttl",
    ],
)
def test_any_file_that_decides_changes_the_version_and_what_is_kept(root: Path, name: str) -> None:
    version, kept = state()
    (root / name).parent.mkdir(parents=True, exist_ok=True)
    (root / name).write_text("# a change")
    assert state()[0] != version
    assert state()[1] != kept


@pytest.mark.parametrize(
    "name",
    [
        "queries/questions/10-new.rq",
        "queries/pages/10-new.rq",
        "data/projects/place.ttl",
        "data/examples/place.yaml",
        "data/foreign-terms.ttl",
        "data/README.md",
    ],
)
def test_what_decides_nothing_leaves_the_version(root: Path, name: str) -> None:
    version, _ = state()
    (root / name).parent.mkdir(parents=True, exist_ok=True)
    (root / name).write_text("# a change")
    assert state()[0] == version
