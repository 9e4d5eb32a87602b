"""The page to contest by: a text with rule, version, answer, day and link filled in (R32)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from flask import request

from montages.bilingual import Text
from montages.description.address.project_address import TEXTS, ProjectAddress
from montages.description.address.read_address import read_address
from montages.description.address.write_address import address_query
from montages.knowledge.law import Requirement
from montages.knowledge.model import Arrangement
from montages.knowledge.rulebook import rulebook
from montages.names import slug
from montages.publish.contacts import contest_href
from montages.publish.text.signs import OUTCOME_SIGNS, PROCEDURE_SIGNS, VERDICT_SIGNS, Sign
from montages.publish.text.typography import colon, day
from montages.web.pages.page_context import PageContext

# Parameters of the page, which say nothing of the project. `about` is the three others in one, as a button
# sends it: contract/outcome, or contract/outcome/requirement; `rule` is an old name of `requirement`.
ABOUT, REQUIREMENT, CONTRACT, OUTCOME = "about", "requirement", "contract", "outcome"
_OWN = (ABOUT, REQUIREMENT, CONTRACT, OUTCOME, "rule", "rulebook", "lang")
_SIGNS: dict[str, Sign] = {**PROCEDURE_SIGNS, **VERDICT_SIGNS, **OUTCOME_SIGNS}
_FOLDED = Text("possible en droit, peu adapté", "lawful, hardly sensible")

_CONTEST = Text("Contester", "Contest")
_A_RESULT = Text("un résultat", "a result")
_LINES = {
    "requirement": Text("Règle", "Rule"),
    "contract": Text("Montage", "Set-up"),
    "outcome": Text("Ce que répond l'outil", "What the tool answers"),
    "sources": Text("Sources citées", "Sources cited"),
    "day": Text("Droit au", "Law of"),
    "version": Text("Version des règles", "Version of the rules"),
    "link": Text("Le projet", "The project"),
}
_TO_FILL = (
    Text("Ce qu'il faudrait lire, avec mes mots", "What it should say, in my words"),
    Text(
        "Le texte qui le prouve (article, décision, guide, avec sa date)",
        "The text that proves it (article, ruling, guide, with its date)",
    ),
)


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


def contest_page(context: PageContext) -> str:
    """Return the page, with the text for what the request names."""
    subject, lang = _subject(), context.lang
    title = f"{_CONTEST[lang]}{colon(lang)} {subject.name[lang]}"
    body = contest_text(subject, context)
    return context.render(
        "contest.html",
        subject=subject,
        contest_title=title,
        contest_body=body,
        contest_to=contest_href(title, body),
    )


def contest_text(subject: ContestSubject, context: PageContext) -> str:
    """Return the text to send: what is contested, under which rules and day, and what is left to say."""
    state, lang, address = context.state, context.lang, subject.address
    requirement, arrangement = subject.requirement, subject.arrangement
    described = any(key not in TEXTS for key in address.tree)
    link = f"{state.base_url()}/projet?{address_query(address)}" if described else ""
    versions = (address.rules, state.knowledge.version)
    values = {
        "requirement": f"{requirement.label[lang]} <{requirement.iri}>" if requirement else "",
        "contract": f"{arrangement.label[lang]} <{arrangement.iri}>" if arrangement else "",
        "outcome": subject.outcome[lang] if subject.outcome else "",
        "sources": "; ".join(s.label[lang] for s in requirement.sources) if requirement else "",
        "day": day(address.as_of or address.day or date.today(), lang),
        "version": next(version for version in versions if version),
        "link": link,
    }
    lines = [f"{_LINES[k][lang]}{colon(lang)} {value}" for k, value in values.items() if value]
    return "\n".join((*lines, *(f"\n{heading[lang]}{colon(lang)}\n" for heading in _TO_FILL)))


def _subject() -> ContestSubject:
    """Return what the request names; a name that is none of ours is passed over."""
    book, given = rulebook(), request.args
    contract, outcome, rule = (*given.get(ABOUT, "").split("/", 2), "", "", "")[:3]
    named = slug(rule or given.get(REQUIREMENT) or given.get("rule") or "")
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
