"""The SIREN in the number of a body: nine digits that the last checks, alone or at the head of a SIRET."""

from __future__ import annotations

import re


def siren_in(number: str) -> str | None:
    """Return the SIREN in a SIREN or a SIRET, None where the number is neither."""
    digits = re.sub(r"[\s.]", "", number[:40])
    if re.fullmatch(r"\d{9}(?:\d{5})?", digits, re.ASCII) is None:
        return None
    siren = digits[:9]
    # Luhn's check: every second digit counts double, from the right.
    doubled = (int(digit) * (1 + n % 2) for n, digit in enumerate(reversed(siren)))
    return siren if sum(value // 10 + value % 10 for value in doubled) % 10 == 0 else None
