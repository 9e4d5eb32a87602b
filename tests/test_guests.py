"""Guests are found by the entry points of what is installed; the core works without any."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from importlib.metadata import entry_points
from pathlib import Path

import pytest

from commands import run
from montages import guests as guests_module
from montages.bilingual import Text
from montages.cli.main import SUMMARIES, guest_commands, montages, with_guest_commands
from montages.guests import GROUP, Guest, GuestCommand, Guests, guests
from montages.web import app_state

LINES = Text(
    "no_such_package n'est pas installé : « plans » est laissé de côté.",
    "no_such_package is not installed: “plans” is left out.",
)


@pytest.fixture
def anew() -> Iterator[None]:
    """Have guests looked for again, and once more after the test."""
    caches = (guests, guest_commands)
    for cached in caches:
        cached.cache_clear()
    yield
    for cached in caches:
        cached.cache_clear()


def installed(folder: Path, *lines: str, group: str = GROUP, name: str = "plans") -> Path:
    """Write what an installer writes of a package with entry points."""
    info = folder / f"{name}-1.0.dist-info"
    info.mkdir(parents=True)
    text = "\n".join(["[console_scripts]", "plans = plans:main", "", f"[{group}]", *lines, ""])
    (info / "entry_points.txt").write_text(text, "utf-8")
    (info / "METADATA").write_text("Metadata-Version: 2.1\nName: plans\nVersion: 1.0\n", "utf-8")
    return folder


def test_what_is_read_is_what_python_says_is_installed() -> None:
    expected = {entry.name: entry.value for entry in entry_points(group=GROUP)}
    assert guests_module._entries(sys.path) == expected


def test_the_first_entry_of_a_name_on_the_path_counts(tmp_path: Path) -> None:
    one = installed(tmp_path / "one", "# ours", "plans = one:GUEST", "maps=maps:GUEST")
    two = installed(tmp_path / "two", "plans = two:GUEST")
    three = installed(tmp_path / "three", "plans = three:GUEST", group="others.guests")
    folders = [str(path) for path in (three, tmp_path / "nowhere", one, two)]
    assert guests_module._entries(folders) == {"plans": "one:GUEST", "maps": "maps:GUEST"}


@pytest.mark.usefixtures("anew")
def test_a_guest_whose_package_is_not_there_is_left_out_with_one_line(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = guests().commands
    guests.cache_clear()
    monkeypatch.syspath_prepend(str(installed(tmp_path, "plans = no_such_package.inside:GUEST")))
    assert guests().commands == before
    assert LINES in guests().absent
    shown = run("--help", "--lang", "en")
    assert (shown.code, shown.err.count(LINES.en)) == (0, 1)
    guest_commands.cache_clear()
    unknown = run("plans")
    assert (unknown.code, unknown.err.count(LINES.fr)) == (2, 1)


@pytest.mark.usefixtures("anew")
def test_a_guest_that_is_broken_is_not_passed_over(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "plans_guest.py").write_text("import no_such_library", "utf-8")
    monkeypatch.syspath_prepend(str(installed(tmp_path, "plans = plans_guest:GUEST")))
    with pytest.raises(ModuleNotFoundError, match="no_such_library"):
        guests()


def test_a_word_of_the_core_asks_for_no_guest(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse() -> Guests:
        raise AssertionError("guests were looked for")

    monkeypatch.setattr(sys.modules["montages.cli.main"], "guests", refuse)
    assert montages.commands.get("assess") is not None


@pytest.mark.usefixtures("anew")
def test_the_commands_of_guests_stand_behind_those_that_they_follow(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    text = Text("", "")
    placed = [("plan", "b"), ("map", "b"), ("lost", "nowhere"), ("first", "a")]
    commands = tuple(GuestCommand(name, "x:y", text, after) for name, after in placed)
    here = Guests((Guest(commands),), (), ())
    monkeypatch.setattr(sys.modules["montages.cli.main"], "guests", lambda: here)
    listed = with_guest_commands(dict.fromkeys("abc", 1))
    assert list(listed) == ["a", "first", "b", "plan", "map", "c", "lost"]
    assert {name for name, command in listed.items() if command} == set("abc")


def test_a_guest_takes_no_word_and_no_form_of_the_core() -> None:
    names = [command.name for command in guests().commands]
    assert len(set(names)) == len(names)
    assert not SUMMARIES.keys() & set(names)
    core = {"text", "json", "turtle", "jsonld", "html", "csv"}
    assert not core & guests().check_forms.keys()


def test_what_answers_show_covers_the_sources_of_guests() -> None:
    files = set(app_state._displayed_files())
    sources = {path for folder in guests().folders for path in folder.rglob("*.py")}
    assert sources <= files
    assert len(sources) >= len(guests().present)
