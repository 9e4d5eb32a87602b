"""What is kept on disk is what would be worked out: never old, never someone else's, never in the way."""

from __future__ import annotations

import dataclasses
import importlib
import inspect
import os
import pickle
import stat
from collections.abc import Iterator, Mapping
from datetime import date
from pathlib import Path
from typing import Any

import pytest

import montages
from montages.bilingual import Text
from montages.knowledge.files import disk_cache
from montages.names import MTG

# Every module that keeps something, wherever it stands: all of them name what keeps it.
_PACKAGE = Path(montages.__file__).parent
for _path in sorted(_PACKAGE.rglob("*.py")):
    if "disk_cache" in _path.read_text(encoding="utf-8"):
        _parts = ("montages", *_path.relative_to(_PACKAGE).with_suffix("").parts)
        importlib.import_module(".".join(_parts).removesuffix(".__init__"))

# What each kept function that takes arguments is compared for.
GIVEN: dict[str, list[tuple[Any, ...]]] = {
    "montages.advice.similar.precedents._precedents": [("",)],
    "montages.engine.fast.fast_engine._tables": [(date.min,), (date(2026, 4, 1),)],
    "montages.knowledge.compiled.naming_diagram.written_naming": [(date(2026, 4, 1),)],
    "montages.knowledge.compiled.verdict_diagram.written_reachable": [(date(2026, 4, 1),)],
    "montages.knowledge.compiled.verdict_diagram.written_diagram": [
        (date.min,),
        (date(2026, 4, 1),),
    ],
    "montages.publish.verdicts.naming_file._written_names": [(date(2026, 4, 1),)],
    "montages.publish.verdicts.verdict_file._written": [(date(2026, 4, 1),)],
    "montages.web.first_start._prepared": [(date(2026, 4, 1), "a hash")],
    "montages.quality.rule_effect._flips": [(date(2025, 1, 1), "")],
    "montages.quality.rule_effect._turning": [(date(2026, 4, 1),)],
    "montages.store.answers_graph._answers": [(date(2026, 4, 1), "")],
    "montages.description.parsing.key_values.things_of": [
        (MTG.Usage,),
        (MTG.ContractType,),
        (MTG.Nothing,),
    ],
}
# What is not the same bytes twice, since blank nodes are named anew: compared in `test_graph_tables`, and by
# what it answers in `test_questions`.
RENAMED = (
    "montages.publish.linked_data.documents._tables",
    "montages.store.published_graph._tables",
)


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("MONTAGES_CACHE_DIR", str(tmp_path / "cache"))
    monkeypatch.setattr(disk_cache, "SHIPPED", tmp_path / "nothing-ships")
    monkeypatch.setattr(
        disk_cache, "_STARTED", float("inf")
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
    """Return a value with its dataclasses told field by field, a text by its words."""
    if isinstance(value, Text):
        return value.fr, value.en
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


@pytest.mark.parametrize("name", sorted({*disk_cache.REGISTRY}.difference(RENAMED)))
def test_every_kept_value_is_what_would_be_worked_out(name: str, folder: Path) -> None:
    module, attribute = module_of(name)
    value = getattr(module, attribute)
    assert value is disk_cache.REGISTRY[name]
    made = inspect.unwrap(value)
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
    disk_cache.fingerprint()
    monkeypatch.setattr(disk_cache, "_STARTED", 0.0)
    asked(Counted())
    assert files(folder) == []


def test_the_folder_stays_small_and_nothing_else_in_it_is_removed(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder.mkdir(parents=True)
    (folder / "mine").mkdir()
    (folder / "mine" / "letter.txt").touch()
    for n in range(9):
        monkeypatch.setattr(disk_cache, "fingerprint", lambda n=n: f"{n:032x}")
        monkeypatch.setattr(disk_cache, "files_unchanged", lambda: True)
        asked(Counted())
        os.utime(folder / f"{n:032x}", (n, n))
    names = sorted(path.name for path in folder.iterdir())
    assert names == [*(f"{n:032x}" for n in (5, 6, 7, 8)), disk_cache.KEY_FILE, "mine"]
    assert (folder / "mine" / "letter.txt").exists()
