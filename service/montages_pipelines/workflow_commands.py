"""The commands by which a step of GitHub Actions annotates lines of files.

https://docs.github.com/actions/reference/workflows-and-actions/workflow-commands
"""

from __future__ import annotations

from collections.abc import Sequence

from montages.bilingual import message
from montages.publish.text.signs import SEVERITY_SIGNS
from montages.publish.text.typography import colon
from montages.publish.validation_report import FileCheck
from montages.validation.findings import LEVELS
from montages_pipelines.file_faults import FileFault, file_faults

_COMMANDS = {"violation": "error", "warning": "warning", "info": "notice"}
_FILES = (message("file checked"), message("files checked"))
_NO_FAULT = message("nothing to correct")


def workflow_commands(checks: Sequence[FileCheck], lang: str) -> str:
    """Return a command a fault, the gravest first, then a line that counts them."""
    faults = file_faults(checks, lang)
    commands = [_command(fault, lang) for fault in faults]
    return "\n".join([*commands, _count(len(checks), faults, lang), ""])


def _command(fault: FileFault, lang: str) -> str:
    properties = {
        "file": fault.file,
        "line": str(fault.line or ""),
        "col": str(fault.column or "") if fault.line else "",
        "title": fault.rule.title(lang),
    }
    listed = ",".join(f"{name}={_property(value)}" for name, value in properties.items() if value)
    return f"::{_COMMANDS[fault.severity]} {listed}::{_data(fault.message)}"


def _count(files: int, faults: Sequence[FileFault], lang: str) -> str:
    counts = []
    for level in reversed(LEVELS):
        if number := sum(fault.severity == level for fault in faults):
            sign = SEVERITY_SIGNS[level]
            counts.append(f"{number} {(sign.many if number > 1 else sign.one)[lang]}")
    summary = ", ".join(counts) or _NO_FAULT[lang]
    return f"{files} {_FILES[files > 1][lang]}{colon(lang)} {summary}"


def _data(text: str) -> str:
    """Return a text as the message of a command: on one line, whatever it quotes."""
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    """Return a text as the value of a property, which a colon or a comma would end."""
    return _data(text).replace(":", "%3A").replace(",", "%2C")
