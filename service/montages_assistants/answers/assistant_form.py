"""Answers as an assistant reads them: short, nothing empty, and the words of others under `quoted`.

What other doors give is made smaller, never other: `detail=full` leaves out what is empty, and no more. The
short form keeps what one repeats or cites, and tells by their names what else there is to ask for.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from montages.assessment.json_pieces import compact

Tree = dict[str, Any]
# What stands in an answer as somebody wrote it, or repeats it: it is told apart from our own words.
_REPEATED, _OF_THE_GRAPH = ("findings", "groups", "readings"), ("rows", "triples")
_QUOTED = {"sparql": _OF_THE_GRAPH, "query": _OF_THE_GRAPH}
_QUESTIONS, _WHAT_IFS = 5, 12  # given at once; the others are named
_TERM, _VALUE = {"criterion", "to", "ordinary"}, {"value", "label"}


def assistant_form(
    tree: Tree, tool: str, brief: bool, names: Mapping[str, str] | None = None
) -> bytes:
    """Return the JSON of an answer of a tool; `names` are those that a description gives, by identifier."""
    if brief:
        tree = _by_name(_SHORT.get(tool, dict)(tree))
    answer = _without_empty(tree)
    if answer.get("label") in (names or ()):
        del answer["label"]  # that of the project, called here by its identifier
    of_others = _QUOTED.get(tool, _REPEATED)
    quoted = {name: answer.pop(name) for name in of_others if name in answer}
    if names:
        quoted = {"names": dict(names), **quoted}
    return compact({**answer, "quoted": quoted} if quoted else answer)


def _without_empty(value: Any) -> Any:
    """Return a value without what says nothing: null, an empty text, list or object under a name."""
    if isinstance(value, list):
        return [_without_empty(item) for item in value]
    if not isinstance(value, dict):
        return value
    parts = ((name, _without_empty(part)) for name, part in value.items())
    return {name: part for name, part in parts if part not in (None, "", [], {})}


def _by_name(value: Any) -> Any:
    """Return a value whose lists of criteria with values, or of values with labels, are objects."""
    if isinstance(value, dict):
        return {name: _by_name(part) for name, part in value.items()}
    if not isinstance(value, list):
        return value
    if value and all(isinstance(item, dict) and item.keys() == _VALUE for item in value):
        return {item["value"]: item["label"] for item in value}
    if value and all(
        isinstance(item, dict) and _TERM >= item.keys() >= {"criterion"} for item in value
    ):
        terms = {item["criterion"]: item.get("to") for item in value}
        if len(terms) == len(value):
            return terms if any(terms.values()) else list(terms)
    return [_by_name(item) for item in value]


def _assessment(tree: Tree) -> Tree:
    """Return an answer whose procedures are told by their verdicts: the sentence tells them by amounts."""
    procedures = [
        {name: one for name, one in procedure.items() if name != "to_verify"}
        for procedure in tree["procedures"]
    ]
    return {**tree, "procedures": procedures}


def _questions(tree: Tree) -> Tree:
    """Return the first questions, the names of the others, and set-ups by their verdicts."""
    asked, refining = tree["questions"], tree["to_refine"]
    count = 0 if asked else _QUESTIONS
    verdicts: dict[str, list[str]] = {}
    for arrangement in tree["arrangements"]:
        verdicts.setdefault(arrangement["verdict"], []).append(arrangement["arrangement"])
    return {
        **tree,
        "questions": asked[:_QUESTIONS],
        "to_refine": refining[:count],
        "further": [question["criterion"] for question in (*asked[_QUESTIONS:], *refining[count:])],
        "arrangements": verdicts,
    }


def _explanation(tree: Tree) -> Tree:
    """Return what the law requires with its clauses; of what is preferred, and to heed, the names."""
    if "requirements" not in tree:
        return tree
    rules, documents = tree["requirements"], tree["documents"]
    checks, preferences = [], dict[str, list[str]]()
    for check in tree["checks"]:
        rule = rules[check["requirement"]]
        if rule["kind"] != "gate":
            preferences.setdefault(check["outcome"], []).append(check["requirement"])
            continue
        summary = {name: rule.get(name) for name in ("label", "reading", "certainty")}
        cited = [tree["sources"][source] for source in rule["sources"]]
        articles = [f"{documents[passage['document']]}, {passage['locator']}" for passage in cited]
        checks.append({**check, **summary, "sources": articles})
    left = ("requirements", "criteria", "attention_points", "documents", "sources", "base")
    short = {name: part for name, part in tree.items() if name not in left}
    return {
        **short,
        "checks": checks,
        "preferences": preferences,
        "further": [name for name in left if name in tree],
    }


def _what_ifs(tree: Tree) -> Tree:
    """Return the changes of the nearest as sentences, with what they move, and the names of the others."""
    contracts = [
        {
            **contract,
            "what_if": [
                {name: one for name, one in change.items() if name not in ("changes", "to_verify")}
                for change in contract.get("what_if", ())
            ],
        }
        for contract in tree["contracts"]
    ]
    further = [contract["contract"] for contract in contracts[_WHAT_IFS:]]
    return {**tree, "contracts": contracts[:_WHAT_IFS], "further": further}


def _comparison(tree: Tree) -> Tree:
    """Return a line a criterion: what is known of it, and what each contract wants."""
    criteria = [
        {
            "criterion": line["criterion"],
            "label": line["label"],
            "given": [one["text"] for one in line["given"] if one["state"] != "not-asked"],
            "cells": {
                contract: [_cell(check) for check in cell]
                for contract, cell in line["cells"].items()
            },
        }
        for line in tree["criteria"]
    ]
    return {**tree, "criteria": criteria}


def _cell(check: Tree) -> str:
    outcome = "" if check["outcome"] == "undetermined" else f"{check['outcome']}: "
    return f"{outcome}{check['text']}" + (" (gate)" if check["kind"] == "gate" else "")


_SHORT: dict[str, Callable[[Tree], Tree]] = {
    "assess": _assessment,
    "questions": _questions,
    "explain": _explanation,
    "what_if": _what_ifs,
    "compare": _comparison,
}
