"""The installation of pinned packages into this environment, told as it goes: so many of so many.

`python tools/installation.py LOCK…`: by pip, with the hashes of the files; the standard library is enough.
A lock names every package: pip resolves nothing, so a release of tomorrow changes nothing.
"""

from __future__ import annotations

import re
import subprocess
import sys
import sysconfig
import time
from compileall import compile_dir
from pathlib import Path

_PIN = re.compile(r"^([A-Za-z0-9][\w.\-]*)==", re.MULTILINE)
# How many times it is told on the way.
_TOLD = 5


def pinned(files: list[str]) -> set[str]:
    """Return the names of the packages that some files pin."""
    return {name for file in files for name in _PIN.findall(Path(file).read_text("utf-8"))}


def main(files: list[str]) -> int:
    """Install what some files pin, and tell how far it is; return pip's exit code."""
    total, seen, start = len(pinned(files)), 0, time.monotonic()
    command = [sys.executable, "-m", "pip", "install", "--disable-pip-version-check"]
    command += ["--progress-bar", "off", "--require-hashes", "--no-deps", "--no-compile"]
    command += [word for file in files for word in ("-r", file)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as pip:
        assert pip.stdout is not None
        for line in pip.stdout:
            # One line a package: to be fetched, or there already.
            if line.startswith(("Collecting ", "Requirement already satisfied: ")):
                seen += 1
                if seen % max(1, total // _TOLD) == 0:
                    print(f"  {min(seen, total)} of {total} packages", flush=True)
            elif line.startswith("Installing collected packages"):
                print("  all are here: putting them in place", flush=True)
    if pip.returncode:
        return pip.returncode
    # By all processors, where pip takes one.
    compile_dir(sysconfig.get_path("purelib"), quiet=2, workers=0)
    print(f"  done in {time.monotonic() - start:.0f} s", flush=True)
    # What a lock forgot is told here.
    return subprocess.call([*command[:3], "check", "--quiet"])


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
