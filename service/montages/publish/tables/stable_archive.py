"""An archive without the moment at which it was made: the same content, the same bytes."""

from __future__ import annotations

import io
import re
import zipfile

# The first moment that an archive can tell.
_MOMENT = (1980, 1, 1, 0, 0, 0)
_PROPERTIES = "docProps/core.xml"
_STAMP = re.compile(rb"(<dcterms:(created|modified)[^>]*>)[^<]*")


def stable_archive(archive: bytes) -> bytes:
    """Return a workbook with none of its moments, in its parts and its list of them."""
    out = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(archive)) as given,
        zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as written,
    ):
        for name in given.namelist():
            content = given.read(name)
            if name == _PROPERTIES:
                content = _STAMP.sub(rb"\g<1>1980-01-01T00:00:00Z", content)
            written.writestr(zipfile.ZipInfo(name, _MOMENT), content, zipfile.ZIP_DEFLATED)
    return out.getvalue()
