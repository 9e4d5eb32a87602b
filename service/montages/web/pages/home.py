"""The front page, the form that tries a description, and the page of what comes out of that form.

The form carries a description: pasted, a file, or an example by name.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from flask import Response, request
from markupsafe import Markup
from rdflib import RDF

from montages.bilingual import message
from montages.description.parsing.source_text import SUFFIXES
from montages.description.reader.sentence_project import SENTENCE
from montages.errors import UnreadableInput
from montages.knowledge.did_you_mean import unknown_name
from montages.knowledge.files import library
from montages.names import MTG, iris
from montages.publish import assessment_page
from montages.publish.text.answer_lines import AnswerLine, answer_lines
from montages.web.pages.page_context import PageContext, page_context
from montages.web.requests.body_syntax import sent_text

_COMMENT = re.compile(r"[ \t]*#.*$", re.MULTILINE)

_OWN = {
    "exemple-metropole": message("A metropolis, fully answered (invented)"),
    "deux-perimetres": message("Two perimeters, two contracts (invented)"),
    "commune-fournitures": message("A commune buying sensors (invented)"),
    "empty": message("An empty description"),
}


def examples(context: PageContext) -> list[tuple[str, str]]:
    """Return the descriptions that can be tried: slug and name, invented ones first."""
    pairs = []
    real = {
        str(p).rsplit("/", 1)[-1]: p for p in iris(context.graph.subjects(RDF.type, MTG.Project))
    }
    for slug in library.projects():
        if slug in _OWN:
            pairs.append((slug, _OWN[slug][context.lang]))
        elif slug in real:
            pairs.append((slug, context.labels.name(real[slug], context.lang)))
    order = list(_OWN)
    return sorted(
        pairs, key=lambda p: (order.index(p[0]) if p[0] in order else 99, p[1].casefold())
    )


def example_text(lang: str) -> str:
    """Return a short description to start from; its comments are in French, and left out elsewhere."""
    folder = library.ROOT / "data" / "examples"
    text = (folder / "commune-fournitures.yaml").read_text(encoding="utf-8")
    return text if lang == "fr" else _COMMENT.sub("", text).lstrip()


@dataclass(frozen=True)
class AnsweredExample:
    """A sentence about a project, what is answered to it, and the lines under the answer."""

    sentence: str
    headline: str
    lines: tuple[AnswerLine, ...]


# Sentences that one may try; the first is answered on the front page.
SENTENCES = (
    message(
        "Town of 9,000 inhabitants, renovate street lighting, €900k of works with remote control"
    ),
    message("Commune, 20 energy meters for the town hall and the schools, €11,500"),
    message("City, 3 car parks, the operator is paid by users, 10 years, €6.2M"),
)
# The lines of the answer that the front page shows; the others it leaves to the result.
_SHOWN = ("procedure", "calendar", "decides", "write", "avoid", "other")


def home(context: PageContext) -> str:
    """Return the front page: the field for a sentence, and one sentence that is answered."""
    sentence, knowledge = SENTENCES[0][context.lang], context.state.knowledge
    assessment = knowledge.assess({SENTENCE: sentence}, lang=context.lang)
    lines = [line for line in answer_lines(assessment, context.lang) if line.kind in _SHOWN]
    headline = assessment.answer.headline[context.lang]
    example = AnsweredExample(sentence, headline, tuple(lines))
    return context.render("home.html", example=example, sentences=SENTENCES)


def form_assessment(text: bytes, syntax: str) -> Response:
    """Answer the page that assesses the description of a form; raises as reading and assessing do."""
    context = page_context()
    knowledge = context.state.knowledge
    description = knowledge.read(text, syntax)
    assessment = knowledge.assess(description, lang=context.lang)
    body = assessment_page.page([assessment], context.lang, request.args.get("detail"), whole=False)
    return context.answer(
        "assessed.html",
        title=assessment.premises.label[context.lang],
        body=Markup(body),  # noqa: S704  # made by a template that escapes
    )


def form_body() -> tuple[bytes, str]:
    """Return the text that a form carries and its syntax; raises UnreadableInput without one."""
    example = request.form.get("example")
    if example:
        projects = library.projects()
        if example not in projects:
            raise unknown_name(message("example"), example, projects)
        return projects[example].read_bytes(), SUFFIXES[projects[example].suffix]
    text, syntax = sent_text()
    if not text:
        raise UnreadableInput(message("Paste a description, or choose an example."))
    return text, syntax
