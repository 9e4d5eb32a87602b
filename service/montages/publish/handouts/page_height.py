"""About how high the mayor's page comes out, before it is laid out: what a browser prints is one page too."""

from __future__ import annotations

from math import ceil

from montages.publish.handouts.mayor_page import MayorPage
from montages.publish.text.reasons import Reason

# Millimetres: a page of A4 within its margins; what titles take, a line of text, of the answer, of the name.
ROOM = 258
_TITLES, _LINE, _LARGE, _NAME, _BETWEEN = 82, 5.4, 7.0, 8.1, 1.4
# How many signs each of these lines holds.
_SIGNS, _LARGE_SIGNS, _NAME_SIGNS = 92, 60, 46
# The code of an address, and how it grows with what the address has beyond a sturdy one.
_CODE, _STURDY, _GROWS = 30, 287, 38
_TALLEST_CODE = 62


def page_height(page: MayorPage) -> float:
    """Return about how many millimetres of paper a page takes."""
    beyond = max(0, len(page.head.address) - _STURDY)
    height = _TITLES + min(_TALLEST_CODE, _CODE + beyond / _GROWS)
    height += _NAME * ceil(len(page.head.project) / _NAME_SIGNS)
    height += _LARGE * ceil(len(page.answer) / _LARGE_SIGNS)
    texts = [" · ".join(page.head.in_short), *page.alerts, *(n + t for t, n in page.others)]
    texts += [_reason_text(one) for one in (*page.clauses, *page.decisions, *page.turns)]
    return height + sum(_BETWEEN + _LINE * ceil(len(text) / _SIGNS) for text in texts if text)


def _reason_text(reason: Reason) -> str:
    return reason.text + "".join(f" [{source.label.fr}]" for source in reason.sources)
