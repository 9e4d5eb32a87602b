"""The two papers by name, in every form that they can be had in."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from montages.bilingual import Text
from montages.errors import UnknownName
from montages.publish.handouts import mayor_page, scoping_note
from montages.publish.handouts.handout_page import Paper, handout_page, handout_pdf
from montages.publish.handouts.handout_source import HandoutSource
from montages.publish.handouts.mayor_page import ROOM, MayorPage, page_height

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
    "mayor": PaperKind(mayor_page.TITLE, mayor_page.FILE, 1, mayor_page.drafts),
    "note": PaperKind(scoping_note.TITLE, scoping_note.FILE, 4, scoping_note.drafts),
}


def draft(source: HandoutSource, paper: str) -> Paper:
    """Return what a paper says: the fullest draft that should fit its pages, else the shortest."""
    shortest: Paper | None = None
    for shortest in PAPERS[paper].drafts(source):
        if not isinstance(shortest, MayorPage) or page_height(shortest) <= ROOM:
            break
    assert shortest is not None
    return shortest


def handout_file(source: HandoutSource, paper: str, form: str) -> bytes:
    """Return a paper in one of its forms; raises NotInstalled where that is not written here."""
    if form == "pdf":
        return handout_pdf(PAPERS[paper].drafts(source), PAPERS[paper].pages)
    if form == "docx":
        from montages.publish.handouts.word_document import word_document

        return word_document(draft(source, paper))
    return handout_page(draft(source, paper)).encode()


def check_names(paper: str, form: str) -> None:
    """Raise UnknownName for a paper or a form that is none."""
    for name, known in ((paper, PAPERS), (form, HANDOUT_FORMS)):
        if name not in known:
            listed = ", ".join(known)
            raise UnknownName(f"Inconnu : {name}. {listed}.", f"Unknown: {name}. {listed}.")
