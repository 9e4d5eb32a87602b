"""Run the command line in this process, and keep what it wrote and its exit code."""

from __future__ import annotations

import io
import os
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass

import pytest

from montages.cli import main


@dataclass(frozen=True)
class CommandResult:
    """The exit code of a command, and what it wrote."""

    code: int
    out: str
    err: str


def run(*args: str, stdin: str = "", env: Mapping[str, str] | None = None) -> CommandResult:
    """Run `montages` with arguments; whatever it raises but its own exit fails the test."""
    with _streams(stdin) as (out, err), pytest.MonkeyPatch.context() as patch:
        for name in ("LC_ALL", "LC_MESSAGES", "LANG", "MONTAGES_LANG"):
            patch.delenv(name, raising=False)
        patch.setenv("COLUMNS", "80")
        for name, value in (env or {}).items():
            patch.setenv(name, value)
        with pytest.raises(SystemExit) as ended:
            main(list(map(os.fspath, args)))
        sys.stdout.flush()
        sys.stderr.flush()
        code = ended.value.code
        return CommandResult(int(code or 0), out.getvalue().decode(), err.getvalue().decode())


@contextmanager
def _streams(stdin: str) -> Iterator[tuple[io.BytesIO, io.BytesIO]]:
    out, err = io.BytesIO(), io.BytesIO()
    before = sys.stdin, sys.stdout, sys.stderr
    sys.stdin = io.StringIO(stdin)
    sys.stdout = io.TextIOWrapper(out, encoding="utf-8", write_through=True)
    sys.stderr = io.TextIOWrapper(err, encoding="utf-8", write_through=True)
    try:
        yield out, err
    finally:
        sys.stdin, sys.stdout, sys.stderr = before
