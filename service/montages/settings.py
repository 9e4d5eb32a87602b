"""Every setting of the product in one table: name, default, and what it is for."""

from __future__ import annotations

import os
from dataclasses import dataclass


@dataclass(frozen=True)
class Setting:
    """One setting: the environment variable is `MONTAGES_` and its name in capitals."""

    name: str
    default: str
    help: str


TABLE = (
    Setting("engine", "fast", "engine that reads, checks, reasons and derives: fast or reference"),
    Setting("lang", "", "language of texts, fr or en; empty: that of the locale, else French"),
    Setting("max_bytes", "5000000", "largest description accepted, in bytes"),
    Setting("max_triples", "20000", "largest description accepted, in triples"),
    Setting("max_depth", "50", "deepest nesting accepted in JSON and YAML"),
    Setting(
        "cache_dir",
        "auto",
        "folder where what is worked out from the knowledge is kept; auto: $XDG_CACHE_HOME/montages, "
        "else ~/.cache/montages; empty or off: nowhere",
    ),
    Setting("contest_url", "https://w3id.org/montages/contest", "where a reader contests a rule"),
    Setting("base_url", "", "public address of the service; empty: that of each request"),
    Setting("data", "", "further RDF files to serve, separated by “:”"),
    Setting("host", "127.0.0.1", "address the service listens on"),
    Setting("port", "8000", "port the service listens on"),
)


def get(name: str) -> str:
    """Return the value of a setting: the environment variable if set, else the default.

    Raises KeyError for a name that is not in the table.
    """
    default = {setting.name: setting.default for setting in TABLE}[name]
    return os.environ.get(f"MONTAGES_{name.upper()}", default)


def number(name: str) -> int:
    """Return a setting as a whole number; raises ValueError if it is not one."""
    return int(get(name))
