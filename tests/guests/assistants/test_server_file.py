"""What directories of assistants' servers take: a file that says what the package is, and nothing invented.

The rules are those of the registry's schema of 2025-12-11, read by hand: it is not copied here.
"""

from __future__ import annotations

import json
import re
from importlib.metadata import metadata

from montages.knowledge.files import library
from montages.names import BASE
from montages_assistants.mcp_command import mcp
from montages_assistants.operation_tools import TOOLS

FILE = library.PACKAGE.parent / "montages_assistants" / "server.json"
SERVER = json.loads(FILE.read_text("utf-8"))
OURS = SERVER["_meta"]["io.modelcontextprotocol.registry/publisher-provided"]
MAY_HAVE = {
    "$schema", "_meta", "description", "icons", "name", "packages", "remotes", "repository", "title",
    "version", "websiteUrl",
}  # fmt: skip


def test_the_file_holds_to_the_schema_of_the_registry() -> None:
    assert set(SERVER) <= MAY_HAVE
    assert re.fullmatch(r"[a-zA-Z0-9.-]+/[a-zA-Z0-9._-]+", SERVER["name"])
    assert 1 <= len(SERVER["title"]) <= 100
    assert 1 <= len(SERVER["description"]) <= 100
    assert set(SERVER["_meta"]) == {"io.modelcontextprotocol.registry/publisher-provided"}


def test_the_file_says_what_the_package_and_the_command_say() -> None:
    package = metadata("montages")
    assert SERVER["version"] == package["Version"]
    assert OURS["license"] == package["License-Expression"]
    assert OURS["tools"] == list(TOOLS)
    assert OURS["args"][0] == mcp.name
    assert {"--lang"} & {option for each in mcp.params for option in each.opts}


def test_its_names_are_made_of_our_own_iri_and_no_place_is_named_where_nothing_is_published() -> (
    None
):
    site = BASE.rstrip("/")
    host, path = site.removeprefix("https://").split("/")
    assert SERVER["websiteUrl"] == site
    assert SERVER["name"] == f"{'.'.join(reversed(host.split('.')))}/{path}"
    assert not {"packages", "remotes", "repository"} & set(SERVER)
