"""Starts a program under what montages.service lets it ask of the kernel: `python unit_filter.py PROGRAM …`.

systemd itself is not asked to: the same lists of calls are handed to the same library, and memory that may be
written cannot become code.
"""

from __future__ import annotations

import ctypes
import errno
import os
import re
import subprocess
import sys
from pathlib import Path

UNIT = Path(__file__).parents[2] / "service" / "deploy" / "montages.service"
LIBRARY = "libseccomp.so.2"
_ALLOW, _ERRNO = 0x7FFF0000, 0x00050000
_NO_NEW_PRIVILEGES, _NO_CODE_FROM_MEMORY, _REFUSE = 38, 65, 1


def available() -> bool:
    """Tell whether this machine has what the filter is made with."""
    try:
        ctypes.CDLL(LIBRARY)
        groups()
    except (OSError, subprocess.CalledProcessError):
        return False
    return True


def groups() -> dict[str, list[str]]:
    """Return systemd's lists of calls, each with the calls and lists in it."""
    done = subprocess.run(
        ["systemd-analyze", "syscall-filter", "--no-pager"],
        capture_output=True,
        text=True,
        check=True,
    )
    lists: dict[str, list[str]] = {}
    name = ""
    for line in done.stdout.splitlines():
        word = line.strip()
        if re.fullmatch(r"@[\w-]+", line):
            lists[name := line] = []
        elif line.startswith(" ") and name and word and not word.startswith("#"):
            lists[name].append(word)
    return lists


def allowed_calls(unit: str) -> set[str]:
    """Return the calls that the lines of a unit allow, read one after the other."""
    lists = groups()

    def calls(name: str) -> set[str]:
        return set().union(*map(calls, lists[name])) if name.startswith("@") else {name}

    allowed = calls("@default")
    for line in re.findall(r"^SystemCallFilter=(.*)$", unit, re.MULTILINE):
        named = set().union(*map(calls, line.lstrip("~").split()))
        allowed = allowed - named if line.startswith("~") else allowed | named
    return allowed


def main(command: list[str]) -> None:
    """Take the filter on, and become the program."""
    library, libc = ctypes.CDLL(LIBRARY), ctypes.CDLL(None, use_errno=True)
    library.seccomp_init.restype = ctypes.c_void_p
    rules = ctypes.c_void_p(library.seccomp_init(ctypes.c_uint32(_ERRNO | errno.EPERM)))
    for call in allowed_calls(UNIT.read_text("utf-8")):
        number = library.seccomp_syscall_resolve_name(call.encode())
        if number >= 0:  # below: another machine's
            library.seccomp_rule_add(rules, ctypes.c_uint32(_ALLOW), number, 0)
    libc.prctl(_NO_NEW_PRIVILEGES, 1, 0, 0, 0)
    libc.prctl(_NO_CODE_FROM_MEMORY, _REFUSE, 0, 0, 0)  # Linux 6.3 and later have it
    if library.seccomp_load(rules):
        sys.exit("The filter was not taken.")
    os.execv(command[0], command)


if __name__ == "__main__":
    main(sys.argv[1:])
