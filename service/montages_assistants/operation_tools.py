"""The tools of assistants: what each is called, when to call it, what it takes, from the operations."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from itertools import islice
from typing import Any

from montages.bilingual import Text, message
from montages.errors import UnreadableInput
from montages.knowledge.did_you_mean import nearest_hint
from montages.operations.descriptions import ASSESS
from montages.operations.graph import QUERY, SPARQL
from montages.operations.operation import Operation
from montages.operations.parameter import DESCRIPTION, Parameter
from montages.operations.table import offered_by

# By the name that an assistant calls, in the order in which it sees them.
TOOLS: Mapping[str, Operation] = {operation.method: operation for operation in offered_by("tool")}
_OF_GRAPH = (QUERY, SPARQL)
# How a description is written is told once, by assess, and so is what stands in most tools.
_WRITTEN = message(
    "The project: an object of our keys, or a text in YAML, JSON, Turtle, JSON-LD, RDF/XML or "
    'N-Triples. For example {"project": "Meter reading", "holder": {"type": "Commune"}, '
    '"layers": [{"layer": "objects", "mode": "own"}], "usages": ["water-metering"], "answers": '
    '{"estimated-value": 90000, "lots": "separable"}, "unknown": ["investment-kind"]}. All '
    "keys and their values: the resource montages://template. A sentence alone is read too: "
    '{"sentence": "Village, twelve noise sensors, 9,000 € excl. tax"}. What is not said stays '
    "open. It is always a text: no path and no address is opened."
)
_AS_FOR_ASSESS = message("As for assess.")
_TOLD_ONCE = ("description", "detail", "presumptions", "anyway", "project")


def tool_parameters(operation: Operation) -> tuple[Parameter, ...]:
    """Return what a tool takes: the description, if any, its own parameters, then those of others too."""
    own, shared = operation.own_parameters("tool"), operation.shared_parameters("tool")
    if operation in _OF_GRAPH:
        return (*own, *shared)
    written = Parameter("description", DESCRIPTION, _WRITTEN, required=True)
    parameters = (written, *own, *shared)
    if operation is ASSESS:
        return parameters
    return tuple(replace(p, text=_AS_FOR_ASSESS) if p.name in _TOLD_ONCE else p for p in parameters)


def tool_text(operation: Operation, lang: str) -> str:
    """Return what a tool does, and when to call it, in a language."""
    texts = (operation.summary[lang], operation.help[lang], operation.when[lang])
    return " ".join(text for text in texts if text)


def input_schema(operation: Operation, lang: str) -> dict[str, Any]:
    """Return the JSON schema of the arguments of a call."""
    parameters = tool_parameters(operation)
    schema: dict[str, Any] = {
        "type": "object",
        "properties": {parameter.name: parameter.schema(lang) for parameter in parameters},
        "additionalProperties": False,
    }
    required = [parameter.name for parameter in parameters if parameter.required]
    return schema | ({"required": required} if required else {})


# What every answer of a tool has, whatever it is about; the kinds of those that are no text.
_OF_A_PROJECT = "project as_of rulebook_version"
_ALWAYS = {
    "assess": f"{_OF_A_PROJECT} detail answer disclaimer",
    "questions": f"{_OF_A_PROJECT} detail done",
    "explain": f"{_OF_A_PROJECT} contract",
    "what_if": f"{_OF_A_PROJECT} detail disclaimer",
    "compare": f"{_OF_A_PROJECT} detail disclaimer",
    "compose": f"{_OF_A_PROJECT} detail count disclaimer",
    "similar": f"{_OF_A_PROJECT} detail disclaimer",
    "check": "conforms fails counts rulebook_version",
    "report_issue": "form title text",
    "sparql": "form shown note",
}
_KINDS = {
    **dict.fromkeys(("conforms", "fails", "done"), "boolean"),
    **dict.fromkeys(("count", "shown"), "integer"),
    **dict.fromkeys(("answer", "counts"), "object"),
}


def output_schema(operation: Operation) -> dict[str, Any]:
    """Return the JSON schema of an answer in few words: what it always has, and what of that is no text."""
    names = _ALWAYS.get(operation.method, "").split()
    kinds = {name: {"type": _KINDS[name]} for name in names if name in _KINDS}
    schema: dict[str, Any] = {"type": "object"} | ({"required": names} if names else {})
    return schema | ({"properties": kinds} if kinds else {})


_EXCERPT = 60  # characters of a value that a message repeats
_MOST_UNKNOWN = 10  # unknown arguments that are told: to look for what each meant takes time


def tool_arguments(operation: Operation, arguments: Mapping[str, Any]) -> dict[str, Any]:
    """Return a value for each parameter: the one of a call, else its default; raises UnreadableInput."""
    parameters = tool_parameters(operation)
    values, faults = {}, list(islice(_unknown(operation, parameters, arguments), _MOST_UNKNOWN))
    for parameter in parameters:
        argument = arguments.get(parameter.name)
        if argument is None:
            values[parameter.name] = parameter.default
            if parameter.required:
                name, kind = parameter.name, parameter.kind.name
                faults.append(
                    message(
                        "{name}: it is missing. Give {kind}: {parameter}",
                        name=name,
                        kind=kind,
                        parameter=parameter.text,
                    )
                )
            continue
        values[parameter.name] = value = parameter.kind.read(argument)
        if value is None or not parameter.allows(value):
            # What is wrong with a value: what stands there, and what may.
            text, expected = repr(argument), parameter.expected
            excerpt = text if len(text) <= _EXCERPT else f"{text[:_EXCERPT]}…"
            faults.append(
                message(
                    "{name}: {expected} is needed, not {excerpt}.",
                    name=parameter.name,
                    expected=expected,
                    excerpt=excerpt,
                )
            )
    if faults:
        raise UnreadableInput(
            Text("\n".join(f.fr for f in faults), "\n".join(f.en for f in faults))
        )
    return values


def _unknown(
    operation: Operation, parameters: tuple[Parameter, ...], arguments: Mapping[str, Any]
) -> Iterator[Text]:
    names = [parameter.name for parameter in parameters]
    for name in arguments:
        if name not in names:
            hint, listed = nearest_hint(name, names), ", ".join(names)
            yield message(
                "{name}: unknown argument.{hint} Arguments of {method}: {listed}.",
                name=name[:_EXCERPT],
                hint=hint,
                method=operation.method,
                listed=listed,
            )
