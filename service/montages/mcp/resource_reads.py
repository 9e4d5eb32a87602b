"""What an assistant reads without a tool: the resources, their addresses completed, each read."""

from __future__ import annotations

import json
from typing import Any

import mcp_types as types
from mcp.server.context import ServerRequestContext
from mcp.shared.exceptions import MCPError

from montages.errors import MontagesError
from montages.mcp.answer_pool import AnswerPool
from montages.mcp.call_errors import call_error_text
from montages.mcp.call_threads import until_cancelled
from montages.mcp.offered_resources import OFFERED, OfferedResource
from montages.mcp.resource_address import read_resource_address

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
                types.Resource(uri=each.address, **self._described(each))
                for each in OFFERED
                if not each.is_named
            ]
        )

    async def list_templates(
        self, _: ServerRequestContext[Any], __: Any
    ) -> types.ListResourceTemplatesResult:
        """Answer the templates of all addresses."""
        return types.ListResourceTemplatesResult(
            resource_templates=[
                types.ResourceTemplate(uri_template=each.template, **self._described(each))
                for each in OFFERED
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
            kinds = {each.template: each.kind for each in OFFERED if each.is_named}
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
