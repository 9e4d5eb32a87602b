"""The schema of a validation report, as every door gives it."""

from __future__ import annotations

import json
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from typing import Any


@cache
def validation_schema() -> Mapping[str, Any]:
    """Return the schema of a validation report, without its address."""
    text = (files("montages.publish") / "validation.schema.json").read_text(encoding="utf-8")
    return {name: part for name, part in json.loads(text).items() if name not in ("$schema", "$id")}
