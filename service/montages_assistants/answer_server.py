"""The process that holds the knowledge, and forks those that answer; and every answer by its name.

`answer_pool` starts it. What it has worked out once, its children share (`processes.fork_loop`); the
kernel refuses them connections, programs and files to write.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Mapping
from functools import partial
from typing import Any

from montages import settings
from montages.api import Knowledge, load
from montages.errors import MontagesError
from montages.operations.descriptions import ASSESS
from montages.operations.table import ADVICE
from montages.processes.fork_loop import Confinement, Loaded, run_fork_server
from montages_assistants.answers import description_answers as of_description
from montages_assistants.answers.resource_answers import resource_answer

Answer = Callable[[Knowledge, Mapping[str, Any]], bytes]


ANSWERS: dict[str, Answer] = {
    **{
        operation.method: partial(of_description.advise, operation)
        for operation in (ASSESS, *ADVICE)
        if "tool" in operation.doors
    },
    "explain": of_description.explain,
    "check": of_description.check,
    "report_issue": of_description.report_issue,
    "resource": lambda _, asked: resource_answer(asked["name"], asked["lang"]),
}


# What the first call would wait for: each makes something that all processes then share.
_FIRST = {
    "project": "x",
    "holder": {"type": "Commune"},
    "layers": [{"layer": "objects", "mode": "own"}],
}


def loaded_knowledge(options: dict[str, Any]) -> Loaded:
    """Return what answers from the knowledge, loaded and put to use once, and within what."""
    knowledge = load()
    for lang in ("fr", "en"):
        knowledge.assess_and_ask(_FIRST, lang=lang)
    confinement = Confinement(settings.number("run_megabytes"), descriptors=None)
    return Loaded(lambda head, _: _answer(knowledge, head), confinement)


def _answer(knowledge: Knowledge, head: dict[str, Any]) -> tuple[dict[str, Any], bytes]:
    arguments = head["arguments"]
    try:
        return {}, ANSWERS[head["answer"]](knowledge, arguments)
    except MontagesError as error:
        lang = arguments["lang"]
        return {"problem": error.problem(lang), "final": getattr(error, "final", True)}, b""


if __name__ == "__main__":
    run_fork_server(int(sys.argv[1]), loaded_knowledge)
    os._exit(0)  # what it holds is large, and nobody waits for it to be taken apart
