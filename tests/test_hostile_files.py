"""A command that is given somebody else's file ends in time, in words, with a code of its own."""

from __future__ import annotations

import time
from pathlib import Path

import click
import pytest

from attacks.hostile_files import DESCRIPTION, FILES
from commands import run
from pace import MARGIN, tell_if_long

pytestmark = pytest.mark.slow
# The best of a few tries: other tests run at the same time.


def _start(*_: object) -> None:
    raise click.exceptions.Exit(0)


@pytest.mark.parametrize("name", FILES)
def test_a_hostile_file_is_told_and_nothing_more_happens(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    attack = FILES[name]
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr("os.execve", _start)
    file, good = tmp_path / f"file.{attack.ending}", tmp_path / "good.yaml"
    content = attack.content()
    file.write_bytes(content.encode() if isinstance(content, str) else content)
    good.write_text(DESCRIPTION, encoding="utf-8")
    started = time.monotonic()
    ran = run(*(word.format(file=file, good=good) for word in attack.command))
    tell_if_long(time.monotonic() - started, MARGIN * attack.seconds)
    said = ran.out + ran.err
    assert "Traceback" not in said
    assert "Désolé" not in said
    assert ran.code in attack.codes, said[:500]
    assert len(ran.err) < 20_000
    assert sorted(path.name for path in tmp_path.iterdir()) == sorted({file.name, good.name})
