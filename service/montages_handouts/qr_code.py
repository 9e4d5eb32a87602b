"""The QR code of an address: as an inline SVG for pages, as a PNG for a word processor."""

from __future__ import annotations

import io
import re
from dataclasses import dataclass
from math import ceil
from typing import Any

from montages_handouts.document_extras import is_there

# So many bytes have a code in which the damage of a fold is mended (12-M); more would be too fine for that.
_STURDY = 287
# A finer code is not read by every telephone (30-L).
_FINEST = 1732
# A short address at the root of a service is the same in capitals.
_SHORT = re.compile(r"https?://[^/]+/p/[0-9A-Z.]+")
# The same pattern for all: looking for the best of the eight takes five times as long, and readers take any.
_MASK = 4
_BORDER = 4


@dataclass(frozen=True)
class QrCode:
    """A code, its width in modules with its border, and whether it is dense: with little mending."""

    code: Any
    modules: int
    dense: bool

    @property
    def millimetres(self) -> int:
        """Return how wide it is printed with its border: 30 mm within it at least, and 0.4 a module."""
        within = self.modules - 2 * _BORDER
        return ceil(self.modules * max(30 / within, 0.4))

    def svg(self, title: str) -> str:
        """Return the code as SVG, for a page."""
        return str(
            self.code.svg_inline(
                border=_BORDER, omitsize=True, title=title, svgclass="qr", lineclass=None
            )
        )

    def png(self) -> bytes:
        """Return the code as a PNG."""
        out = io.BytesIO()
        self.code.save(out, kind="png", scale=8, border=_BORDER)
        return out.getvalue()


def qr_code(address: str) -> QrCode | None:
    """Return the code of an address; None for one that is too long, or where segno is not installed.

    A short address is written in capitals, which take fewer modules.
    """
    if _SHORT.fullmatch(address):
        address = address.upper()
    if not 0 < len(address.encode()) <= _FINEST or not is_there("segno"):
        return None
    import segno

    dense = len(address.encode()) > _STURDY
    code = segno.make(
        address, error="l" if dense else "m", boost_error=False, micro=False, mask=_MASK
    )
    return QrCode(code, int(code.symbol_size(border=_BORDER)[0]), dense)
