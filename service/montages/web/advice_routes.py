"""The addresses that advise on a description: what to ask next, what would change the answer, and so on.

Each gives the same JSON as the command line (R30).
"""

from __future__ import annotations

from typing import Any

from flask import Response, request

from montages.advice.counts_shown import (
    COMPOSITIONS,
    COMPOSITIONS_AT_MOST,
    SIMILAR,
    SIMILAR_AT_MOST,
)
from montages.bilingual import Text
from montages.errors import UnreadableInput
from montages.publish.advice_schemas import (
    COMPARISON_SCHEMA,
    COMPOSITIONS_SCHEMA,
    ENTRIES,
    QUESTIONS_SCHEMA,
    SIMILAR_SCHEMA,
    STATED,
    WHAT_IF_SCHEMA,
)
from montages.publish.detail import BRIEF
from montages.publish.json_text import dump_bytes
from montages.publish.linked_data.formats import JSON, SVG
from montages.web.app_state import current_state
from montages.web.description_pool import run_apart
from montages.web.description_request import (
    about_parameter,
    advice_operation,
    advice_options,
    advise,
    asked_number,
    description_operation,
    description_options,
    named_set_ups,
    number_parameter,
)
from montages.web.linked_data.negotiation import format_asked_for
from montages.web.operation import OperationParameter
from montages.web.requests.body_syntax import readable, syntax
from montages.web.requests.headers import in_language
from montages.web.requests.request_parameters import flag, lang


def questions() -> Response:
    """Answer the next questions of a body, which may be a description of nothing yet: `{}`, or no body."""
    options = description_options("about")
    format_asked_for(None, (JSON,))
    body = request.get_data(cache=False)
    return run_apart(
        next_questions_of,
        body if body.strip() else b"{}",
        syntax=syntax() if body.strip() else "json",
        about=named_set_ups(),
        **options,
    )


def next_questions_of(
    body: bytes, syntax: str, project: str | None, detail: str | None, **options: Any
) -> Response:
    """Answer the next questions of a description; `options` as `Knowledge.questions`."""
    knowledge = current_state().knowledge
    description = knowledge.read(*readable(body, syntax), project)
    interview = knowledge.questions(description, lang=lang(), **options)
    text = dump_bytes(interview.to_json(brief=detail == BRIEF))
    return in_language(Response(text, content_type=JSON.content_type))


_QUESTIONS_ABOUT = about_parameter(
    Text(
        "les montages dont le verdict importe, séparés par des virgules ; sans cela, contrats et procédures",
        "the set-ups whose verdict matters, separated by commas; without it, contracts and procedures",
    )
)

QUESTIONS_OPERATION = description_operation(
    "/questions",
    Text(
        "Dit ce qu'il faut demander ensuite : les questions qui peuvent encore changer un verdict",
        "Tell what to ask next: the questions that can still change a verdict",
    ),
    questions,
    (_QUESTIONS_ABOUT,),
    {"application/json": QUESTIONS_SCHEMA},
)


def what_if() -> Response:
    """Answer what would open each contract that does not fit the description of a body."""
    return advise("what_ifs", **advice_options("what_ifs", "about"), about=named_set_ups())


_WHAT_IF_ABOUT = about_parameter(
    Text(
        "les montages à ouvrir, séparés par des virgules ; sans cela, tous les contrats",
        "the set-ups to open, separated by commas; without it, every contract",
    )
)

WHAT_IF_OPERATION = advice_operation(
    "what_ifs",
    "/what-if",
    Text(
        "Dit ce qui changerait la réponse : les plus petits changements de choix qui ouvrent un montage",
        "Tell what would change the answer: the smallest changes of choices that open a set-up",
    ),
    what_if,
    (_WHAT_IF_ABOUT,),
    WHAT_IF_SCHEMA,
)


def compare() -> Response:
    """Answer the comparison of contracts for the description of a body."""
    options = advice_options("compare", "about", "differences_only")
    only = flag("differences_only")
    return advise("compare", **options, about=named_set_ups(), differences_only=only)


_COMPARE_ABOUT = about_parameter(
    Text(
        "les montages à comparer, séparés par des virgules ; sans cela, les meilleurs et ceux retenus",
        "the set-ups to compare, separated by commas; without it, the best and those retained",
    )
)
_DIFFERENCES_ONLY = OperationParameter(
    "differences_only",
    Text("seulement ce qui diffère : 1", "only what differs: 1"),
    {"enum": ["0", "1"]},
    "1",
)

COMPARE_OPERATION = advice_operation(
    "compare",
    "/compare",
    Text(
        "Met des contrats côte à côte, critère par critère : ce que chacun accepte, et ce qui en sort",
        "Put contracts side by side, criterion by criterion: what each accepts, and what comes out",
    ),
    compare,
    (_COMPARE_ABOUT, _DIFFERENCES_ONLY),
    COMPARISON_SCHEMA,
)


def compose() -> Response:
    """Answer the best whole set-ups for the description of a body."""
    options = advice_options("compose", "top", "composition")
    top = asked_number("top", COMPOSITIONS, COMPOSITIONS_AT_MOST)
    if options["form"] == SVG.extension:
        number = asked_number("composition", 1, COMPOSITIONS_AT_MOST)
        top, options["of_form"] = max(top, number), {"number": number}
    return advise("compose", **options, top=top)


_COMPOSE_TOP = number_parameter(
    "top",
    Text(
        f"combien de compositions, {COMPOSITIONS} sans cela",
        f"how many set-ups, {COMPOSITIONS} without it",
    ),
    COMPOSITIONS_AT_MOST,
)
_COMPOSITION = number_parameter(
    "composition",
    Text(
        "en SVG, lequel des montages dessiner : le meilleur est 1",
        "as SVG, which of the set-ups to draw: the best is 1",
    ),
    COMPOSITIONS_AT_MOST,
)

COMPOSE_OPERATION = advice_operation(
    "compose",
    "/compose",
    Text(
        "Compose des montages entiers : des contrats qui couvrent chaque couche et chaque périmètre",
        "Compose whole set-ups: contracts that cover every layer and every perimeter",
    ),
    compose,
    (_COMPOSE_TOP, _COMPOSITION),
    COMPOSITIONS_SCHEMA,
)


def fork() -> Response:
    """Answer what moves between the description of a body and another, or some other answers."""
    options = advice_options("fork", "with", "other")
    answers = _other_answers(",".join(request.args.getlist("with")))
    return advise("fork", **options, answers=answers, other=request.args.get("other"))


def _other_answers(text: str) -> dict[str, str]:
    """Return the answers that `with` gives: `key:value`, separated by commas."""
    pairs = [part.partition(":") for part in text.split(",") if part]
    for key, sign, value in pairs:
        if not (key and sign and value):
            raise UnreadableInput(
                f"with={text[:80]} : clé:valeur est attendu, par exemple investment-funding:public.",
                f"with={text[:80]}: key:value is needed, for example investment-funding:public.",
            )
    return {key: value for key, _, value in pairs}


_WITH = OperationParameter(
    "with",
    Text(
        "les réponses à changer, par nos clés : clé:valeur, séparées par des virgules",
        "the answers to change, by our keys: key:value, separated by commas",
    ),
    example="investment-funding:public",
)
_OTHER = OperationParameter(
    "other",
    Text("un autre projet du même corps", "another project of the same body"),
)
_FORK_SCHEMA = {
    "type": "object",
    "required": ["projects", "as_of", "answers", "moves", "unmoved"],
    "properties": {
        "projects": ENTRIES,
        **STATED,
        "answers": {
            "type": "array",
            "items": {"type": "object", "required": ["criterion", "label", "before", "after"]},
        },
        "moves": {
            "type": "array",
            "items": {
                "type": "object",
                "required": ["contract", "label", "kind", "better", "status", "verdict"],
            },
        },
        "unmoved": {"type": "integer"},
    },
}

FORK_OPERATION = advice_operation(
    "fork",
    "/fork",
    Text(
        "Met un projet à côté d'un autre, ou de lui-même répondu autrement : ce qui bouge, et pourquoi",
        "Put a project beside another, or beside itself with other answers: what moves, and why",
    ),
    fork,
    (_WITH, _OTHER),
    _FORK_SCHEMA,
)


def similar() -> Response:
    """Answer the real projects and the cases of the panel nearest to the description of a body."""
    options = advice_options("similar", "top")
    return advise("similar", **options, top=asked_number("top", SIMILAR, SIMILAR_AT_MOST))


_SIMILAR_TOP = number_parameter(
    "top",
    Text(
        f"combien de projets réels, et de cas d'école, {SIMILAR} sans cela",
        f"how many real projects, and textbook cases, {SIMILAR} without it",
    ),
    SIMILAR_AT_MOST,
)

SIMILAR_OPERATION = advice_operation(
    "similar",
    "/similar",
    Text(
        "Donne les projets réels et les cas d'école les plus proches par les faits, et leur montage",
        "Give the real projects and textbook cases nearest by facts, and their set-ups",
    ),
    similar,
    (_SIMILAR_TOP,),
    SIMILAR_SCHEMA,
)


OPERATIONS = (
    QUESTIONS_OPERATION,
    WHAT_IF_OPERATION,
    COMPARE_OPERATION,
    COMPOSE_OPERATION,
    FORK_OPERATION,
    SIMILAR_OPERATION,
)
