"""The text by which one contests: what is contested, under which rules and day, and what is left to say."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from montages.bilingual import Text, message
from montages.description.address.address_answers import answer_summary
from montages.description.address.project_address import TEXTS, ProjectAddress
from montages.description.address.read_address import read_address
from montages.description.address.write_address import address_query
from montages.description.reader.sentence_project import OWN_WORDS, UNSURE
from montages.knowledge.law import Requirement
from montages.knowledge.model import Arrangement
from montages.knowledge.rulebook import rulebook
from montages.names import slug
from montages.publish.text.signs import OUTCOME_SIGNS, PROCEDURE_SIGNS, VERDICT_SIGNS, Sign
from montages.publish.text.typography import colon, day

# Parameters of the page, which say nothing of the project. `about` is the three others in one, as a button
# sends it: contract/outcome, or contract/outcome/requirement.
ABOUT, REQUIREMENT, CONTRACT, OUTCOME = "about", "requirement", "contract", "outcome"
_OWN = (ABOUT, REQUIREMENT, CONTRACT, OUTCOME, "rulebook", "lang")
_SIGNS: dict[str, Sign] = {**PROCEDURE_SIGNS, **VERDICT_SIGNS, **OUTCOME_SIGNS}
_FOLDED = message("lawful, hardly sensible")
_CONTEST = message("Contest")
_A_RESULT = message("a result")


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


def contest_subject(pairs: Sequence[tuple[str, str]]) -> ContestSubject:
    """Return what the parameters of an address name; a name that is none of ours is passed over."""
    book, given = rulebook(), dict(reversed(pairs))
    contract, outcome, requirement = (*given.get(ABOUT, "").split("/", 2), "", "", "")[:3]
    named = slug(requirement or given.get(REQUIREMENT) or "")
    versions = [r for r in book.requirements if r.slug == named]
    address = read_address([pair for pair in pairs if pair[0] not in _OWN]).address
    on = address.as_of or address.day or date.today()
    return ContestSubject(
        next((r for r in versions if r.span.holds(on)), next(iter(versions[-1:]), None)),
        book.arrangements.get(slug(contract or given.get(CONTRACT) or "")),
        _outcome(outcome or given.get(OUTCOME, "")),
        address,
    )


def contest_title(subject: ContestSubject, lang: str) -> str:
    """Return the title under which it is sent."""
    return f"{_CONTEST[lang]}{colon(lang)} {subject.name[lang]}"


def contest_text(subject: ContestSubject, lang: str, version: str, site: str) -> str:
    """Return the text to send; `version` is that of the rules where the address names none, `site` ours."""
    lines = [
        f"{name[lang]}{colon(lang)} {value}" for name, value in _lines(subject, lang, version, site)
    ]
    left = [f"{name[lang]}{colon(lang)}" for name in (_IN_MY_WORDS, _PROOF)]
    return "\n".join([*lines, "", left[0], "", "", left[1], ""])


_IN_MY_WORDS = message("What it should say, in my words")
_PROOF = message("The text that proves it (article, ruling, guide, with its date)")


def _lines(
    subject: ContestSubject, lang: str, version: str, site: str
) -> Iterator[tuple[Text, str]]:
    requirement, address = subject.requirement, subject.address
    if requirement is not None:
        yield message("Rule"), f"{requirement.label[lang]} <{requirement.iri}>"
    if subject.arrangement is not None:
        yield message("Set-up"), f"{subject.arrangement.label[lang]} <{subject.arrangement.iri}>"
    if subject.outcome is not None:
        yield message("What the tool answers"), subject.outcome[lang]
    if requirement is not None and requirement.sources:
        cited = "; ".join(source.label[lang] for source in requirement.sources)
        yield message("Sources cited"), cited
    yield message("Law of"), day(address.as_of or address.day or date.today(), lang)
    yield message("Version of the rules"), address.rules or version
    if sentence := str(address.tree.get(OWN_WORDS, "")):
        yield message("My sentence"), sentence
        lines = (
            f"{line.label[lang]}{colon(lang)} {line.answer[lang]}"
            for line in answer_summary(address)
        )
        yield message("What was read"), " · ".join(lines)
        if doubt := str(address.tree.get(UNSURE, "")):
            yield message("What was in doubt"), doubt
    if any(key not in TEXTS for key in address.tree):
        yield message("The project"), f"{site}/projet?{address_query(address)}"


def _outcome(word: str) -> Text | None:
    if word == "folded":
        return _FOLDED
    return _SIGNS[word].one if word in _SIGNS else None
