"""Signs that nobody sees and that change what is read: controls, and marks that turn a text round."""

from __future__ import annotations

import re

# C0 and C1 but for tab and line ends, marks of direction and isolation, those that end a line.
HIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069]")


def visible(text: str) -> str:
    """Return a text with hidden signs written as their number, such as `<U+202E>`."""
    return HIDDEN.sub(lambda sign: f"<U+{ord(sign[0]):04X}>", text)
