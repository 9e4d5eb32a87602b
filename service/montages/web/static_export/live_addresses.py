"""The addresses that need the service: what is worked out of what one sends or asks."""

from __future__ import annotations

from collections.abc import Iterable

from montages.publish.linked_data.formats import CATALOGUES, GEO_JSON
from montages.web.operation import Operation

# The forms of the list of projects that only a registry has.
REGISTRY_LISTS = tuple(f"/projects.{form.extension}" for form in (GEO_JSON, *CATALOGUES))
# Paths that no copy holds, and what stands below them: tools, queries, health, entries of the registry.
LIVE = (
    "/projet", "/sparql", "/search", "/search.json", "/describe", "/contest", "/validate", "/check", "/try",
    "/shacl", "/healthz", "/readyz", "/metrics",
    "/projects/", *REGISTRY_LISTS, "/publishers/",
)  # fmt: skip
# The parameters that choose among files; any other that an operation declares needs the service.
CHOOSING = frozenset({"lang", "page", "_format", "_mediatype", "format"})


def is_live(path: str) -> bool:
    """Tell whether an address needs the service."""
    return any(
        path.startswith(one)
        if one.endswith("/")
        else path == one or path.startswith((f"{one}/", f"{one}."))
        for one in LIVE
    )


def live_parameters(operations: Iterable[Operation]) -> tuple[str, ...]:
    """Return the parameters of the other addresses that need the service, sorted."""
    return tuple(
        sorted(
            {
                parameter.name
                for operation in operations
                if operation.method == "get" and not is_live(operation.path)
                for parameter in operation.parameters
                if parameter.place == "query" and parameter.name not in CHOOSING
            }
        )
    )


def posted_paths(operations: Iterable[Operation]) -> tuple[str, ...]:
    """Return the addresses that only take what is sent to them, sorted."""
    got = {operation.path for operation in operations if operation.method == "get"}
    return tuple(
        sorted(
            {
                operation.path
                for operation in operations
                if operation.method != "get"
                and operation.path not in got
                and "<" not in operation.path
            }
        )
    )
