"""Writes the table of settings of docs/deployment.md from montages/settings.py."""

from __future__ import annotations

import re
from pathlib import Path

from montages import settings

GUIDE = Path(__file__).parents[1] / "docs" / "deployment.md"
COMMAND = ".venv/bin/python tools/settings_table.py"
_TABLE = re.compile(r"(?<=\n)\| setting \| default \| what it is for \|\n(?:\|.*\n)+")


def table() -> str:
    """Return the settings as a table, in the order of the code."""
    rows = ["| setting | default | what it is for |", "|---|---|---|"]
    for setting in settings.TABLE:
        default = f"`{setting.default}`" if setting.default else "–"
        about = setting.help.replace("|", "\\|")
        rows.append(f"| `MONTAGES_{setting.name.upper()}` | {default} | {about} |")
    return "\n".join(rows) + "\n"


def written() -> str:
    """Return the guide with the table as it must be."""
    text = GUIDE.read_text("utf-8")
    assert len(_TABLE.findall(text)) == 1
    return _TABLE.sub(lambda _: table(), text)


def up_to_date() -> bool:
    """Tell whether the guide has the settings as they are."""
    return written() == GUIDE.read_text("utf-8")


if __name__ == "__main__":
    GUIDE.write_text(written(), "utf-8")
