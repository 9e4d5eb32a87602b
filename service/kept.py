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
# What takes long to answer the first time: the checksums, so that the catalogue tells the size of every file,
# and what is worked out under the law of many days.
PATHS = "/dump/SHA256SUMS /seuils /review/mpgp-operation /reference/changes.atom"


def main() -> None:
    """Fill the folder of the package with what a start works out on this day, and what takes long besides."""
    shutil.rmtree(PLACE, ignore_errors=True)
    with tempfile.TemporaryDirectory() as folder:
        os.environ |= {"MONTAGES_CACHE_DIR": folder, "MONTAGES_REQUEST_LOG": "off"}
        from montages.knowledge.files import disk_cache
        from montages.web import create_app
        from montages.web.first_start import work_out

        work_out(date.today())
        client = create_app({}).test_client()
        for path in PATHS.split():
            assert client.get(path).status_code == 200, path
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
