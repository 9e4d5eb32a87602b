"""JSON as every door writes it: the command line and HTTP give the same bytes (R30)."""

from __future__ import annotations

import json
from typing import Any


def dump(value: Any) -> str:
    """Return a value as JSON text: readable, in the order given, accents kept, one last newline."""
    return json.dumps(value, ensure_ascii=False, indent=2) + "\n"
