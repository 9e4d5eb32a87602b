"""Signs that no text should hold: controls, marks that turn it round, what is no character or not in XML."""

from __future__ import annotations

import re

# C0 and C1 but for tab and line ends, marks of direction and isolation, those that end a line, halves of
# characters, and the 66 code points that are none.
_NONE = "".join(f"{chr(0x10000 * n + 0xFFFE)}{chr(0x10000 * n + 0xFFFF)}" for n in range(17))
HIDDEN = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069\ud800-\udfff\ufdd0-\ufdef"
    f"{_NONE}]"
)


def visible(text: str) -> str:
    """Return a text with hidden signs written as their number, such as `<U+202E>`."""
    return HIDDEN.sub(lambda sign: f"<U+{ord(sign[0]):04X}>", text)


def excerpt(text: str, longest: int) -> str:
    """Return a text, or its beginning where it is longer, with hidden signs written as their number."""
    text = visible(text)
    return text if len(text) <= longest else f"{text[:longest]}…"


# Beside the signs that are written as their number.
_NOT_IN_XML = re.compile("[\ud800-\udfff\ufffe\uffff]")


def xml_text(text: str) -> str:
    """Return a text without what XML refuses; it is still to be escaped."""
    return _NOT_IN_XML.sub("\ufffd", visible(text))
