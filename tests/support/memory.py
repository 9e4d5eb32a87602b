"""The peak memory of a command, measured by the system on a process of its own."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Sequence


def peak_of(command: Sequence[str]) -> int:
    """Run a command and return its peak memory in kB; fails where it does not end well."""
    process = subprocess.Popen(command)
    _, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    assert process.returncode == 0, command
    return usage.ru_maxrss
