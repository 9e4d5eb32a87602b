"""The page of the tool: the question at hand, the result so far, what was said, how to keep it (R19, R40).

It is answered whole, or the part of it that changes; or the answer is where its own form is.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property
from itertools import chain

from flask import Response
from markupsafe import Markup

from montages.advice.questions.interview import Journey
from montages.assessment.premises import PresumedAnswer
from montages.bilingual import Text
from montages.description.address.address_answers import (
    OF_LINK,
    WAS,
    answer_changes,
    answer_summary,
    chosen_values,
    lines_by_theme,
    parameter_of,
)
from montages.description.address.project_address import LONGEST
from montages.description.reader.sentence_project import without_doubt
from montages.errors import MontagesError
from montages.knowledge.law import Passage
from montages.publish import assessment_page
from montages.publish.text.presumed_lines import presumed_of
from montages.validation.findings import Finding
from montages.web.pages.home import SENTENCES
from montages.web.pages.page_context import PageContext, html_response, page_context
from montages.web.project_tool.layer_screen import LayerForm, layer_form
from montages.web.project_tool.project_data import PRIVATE_HEADERS
from montages.web.project_tool.project_links import TOOL_PATH, project_href, threshold_href
from montages.web.project_tool.project_views import ViewedProject
from montages.web.project_tool.question_screen import (
    QuestionScreen,
    key_of_criterion,
    next_screen,
    question_pairs,
    screen_of,
)
from montages.web.project_tool.result_changes import change_told, changes_by_today, changes_since
from montages.web.project_tool.sentence_marks import SentenceMarks, sentence_marks
from montages.web.project_tool.sound_tree import with_name
from montages.web.project_tool.tool_project import ToolProject
from montages.web.project_tool.tool_request import (
    ASK,
    BEFORE,
    DETAIL,
    FORMAT,
    LANG,
    LEFT,
    LEGEND,
    Pair,
    ToolRequest,
    is_part,
    sent_pairs,
    tool_request,
    with_day,
)

# The form by which one contests a check or a verdict.
CONTEST_FORM = "contest"
# What says nothing of a project, nor of what its page shows.
_ASIDE = (LANG, FORMAT, DETAIL, LEGEND)


@dataclass(frozen=True)
class ProjectChoices:
    """The projects of one file, each with its name and address, and how many more there are."""

    projects: tuple[tuple[str, str], ...] = ()
    more: int = 0


@dataclass(frozen=True)
class ToolPage(ToolProject):
    """The page of a project; `trouble` is what was wrong with a file sent to it, `choices` its projects."""

    trouble: MontagesError | None = None
    choices: ProjectChoices = ProjectChoices()
    key_of = staticmethod(key_of_criterion)

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
        if self.demand.ask and (screen := screen_of(self.demand.ask, interview, address)):
            return self._guessed(screen)
        screen = next_screen(self._journey, address)
        return self._guessed(screen) if screen else None

    @cached_property
    def sentence(self) -> SentenceMarks | None:
        """Return the sentence in which the project was told, with what was read of it."""
        return sentence_marks(self.address)

    def _guessed(self, screen: QuestionScreen) -> QuestionScreen:
        """Return a question with its answer, or with what the sentence hints at, filled in."""
        given = screen.chosen or chosen_values(screen.parameter, self.address.tree)
        guess = self.sentence.guess(screen.parameter) if self.sentence and not given else ""
        return replace(screen, chosen=given or tuple(filter(None, (guess,))), guessed=bool(guess))

    @cached_property
    def _journey(self) -> Journey:
        address = self.address
        return Journey(self.project.interview, address.tree, address.passed, self.demand.left)

    @property
    def left(self) -> int:
        """Return how many questions are left at most."""
        return self._journey.left

    def further_href(self) -> str:
        """Return where one goes on answering: as many questions at most as may change the answer."""
        deciding = len(self.project.assessment.answer.deciding)
        return self.href(**{LEFT: str(deciding + 1) if deciding else ""})

    def articles(self) -> list[Passage]:
        """Return the articles behind the procedure and the duties, each once."""
        answer = self.project.assessment.answer
        advice = (named.award.advice for named in answer.rows)
        of_ways = (one.sources for one in advice if one)
        of_duties = (duty.sources for duty in answer.due)
        passages = {one.slug: one for one in chain(*of_ways, *of_duties)}
        return sorted(passages.values(), key=lambda one: one.label.fr)

    @property
    def asked(self) -> bool:
        """Tell whether the question at hand is the one that was asked for, and not the next."""
        return self.screen is not None and self.screen.parameter == self.demand.ask

    def change(self) -> Text | None:
        """Return what is answered otherwise than in the project that this one was made from, and its effect.

        None where nothing is, where a view tells it all, or where the answer could not be read.
        """
        original = self.demand.original
        changes = answer_changes(self.address, original) if original else []
        if original is None or not changes or self.view or self.demand.error:
            return None
        before = self.context.state.knowledge.assess(
            with_name(original.tree), as_of=self.address.as_of, lang=self.context.lang, anyway=True
        )
        return change_told(changes, before.answer, self.project.assessment.answer)

    def answer_links(self, finding: Finding) -> list[tuple[Text, str]]:
        """Return the answers that a finding is about, each with where one changes it."""
        places = (finding.where, *(place.pointer for place in finding.related))
        names = (parameter_of(place, self.address.tree) for place in places if place)
        screens = (
            screen_of(name, self.project.interview, self.address)
            for name in dict.fromkeys(filter(None, names))
        )
        return [
            (screen.asked.label, self.href(**{ASK: screen.parameter}))
            for screen in screens
            if screen
        ]

    @cached_property
    def layer_form(self) -> LayerForm:
        """Return the rows of the layers of the project."""
        return layer_form(self.address.tree)

    def hidden(self, screen: QuestionScreen) -> list[Pair]:
        """Return what the form of a question sends along: what was answered, where one corrects that."""
        pairs = question_pairs(self.address, self.pairs, screen)
        if not self.asked:
            return [*pairs, (LEFT, str(self.left))]
        stated = [pair for pair in self.pairs if pair[0] not in OF_LINK]
        for name in dict.fromkeys(
            (screen.parameter, *(n for n, v in stated if (n, v) not in pairs))
        ):
            pairs += [(f"{WAS}{n}", v) for n, v in stated if n == name] or [(f"{WAS}{name}", "")]
        return pairs

    @property
    def not_understood(self) -> str:
        """Return the words of a sentence that nothing of ours says."""
        return str(self.address.tree.get("not-understood", ""))

    def in_doubt(self, slug: str) -> str:
        """Return the words in doubt that the answer on a criterion, by slug, settles; "" for none."""
        unsure = self.project.assessment.answer.unsure
        return ", ".join(one.words for one in unsure if one.criterion == slug)

    def without_doubt_href(self, slug: str) -> str:
        """Return the project without the words that a criterion settles, for whom they change nothing."""
        tree = without_doubt(self.address.tree, slug)
        return project_href(self.context, replace(self.address, tree=tree))

    def presumed_first(self) -> tuple[PresumedAnswer, ...]:
        """Return what the answer presumes: what it rests on, then what is read for it."""
        return presumed_of(self.project.assessment.conclusions).first

    def presumed(self) -> list[PresumedAnswer]:
        """Return what is presumed, an answer once whatever presumes it."""
        answers = {a.criterion.slug: a for a in self.project.assessment.premises.presumed}
        return list(answers.values())

    def area_names(self) -> list[str]:
        """Return the names of the perimeters."""
        areas = self.address.tree.get("perimeters") or {}
        return [str((area or {}).get("name") or name) for name, area in areas.items()]

    def render(self, template: str) -> str:
        """Return the page made from a template: the whole of it, or the part that changes."""
        lang, project, answers = self.context.lang, self.project, answer_summary(self.address)
        answer, knowledge = project.assessment.answer, self.context.state.knowledge
        link = (knowledge, self.demand.address, project.tree, project.assessment)
        return self.context.render(
            template,
            page=self,
            screen=self.screen,
            result=self._result(),
            answers=answers,
            answer_groups=lines_by_theme(answers),
            ending=answer.ending_sentence,
            changes=changes_since(*link),
            changes_by_today=changes_by_today(*link),
            back=self._back(),
            part=is_part(),
            longest=LONGEST,
            sentences=SENTENCES,
            other=self.in_language("en" if lang == "fr" else "fr"),
            trouble=self.trouble.problem(lang) if self.trouble else None,
        )

    def _result(self) -> Markup | None:
        if not self.has_content:
            return None
        context, assessment = self.context, self.project.assessment
        if self.view is not None:
            text = self.view.body(
                ViewedProject(
                    self.address, assessment, context, self.href, dict(self.demand.of_view)
                )
            )
        elif self.full:
            text = assessment_page.page(
                [assessment], context.lang, "full", CONTEST_FORM, whole=False
            )
        else:
            text = assessment_page.project_result(
                assessment,
                context.lang,
                lambda slug: context.page_of(str(context.rules.book.arrangements[slug].iri)),
                self.screen is not None,
                CONTEST_FORM,
                threshold_href(context, self.address, assessment),
                self.answer_links,
                self.views(),
                self.further(),
            )
        return Markup(text)  # noqa: S704  # made by a template that escapes

    def _back(self) -> tuple[str, Text] | None:
        """Return where the question before is, and its name; None where one changes an answer."""
        if self.asked or self.demand.error is not None or not self.demand.before:
            return None
        before = screen_of(self.demand.before, self.project.interview, self.address)
        return (self.href(**{ASK: self.demand.before}), before.asked.label) if before else None


def tool_page(body: bytes) -> Response:
    """Answer the page for the request at work, or where its own form is: a form's answer has one address."""
    demand = tool_request(sent_pairs())
    context = page_context()
    elsewhere = _elsewhere(demand, context)
    if elsewhere is not None:
        return _with_headers(Response(status=302, headers={"Location": elsewhere}))
    return page_response(ToolPage(demand, context))


def page_response(page: ToolPage, status: int = 200) -> Response:
    """Answer the page whole, or the part of it that has changed where a script asks for that."""
    template = "tool_part.html" if is_part() else "tool.html"
    response = html_response(page.render(template))
    response.status_code = status
    response.headers["Content-Language"] = page.context.lang
    return _with_headers(response)


def _elsewhere(demand: ToolRequest, context: PageContext) -> str | None:
    """Return the address of the answer of a form, or that of the same project in its own form, if another."""
    if demand.question and demand.error is None and not demand.faults:
        address = with_day(demand.address, date.today(), context.state.knowledge.version)
        left = {} if demand.left is None else {LEFT: str(demand.left)}
        return project_href(context, address, demand.original, **{BEFORE: demand.question, **left})
    if demand.sentence and not demand.faults:
        address = with_day(demand.address, date.today(), context.state.knowledge.version)
        return project_href(context, address)
    if demand.question or demand.faults:
        return None
    own = demand.own_pairs()
    if [pair for pair in sent_pairs() if pair[0] not in _ASIDE] == own:
        return None
    return context.pairs_href(TOOL_PATH, own)


def _with_headers(response: Response) -> Response:
    response.headers.update(PRIVATE_HEADERS)
    response.vary.update(("Accept-Language", "HX-Request"))
    return response
