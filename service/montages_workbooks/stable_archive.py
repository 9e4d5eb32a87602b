"""Workbooks of the same bytes each time: an archive without its moments."""

from __future__ import annotations

import io
import re
import shutil
import zipfile
from typing import BinaryIO

# The first moment that an archive can tell.
_MOMENT = (1980, 1, 1, 0, 0, 0)
_PROPERTIES = "docProps/core.xml"
# A part is copied so much at a time.
_PIECE = 1 << 20
_STAMP = re.compile(rb"(<dcterms:(created|modified)[^>]*>)[^<]*")


def stable_archive(archive: bytes) -> bytes:
    """Return a workbook with none of its moments, in its parts and its list of them."""
    out = io.BytesIO()
    write_stable_archive(io.BytesIO(archive), out)
    return out.getvalue()


def write_stable_archive(archive: BinaryIO, out: BinaryIO) -> None:
    """Write a workbook so to a file, piece by piece: memory does not grow with it."""
    with zipfile.ZipFile(archive) as given, zipfile.ZipFile(out, "w") as written:
        for part in given.infolist():
            entry = zipfile.ZipInfo(part.filename, _MOMENT)
            entry.compress_type = zipfile.ZIP_DEFLATED
            if part.filename == _PROPERTIES:
                stamped = _STAMP.sub(rb"\g<1>1980-01-01T00:00:00Z", given.read(part))
                written.writestr(entry, stamped)
                continue
            large = part.file_size >= zipfile.ZIP64_LIMIT
            with given.open(part) as source, written.open(entry, "w", force_zip64=large) as target:
                shutil.copyfileobj(source, target, _PIECE)
