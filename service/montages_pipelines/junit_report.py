"""A JUnit report: a suite a file, a test a fault; valid by the schema of Jenkins, which others read too."""

from __future__ import annotations

from collections.abc import Sequence
from xml.sax.saxutils import escape, quoteattr

from montages.bilingual import message
from montages.hidden_signs import xml_text
from montages.publish.validation_report import FileCheck
from montages_pipelines.file_faults import FileFault, file_faults

_CONFORMS = message("the description is well written")


def junit_report(checks: Sequence[FileCheck], lang: str) -> str:
    """Return the report: what fails the check is a failure, or an error where the file cannot be read.

    A fault below the level that fails is a test that passes, and says so in its output.
    """
    suites: dict[str, list[FileFault | None]] = {check.name: [] for check in checks}
    for fault in file_faults(checks, lang):
        suites[fault.file].append(fault)
    for suite in suites.values():
        suite += [] if suite else [None]
    every = [fault for suite in suites.values() for fault in suite]
    lines = [f"<{_tag('testsuites', name='montages check', **_counts(every))}>"]
    for name, suite in suites.items():
        lines.append(f"  <{_tag('testsuite', name=name, **_counts(suite))}>")
        lines += [f"    {_case(name, fault, lang)}" for fault in suite]
        lines.append("  </testsuite>")
    return "\n".join(['<?xml version="1.0" encoding="UTF-8"?>', *lines, "</testsuites>", ""])


def _counts(suite: Sequence[FileFault | None]) -> dict[str, int]:
    kinds = [_kind(fault) for fault in suite]
    return {"tests": len(kinds), "failures": kinds.count("failure"), "errors": kinds.count("error")}


def _kind(fault: FileFault | None) -> str:
    """Return the element of what a test ended with, empty for one that passed without a word."""
    if fault is None or fault.unread:
        return "error" if fault else ""
    return "failure" if fault.fails else "system-out"


def _case(file: str, fault: FileFault | None, lang: str) -> str:
    name = _CONFORMS[lang] if fault is None else _name(fault)
    head = _tag("testcase", classname=file, name=name)
    if fault is None:
        return f"<{head}/>"
    kind, text = _kind(fault), escape(xml_text(f"{fault.place}: {fault.message}\n{fault.rule.iri}"))
    if kind == "system-out":
        return f"<{head}><system-out>{text}</system-out></testcase>"
    tag = _tag(kind, type=fault.rule.identifier, message=fault.message)
    return f"<{head}><{tag}>{text}</{kind}></testcase>"


def _name(fault: FileFault) -> str:
    """Return the name of a test, the same from one run to the next as long as the fault is there."""
    number = fault.fingerprint.partition(":")[2]
    where = f" {fault.pointer}" if fault.pointer and fault.pointer != "/" else ""
    return f"{fault.rule.identifier}{where}" + (f" #{number}" if number != "1" else "")


def _tag(element: str, /, **attributes: str | int) -> str:
    listed = (f"{key}={quoteattr(xml_text(str(value)))}" for key, value in attributes.items())
    return " ".join([element, *listed])
