"""The project of an address assessed, for programs: the answer of `POST /assess`, to a GET (R30, R40)."""

from __future__ import annotations

from flask import Response

from montages.errors import UnusableInput
from montages.publish.assessment_writers import ASSESSMENT_WRITERS
from montages.publish.linked_data.formats import HTML, JSON, JSON_LD, TURTLE, Format
from montages.web.app_state import current_state
from montages.web.project_tool.private_headers import PRIVATE_HEADERS
from montages.web.project_tool.sound_tree import with_name
from montages.web.project_tool.tool_request import sent_pairs, tool_request
from montages.web.requests.negotiated_answer import in_language
from montages.web.requests.request_parameters import lang

# The page first, which who asks for nothing in particular gets; each of the others with its writer.
_WRITERS: dict[Format, str] = {JSON: "json", TURTLE: "turtle", JSON_LD: "jsonld"}
FORMATS = (HTML, *_WRITERS)


def project_answer(body: bytes, form: str, detail: str | None) -> Response:
    """Answer the assessment of the project of the request's address in one of the formats.

    What the page tells and leaves out is refused here: a program would not read it.
    """
    reading = tool_request(sent_pairs()).reading
    if reading.faults:
        told = [fault.message for fault in reading.faults]
        raise UnusableInput(" ".join(each.fr for each in told), " ".join(each.en for each in told))
    address, knowledge = reading.address, current_state().knowledge
    description = knowledge.read(with_name(address.tree))
    assessment = knowledge.assess(description, lang=lang(), as_of=address.as_of)
    written = next(each for each in _WRITERS if each.extension == form)
    response = Response(
        ASSESSMENT_WRITERS[_WRITERS[written]]([assessment], detail),
        content_type=written.content_type,
    )
    response.headers.update(PRIVATE_HEADERS)
    return in_language(response)
