"""Works out beforehand what a first start would: `make kept`, before a wheel is built.

A start of the service with nothing kept fills a folder of its own; what it holds goes into the package, under
the digest of the knowledge and the sources, where a start looks for it. No product of a build is committed.
"""

from __future__ import annotations

import os
import shutil
import sys
import tempfile
from datetime import date
from pathlib import Path

PLACE = Path(__file__).parent / "montages" / "kept"
PATHS = (
    "/readyz / /projet /catalog /queries /id/contract/mpgp.html /review/mpgp-operation "
    "/reference/changes.atom"
)
DESCRIPTION = {"project": "x", "holder": {"type": "Commune"}, "layers": [{"layer": "objects"}]}


def main() -> None:
    """Fill the folder of the package with what a start and a first question work out on this day."""
    shutil.rmtree(PLACE, ignore_errors=True)
    with tempfile.TemporaryDirectory() as folder:
        os.environ |= {"MONTAGES_CACHE_DIR": folder, "MONTAGES_REQUEST_LOG": "off"}
        from montages import load
        from montages.knowledge.files import disk_cache
        from montages.web import create_app

        client = create_app({}).test_client()
        for path in PATHS.split():
            assert client.get(path).status_code == 200, path
        knowledge, day = load(), date.today()
        for ask in (knowledge.assess, knowledge.questions, knowledge.what_if, knowledge.similar):
            ask(DESCRIPTION, as_of=day)
        shipped = PLACE / disk_cache.shipped_fingerprint()
        shipped.mkdir(parents=True)
        number = size = 0
        for file in sorted(Path(folder, disk_cache.fingerprint()).glob("*.pickle")):
            content = disk_cache.unsealed(file.read_bytes())
            (shipped / file.name).write_bytes(content)
            number, size = number + 1, size + len(content)
    sys.stdout.write(f"{number} values, {size / 1e6:.1f} MB\n")


if __name__ == "__main__":
    main()
