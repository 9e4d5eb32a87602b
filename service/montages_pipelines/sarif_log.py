"""A log in SARIF 2.1.0, which code scanning and editors read: a result a fault, with the rule it breaks."""

from __future__ import annotations

from collections.abc import Sequence
from importlib.metadata import version
from typing import Any
from urllib.parse import quote

from montages.bilingual import message
from montages.names import BASE
from montages.publish.json_text import dump
from montages.publish.validation_report import FileCheck
from montages_pipelines.file_faults import FaultRule, FileFault, Repair, file_faults

# What those who read logs show of one run, and no more.
MOST_RESULTS = 5000
_LEVELS = {"violation": "error", "warning": "warning", "info": "note"}
_ROOT = "%SRCROOT%"
_SCHEMA = (
    "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
)
_CUT = message("{} faults of {} are given, the gravest first: correct these, then run again.")


def sarif_log(checks: Sequence[FileCheck], lang: str) -> str:
    """Return the log of one run, its texts in one language, the help of its rules in both."""
    faults = file_faults(checks, lang)
    results = faults[:MOST_RESULTS]
    rules = {fault.rule.identifier: fault.rule for fault in results}
    numbers = {name: number for number, name in enumerate(sorted(rules))}
    cut = len(results) < len(faults)
    run = {
        "tool": {
            "driver": {
                "name": "Montages",
                "semanticVersion": version("montages"),
                "informationUri": BASE,
                "rules": [_rule(rules[name], lang) for name in numbers],
            }
        },
        "language": "en-US" if lang == "en" else "fr-FR",
        "columnKind": "unicodeCodePoints",
        "invocations": [
            {
                "executionSuccessful": not any(check.error for check in checks),
                "toolExecutionNotifications": [_cut(len(results), len(faults), lang)]
                if cut
                else [],
            }
        ],
        "artifacts": [{"location": _location(check.name)} for check in checks],
        "results": [_result(fault, numbers) for fault in results],
    }
    return dump({"$schema": _SCHEMA, "version": "2.1.0", "runs": [run]})


def left_out(checks: Sequence[FileCheck], lang: str) -> str:
    """Return that the log is cut, and where to go on; empty where it is whole."""
    count = sum(len(check.findings) or (check.error is not None) for check in checks)
    return _CUT[lang].format(MOST_RESULTS, count) if count > MOST_RESULTS else ""


def _cut(results: int, count: int, lang: str) -> dict[str, Any]:
    return {"level": "warning", "message": {"text": _CUT[lang].format(results, count)}}


def _rule(rule: FaultRule, lang: str) -> dict[str, Any]:
    other = "fr" if lang == "en" else "en"
    return {
        "id": rule.identifier,
        "shortDescription": {"text": _sentence(rule.name[lang])},
        "fullDescription": {"text": rule.help[lang]},
        "help": {"text": f"{rule.help[lang]}\n\n{rule.help[other]}\n\n{rule.iri}"},
        "helpUri": rule.iri,
    }


def _sentence(text: str) -> str:
    return text if text.endswith((".", "?", "!")) else f"{text}."


def _result(fault: FileFault, numbers: dict[str, int]) -> dict[str, Any]:
    physical: dict[str, Any] = {"artifactLocation": _location(fault.file)}
    if fault.line:
        physical["region"] = _region(fault.line, fault.column)
    location: dict[str, Any] = {"physicalLocation": physical}
    if fault.pointer:
        location["logicalLocations"] = [{"fullyQualifiedName": fault.pointer}]
    result: dict[str, Any] = {
        "ruleId": fault.rule.identifier,
        "ruleIndex": numbers[fault.rule.identifier],
        "level": _LEVELS[fault.severity],
        "message": {"text": fault.message},
        "locations": [location],
        "partialFingerprints": {"primaryLocationLineHash": fault.fingerprint},
    }
    if fault.related:
        result["relatedLocations"] = [
            {
                "physicalLocation": {
                    "artifactLocation": _location(fault.file),
                    "region": _region(place.line, place.column),
                }
            }
            for place in fault.related
        ]
    if fault.repair is not None:
        result["fixes"] = [_fix(fault, fault.repair)]
    return result


def _fix(fault: FileFault, repair: Repair) -> dict[str, Any]:
    """Return what a program may put in the place of a fault."""
    deleted = {
        "startLine": fault.line,
        "startColumn": repair.column,
        "endColumn": repair.end_column,
    }
    replaced = {"deletedRegion": deleted, "insertedContent": {"text": repair.text}}
    change = {"artifactLocation": _location(fault.file), "replacements": [replaced]}
    return {"description": {"text": repair.text}, "artifactChanges": [change]}


def _region(line: int, column: int | None) -> dict[str, int]:
    return {"startLine": line, "startColumn": column or 1}


def _location(name: str) -> dict[str, str]:
    """Return where a file is: from the root of the sources, by its whole address where it is outside."""
    path = quote(name, safe="/~", errors="replace")
    return {"uri": f"file://{path}"} if name.startswith("/") else {"uri": path, "uriBaseId": _ROOT}
