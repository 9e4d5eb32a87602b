"""What a form of the tool sends along with its answer: the project without it, or with what is confirmed."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from montages.advice.questions.answer_writing import with_confirmed
from montages.advice.questions.interview import ToConfirm
from montages.description.address.project_address import ProjectAddress
from montages.description.address.write_address import Pair, address_pairs
from montages.web.project_tool.layer_screen import layer_form
from montages.web.project_tool.question_screen import QuestionScreen
from montages.web.project_tool.tool_request import CONFIRM, QUESTION

_OF_A_DAY = ("day", "rules")


def question_pairs(
    address: ProjectAddress, project: Iterable[Pair], screen: QuestionScreen
) -> list[Pair]:
    """Return the parameters of a project, which are `project`, without the answer to a question."""
    of, _, key = screen.parameter.rpartition(".")
    pairs = []
    for name, value in project:
        head, _, last = name.rpartition(".")
        if name == screen.parameter or name in _OF_A_DAY:
            continue
        if last == "complete" and head == of:
            value = ",".join(word for word in value.split(",") if word != key)
        if value:
            pairs.append((name, value))
    if screen.kind == "layers":
        pairs += [("layers", use) for use in layer_form(address.tree).others]
    return [*pairs, (QUESTION, screen.parameter)]


def confirmation_pairs(address: ProjectAddress, group: ToConfirm) -> list[Pair]:
    """Return the parameters of a project with what was presumed, as stated."""
    pairs = address_pairs(replace(address, tree=with_confirmed(address.tree, group)))
    return [*(pair for pair in pairs if pair[0] not in _OF_A_DAY), (QUESTION, CONFIRM)]
