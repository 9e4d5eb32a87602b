"""The page to contest by: a text with rule, version, answer, day and link filled in (R32)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from flask import Response, render_template, request

from montages.bilingual import Text, message
from montages.description.address.project_address import TEXTS, ProjectAddress
from montages.description.address.read_address import read_address
from montages.description.address.write_address import address_query
from montages.knowledge.law import Requirement
from montages.knowledge.model import Arrangement
from montages.knowledge.rulebook import rulebook
from montages.names import slug
from montages.publish.contacts import contest_href
from montages.publish.text.signs import OUTCOME_SIGNS, PROCEDURE_SIGNS, VERDICT_SIGNS, Sign
from montages.publish.text.typography import colon
from montages.web.pages.page_context import PageContext, page_context
from montages.web.route import FREE_LANG, PAGE, RouteParameter, Routes, answers

# Parameters of the page, which say nothing of the project. `about` is the three others in one, as a button
# sends it: contract/outcome, or contract/outcome/requirement.
ABOUT, REQUIREMENT, CONTRACT, OUTCOME = "about", "requirement", "contract", "outcome"
_OWN = (ABOUT, REQUIREMENT, CONTRACT, OUTCOME, "rulebook", "lang")
_SIGNS: dict[str, Sign] = {**PROCEDURE_SIGNS, **VERDICT_SIGNS, **OUTCOME_SIGNS}
_FOLDED = message("lawful, hardly sensible")

_CONTEST = message("Contest")
_A_RESULT = message("a result")
ROUTES = Routes("pages")


@dataclass(frozen=True)
class ContestSubject:
    """What is contested: a rule, a set-up, what came out of it, and the project, as far as they are named."""

    requirement: Requirement | None
    arrangement: Arrangement | None
    outcome: Text | None
    address: ProjectAddress

    @property
    def name(self) -> Text:
        """Return what is contested, in a few words."""
        if self.requirement is not None:
            return self.requirement.label
        return self.arrangement.label if self.arrangement is not None else _A_RESULT


@ROUTES.get(
    "/contest",
    message(
        "Contest a result: a text filled in with the rule, the version, the answer, the "
        "day and the link"
    ),
    RouteParameter(
        REQUIREMENT, message("the rule contested"), example="mpgp-performance-commitments"
    ),
    RouteParameter(CONTRACT, message("the set-up contested"), example="mpgp"),
    RouteParameter(OUTCOME, message("what the tool answers"), example="closed"),
    FREE_LANG,
    answers=answers(PAGE, 400, 404),
)
def contest() -> Response:
    """Answer the page, with the text for what the request names, kept nowhere, and for nobody else."""
    context, subject = page_context(), _subject()
    lang = context.lang
    title = f"{_CONTEST[lang]}{colon(lang)} {subject.name[lang]}"
    body = _text(subject, context)
    response = context.answer(
        "contest.html", contest_title=title, contest_body=body, contest_to=contest_href(title, body)
    )
    if request.args:
        response.headers["Cache-Control"] = "private, no-cache"
        response.headers["Referrer-Policy"] = "same-origin"
        response.headers["X-Robots-Tag"] = "noindex"
    return response


def _text(subject: ContestSubject, context: PageContext) -> str:
    """Return the text to send: what is contested, under which rules and day, and what is left to say."""
    state, address = context.state, subject.address
    described = any(key not in TEXTS for key in address.tree)
    return render_template(
        "contest_text.html",
        context=context,
        lang=context.lang,
        colon=colon(context.lang),
        subject=subject,
        law_of=address.as_of or address.day or date.today(),
        version=address.rules or state.knowledge.version,
        link=f"{state.base_url()}/projet?{address_query(address)}" if described else "",
    )


def _subject() -> ContestSubject:
    """Return what the request names; a name that is none of ours is passed over."""
    book, given = rulebook(), request.args
    contract, outcome, requirement = (*given.get(ABOUT, "").split("/", 2), "", "", "")[:3]
    named = slug(requirement or given.get(REQUIREMENT) or "")
    versions = [r for r in book.requirements if r.slug == named]
    pairs = [(name, value) for name, value in given.items(multi=True) if name not in _OWN]
    address = read_address(pairs).address
    on = address.as_of or address.day or date.today()
    return ContestSubject(
        next((r for r in versions if r.span.holds(on)), next(iter(versions[-1:]), None)),
        book.arrangements.get(slug(contract or given.get(CONTRACT) or "")),
        _outcome(outcome or given.get(OUTCOME, "")),
        address,
    )


def _outcome(word: str) -> Text | None:
    if word == "folded":
        return _FOLDED
    return _SIGNS[word].one if word in _SIGNS else None
