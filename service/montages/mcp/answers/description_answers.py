"""The answers of the tools about a description: what the Python door gives, as JSON."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from montages.api import Knowledge
from montages.assessment.named_result import named_result
from montages.description.description import Description
from montages.description.parsing.media_types import likely_syntax
from montages.errors import UnreadableInput
from montages.proof.prove import prove
from montages.publish.assessment_writers import ASSESSMENT_WRITERS
from montages.publish.detail import BRIEF
from montages.publish.json_text import dump_bytes
from montages.publish.text import explanation
from montages.publish.validation_report import Validation

Arguments = Mapping[str, Any]


def assess(knowledge: Knowledge, arguments: Arguments) -> bytes:
    """Answer an assessment."""
    assessment = knowledge.assess(_description(knowledge, arguments), **_options(arguments))
    return ASSESSMENT_WRITERS["json"]([assessment], arguments["detail"])


def questions(knowledge: Knowledge, arguments: Arguments) -> bytes:
    """Answer what to ask next."""
    return _advice(knowledge, "questions", arguments, about=arguments["about"] or ())


def what_if(knowledge: Knowledge, arguments: Arguments) -> bytes:
    """Answer what would change the answer."""
    about, top = arguments["about"] or (), arguments["top"]
    return _advice(knowledge, "what_ifs", arguments, about=about, top=top)


def compose(knowledge: Knowledge, arguments: Arguments) -> bytes:
    """Answer whole set-ups."""
    return _advice(knowledge, "compose", arguments, top=arguments["top"])


def compare(knowledge: Knowledge, arguments: Arguments) -> bytes:
    """Answer contracts side by side."""
    about, different = arguments["about"] or (), arguments["differences_only"]
    return _advice(knowledge, "compare", arguments, about=about, differences_only=different)


def similar(knowledge: Knowledge, arguments: Arguments) -> bytes:
    """Answer projects like one."""
    return _advice(knowledge, "similar", arguments, top=arguments["top"])


def explain(knowledge: Knowledge, arguments: Arguments) -> bytes:
    """Answer why a set-up has its verdict, whatever is to be corrected in the description."""
    options = _options({**arguments, "anyway": True})
    assessment = knowledge.assess(_description(knowledge, arguments), **options)
    contract, unit, depth = arguments["contract"], arguments["unit"], arguments["depth"]
    result = named_result(assessment, contract, unit)
    if depth == "proof":
        return dump_bytes(prove(assessment, contract, unit))
    return dump_bytes(explanation.to_json(assessment, result, unit, depth))


def validate(knowledge: Knowledge, arguments: Arguments) -> bytes:
    """Answer all that is wrong with a description."""
    description = arguments["description"]
    if _has_our_keys(description):
        examined = knowledge.examine_tree(_plain(description))
    else:
        text = _text(description)
        examined = knowledge.examine(text, likely_syntax(text), arguments["project"])
    report = Validation(examined, "project", "violation", knowledge.version, BRIEF)
    return dump_bytes(report.to_json(arguments["lang"]))


def _advice(knowledge: Knowledge, advice: str, arguments: Arguments, **own: Any) -> bytes:
    answer = getattr(knowledge, advice)(
        _description(knowledge, arguments), **_options(arguments), **own
    )
    return dump_bytes(answer.to_json(brief=arguments["detail"] == BRIEF))


def _options(arguments: Arguments) -> dict[str, Any]:
    return {name: arguments[name] for name in ("as_of", "lang", "anyway", "presumptions")}


def _description(knowledge: Knowledge, arguments: Arguments) -> Description:
    """Return the description of a call: a text is read as what it looks like, and is never a path."""
    description, project = arguments["description"], arguments["project"]
    if _has_our_keys(description):
        return knowledge.read(_plain(description), project=project)
    text = _text(description)
    return knowledge.read(text, likely_syntax(text), project)


def _has_our_keys(description: str | dict[str, Any]) -> bool:
    """Tell whether a description is an object, but of JSON-LD: its faults then have no line."""
    return isinstance(description, dict) and "@context" not in description


def _plain(description: dict[str, Any]) -> dict[str, Any]:
    """Return an object; raises UnreadableInput for a number that JSON does not have."""
    try:
        json.dumps(description, allow_nan=False)
    except ValueError as error:
        raise UnreadableInput(
            "La description contient NaN ou Infinity : écrivez un nombre, ou rien.",
            "The description has NaN or Infinity: write a number, or nothing.",
        ) from error
    return description


def _text(description: str | dict[str, Any]) -> bytes:
    # What JSON cannot say, half a character among it, is refused where the text is read.
    text = description if isinstance(description, str) else json.dumps(description)
    return text.encode("utf-8", "surrogatepass")
