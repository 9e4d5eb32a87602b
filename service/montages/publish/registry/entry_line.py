"""One entry of the registry as a list shows it: its version that is public, and its summary (G1)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from montages.publish.registry.entry_summary import EntrySummary


@dataclass(frozen=True)
class EntryLine:
    """An entry by its slug: the number, publisher and time of the version that is public, and its summary."""

    slug: str
    number: int
    publisher: str
    moment: datetime
    summary: EntrySummary
