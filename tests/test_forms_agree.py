"""R40: the terminal, the page and the JSON of one assessment list the same rows, terms, duties and causes."""

from __future__ import annotations

import json
import re
from collections import Counter
from functools import cache
from html.parser import HTMLParser
from typing import Any

import pytest

from first_screens import CASES, SHIPPED, assessed
from montages.assessment.verdict.unit_verdict import Term
from montages.assessment.wording import answer_text, lower
from montages.bilingual import NO_TEXT, Text
from montages.knowledge.rulebook import rulebook
from montages.publish import assessment_page
from montages.publish.text import assessment_text, typeset, verdict_rows
from montages.publish.text.signs import PROCEDURE_SIGNS
from panel_cases import SLUGS
from sampled_cases import sampled_cases

NAMES = sorted({*SHIPPED, *CASES, *SLUGS[::9]})


class Rows(HTMLParser):
    """The sections of a page that list contracts and procedures: each list item under its title."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.items: list[tuple[str, str]] = []
        self.words: list[str] = []
        self.title, self.text, self.into = "", "", ""
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in ("h2", "h3", "summary", "li"):
            self.into, self.text = tag, ""

    def handle_data(self, data: str) -> None:
        self.words.append(data)
        self.text += data

    def handle_endtag(self, tag: str) -> None:
        self.words.append(" " * (tag in ("dt", "dd", "li", "p", "h3", "summary")))
        if tag != self.into:
            return
        if tag == "li":
            self.items.append((self.title, _plain(self.text)))
        else:
            self.title = _plain(self.text)
        self.into = ""


def _plain(text: str) -> str:
    return " ".join(text.replace("\u202f", " ").replace("\u00a0", " ").split())


@cache
def page(name: str) -> Rows:
    return Rows(assessment_page.page([assessed(name)], "fr"))


@cache
def texts(name: str) -> dict[str, str]:
    """Return each form as one line of words, as wide as need be."""
    it = assessed(name)
    return {
        "brief": _plain(typeset.plain(assessment_text.brief_text(it, "fr"), 4000)),
        "full": _plain(typeset.plain(assessment_text.assessment_text(it, "fr"), 4000)),
        "page": _plain("".join(page(name).words)),
    }


@cache
def tree(name: str) -> dict[str, Any]:
    return assessed(name).to_json("fr")


def group_of(row: dict[str, Any]) -> str:
    return "folded" if row["folded"] else str(row["verdict"]).replace("fits-on-terms", "fits")


def the_same_contracts_stand_under_the_same_verdicts(name: str) -> None:
    wanted = Counter(group_of(row) for row in tree(name)["rows"])
    groups = verdict_rows.brief_groups(assessed(name).conclusions, "fr")
    assert {g.name: sum(len(line.rows) for line in g.lines) for g in groups} == dict(wanted)
    heads = {row["row"]: row["label"] for row in tree(name)["rows"]}
    labels = {result["contract"]: result["label"] for result in tree(name)["contracts"]}
    for row in tree(name)["rows"]:
        (group,) = [g for g in groups if g.name == group_of(row)]
        names = {heads[row["row"]], *(labels[slug] for slug in row["contracts"])}
        shown = {each.name for line in group.lines for each in line.rows} & names
        assert shown, row
        for text in texts(name).values():
            assert any(each in text for each in shown), (row, text[:200])
        items = [text for title, text in page(name).items if title.startswith(group.title[:12])]
        told = [*items, *(title for title, _ in page(name).items), texts(name)["page"]]
        assert any(each in item for each in shown for item in told)


def the_same_terms_and_facts_to_verify(name: str) -> None:
    rules = assessed(name).premises.rules
    shown = {row.shown.arrangement.slug for row in assessed(name).rows}
    for result in tree(name)["contracts"]:
        if result["contract"] in shown and not result["folded"] and not result["closed_by"]:
            for term in (*result["terms"], *result["to_verify"]):
                wanted = Term(term["criterion"], tuple(term["to"]))
                words = [answer_text(wanted, rules, of).fr for of in (NO_TEXT, Text("de", ""))]
                for form in ("full", "page"):
                    told = any(_plain(each) in texts(name)[form] for each in words)
                    assert term["ordinary"] or told, (form, words)


def the_same_duties_are_due(name: str) -> None:
    if assessed(name).answer.names_none:
        return
    for row in tree(name)["answer"]["rows"]:
        for duty in row["duties"]:
            for form, text in texts(name).items():
                if form != "brief" or duty["state"] == "due":
                    assert _plain(duty["text"]) in text, (form, duty["slug"])


def the_same_causes_close(name: str) -> None:
    shown = {row.shown.arrangement.slug for row in assessed(name).rows}
    for result in tree(name)["contracts"]:
        closed = str(result["verdict"]).startswith("closed") and not result["folded"]
        if result["contract"] in shown and closed:
            for cause in result["closed_by"][:1]:
                it = tree(name)["requirements"][cause]
                # Beside the answer it is told by its question, without one by what is wanted.
                labels = (it["label"], rulebook().criteria[it["criterion"]].label.fr)
                for form, text in texts(name).items():
                    assert any(x in text or lower(x) in text for x in labels), (form, labels)


def the_same_procedures(name: str) -> None:
    signs = {key: sign.one.fr for key, sign in PROCEDURE_SIGNS.items()}
    families = {tuple(each["applies_to"]) for each in tree(name)["procedures"]}
    for family in families:
        members = [p for p in tree(name)["procedures"] if tuple(p["applies_to"]) == family]
        for verdict in {each["procedure"] for each in members}:
            names = " · ".join(p["label"] for p in members if p["procedure"] == verdict)
            line = re.compile(rf"{re.escape(signs[verdict])}(?: :)? {re.escape(_plain(names))}")
            told = [form for form, text in texts(name).items() if line.search(text)]
            assert told in (["brief", "full", "page"], ["full", "page"], []), (names, told)
            if all(each["procedure"] == "closed" for each in members):
                continue
            assert told or not _is_told(name, family), names


def _is_told(name: str, family: tuple[str, ...]) -> bool:
    """Tell whether some contract that is open and sensible is let by a family of procedures.

    Where a purchasing body sells, its sale takes the place of a procedure, which is another way.
    """
    rules = assessed(name).premises.rules
    return not any(row.award.channel for row in assessed(name).answer.rows) and any(
        set(rules.lineage(row.shown.arrangement.slug)) & set(family)
        for row in assessed(name).rows
        if row.shown.verdict.open and not row.shown.folded
    )


def the_same_answers_are_presumed(name: str) -> None:
    it = tree(name)
    for answer in it["presumed"]:
        criterion = it["criteria"][answer["criterion"]]
        words = f"{lower(criterion['label'])}, {lower(criterion['values'][answer['value']])}"
        for form in ("full", "page"):
            assert _plain(words) in texts(name)[form], (form, words)


def the_brief_json_has_the_rows_and_the_sentence_of_the_brief_text(name: str) -> None:
    brief = json.loads(assessed(name).json_text(brief=True))
    groups = verdict_rows.brief_groups(assessed(name).conclusions, "fr")
    names = {row.name for group in groups for line in group.lines for row in line.rows}
    assert {entry["label"] for entry in brief["contracts"]} == names
    assert _plain(assessed(name).answer.opening.fr) in _plain(brief["answer"]["sentence"])
    assert _plain(assessed(name).answer.headline.fr) in texts(name)["brief"]


RULES = (
    the_same_contracts_stand_under_the_same_verdicts,
    the_same_terms_and_facts_to_verify,
    the_same_duties_are_due,
    the_same_causes_close,
    the_same_procedures,
    the_same_answers_are_presumed,
    the_brief_json_has_the_rows_and_the_sentence_of_the_brief_text,
)


@pytest.mark.parametrize("name", sampled_cases(NAMES, 4))
def test_every_form_says_the_same(name: str) -> None:
    for rule in RULES:
        rule(name)
