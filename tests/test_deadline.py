"""`montages check` and `montages assess` are stopped at their deadline, with a message (V4)."""

from __future__ import annotations

import resource
import signal
from contextlib import suppress
from pathlib import Path

import pytest

from commands import run
from montages.errors import TookTooLong


@pytest.mark.parametrize(
    ("command", "function"),
    [
        ("check", "montages.api.Knowledge.examine"),
        ("assess", "montages.api.Knowledge.assess_all"),
        # What is told is made when it is written: that counts too.
        ("assess", "montages.assessment.parts.Part._result"),
    ],
)
def test_a_command_that_takes_too_long_is_stopped(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, command: str, function: str
) -> None:
    def slow(*_: object, **__: object) -> None:  # for good
        while True:
            sum(range(100))

    monkeypatch.setattr(function, slow)
    path = tmp_path / "a.yaml"
    path.write_text("project: a\n", encoding="utf-8")
    before = signal.getsignal(signal.SIGALRM), resource.getrlimit(resource.RLIMIT_CPU)
    result = run("--lang", "en", command, str(path), env={"MONTAGES_COMMAND_SECONDS": "1"})
    assert result.code == 2
    assert "MONTAGES_COMMAND_SECONDS" in result.err
    assert (signal.getsignal(signal.SIGALRM), resource.getrlimit(resource.RLIMIT_CPU)) == before


def test_a_deadline_whose_error_was_lost_strikes_again(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    def slow(*_: object, **__: object) -> None:
        with suppress(TookTooLong):
            while True:
                sum(range(100))
        while True:
            sum(range(100))

    monkeypatch.setattr("montages.api.Knowledge.examine", slow)
    path = tmp_path / "a.yaml"
    path.write_text("project: a\n", encoding="utf-8")
    result = run("--lang", "en", "check", str(path), env={"MONTAGES_COMMAND_SECONDS": "1"})
    assert (result.code, "MONTAGES_COMMAND_SECONDS" in result.err) == (2, True)
