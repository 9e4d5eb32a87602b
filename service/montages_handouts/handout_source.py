"""What a paper is made from: a project assessed, as a link holds it; and the head that both papers have."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from montages.assessment.assessment import Assessment
from montages.assessment.wording import lower
from montages.bilingual import message
from montages.description.address.address_answers import SummaryLine, answer_summary
from montages.description.address.project_address import ProjectAddress
from montages.description.address.short_address import short_address
from montages.description.address.write_address import address_pairs, address_query, query_of
from montages.hidden_signs import visible

# Where the tool is, a short address, and the page to contest by, under the address of a service.
_TOOL, _SHORT, _CONTEST = "/projet", "/p", "/contest"


@dataclass(frozen=True, eq=False)
class HandoutSource:
    """A project assessed, and its address; `site` is that of the service that reopens it, empty for none."""

    assessment: Assessment
    address: ProjectAddress
    lang: str
    site: str = ""

    @cached_property
    def answers(self) -> list[SummaryLine]:
        """Return what the project says, a line an answer."""
        return answer_summary(self.address)

    @cached_property
    def link(self) -> str:
        """Return the address that reopens the project, empty where no service is named."""
        if not self.site:
            return ""
        site, short = self.site.rstrip("/"), short_address(self.address)
        return (
            f"{site}{_SHORT}/{short}" if short else f"{site}{_TOOL}?{address_query(self.address)}"
        )

    @property
    def contest(self) -> str:
        """Return where one contests the result: at the service with the project, else where we say."""
        if not self.site:
            return self.assessment.premises.contest
        first = self.assessment.answer.first
        named = [("contract", first.slug)] if first else []
        query = query_of([*address_pairs(self.address), *named, ("lang", self.lang)])
        return f"{self.site.rstrip('/')}{_CONTEST}?{query}"


# What a line under the name of the project tells of it, by the parameter of its address.
_IN_SHORT = ("holder", "usages", "estimated-value", "duration-months")
# What a project without a name is called.
_OF = message("{usages}, {holder}")
_OF_SO_MANY = message("{usages}, {holder} of {population}")
# A name, or an answer, that is longer than this is cut on paper.
_LONGEST = 140


@dataclass(frozen=True)
class HandoutHead:
    """The project of a paper in a few words, the day of the law, the rules; `address` may be empty.

    `file` is how a paper is called as a file, without its ending.
    """

    lang: str
    project: str
    in_short: tuple[str, ...]
    as_of: date
    rules: str
    address: str
    file: str
    scope: str
    disclaimer: str
    contest: str


def handout_head(source: HandoutSource, file: str) -> HandoutHead:
    """Return the head of a paper; `file` is its name as a file."""
    assessment, lang = source.assessment, source.lang
    answers = {line.parameter: line.answer[lang] for line in reversed(source.answers)}
    return HandoutHead(
        lang=lang,
        project=shortened(_project_name(source, answers)),
        in_short=tuple(shortened(answers[name]) for name in _IN_SHORT if name in answers),
        as_of=assessment.premises.as_of,
        rules=assessment.premises.rulebook_version,
        address=source.link,
        file=file,
        scope=f"{assessment.premises.scope[lang]} {assessment.premises.reviewed[lang]}",
        disclaimer=assessment.premises.disclaimer[lang],
        contest=source.contest,
    )


def _project_name(source: HandoutSource, answers: Mapping[str, str]) -> str:
    """Return the name of a project; of one without, what it is for and who it is of, where that is known."""
    lang, usages, holder = source.lang, answers.get("usages"), answers.get("holder")
    if source.address.tree.get("project") or not (usages and holder):
        return source.assessment.premises.label[lang]
    words = {"usages": usages, "holder": lower(holder), "population": answers.get("population", "")}
    return (_OF_SO_MANY if words["population"] else _OF).fill(**words)[lang]


def shortened(text: str) -> str:
    """Return a text that somebody wrote as long as paper has room for."""
    text = " ".join(visible(text).split())
    return text if len(text) <= _LONGEST else f"{text[: _LONGEST - 1]}…"
