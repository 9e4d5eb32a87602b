"""A text as XML 1.0 can hold it, whatever it quotes."""

from __future__ import annotations

import re

from montages.hidden_signs import visible

# Beside the signs that are written as their number.
_NOT_IN_XML = re.compile("[\ud800-\udfff\ufffe\uffff]")


def xml_text(text: str) -> str:
    """Return a text without what XML refuses; it is still to be escaped."""
    return _NOT_IN_XML.sub("\ufffd", visible(text))
