"""A table held against its Table Schema by frictionless, another reader of it than ours."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any


def table_errors(folder: Path, schema: Mapping[str, Any], table: bytes) -> list[str]:
    """Return the kinds of errors that `frictionless validate` finds in a table."""
    (folder / "table.csv").write_bytes(table)
    (folder / "schema.json").write_text(json.dumps(schema), encoding="utf-8")
    program = str(Path(sys.executable).with_name("frictionless"))
    command = [program, "validate", "table.csv", "--schema", "schema.json", "--json"]
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)
    report = json.loads(done.stdout)
    return [error["type"] for task in report["tasks"] for error in task["errors"]]
