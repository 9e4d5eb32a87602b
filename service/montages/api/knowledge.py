"""The knowledge with an engine: all that one can ask of Montages from Python."""

from __future__ import annotations

from datetime import date

from montages.api.description_source import Source
from montages.api.project_adviser import ProjectAdviser
from montages.engine.engines import engine_named


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
        UnknownName, and NotInstalled where the form needs a library that is not there.
        """
        from montages.description.address.project_address import ProjectAddress
        from montages.description.to_keys import to_keys
        from montages.publish.handouts.handout import check_names, handout_file
        from montages.publish.handouts.handout_source import HandoutSource

        check_names(paper, form)
        parsed = self._presuming(self.read(description), presumptions)
        assessment = self.assess(parsed, as_of=as_of, lang=lang, anyway=anyway)
        tree = to_keys(parsed.graph, parsed.project)
        law = None if as_of is None else assessment.as_of
        address = ProjectAddress(tree, as_of=law, day=date.today(), rules=self.version)
        return handout_file(HandoutSource(assessment, address, lang, site), paper, form)


def load(engine: str | None = None, *, presumptions: bool = True) -> Knowledge:
    """Return the knowledge with an engine: `fast` or `reference`; by default the setting's.

    With `presumptions` False, nothing is presumed unless an assessment asks for it. Raises UnknownName
    for another engine.
    """
    return Knowledge(engine_named(engine), presumptions)
