"""A description that a form sends, a file or pasted, taken up as a project: it becomes its address."""

from __future__ import annotations

from datetime import date

from flask import Response, request

from montages.api import Knowledge
from montages.description.address.project_address import ProjectAddress
from montages.description.address.write_address import address_query
from montages.description.to_keys import to_keys
from montages.errors import MontagesError, TooLarge, UnreadableInput
from montages.web.app_state import current_state
from montages.web.pages.page_context import page_context
from montages.web.project_tool.project_links import project_href
from montages.web.project_tool.sound_tree import without_name
from montages.web.project_tool.tool_answer import page_response
from montages.web.project_tool.tool_page import ToolPage
from montages.web.project_tool.tool_request import tool_request, with_day
from montages.web.requests.body_syntax import FILE_ENDINGS, guess_syntax, readable

# An address longer than this is not taken by every server and browser.
_LONGEST = 7000


def sent_text() -> tuple[bytes, str]:
    """Return the text of the form and its syntax, by the name of the file or by how it looks.

    Raises UnreadableInput where there is none.
    """
    file = request.files.get("file")
    text = file.read() if file else b""
    name = (file.filename or "").lower() if file and text else ""
    text = text or request.form.get("description", "").encode()
    if not text.strip():
        text, name = b"", ""
    ending = name[name.rfind(".") :] if "." in name else ""
    return text, FILE_ENDINGS.get(ending) or guess_syntax(text)


def description_page(body: bytes, syntax: str) -> Response:
    """Answer where a description that was sent is as a project; the page that says why not, if it is none."""
    context = page_context(current_state())
    try:
        address = _address(context.state.knowledge, body, syntax)
    except MontagesError as error:
        return page_response(ToolPage(tool_request(()), context, error), 422)
    today = with_day(address, date.today(), context.state.knowledge.version)
    return Response(status=303, headers={"Location": project_href(context, today)})


def _address(knowledge: Knowledge, body: bytes, syntax: str) -> ProjectAddress:
    if not body:
        raise UnreadableInput(
            "Choisissez un fichier, ou collez une description.",
            "Choose a file, or paste a description.",
        )
    description = knowledge.read(*readable(body, syntax))
    address = ProjectAddress(without_name(to_keys(description.graph, description.project)))
    if len(address_query(address)) > _LONGEST:
        raise TooLarge(
            "Ce projet est trop long pour tenir dans une adresse. Évaluez son fichier par « Essayer » ou en "
            "ligne de commande : montages assess FICHIER.",
            "This project is too long for an address. Assess its file by “Try”, or on the command line: "
            "montages assess FILE.",
        )
    return address
