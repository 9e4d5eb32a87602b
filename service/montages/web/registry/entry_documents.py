"""The documents of a version of an entry: page and RDF, made where descriptions are judged (G1, L2)."""

from __future__ import annotations

from dataclasses import asdict
from datetime import datetime
from typing import Any

from flask import Response

from montages.publish.linked_data.document_context import whole_context
from montages.publish.linked_data.formats import BY_EXTENSION, HTML, Context, Format, write
from montages.registry.entry_facts import EntryProvenance, entry_facts
from montages.registry.entry_names import project_iri, version_iri
from montages.web.app_state import current_state
from montages.web.registry.entry_page import entry_page
from montages.web.registry.entry_version import EntryVersion
from montages.web.requests.body_syntax import MEDIA_TYPES, PLAIN, readable
from montages.web.workers.run_apart import run_apart

_MOMENTS = ("moment", "public_from")


class RefusedDocument(Exception):
    """The process that makes documents has refused, or was too busy; `response` says so."""

    def __init__(self, response: Response) -> None:
        super().__init__()
        self.response = response


def entry_document(
    body: bytes, seen: EntryVersion, provenance: EntryProvenance, form: Format
) -> bytes:
    """Return the document of a version in a format; raises RefusedDocument, and what the function raises."""
    written = asdict(provenance) | {name: str(getattr(provenance, name)) for name in _MOMENTS}
    written["erased"] = [(number, str(moment)) for number, moment in provenance.erased]
    answer = run_apart(
        document_apart, body, seen=asdict(seen), provenance=written, form=form.extension
    )
    if answer.status_code != 200:
        raise RefusedDocument(answer)
    return answer.get_data()


def document_apart(
    body: bytes, seen: dict[str, Any], provenance: dict[str, Any], form: str
) -> Response:
    """Answer the document of a version whose description is the body."""
    it, state = EntryVersion(**seen), current_state()
    text, syntax = readable(body, MEDIA_TYPES.get(it.media_type, PLAIN))
    description = state.knowledge.read(text, syntax)
    if form == HTML.extension:
        return Response(entry_page(state, description, it, provenance["publisher_name"]))
    moments = {name: datetime.fromisoformat(provenance[name]) for name in _MOMENTS}
    erased = tuple(
        (number, datetime.fromisoformat(moment)) for number, moment in provenance["erased"]
    )
    known = EntryProvenance(**{**provenance, **moments, "erased": erased})
    facts = entry_facts(description, known)
    triples = list(facts.graph())
    context = Context(*whole_context(triples))
    project, name = project_iri(str(description.project), it.slug), version_iri(it.slug, it.number)
    return Response(write(triples, BY_EXTENSION[form], context, project, name))
