"""What an assistant may read without a tool: the resources, their addresses, each read and completed."""

from __future__ import annotations

import json
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
JSON, YAML, PLAIN = "application/json", "application/yaml", "text/plain"


@dataclass(frozen=True)
class OfferedResource:
    """A resource, or a kind of them that has a name in its address: what it holds, in which form."""

    kind: str
    title: Text
    text: Text
    media: str = JSON
    is_named: bool = False

    @property
    def address(self) -> str:
        """Return its address, or the template of its addresses; `lang` may be left out."""
        name = "/{name}" if self.is_named else ""
        return f"{SCHEME}{self.kind}{name}"

    @property
    def template(self) -> str:
        """Return the template of its addresses, in a language or without one."""
        return f"{self.address}{{?lang}}"


OFFERED = (
    OfferedResource(
        "contracts",
        message("The set-ups"),
        message("Contracts, procedures, channels and vehicles: short name, label, definition."),
    ),
    OfferedResource(
        "criteria",
        message("The criteria"),
        message("Each question that may be put of a project, with its theme; fact or choice."),
    ),
    OfferedResource(
        "sheet",
        message("The inventory of the sheet"),
        message("Each element of the InfraNum 2024 sheet, in our own words, and what it is about."),
    ),
    OfferedResource(
        "template",
        message("The template to fill in"),
        message("A description in YAML with every question and its possible answers."),
        YAML,
    ),
    OfferedResource(
        "examples",
        message("The examples"),
        message("The names of the real projects and examples that ship: montages://example/dijon."),
    ),
    OfferedResource(
        "queries",
        message("The published questions"),
        message("The name and title of each, for the tool query."),
    ),
    OfferedResource(
        "terms",
        message("The terms"),
        message("The prefixes, classes and properties that a SPARQL query reads."),
    ),
    OfferedResource(
        "contract",
        message("A set-up"),
        message("Definition, legal basis and requirements in force of a contract or a procedure."),
        is_named=True,
    ),
    OfferedResource(
        "criterion",
        message("A criterion"),
        message(
            "Question, answers, help, sources of a criterion, and the requirements that read it."
        ),
        is_named=True,
    ),
    OfferedResource(
        "requirement",
        message("A requirement"),
        message("What it asks, its clauses and their addresses, its versions over time."),
        is_named=True,
    ),
    OfferedResource(
        "example",
        message("An example of a description"),
        message("A real project (Turtle) or an example (YAML), to give to a tool as it is."),
        PLAIN,
        is_named=True,
    ),
)


_ADDRESS = re.compile(
    rf"{re.escape(SCHEME)}(?P<kind>[a-z-]+)(?:/(?P<name>[\w.-]+))?/?(?:\?lang=(?P<lang>fr|en))?",
    re.ASCII,
)
_LONGEST_ADDRESS = 200
_BY_KIND = {offered.kind: offered for offered in OFFERED}


@dataclass(frozen=True)
class ResourceAddress:
    """What an address leads to: what is offered, by name where it has one, in a language or the server's."""

    offered: OfferedResource
    name: str
    lang: str | None


def read_resource_address(address: str) -> ResourceAddress:
    """Return what an address leads to; raises UnknownName, which lists what there is."""
    match = _ADDRESS.fullmatch(address) if len(address) <= _LONGEST_ADDRESS else None
    offered = _BY_KIND.get(match["kind"]) if match else None
    if match is None or offered is None or offered.is_named != bool(match["name"]):
        templates = ", ".join(resource.template for resource in OFFERED)
        raise UnknownName(
            message(
                "{address}: no resource. What there is: {templates}.",
                address=address[:_LONGEST_ADDRESS],
                templates=templates,
            )
        )
    return ResourceAddress(offered, match["name"] or "", match["lang"])


_COMPLETED = 100  # names that a completion has at most: the protocol's own limit


class ResourceReads:
    """The resources of one assistant, in one language unless an address asks for the other."""

    def __init__(self, lang: str, answers: AnswerPool) -> None:
        self._lang, self._answers = lang, answers

    async def list_resources(
        self, _: ServerRequestContext[Any], __: Any
    ) -> types.ListResourcesResult:
        """Answer the resources that have one address."""
        return types.ListResourcesResult(
            resources=[
                types.Resource(uri=resource.address, **self._described(resource))
                for resource in OFFERED
                if not resource.is_named
            ]
        )

    async def list_templates(
        self, _: ServerRequestContext[Any], __: Any
    ) -> types.ListResourceTemplatesResult:
        """Answer the templates of all addresses."""
        return types.ListResourceTemplatesResult(
            resource_templates=[
                types.ResourceTemplate(uri_template=resource.template, **self._described(resource))
                for resource in OFFERED
            ]
        )

    def _described(self, offered: OfferedResource) -> dict[str, Any]:
        """Return what the list of resources and that of templates both say of what is offered."""
        return {
            "name": offered.kind,
            "title": offered.title[self._lang],
            "description": offered.text[self._lang],
            "mime_type": offered.media,
        }

    async def read_resource(
        self, _: ServerRequestContext[Any], asked: types.ReadResourceRequestParams
    ) -> types.ReadResourceResult:
        """Answer a resource; raises MCPError, which says what there is."""
        uri = str(asked.uri)
        try:
            address = read_resource_address(uri)
            arguments = {
                "kind": address.offered.kind,
                "name": address.name,
                "lang": address.lang or self._lang,
            }
            body = await until_cancelled(
                lambda caller: self._answers.answer("resource", arguments, caller)
            )
        except MontagesError as error:
            code = types.INVALID_PARAMS if error.status < 500 else types.INTERNAL_ERROR
            raise MCPError(code, call_error_text(error, self._lang), {"uri": uri[:200]}) from error
        content = types.TextResourceContents(
            uri=asked.uri, text=body.decode(), mime_type=address.offered.media
        )
        return types.ReadResourceResult(contents=[content])

    async def complete(
        self, _: ServerRequestContext[Any], asked: types.CompleteRequestParams
    ) -> types.CompleteResult:
        """Answer the names that an argument may go on to: those that begin so, then those that hold it."""
        begun, names = asked.argument.value, list[str]()
        if asked.argument.name == "lang":
            names = ["fr", "en"]
        elif isinstance(asked.ref, types.ResourceTemplateReference):
            kinds = {resource.template: resource.kind for resource in OFFERED if resource.is_named}
            if kind := kinds.get(asked.ref.uri):
                arguments = {"kind": kind, "lang": self._lang}
                names = json.loads(
                    await until_cancelled(
                        lambda caller: self._answers.answer("names", arguments, caller)
                    )
                )
        fitting = [name for name in names if name.startswith(begun)]
        fitting += [name for name in names if begun in name and name not in fitting]
        completion = types.Completion(
            values=fitting[:_COMPLETED], total=len(fitting), has_more=len(fitting) > _COMPLETED
        )
        return types.CompleteResult(completion=completion)
