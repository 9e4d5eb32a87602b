"""The project of a request to the tool, assessed, its views, and the addresses that lead on from it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property

from flask import request

from montages.bilingual import Text, message
from montages.description.address.project_address import ProjectAddress
from montages.description.address.short_address import short_address
from montages.description.address.write_address import address_pairs, query_of
from montages.guests import guests
from montages.publish.text.contest_text import CONTRACT
from montages.publish.text.similar_text import SIMILAR_WORDS
from montages.web.pages.page_context import PageContext
from montages.web.project_tool.project_data import forms_that_hold
from montages.web.project_tool.project_links import SHORT_PATH, TOOL_PATH, page_href, project_href
from montages.web.project_tool.project_views import (
    ProjectView,
    comparison_view,
    compositions_view,
    similar_view,
    what_if_view,
)
from montages.web.project_tool.question_screen import PERIMETERS
from montages.web.project_tool.sound_tree import SoundProject, sound_project
from montages.web.project_tool.tool_request import (
    ASK,
    FULL,
    LANG,
    RESULT,
    VIEW,
    Pair,
    ToolRequest,
    sent_pairs,
    with_day,
)

# The views of a project, by the name that `?view=` gives; those that a result offers first.
VIEWS = {
    "what-if": ProjectView(message("What would change the answer"), what_if_view),
    "compositions": ProjectView(message("Whole set-ups"), compositions_view),
    "compare": ProjectView(message("Compare contracts"), comparison_view),
    "similar": ProjectView(SIMILAR_WORDS["title"], similar_view),
}
_OFFERED = ("compare", "what-if")
_BY_CONTRACT = message("Detail by contract")
_PROOF = message("All the detail, requirement by requirement")
# What names a project, or was not understood of it.
_SAYS_NOTHING = ("project", "project-en", "id", "own-words", "not-understood", "unsure")


@dataclass(frozen=True)
class ToolProject:
    """A project that a request to the tool describes, in a reader's language, and where its links lead."""

    demand: ToolRequest
    context: PageContext

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
    def name(self) -> str:
        """Return the name of the project in the reader's language, "" where it has none."""
        tree, lang = self.address.tree, self.context.lang
        return str((lang == "en" and tree.get("project-en")) or tree.get("project") or "")

    @property
    def has_content(self) -> bool:
        """Tell whether anything is said of the project that a result rests on."""
        return any(key not in _SAYS_NOTHING for key in self.project.tree)

    @property
    def full(self) -> bool:
        """Tell whether all the detail is wanted."""
        return self.demand.view == FULL and self.has_content

    @property
    def view(self) -> ProjectView | None:
        """Return the view of the project that is wanted, None for its questions or its result."""
        return VIEWS.get(self.demand.view) if self.has_content else None

    def views(self) -> list[tuple[str, Text]]:
        """Return the address and the title of what looks further at the answer: three of them."""
        compare, what_if = ((self.href(**{VIEW: name}), VIEWS[name].title) for name in _OFFERED)
        return [compare, what_if, (self.href(**{ASK: PERIMETERS}), _BY_CONTRACT)]

    def further(self) -> list[tuple[str, Text]]:
        """Return the address and the title of all other views, the whole proof last."""
        others = [name for name in VIEWS if name not in _OFFERED]
        links = [(self.href(**{VIEW: name}), VIEWS[name].title) for name in others]
        return [*links, (self.href(**{VIEW: FULL}), _PROOF)]

    def papers(self) -> list[tuple[str, Text]]:
        """Return the address and the title of each paper to print about this project."""
        return [
            (page_href(self.context, self.address, path), title)
            for path, title in (guests().project_pages | guests().project_files).items()
        ]

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
        pairs = [(k, v) for k, v in controls.items() if v]
        return self.context.pairs_href(TOOL_PATH, pairs, self.query)

    def contest_href(self) -> str:
        """Return where one contests the result: its first contract, with the project."""
        first = self.project.assessment.answer.first
        named = [(CONTRACT, first.slug)] if first else []
        return self.context.pairs_href("/contest", [*self.pairs, *named])

    def original_href(self) -> str:
        """Return where the result of the project that this one was made from is."""
        return project_href(self.context, self.demand.original or self.address, **{VIEW: RESULT})

    def today_href(self) -> str:
        """Return where the same project is under the law of today."""
        address = replace(self.address, as_of=None)
        return project_href(self.context, address, **{VIEW: self.demand.view})

    @property
    def permalink(self) -> str:
        """Return the address that reopens the project anywhere."""
        return f"{self.context.state.base_url()}{TOOL_PATH}?{self.query}"

    @property
    def short_link(self) -> str | None:
        """Return the short address of the project, None where no code says all that it states."""
        code = short_address(self.address)
        return f"{self.context.state.base_url()}{SHORT_PATH}/{code}" if code else None

    @property
    def short_path(self) -> str:
        """Return that address under the service."""
        return f"{self.context.root}{SHORT_PATH}/{short_address(self.address)}"

    def files(self) -> list[tuple[str, str]]:
        """Return the forms that the project can be saved in, each with its name."""
        return forms_that_hold(self.address.tree)

    def file_href(self, form: str) -> str:
        """Return the address of the project as a file."""
        return f"{self.context.root}{TOOL_PATH}.{form}?{self.query}"

    def in_language(self, lang: str) -> str:
        """Return the address of this page in a language, with all that was sent."""
        pairs = (
            [pair for pair in sent_pairs() if pair[0] != LANG] if request.method != "POST" else []
        )
        return f"{self.context.root}{TOOL_PATH}?{query_of([*pairs, (LANG, lang)])}"
