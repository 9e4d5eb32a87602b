"""The report of a validation as a GITB test report, in JSON and in XML, for clients of the European test bed.

By the schema of GITB test reports (namespace `http://www.gitb.com/tr/v1/`), each finding written as the SHACL
validator of the test bed writes it (V2b).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from typing import Any
from xml.sax.saxutils import escape, quoteattr

from montages.bilingual import message
from montages.hidden_signs import xml_text
from montages.publish.text.findings_text import whole_message
from montages.publish.validation_report import Validation
from montages.validation.findings import Finding

_KINDS = {"violation": "error", "warning": "warning", "info": "info"}
_COUNTERS = {"nrOfAssertions": "info", "nrOfErrors": "violation", "nrOfWarnings": "warning"}
_FOCUS, _PATH = message("Focus node"), message("Result path")
_LINE, _POINTER = message("Line and column"), message("Pointer")
_SHAPE, _VALUE = message("Shape"), message("Value")
_TR, _CORE = "http://www.gitb.com/tr/v1/", "http://www.gitb.com/core/v1/"
_XSI = "http://www.w3.org/2001/XMLSchema-instance"


def gitb_report(
    validation: Validation, lang: str, attachments: Sequence[tuple[str, str]] = ()
) -> dict[str, Any]:
    """Return the tree of the report's JSON form; `attachments` are the names and texts of its context."""
    items: dict[str, list[dict[str, str]]] = {}
    for finding in validation.findings:
        items.setdefault(_KINDS[finding.severity], []).append(_item(finding, lang))
    context = [
        {"name": name, "type": "string", "embeddingMethod": "STRING", "value": text}
        for name, text in attachments
    ]
    return {
        "name": "SHACL Validation",
        "date": datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%S.000+0000"),
        "result": "SUCCESS" if validation.conforms else "FAILURE",
        "overview": {
            "profileID": validation.shapes,
            "validationServiceName": "Montages",
            "validationServiceVersion": validation.version,
        },
        "counters": {name: validation.counts[level] for name, level in _COUNTERS.items()},
        "context": {"type": "map", "items": context} if context else {},
        "reports": {kind: items[kind] for kind in _KINDS.values() if kind in items},
    }


def gitb_xml(report: dict[str, Any]) -> str:
    """Return the XML form of a report from the tree of its JSON form."""
    return "\n".join(['<?xml version="1.0" encoding="UTF-8"?>', *_lines(report), ""])


def _lines(report: dict[str, Any]) -> Iterator[str]:
    yield (
        f'<TestStepReport xmlns="{_TR}" xmlns:gitb="{_CORE}" xmlns:xsi="{_XSI}" xsi:type="TAR" '
        f"name={quoteattr(report['name'])}>"
    )
    date = report["date"].replace("+0000", "Z")
    yield f"<date>{date}</date><result>{report['result']}</result>"
    for name in ("overview", "counters"):
        yield f"<{name}>{''.join(_element(*pair) for pair in report[name].items())}</{name}>"
    if report["context"]:
        yield '<context type="map">'
        for item in report["context"]["items"]:
            head = (
                f'gitb:item name={quoteattr(item["name"])} type="string" embeddingMethod="STRING"'
            )
            yield f"<{head}>{_element('gitb:value', item['value'])}</gitb:item>"
        yield "</context>"
    if report["reports"]:
        yield "<reports>"
        for kind, items in report["reports"].items():
            for item in items:
                text = "".join(_element(*pair) for pair in item.items())
                yield f'<{kind} xsi:type="BAR">{text}</{kind}>'
        yield "</reports>"
    yield "</TestStepReport>"


def _element(name: str, value: Any) -> str:
    return f"<{name}>{escape(xml_text(str(value)))}</{name}>"


def _item(finding: Finding, lang: str) -> dict[str, str]:
    item = {
        "assertionID": finding.constraint,
        "description": whole_message(finding, lang),
        "location": _labelled(
            (_FOCUS[lang], finding.focus),
            (_PATH[lang], finding.path),
            (_LINE[lang], f"{finding.line}:{finding.column or 1}" if finding.line else ""),
            (_POINTER[lang], finding.where or ""),
        ),
        "test": _labelled((_SHAPE[lang], finding.constraint), (_VALUE[lang], finding.value)),
        "type": finding.severity,
        "value": finding.value,
    }
    return {key: text for key, text in item.items() if text}


def _labelled(*parts: tuple[str, str]) -> str:
    return " - ".join(f"[{label}] - [{text}]" for label, text in parts if text)
