"""The knowledge with an engine: all that one can ask of Montages from Python.

Each kind of advice is imported when it is asked for: a run of a command gives one or none, and all of them
take as long to import as an assessment takes.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

from montages.advice import counts_shown
from montages.api.description_source import Source
from montages.api.project_assessor import ProjectAssessor, check_language, day_of
from montages.description.description import Description
from montages.engine.engines import engine_named
from montages.guests import guests

if TYPE_CHECKING:
    from montages.advice.comparison import Comparison
    from montages.advice.compose.composition import Compositions
    from montages.advice.questions.interview import Interview
    from montages.advice.similar.similar_projects import SimilarProjects
    from montages.advice.what_if.what_ifs import WhatIfs
    from montages.assessment.assessment import Assessment


# The name of a project that nobody has named yet, of which one only asks what to say.
_UNNAMED = "Projet"


class ProjectAdviser(ProjectAssessor):
    """Advises on projects: what to ask next, what would change the answer, whole set-ups, projects alike."""

    def questions(
        self,
        description: Source,
        *,
        as_of: date | str | None = None,
        lang: str = "fr",
        about: Sequence[str] = (),
        anyway: bool = False,
        presumptions: bool | None = None,
    ) -> Interview:
        """Return what to ask next of a project, which may be one of which nothing is said yet (R19).

        `about` names the arrangements whose verdict is asked for: contracts and procedures without it. The
        rest as `assess`.
        """
        from montages.advice.questions.next_questions import next_questions

        asked = self._to_advise(description, lang, presumptions)
        return next_questions(
            asked, self._engine, as_of=day_of(as_of), lang=lang, about=about, anyway=anyway
        )

    def assess_and_ask(
        self,
        description: Source,
        *,
        as_of: date | str | None = None,
        lang: str = "fr",
        anyway: bool = False,
    ) -> tuple[Assessment, Interview]:
        """Return what `assess` and `questions` do, in the time of little more than one of them."""
        from montages.advice.questions.next_questions import assess_and_ask

        parsed = self._to_advise(description, lang, None)
        return assess_and_ask(parsed, self._engine, as_of=day_of(as_of), lang=lang, anyway=anyway)

    def what_if(
        self,
        description: Source,
        *,
        as_of: date | str | None = None,
        lang: str = "fr",
        about: Sequence[str] = (),
        top: int = counts_shown.WHAT_IFS,
        anyway: bool = False,
        presumptions: bool | None = None,
    ) -> WhatIfs:
        """Return what would open each contract that does not fit: the smallest changes of choices (R21).

        `about` names the arrangements looked at, procedures, channels and vehicles included; contracts
        without it; `top` changes of each are worked out, and all counted. The rest as `assess`.
        """
        from montages.advice.what_if.nearest_what_ifs import what_ifs_of

        asked = self._to_advise(description, lang, presumptions)
        return what_ifs_of(
            asked, self._engine, as_of=day_of(as_of), lang=lang, about=about, top=top, anyway=anyway
        )

    def compose(
        self,
        description: Source,
        *,
        as_of: date | str | None = None,
        lang: str = "fr",
        top: int = counts_shown.COMPOSITIONS,
        composition: int = 1,
        anyway: bool = False,
        presumptions: bool | None = None,
    ) -> Compositions:
        """Return the `top` best whole set-ups: contracts that cover every layer and perimeter (R23).

        `composition` is the place of the one that a picture shows: the best is 1. The rest as `assess`.
        """
        from montages.advice.compose.best_compositions import compositions_of

        assessment = self.assess(
            description, as_of=as_of, lang=lang, anyway=anyway, presumptions=presumptions
        )
        best = compositions_of(assessment, max(top, composition))
        return replace(best, place=composition)

    def compare(
        self,
        description: Source,
        *,
        as_of: date | str | None = None,
        lang: str = "fr",
        about: Sequence[str] = (),
        differences_only: bool = False,
        anyway: bool = False,
        presumptions: bool | None = None,
    ) -> Comparison:
        """Return contracts side by side, by criterion: what each accepts, what comes out, and why (R24).

        `about` names them; without it the best open rows and those retained. The rest as `assess`.
        """
        from montages.advice.comparison import comparison

        assessment = self.assess(
            description, as_of=as_of, lang=lang, anyway=anyway, presumptions=presumptions
        )
        return comparison(assessment, about, differences_only=differences_only)

    def similar(
        self,
        description: Source,
        *,
        as_of: date | str | None = None,
        lang: str = "fr",
        top: int = counts_shown.SIMILAR,
        anyway: bool = False,
        presumptions: bool | None = None,
    ) -> SimilarProjects:
        """Return the `top` real projects and the `top` cases of the panel nearest to a project by facts.

        What is presumed plays no part, nor do choices. The rest as `assess`.
        """
        from montages.advice.similar.similar_projects import similar_projects
        from montages.assessment.assess import checked

        asked = self._to_advise(description, lang, presumptions)
        checked(asked, self._engine, anyway)
        return similar_projects(asked, day_of(as_of), lang, top)

    def _to_advise(self, description: Source, lang: str, presumptions: bool | None) -> Description:
        """Return a description that advice is asked for, which may have no name yet."""
        check_language(lang)
        parsed = self._presuming(self.read(description), presumptions).with_a_name(_UNNAMED)
        parsed.check_units()
        return parsed


class Knowledge(ProjectAdviser):
    """The ontology, shapes, rules and queries, with the engine that derives from them."""

    def __repr__(self) -> str:
        return f"Knowledge({self.version!r}, presumptions={self._presumptions})"

    def handout(
        self,
        description: Source,
        paper: str = "note",
        form: str = "html",
        *,
        site: str = "",
        as_of: date | str | None = None,
        lang: str = "fr",
        anyway: bool = False,
        presumptions: bool | None = None,
    ) -> bytes:
        """Return a paper to leave with: the scoping `note`, or the page for the `mayor`; html, pdf or docx.

        `site` is the address of the service that reopens the project, if any. The rest as `assess`. Raises
        UnknownName, and NotInstalled where the form needs a library that is not there, or no guest writes
        papers here.
        """
        content: bytes = guests().handout(
            self,
            description,
            paper,
            form,
            site,
            as_of=as_of,
            lang=lang,
            anyway=anyway,
            presumptions=presumptions,
        )
        return content


def load(engine: str | None = None, *, presumptions: bool = True) -> Knowledge:
    """Return the knowledge with an engine: `fast` or `reference`; by default the setting's.

    With `presumptions` False, nothing is presumed unless an assessment asks for it. Raises UnknownName
    for another engine.
    """
    return Knowledge(engine_named(engine), presumptions)
