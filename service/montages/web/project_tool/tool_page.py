"""The page of the tool: the question at hand, the result so far, what was said, how to keep it (R19, R40)."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property
from typing import Any

from flask import request
from markupsafe import Markup

from montages.advice.similar.similar_projects import SimilarProject
from montages.advice.what_if.lightest_reopenings import LightestReopening
from montages.assessment.presumed import PresumedAnswer
from montages.bilingual import Text
from montages.description.address.address_difference import AnswerChange, answer_changes
from montages.description.address.answer_summary import answer_summary, by_theme
from montages.description.address.parameter_answers import parameter_of
from montages.description.address.project_address import LONGEST, ProjectAddress
from montages.description.address.write_address import address_pairs, query_of
from montages.errors import MontagesError
from montages.publish import assessment_page
from montages.publish.handouts.handout import PAPERS
from montages.publish.text.similar_words import KIND_WORDS
from montages.validation.findings import Finding
from montages.web.pages.contest_page import CONTRACT
from montages.web.pages.page_context import PageContext
from montages.web.project_tool.changes_since import changes_by_today, changes_since
from montages.web.project_tool.description_files import forms_that_hold
from montages.web.project_tool.form_pairs import confirmation_pairs, question_pairs
from montages.web.project_tool.handout_addresses import handout_href
from montages.web.project_tool.layer_screen import layer_form, layer_options
from montages.web.project_tool.project_links import PATH, href_of, project_href
from montages.web.project_tool.project_view import ProjectView, ViewedProject
from montages.web.project_tool.project_views import VIEWS
from montages.web.project_tool.question_screen import (
    QuestionScreen,
    key_of_criterion,
    next_screen,
    screen_of,
)
from montages.web.project_tool.similar_view import nearest_projects
from montages.web.project_tool.sound_tree import SoundProject, sound_project
from montages.web.project_tool.threshold_link import threshold_href
from montages.web.project_tool.tool_request import (
    ASK,
    FULL,
    LANG,
    RESULT,
    VIEW,
    Pair,
    ToolRequest,
    is_part,
    sent_pairs,
    with_day,
)
from montages.web.project_tool.what_if_view import lightest_changes

# The form by which one contests a check or a verdict.
CONTEST_FORM = "contest"


@dataclass(frozen=True)
class ToolPage:
    """The page of a project in a reader's language; `trouble` is what was wrong with a file sent to it."""

    demand: ToolRequest
    context: PageContext
    trouble: MontagesError | None = None

    @cached_property
    def project(self) -> SoundProject:
        """Return the project assessed, without what no description may hold."""
        address = self.demand.address
        knowledge = self.context.state.knowledge
        return sound_project(knowledge, address.tree, self.context.lang, address.as_of)

    @cached_property
    def address(self) -> ProjectAddress:
        """Return the project as a link of today holds it."""
        sound = replace(self.demand.address, tree=self.project.tree)
        return with_day(sound, date.today(), self.context.state.knowledge.version)

    @property
    def has_content(self) -> bool:
        """Tell whether anything is said of the project that a result rests on."""
        return any(key not in ("project", "project-en", "id") for key in self.project.tree)

    @property
    def full(self) -> bool:
        """Tell whether all the detail is wanted."""
        return self.demand.view == FULL and self.has_content

    @property
    def view(self) -> ProjectView | None:
        """Return the view of the project that is wanted, None for its questions or its result."""
        return VIEWS.get(self.demand.view) if self.has_content else None

    def views(self) -> list[tuple[str, Text]]:
        """Return the address and the title of each view of this project."""
        return [(self.href(**{VIEW: name}), view.title) for name, view in VIEWS.items()]

    def papers(self) -> list[tuple[str, Text]]:
        """Return the address and the title of each paper to print about this project."""
        return [
            (handout_href(self.context, self.address, paper), kind.title)
            for paper, kind in PAPERS.items()
        ]

    @cached_property
    def screen(self) -> QuestionScreen | None:
        """Return the question at hand: the one at fault, the one asked for, else the next one.

        There is none where the result alone, all its detail, or a view is wanted.
        """
        if self.demand.view and self.has_content:
            return None
        interview, address = self.project.interview, self.address
        if self.demand.error is not None:
            at_fault = screen_of(self.demand.question, interview, address)
            if at_fault is not None:
                return replace(at_fault, chosen=self.demand.values)
        if self.demand.ask and (found := screen_of(self.demand.ask, interview, address)):
            return found
        return next_screen(interview, address)

    @property
    def asked(self) -> bool:
        """Tell whether the question at hand is the one that was asked for, and not the next."""
        return self.screen is not None and self.screen.parameter == self.demand.ask

    @property
    def name(self) -> str:
        """Return the name of the project in the reader's language, "" where it has none."""
        tree, lang = self.address.tree, self.context.lang
        return str((lang == "en" and tree.get("project-en")) or tree.get("project") or "")

    @cached_property
    def pairs(self) -> list[Pair]:
        """Return the parameters of a link of today to the project."""
        return address_pairs(self.address)

    @cached_property
    def query(self) -> str:
        """Return these parameters as they stand in a link."""
        return query_of(self.pairs)

    def href(self, **controls: str) -> str:
        """Return the address of the page with this project; a view of it keeps what it was made from."""
        original = self.demand.original if controls.get(VIEW) else None
        if original is not None:
            return project_href(self.context, self.address, original, **controls)
        return href_of(self.context, ((k, v) for k, v in controls.items() if v), self.query)

    def answer_changes(self) -> list[AnswerChange]:
        """Return what is answered otherwise than in the project that this one was made from."""
        original = self.demand.original
        return answer_changes(self.address, original) if original else []

    def lightest_changes(self) -> list[tuple[LightestReopening, str]]:
        """Return the lightest changes that would reopen a contract, each with its address."""
        return lightest_changes(self.context, self.address, self.project.assessment)

    def nearest_project(self) -> tuple[SimilarProject, str, Text] | None:
        """Return the nearest project that is like this one, a real one first, with page and kind."""
        nearest = nearest_projects(self.project.assessment, 1).nearest
        for each in (it for it in nearest if it.like_yours):
            it = each.precedent
            return each, self.context.page_of(it.iri), KIND_WORDS[it.kind]
        return None

    def today_href(self) -> str:
        """Return where the same project is under the law of today."""
        address = replace(self.address, as_of=None)
        return project_href(self.context, address, **{VIEW: self.demand.view})

    def answer_links(self, finding: Finding) -> list[tuple[Text, str]]:
        """Return the answers that a finding is about, each with where one changes it."""
        places = (finding.where, *(place.pointer for place in finding.related))
        names = (parameter_of(place, self.address.tree) for place in places if place)
        screens = (
            screen_of(name, self.project.interview, self.address)
            for name in dict.fromkeys(filter(None, names))
        )
        return [(it.label, self.href(**{ASK: it.parameter})) for it in screens if it]

    def contest_href(self) -> str:
        """Return where one contests the result: its first contract, with the project."""
        first = self.project.assessment.answer.first
        named = [(CONTRACT, first.slug)] if first else []
        lang = [(LANG, self.context.lang)] if request.args.get(LANG) in ("fr", "en") else []
        return f"{self.context.root}/contest?{query_of([*self.pairs, *named, *lang])}"

    def original_href(self) -> str:
        """Return where the result of the project that this one was made from is."""
        return project_href(self.context, self.demand.original or self.address, **{VIEW: RESULT})

    def hidden(self, screen: QuestionScreen) -> list[Pair]:
        """Return what the form of a question sends along."""
        return question_pairs(self.address, self.pairs, screen)

    def confirmation(self) -> list[Pair]:
        """Return what the form that confirms what is presumed sends."""
        group = self.project.interview.to_confirm
        assert group is not None
        return confirmation_pairs(self.address, group)

    def presumed(self) -> list[PresumedAnswer]:
        """Return what is presumed, an answer once whatever presumes it."""
        answers = {a.criterion.slug: a for a in self.project.assessment.presumed}
        return list(answers.values())

    def key_of(self, criterion: str) -> str:
        """Return the parameter that answers a criterion."""
        return key_of_criterion(criterion)

    def area_names(self) -> list[str]:
        """Return the names of the perimeters."""
        areas = self.address.tree.get("perimeters") or {}
        return [str((area or {}).get("name") or name) for name, area in areas.items()]

    def files(self) -> list[tuple[str, str]]:
        """Return the forms that the project can be saved in, each with its name."""
        return forms_that_hold(self.address.tree)

    def file_href(self, form: str) -> str:
        """Return the address of the project as a file."""
        return f"{self.context.root}{PATH}.{form}?{self.query}"

    def render(self, template: str) -> str:
        """Return the page made from a template: the whole of it, or the part that changes."""
        context, project = self.context, self.project
        lang = context.lang
        permalink = f"{context.state.base_url()}{PATH}?{self.query}"
        answers = answer_summary(self.address)
        return context.render(
            template,
            page=self,
            screen=self.screen,
            interview=project.interview,
            assessment=project.assessment,
            result=self._result(),
            full=self.full,
            faults=[fault.message[lang] for fault in self.demand.faults],
            omissions=[finding.message[lang] for finding in project.omissions],
            changes=changes_since(
                context.state.knowledge, self.demand.address, project.tree, project.assessment
            ),
            asked_day=changes_by_today(
                context.state.knowledge, self.demand.address, project.tree, project.assessment
            ),
            answers=answers,
            answer_groups=by_theme(answers),
            back=self._back(),
            part=is_part(),
            error_shown=self.demand.error is not None,
            permalink=permalink,
            too_long=len(permalink) if len(permalink) > LONGEST else 0,
            other=self._in_language("en" if lang == "fr" else "fr"),
            trouble=self.trouble.problem(lang) if self.trouble else None,
            **self._of_layers(),
        )

    def _result(self) -> Markup | None:
        if not self.has_content:
            return None
        context, assessment = self.context, self.project.assessment
        if self.view is not None:
            text = self.view.body(
                ViewedProject(
                    self.address,
                    self.demand.original,
                    assessment,
                    self.project.interview,
                    context,
                    self.href,
                    dict(self.demand.of_view),
                )
            )
        elif self.full:
            text = assessment_page.body([assessment], context.lang, "full", CONTEST_FORM)
        else:
            text = assessment_page.project_result(
                assessment,
                context.lang,
                self._contract_href,
                self.href(view=RESULT) if self.screen else "",
                CONTEST_FORM,
                threshold_href(context, self.address, assessment),
                self.answer_links,
            )
        return Markup(text)  # noqa: S704  # made by a template that escapes

    def _contract_href(self, slug: str) -> str:
        return self.context.href(f"/id/contract/{slug}.html")

    def _back(self) -> tuple[str, Text] | None:
        """Return where the question before is, and its name; None where one changes an answer."""
        if self.asked or self.demand.error is not None or not self.demand.before:
            return None
        before = screen_of(self.demand.before, self.project.interview, self.address)
        return (self.href(**{ASK: self.demand.before}), before.label) if before else None

    def _in_language(self, lang: str) -> str:
        pairs = (
            [pair for pair in sent_pairs() if pair[0] != LANG] if request.method != "POST" else []
        )
        return f"{self.context.root}{PATH}?{query_of([*pairs, (LANG, lang)])}"

    def _of_layers(self) -> dict[str, Any]:
        if self.screen is None or self.screen.kind != "layers":
            return {}
        form = layer_form(self.address.tree)
        return {"form": form, "layer_costs": layer_options(form, self.context)}
