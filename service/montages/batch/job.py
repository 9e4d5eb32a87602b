"""What every worker of a batch is told: how to assess, and in which form to answer."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True)
class Job:
    """The options of a batch that decide what is written; all else only decides how fast."""

    engine: str
    as_of: date
    lang: str
    form: str
    full: bool = False
    anyway: bool = False
