"""French typography: the no-break spaces that go with its punctuation, put in texts and nowhere else."""

from __future__ import annotations

import re

_APART = re.compile(r"(<(script|style|pre|code|textarea)\b.*?</\2>|<[^>]*>)", re.DOTALL)
# Each begins with the space itself, which a search finds at once.
_STUCK = re.compile(r" (?:(?=[:;?!»%€](?:\s|$|[).,]))|(?<=« )|(?<=€ )(?=HT))")
_NO_BREAK = "\u00a0"


def no_breaks(page: str) -> str:
    """Return an HTML page where no line can break before « : », « ? » and the like; code is left alone."""
    parts = _APART.split(page)
    # The split gives text, then what is apart, then its name, over and over.
    for i in range(0, len(parts), 3):
        if len(parts[i]) > 1:
            parts[i] = _STUCK.sub(_NO_BREAK, parts[i])
    for i in range(2, len(parts), 3):
        parts[i] = ""
    return "".join(parts)
