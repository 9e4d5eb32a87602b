"""Every answer that a process apart gives, by its name."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from typing import Any

from montages.api import Knowledge
from montages.mcp.answers import description_answers as of_description
from montages.mcp.answers.resource_answers import names_of, resource_answer

Answer = Callable[[Knowledge, Mapping[str, Any]], bytes]


def _resource(knowledge: Knowledge, arguments: Mapping[str, Any]) -> bytes:
    return resource_answer(arguments["kind"], arguments["name"], arguments["lang"])


def _names(knowledge: Knowledge, arguments: Mapping[str, Any]) -> bytes:
    return json.dumps(names_of(arguments["kind"])).encode()


ANSWERS: dict[str, Answer] = {
    "assess": of_description.assess,
    "questions": of_description.questions,
    "explain": of_description.explain,
    "what_if": of_description.what_if,
    "compose": of_description.compose,
    "compare": of_description.compare,
    "similar": of_description.similar,
    "validate": of_description.validate,
    "resource": _resource,
    "names": _names,
}
