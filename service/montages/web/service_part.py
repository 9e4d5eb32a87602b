"""What a guest adds to one service: made once, before the processes of the service are forked."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pkgutil import resolve_name
from typing import Any

from flask import Flask

from montages.bilingual import Text
from montages.guests import guests
from montages.publish.linked_data.void import ChangingDataset
from montages.store.sparql.graph_updates import ChangingGraphs


@dataclass(frozen=True)
class ServiceThing:
    """A thing that a phrase names, and its name."""

    iri: str
    name: str


@dataclass(frozen=True, eq=False)
class ServicePart:
    """A dataset that changes while the service runs, with its graphs, as queries are given them.

    `register` gives an application what the routes of the guest ask it for. `readiness` tells whether the
    part works, and `state` what else `/readyz` says of it. `find` gives the things of it that a phrase names,
    in a language, called a `kind` in the search.
    """

    dataset: ChangingDataset
    changing: ChangingGraphs
    register: Callable[[Flask], None]
    readiness: Callable[[], Mapping[str, bool]]
    state: Callable[[], Mapping[str, Any]]
    find: Callable[[str, str], Sequence[ServiceThing]]
    kind: str
    kind_name: Text


def service_parts(app: Flask) -> tuple[ServicePart, ...]:
    """Return what the guests that are here add to an application, by its configuration."""
    makers = (resolve_name(guest.service_part) for guest in guests().present if guest.service_part)
    parts = (maker(app) for maker in makers)
    return tuple(part for part in parts if part is not None)
