"""The answers of the tools about a description: what the Python door gives, in the form of assistants."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any
from urllib.parse import parse_qsl, urlencode, urlsplit

from montages.api import Knowledge
from montages.bilingual import Text, message
from montages.description.description import Description
from montages.description.parsing.source_text import likely_syntax
from montages.errors import UnreadableInput
from montages.knowledge.did_you_mean import unknown_name
from montages.knowledge.rulebook import rulebook
from montages.operations.operation import Operation
from montages.proof.prove import prove
from montages.publish.contacts import contest_href
from montages.publish.detail import BRIEF
from montages.publish.json_text import dump_bytes
from montages.publish.text import explanation
from montages.publish.text.contest_text import ABOUT, contest_subject, contest_text, contest_title
from montages.publish.validation_report import Validation
from montages_assistants.answers.assistant_form import assistant_form

Arguments = Mapping[str, Any]


def advise(operation: Operation, knowledge: Knowledge, arguments: Arguments) -> bytes:
    """Answer an assessment, or advice, by the method of the operation's name."""
    described, names = _named(knowledge, arguments)
    own = {p.name: arguments[p.name] for p in operation.own_parameters("tool")}
    parameters = {name: value for name, value in own.items() if value is not None}
    answer = getattr(knowledge, operation.method)(described, **_options(arguments), **parameters)
    tree = answer.to_json(brief=arguments["detail"] == BRIEF)
    return _form(operation.method, tree, arguments, names)


def explain(knowledge: Knowledge, arguments: Arguments) -> bytes:
    """Answer why a set-up has its verdict, whatever is to be corrected in the description."""
    options = _options({**arguments, "anyway": True})
    contract, unit, depth = arguments["contract"], arguments["unit"], arguments["depth"]
    if depth == "proof":  # which is held against the description as it is
        assessment = knowledge.assess(_description(knowledge, arguments), **options)
        return dump_bytes(prove(assessment, contract, unit))
    described, names = _named(knowledge, arguments)
    assessment = knowledge.assess(described, **options)
    result = assessment.conclusions.verdict(contract, unit)
    tree = explanation.to_json(assessment, result, unit, depth)
    return _form("explain", tree, arguments, names)


def report_issue(knowledge: Knowledge, arguments: Arguments) -> bytes:
    """Answer the address by which one contests, as the pages write it, and the text; nothing is sent.

    Raises UnknownName for a rule or a set-up that is not.
    """
    contract, rule, lang = arguments["contract"], arguments["requirement"], arguments["lang"]
    rules = {requirement.slug for requirement in rulebook().requirements}
    if rule and rule not in rules:
        raise unknown_name(message("name of a rule"), rule, rules)
    options = _options({**arguments, "anyway": True, "presumptions": True})
    assessment = knowledge.assess(_named(knowledge, arguments)[0], **options)
    outcome = ""
    if contract:
        result = assessment.conclusions.verdict(contract, None)
        outcomes = {check.requirement.slug: check.outcome for check in result.checks}
        outcome = outcomes.get(rule, result.verdict.value)
    about = urlencode({ABOUT: f"{contract or ''}/{outcome}/{rule or ''}", "lang": lang})
    address = f"{assessment.conclusions.premises.contest}&{about}"
    subject = contest_subject(parse_qsl(urlsplit(address).query))
    title = contest_title(subject, lang)
    text = contest_text(subject, lang, knowledge.version, address.partition("/contest?")[0])
    send_to = contest_href(title, text)
    tree = {"form": address, "title": title, "text": text, "send_to": send_to}
    return assistant_form(tree, "report_issue", brief=False)


def check(knowledge: Knowledge, arguments: Arguments) -> bytes:
    """Answer all that is wrong with a description."""
    description = arguments["description"]
    if _has_our_keys(description):
        examined = knowledge.examine_tree(_plain(description), arguments["project"])
    else:
        text = _text(description)
        examined = knowledge.examine(text, likely_syntax(text), arguments["project"])
    report = Validation(examined, "project", "violation", knowledge.version)
    return assistant_form({**report.to_json(arguments["lang"])}, "check", brief=True)


def _form(
    tool: str, tree: dict[str, Any], arguments: Arguments, names: Mapping[str, Text]
) -> bytes:
    lang, brief = arguments["lang"], arguments["detail"] == BRIEF
    return assistant_form(tree, tool, brief, {name: text[lang] for name, text in names.items()})


def _named(knowledge: Knowledge, arguments: Arguments) -> tuple[Description, Mapping[str, Text]]:
    """Return the description of a call without its names, which our sentences would repeat; and these."""
    return _description(knowledge, arguments).with_identifiers_for_names()


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
            message("The description has NaN or Infinity: write a number, or nothing.")
        ) from error
    return description


def _text(description: str | dict[str, Any]) -> bytes:
    # What JSON cannot say, half a character among it, is refused where the text is read.
    text = description if isinstance(description, str) else json.dumps(description)
    return text.encode("utf-8", "surrogatepass")
