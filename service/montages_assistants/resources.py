"""What an assistant may read without a tool: the resources, their addresses, each read."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

import mcp_types as types
from mcp.server.context import ServerRequestContext
from mcp.shared.exceptions import MCPError

from montages.bilingual import Text, message
from montages.errors import MontagesError, UnknownName
from montages_assistants.answer_pool import AnswerPool
from montages_assistants.calls import call_error_text, until_cancelled

SCHEME = "montages://"
JSON, YAML = "application/json", "application/yaml"


@dataclass(frozen=True)
class OfferedResource:
    """A resource: what it is called, what it holds, in which form."""

    name: str
    title: Text
    text: Text
    media: str = JSON

    @property
    def address(self) -> str:
        """Return its address; `?lang=` after it asks for the other language."""
        return f"{SCHEME}{self.name}"


OFFERED = (
    OfferedResource(
        "template",
        message("The template to fill in"),
        message("A description in YAML with every question and its possible answers."),
        YAML,
    ),
    OfferedResource(
        "contracts",
        message("The set-ups"),
        message("Contracts, procedures, channels and vehicles: short name, label, definition."),
    ),
    OfferedResource(
        "terms",
        message("The terms"),
        message("The prefixes, classes and properties that a SPARQL query reads."),
    ),
)


_ADDRESS = re.compile(
    rf"{re.escape(SCHEME)}(?P<name>[a-z-]+)/?(?:\?lang=(?P<lang>fr|en))?", re.ASCII
)
_LONGEST_ADDRESS = 200
_BY_NAME = {offered.name: offered for offered in OFFERED}


def read_resource_address(address: str) -> tuple[OfferedResource, str | None]:
    """Return what an address leads to, and the language it asks for, if any.

    Raises UnknownName, which lists what there is.
    """
    match = _ADDRESS.fullmatch(address) if len(address) <= _LONGEST_ADDRESS else None
    if match is None or match["name"] not in _BY_NAME:
        addresses = ", ".join(offered.address for offered in OFFERED)
        raise UnknownName(
            message(
                "{address}: no resource. What there is: {addresses}.",
                address=address[:_LONGEST_ADDRESS],
                addresses=addresses,
            )
        )
    return _BY_NAME[match["name"]], match["lang"]


class ResourceReads:
    """The resources of one assistant, in one language unless an address asks for the other."""

    def __init__(self, lang: str, answers: AnswerPool) -> None:
        self._lang, self._answers = lang, answers

    async def list_resources(
        self, _: ServerRequestContext[Any], __: Any
    ) -> types.ListResourcesResult:
        """Answer the resources."""
        return types.ListResourcesResult(
            resources=[
                types.Resource(
                    uri=offered.address,
                    name=offered.name,
                    title=offered.title[self._lang],
                    description=offered.text[self._lang],
                    mime_type=offered.media,
                )
                for offered in OFFERED
            ]
        )

    async def read_resource(
        self, _: ServerRequestContext[Any], asked: types.ReadResourceRequestParams
    ) -> types.ReadResourceResult:
        """Answer a resource; raises MCPError, which says what there is."""
        uri = str(asked.uri)
        try:
            offered, lang = read_resource_address(uri)
            arguments = {"name": offered.name, "lang": lang or self._lang}
            body = await until_cancelled(
                lambda caller: self._answers.answer("resource", arguments, caller)
            )
        except MontagesError as error:
            code = types.INVALID_PARAMS if error.status < 500 else types.INTERNAL_ERROR
            raise MCPError(code, call_error_text(error, self._lang), {"uri": uri[:200]}) from error
        content = types.TextResourceContents(
            uri=asked.uri, text=body.decode(), mime_type=offered.media
        )
        return types.ReadResourceResult(contents=[content])
