"""What is kept on disk is what would be worked out: never old, never someone else's, never in the way."""

from __future__ import annotations

import dataclasses
import importlib
import inspect
import os
import pickle
import pkgutil
import shutil
import stat
import subprocess
import sys
from collections.abc import Iterator, Mapping
from datetime import date
from pathlib import Path
from typing import Any

import pytest

import montages
from montages.knowledge.files import disk_cache, fingerprint, library
from montages.names import MTG

ROOT = Path(__file__).parents[1]

# Every module, wherever it stands, but the configuration of gunicorn, which loads the application.
for _module in pkgutil.walk_packages(montages.__path__, "montages."):
    if _module.name != "montages.web.server":
        importlib.import_module(_module.name)

# What each kept function that takes arguments is compared for.
GIVEN: dict[str, list[tuple[Any, ...]]] = {
    "montages.engine.fast.table_compiler._tables": [(date.min,), (date(2026, 4, 1),)],
    "montages.description.parsing.key_values.things_of": [
        (MTG.Usage,),
        (MTG.ContractType,),
        (MTG.Nothing,),
    ],
}


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("MONTAGES_CACHE_DIR", str(tmp_path / "cache"))
    monkeypatch.setattr(
        fingerprint, "_STARTED", float("inf")
    )  # sources edited during the tests: ignored
    return tmp_path / "cache"


class Counted:
    """A function of no argument that counts how often it is worked out."""

    def __init__(self, value: Any = ("a", 1)) -> None:
        self.value, self.times = value, 0
        self.__module__, self.__qualname__, self.__name__ = __name__, "Counted.made", "made"

    def __call__(self, *_: Any) -> Any:
        self.times += 1
        if isinstance(self.value, Exception):
            raise self.value
        return self.value


@pytest.fixture(autouse=True)
def _registry() -> Iterator[None]:
    before = dict(disk_cache.REGISTRY)
    yield
    disk_cache.REGISTRY.clear()
    disk_cache.REGISTRY.update(before)


def asked(counted: Counted, *args: Any) -> Any:
    """Ask as a process that starts does: with nothing in memory."""
    return disk_cache.disk_cache(counted)(*args)


def files(folder: Path) -> list[Path]:
    return sorted(
        path for path in folder.rglob("*") if path.is_file() and path.name != disk_cache.KEY_FILE
    )


def told(value: Any) -> Any:
    """Return a value with its dataclasses told field by field, those that have no equality too."""
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        fields = {f.name: told(getattr(value, f.name)) for f in dataclasses.fields(value)}
        return type(value), fields
    if isinstance(value, Mapping):
        return {key: told(item) for key, item in value.items()}
    if isinstance(value, (list, tuple)):
        return [type(value), *map(told, value)]
    return value


def module_of(name: str) -> tuple[Any, str]:
    module, _, attribute = name.rpartition(".")
    return importlib.import_module(module), attribute


@pytest.mark.parametrize("name", sorted(disk_cache.REGISTRY))
def test_every_kept_value_is_what_would_be_worked_out(name: str, folder: Path) -> None:
    module, attribute = module_of(name)
    value, made = getattr(module, attribute), disk_cache.REGISTRY[name]
    assert inspect.unwrap(value) is made
    takes = bool(inspect.signature(made).parameters)
    for args in GIVEN[name] if takes else [()]:
        fresh = made(*args)
        value.cache_clear()
        first = value(*args)
        value.cache_clear()
        before = len(files(folder))
        again = value(*args)  # from the file
        value.cache_clear()
        assert told(first) == told(fresh)
        assert told(again) == told(fresh)
        assert type(again) is type(fresh)
        assert len(files(folder)) == before > 0


def test_a_kept_value_is_worked_out_once_for_all_processes(folder: Path) -> None:
    counted = Counted()
    assert [asked(counted), asked(counted), counted.times] == [("a", 1), ("a", 1), 1]


def test_arguments_have_a_value_each(folder: Path) -> None:
    counted = Counted()
    for arg in ("x", "y", "x"):
        asked(counted, arg)
    assert (counted.times, len(files(folder))) == (2, 2)


def test_a_function_is_never_given_the_value_of_another(folder: Path) -> None:
    one, other = Counted("one"), Counted("other")
    other.__qualname__ = "other"
    asked(one)
    asked(other)
    first, second = files(folder)
    content = first.read_bytes(), second.read_bytes()
    first.write_bytes(content[1])
    second.write_bytes(content[0])
    assert (asked(one), asked(other)) == ("one", "other")


def test_only_the_user_can_read_what_is_kept(folder: Path) -> None:
    asked(Counted())
    (file,) = files(folder)
    for path, mode in ((file, 0o600), (file.parent, 0o700), (folder, 0o700)):
        assert stat.S_IMODE(path.stat().st_mode) == mode


@pytest.mark.parametrize(
    "damage",
    [
        lambda content: b"",
        lambda content: content[:-1],
        lambda content: content[:40],
        lambda content: content[:-3] + bytes([content[-3] ^ 1]) + content[-2:],
        lambda content: b"not a pickle",
    ],
    ids=["empty", "cut", "cut-short", "one-bit", "other"],
)
def test_a_damaged_file_is_ignored_and_written_again(folder: Path, damage: Any) -> None:
    counted = Counted()
    asked(counted)
    (file,) = files(folder)
    whole = file.read_bytes()
    file.write_bytes(damage(whole))
    assert asked(counted) == ("a", 1)
    assert counted.times == 2
    assert file.read_bytes() == whole


def test_a_file_that_was_sealed_with_another_key_runs_nothing(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Attack:
        def __reduce__(self) -> tuple[Any, ...]:
            return os.mkdir, (str(tmp_path / "run"),)

    counted = Counted()
    asked(counted)
    (file,) = files(folder)
    seal = disk_cache._seal(file, pickle.dumps(Attack()), b"of the attacker".ljust(32))
    file.write_bytes(seal + pickle.dumps(Attack()))
    assert asked(counted) == ("a", 1)
    assert counted.times == 2
    assert not (tmp_path / "run").exists()


def test_the_key_is_for_its_owner_and_without_a_good_one_nothing_is_kept(folder: Path) -> None:
    counted = Counted()
    asked(counted)
    key = folder / disk_cache.KEY_FILE
    assert stat.S_IMODE(key.stat().st_mode) == 0o600
    key.chmod(0o640)
    assert [asked(counted), counted.times] == [("a", 1), 2]


def test_a_folder_in_the_place_of_a_file_is_no_error(folder: Path) -> None:
    counted = Counted()
    asked(counted)
    (file,) = files(folder)
    file.unlink()
    file.mkdir()
    assert asked(counted) == ("a", 1)
    assert list(file.parent.iterdir()) == [file]  # and no draft is left behind


@pytest.mark.parametrize("change", ["owner", "writable", "link"])
def test_a_file_that_others_may_have_written_is_ignored(
    folder: Path, change: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    counted = Counted()
    asked(counted)
    (file,) = files(folder)
    if change == "owner":
        monkeypatch.setattr(
            "montages.knowledge.files.disk_cache.os.geteuid", lambda: os.getuid() + 1
        )
    elif change == "writable":
        file.chmod(0o622)
    else:
        file.rename(tmp_path / "elsewhere")
        file.symlink_to(tmp_path / "elsewhere")
    asked(counted)
    assert counted.times == 2


def test_a_folder_that_cannot_be_written_is_no_error(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "file").touch()
    for name in (tmp_path / "file" / "below", Path("/proc/nowhere")):
        monkeypatch.setenv("MONTAGES_CACHE_DIR", str(name))
        counted = Counted()
        assert [asked(counted), asked(counted), counted.times] == [("a", 1), ("a", 1), 2]


@pytest.mark.parametrize("off", ["", "off"])
def test_nothing_is_kept_when_it_is_off(
    off: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    monkeypatch.setenv("MONTAGES_CACHE_DIR", off)
    monkeypatch.chdir(tmp_path)
    assert asked(Counted()) == ("a", 1)
    assert disk_cache.folder() is None
    assert files(tmp_path) == []


def test_the_folder_is_that_of_the_standard(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("MONTAGES_CACHE_DIR", raising=False)
    monkeypatch.setenv("HOME", "/home/someone")
    for given, found in (
        ("/var/c", "/var/c/montages"),
        ("", "/home/someone/.cache/montages"),
        ("relative", "/home/someone/.cache/montages"),
    ):
        monkeypatch.setenv("XDG_CACHE_HOME", given)
        assert disk_cache.folder() == Path(found)
    monkeypatch.setenv("MONTAGES_CACHE_DIR", "~/elsewhere")
    assert disk_cache.folder() == Path("/home/someone/elsewhere")


def test_an_error_is_not_kept(folder: Path) -> None:
    counted = Counted(ValueError("broken"))
    for _ in range(2):
        with pytest.raises(ValueError, match="broken"):
            asked(counted)
    assert (counted.times, files(folder)) == (2, [])


def test_none_is_a_value_like_any_other(folder: Path) -> None:
    counted = Counted(None)
    assert [asked(counted), asked(counted), counted.times] == [None, None, 1]


def test_a_changed_file_makes_the_process_keep_nothing(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    # A value of the old sources must not bear the name of the new ones, nor the other way round.
    fingerprint.fingerprint()
    monkeypatch.setattr(fingerprint, "_STARTED", 0.0)
    asked(Counted())
    assert files(folder) == []
    monkeypatch.setattr(fingerprint, "_STARTED", float("inf"))
    monkeypatch.setattr(library.content_hash, "__wrapped__", lambda: "other")
    asked(Counted())
    assert files(folder) == []


def test_the_folder_stays_small_and_nothing_else_in_it_is_removed(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder.mkdir(parents=True)
    (folder / "mine").mkdir()
    (folder / "mine" / "letter.txt").touch()
    for n in range(9):
        monkeypatch.setattr(fingerprint, "fingerprint", lambda n=n: f"{n:032x}")
        monkeypatch.setattr(fingerprint, "unchanged", lambda: True)
        asked(Counted())
        os.utime(folder / f"{n:032x}", (n, n))
    names = sorted(path.name for path in folder.iterdir())
    assert names == [*(f"{n:032x}" for n in (5, 6, 7, 8)), disk_cache.KEY_FILE, "mine"]
    assert (folder / "mine" / "letter.txt").exists()


def test_one_state_holds_so_many_values_at_most(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(disk_cache, "_VALUES", 5)
    monkeypatch.setattr(fingerprint, "unchanged", lambda: True)
    counted = Counted()
    for n in range(12):
        assert asked(counted, n) == ("a", 1)
        assert 1 <= len(files(folder)) <= 5


_ASK = """
import sys
from montages.knowledge.files import library
if "forbid" in sys.argv:
    def parse(*_): raise SystemExit("the knowledge was parsed")
    library.read = parse
from montages.assessment.costs import costs
from montages.description.parsing.keys_to_json_ld import keys_to_json_ld
from montages.knowledge.compiled.jsonld_context import context
from montages.knowledge.implications import implications
from montages.knowledge.thing_labels import labels, name_of
from montages.knowledge.periods import rules_at
from montages.knowledge.rulebook import rulebook
from datetime import date
rules = rules_at(date(2026, 6, 1))
context(), implications(), costs("storage", "own"), rules.criteria
keys_to_json_ld({"project": "P", "holder": "Commune", "usages": ["parking"], "layers": ["storage"]})
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
    assert all(path.suffix == ".pickle" for path in files(cache))
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
