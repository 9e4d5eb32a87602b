"""The two papers by name, in every form that they can be had in."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from montages.api import Knowledge
from montages.api.description_source import Source
from montages.bilingual import Text, message
from montages.description.address.project_address import ProjectAddress
from montages.description.to_keys import to_keys
from montages.errors import UnknownName
from montages_handouts import PAPER_TITLES, mayor_page, scoping_note
from montages_handouts.handout_page import Paper, handout_page, handout_pdf
from montages_handouts.handout_source import HandoutSource

# Each form with its name and its media type.
HANDOUT_FORMS = {
    "html": ("HTML", "text/html"),
    "pdf": ("PDF", "application/pdf"),
    "docx": ("Word", "application/vnd.openxmlformats-officedocument.wordprocessingml.document"),
}


@dataclass(frozen=True)
class PaperKind:
    """A paper: its title, its name as a file, its most pages, and its drafts, the fullest first."""

    title: Text
    file: Text
    pages: int
    drafts: Callable[[HandoutSource], Iterator[Paper]]


PAPERS = {
    "mayor": PaperKind(PAPER_TITLES["mayor"], mayor_page.FILE, 1, mayor_page.drafts),
    "note": PaperKind(PAPER_TITLES["note"], scoping_note.FILE, 3, scoping_note.drafts),
}


def draft(source: HandoutSource, paper: str) -> Paper:
    """Return the fullest draft of what a paper says."""
    return next(PAPERS[paper].drafts(source))


def handout_file(source: HandoutSource, paper: str, form: str) -> bytes:
    """Return a paper in one of its forms; raises NotInstalled where that is not written here."""
    if form == "pdf":
        return handout_pdf(PAPERS[paper].drafts(source), PAPERS[paper].pages)
    if form == "docx":
        from montages_handouts.word_document import word_document

        return word_document(draft(source, paper))
    return handout_page(draft(source, paper)).encode()


def handout_of(
    knowledge: Knowledge, description: Source, paper: str, form: str, site: str, **asked: Any
) -> bytes:
    """Return a paper about a description, assessed as it is asked: `Knowledge.handout`."""
    for name, known in ((paper, PAPERS), (form, HANDOUT_FORMS)):
        if name not in known:
            listed = ", ".join(known)
            raise UnknownName(message("Unknown: {name}. {listed}.", name=name, listed=listed))
    parsed = knowledge.read(description)
    assessment = knowledge.assess(parsed, **asked)
    tree = to_keys(parsed.graph, parsed.project)
    law = None if asked["as_of"] is None else assessment.premises.as_of
    address = ProjectAddress(tree, as_of=law, day=date.today(), rules=knowledge.version)
    return handout_file(HandoutSource(assessment, address, asked["lang"], site), paper, form)
