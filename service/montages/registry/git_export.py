"""The history of the public entries in a repository of git."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Iterable
from pathlib import Path

from montages.errors import NotInstalled, UnusableInput
from montages.registry.git_history import BRANCH, git_history
from montages.registry.registry import Registry

# What says that a repository is made of a registry, and may be made again.
_MARK = "montages.registry"
_SAFE = ("-c", "core.hooksPath=/dev/null", "-c", "core.autocrlf=false", "-c", "gc.auto=0")


def git_export(registry: Registry, folder: Path) -> str:
    """Write the history of the public entries into a repository, and return the name of its last commit.

    The folder is empty, not there, or one that an export made, which then goes on from there. The same
    record gives the same commits. Raises UnusableInput for another folder, NotInstalled without git.
    """
    program = shutil.which("git")
    if program is None:
        raise NotInstalled(
            "L'export veut git, qui n'est pas là : apt-get install git.",
            "The export needs git, which is not here: apt-get install git.",
            install="git",
        )
    present = folder.is_dir() and any(folder.iterdir())
    if folder.exists() and not folder.is_dir():
        raise _occupied(folder)
    if (
        present
        and _git(program, folder, "config", "--local", "--get", _MARK, check=False) != "true"
    ):
        raise _occupied(folder)
    if not present:
        folder.mkdir(parents=True, exist_ok=True)
        _git(program, folder, "init", "--quiet", "--template=", "--initial-branch=main")
        _git(program, folder, "config", "--local", _MARK, "true")
    _import(program, folder, git_history(registry))
    last = _git(program, folder, "rev-parse", "--verify", "--quiet", BRANCH, check=False)
    if last:
        _git(program, folder, "reset", "--quiet", "--hard", BRANCH)
    return last


def _import(program: str, folder: Path, stream: Iterable[bytes]) -> None:
    # Forced: the branch is written anew each time, to the same commits and those that came since.
    command = [program, *_SAFE, "fast-import", "--quiet", "--force", "--done", "--date-format=raw"]
    with subprocess.Popen(  # noqa: S603  # git, found on the path
        command,
        cwd=folder,
        env=_environment(),
        stdin=subprocess.PIPE,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
    ) as process:
        assert process.stdin is not None
        assert process.stderr is not None
        try:
            for piece in stream:
                process.stdin.write(piece)
            process.stdin.close()
        except BrokenPipeError:
            pass  # it says why below
        told = process.stderr.read().decode("utf-8", "replace")
    if process.returncode:
        raise _refused(folder, told)


def _git(program: str, folder: Path, *words: str, check: bool = True) -> str:
    """Return what git answers, without what the user or the machine has set for it."""
    run = subprocess.run(  # noqa: S603  # git, found on the path
        [program, *_SAFE, *words],
        cwd=folder,
        env=_environment(),
        capture_output=True,
        text=True,
        check=False,
    )
    if check and run.returncode:
        raise _refused(folder, run.stderr)
    return run.stdout.strip()


def _environment() -> dict[str, str]:
    kept = {name: value for name, value in os.environ.items() if not name.startswith("GIT_")}
    return kept | {
        "GIT_CONFIG_NOSYSTEM": "1",
        "GIT_CONFIG_GLOBAL": os.devnull,
        "GIT_CEILING_DIRECTORIES": "/",
        "GIT_TERMINAL_PROMPT": "0",
        "LC_ALL": "C",
    }


def _occupied(folder: Path) -> UnusableInput:
    return UnusableInput(
        f"{folder} contient autre chose qu'un export de registre : rien n'y est touché. Nommez un dossier "
        "vide, ou à créer.",
        f"{folder} holds something else than an export of a registry: nothing in it was touched. Name a "
        "folder that is empty or not there.",
    )


def _refused(folder: Path, told: str) -> UnusableInput:
    last = (told.strip().splitlines() or ["?"])[-1]
    return UnusableInput(
        f"{folder} : git n'a pas pu écrire l'historique ({last}).",
        f"{folder}: git could not write the history ({last}).",
    )
