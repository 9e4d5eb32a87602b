"""A notice that is made to do harm is read or refused in words, soon, and reaches for nothing."""

from __future__ import annotations

import socket
from pathlib import Path
from typing import Any, NoReturn

import pytest

from hostile_notices import NOTICES, READ, REFUSED
from montages.api import load
from montages.errors import MontagesError
from montages_decp_ted.imported_contract import ImportedContract
from montages_decp_ted.notices.notice_files import read_notice
from pace import within

# Each takes a second or less; together they take longer than a test may without saying so.
pytestmark = pytest.mark.slow(seconds=1)
GOOD = Path(__file__).parent / "notices" / "F02.xml"


def _refuse(*_: Any, **__: Any) -> NoReturn:
    raise AssertionError("a notice reached out")


@pytest.fixture(scope="module", autouse=True)
def _knowledge_read() -> None:
    """Have what the data says read before anything is watched."""
    read_notice(GOOD.read_bytes())


@pytest.mark.parametrize("name", NOTICES)
def test_a_hostile_notice_ends_in_words_and_in_time(
    name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    attack = NOTICES[name]
    content = attack.make()
    raw = content.encode() if isinstance(content, str) else content
    monkeypatch.setattr(socket.socket, "connect", _refuse)
    monkeypatch.setattr(Path, "open", _refuse)
    end = within(attack.seconds, lambda: _end(raw))
    monkeypatch.undo()
    assert isinstance(end, ImportedContract if attack.end == READ else MontagesError)
    if isinstance(end, ImportedContract):
        assert len(end.notes) <= 101
        load().read(end.keys)
    else:
        assert attack.end == REFUSED
        assert end.status in (400, 413, 422)
        assert len(end.message("fr")) < 500


def _end(raw: bytes) -> ImportedContract | MontagesError:
    try:
        return read_notice(raw)
    except MontagesError as error:
        return error
