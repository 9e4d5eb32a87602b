"""The inputs that several tools have."""

from __future__ import annotations

from dataclasses import replace

from montages.bilingual import Text
from montages.mcp.tools.tool import DESCRIPTION, FLAG, NAMES, TEXT, ToolInput
from montages.publish.detail import BRIEF, DETAILS

LANG = ToolInput(
    "lang",
    TEXT,
    Text(
        "Langue de la réponse ; sans cela, celle du serveur.",
        "Language of the answer; without it, that of the server.",
    ),
    choices=("fr", "en"),
)
AS_OF = ToolInput(
    "as_of",
    TEXT,
    Text(
        "Jour du droit, écrit 2026-06-01 ; sans cela, aujourd'hui.",
        "Day of the law, written 2026-06-01; without it, today.",
    ),
)
_DESCRIPTION = ToolInput(
    "description",
    DESCRIPTION,
    Text(
        "Le projet : un objet de nos clés, ou un texte en YAML, JSON, Turtle, JSON-LD, RDF/XML ou "
        'N-Triples. Par exemple {"project": "Télérelève", "holder": {"type": "Commune"}, "layers": '
        '[{"layer": "objects", "mode": "own"}], "usages": ["water-metering"], "answers": '
        '{"estimated-value": 90000, "lots": "separable"}, "unknown": ["investment-kind"]}. Toutes les '
        "clés et leurs valeurs : la ressource montages://template. Ce qui n'est pas dit reste ouvert. C'est "
        "toujours un texte : ni chemin ni adresse n'est ouvert.",
        "The project: an object of our keys, or a text in YAML, JSON, Turtle, JSON-LD, RDF/XML or "
        'N-Triples. For example {"project": "Meter reading", "holder": {"type": "Commune"}, "layers": '
        '[{"layer": "objects", "mode": "own"}], "usages": ["water-metering"], "answers": '
        '{"estimated-value": 90000, "lots": "separable"}, "unknown": ["investment-kind"]}. All keys and '
        "their values: the resource montages://template. What is not said stays open. It is always a text: "
        "no path and no address is opened.",
    ),
    required=True,
)
_AS_ASSESSED = replace(
    _DESCRIPTION,
    text=Text(
        "Le projet, écrit comme pour assess : un objet de nos clés, ou un texte.",
        "The project, written as for assess: an object of our keys, or a text.",
    ),
)
PROJECT = ToolInput(
    "project",
    TEXT,
    Text(
        "Lequel, si la description a plusieurs projets.",
        "Which one, if the description has several projects.",
    ),
)
_ANYWAY = ToolInput(
    "anyway",
    FLAG,
    Text(
        "Répondre malgré les fautes de la description.",
        "Answer in spite of faults of the description.",
    ),
    default=False,
)
PRESUMPTIONS = ToolInput(
    "presumptions",
    FLAG,
    Text(
        "Présumer, par la loi et l'usage, ce qui n'est pas dit.",
        "Presume, by law and practice, what is not said.",
    ),
    default=True,
)
_DETAIL = ToolInput(
    "detail",
    TEXT,
    Text(
        "brief : l'essentiel, le reste nommé (further) ; full : tout, très long.",
        "brief: the essential, the rest named (further); full: all, very long.",
    ),
    default=BRIEF,
    choices=DETAILS,
)

# What every tool takes that looks at a description, in the order of its inputs: its own stand between. How
# one is written is told once.
ASSESSED, DESCRIBED = (_DESCRIPTION,), (_AS_ASSESSED,)
OPTIONS = (LANG, AS_OF, _DETAIL, PRESUMPTIONS, _ANYWAY, PROJECT)
EXPLAINED = (LANG, AS_OF, _DETAIL, PRESUMPTIONS, PROJECT)
VALIDATED = (LANG, PROJECT)


def about_input(text: Text) -> ToolInput:
    """Return the input that names set-ups."""
    return ToolInput("about", NAMES, text)
