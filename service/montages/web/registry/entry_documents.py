"""The documents of a version of an entry: page and RDF, made where descriptions are judged (G1, L2)."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from flask import Response

from montages.publish.linked_data.document_context import whole_context
from montages.publish.linked_data.formats import BY_EXTENSION, HTML, Context, Format, write
from montages.registry.entry_graph import EntryRevision, entry_graph, revision_iri
from montages.web.app_state import current_state
from montages.web.registry.entry_page import entry_page
from montages.web.registry.entry_version import EntryVersion
from montages.web.requests.body_syntax import MEDIA_TYPES, PLAIN, readable
from montages.web.workers.run_apart import run_apart


class RefusedDocument(Exception):
    """The process that makes documents has refused, or was too busy; `response` says so."""

    def __init__(self, response: Response) -> None:
        super().__init__()
        self.response = response


def entry_document(body: bytes, seen: EntryVersion, form: Format) -> bytes:
    """Return the document of a version in a format; raises RefusedDocument, and what the function raises."""
    answer = run_apart(document_apart, body, seen=asdict(seen), form=form.extension)
    if answer.status_code != 200:
        raise RefusedDocument(answer)
    return answer.get_data()


def document_apart(body: bytes, seen: dict[str, Any], form: str) -> Response:
    """Answer the document of a version whose description is the body."""
    it, state = EntryVersion(**seen), current_state()
    text, syntax = readable(body, MEDIA_TYPES.get(it.media_type, PLAIN))
    description = state.knowledge.read(text, syntax)
    if form == HTML.extension:
        return Response(entry_page(state, description, it))
    revision = EntryRevision(it.slug, it.number, it.publisher, it.public_from or it.moment)
    triples = list(entry_graph(description, revision))
    context = Context(*whole_context(triples))
    iri = revision_iri(it.slug, it.number)
    return Response(write(triples, BY_EXTENSION[form], context, str(description.project), iri))
