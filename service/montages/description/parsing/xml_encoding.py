"""The encoding that an XML text says it is in: only one in which its bytes read the same is taken."""

from __future__ import annotations

import re

from montages.errors import UnreadableInput

_DECLARED = re.compile(r"\s*<\?xml\s[^>]*?encoding\s*=\s*[\"']([^\"'>]*)")
# Of these, a text in ASCII reads the same.
_LIKE_ASCII = re.compile(r"us-ascii|ascii|iso-8859-\d{1,2}|latin-?1|windows-125\d")


def check_encoding(text: str) -> None:
    """Raise UnreadableInput for XML that says it is in an encoding in which its bytes read otherwise."""
    declared = _DECLARED.match(text)
    if declared is None or declared[1].lower() == "utf-8":
        return
    if not (text.isascii() and _LIKE_ASCII.fullmatch(declared[1].lower())):
        name = declared[1][:40]
        raise UnreadableInput(
            f'Le XML se dit en {name}. Enregistrez-le en UTF-8, et dites encoding="UTF-8".',
            f'The XML says it is in {name}. Save it as UTF-8, and say encoding="UTF-8".',
        )
