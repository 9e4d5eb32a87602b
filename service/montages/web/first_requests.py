"""What a service asks itself before it serves: what a first visitor would wait for.

A process that judges descriptions is forked from one that knows what was worked out here, and replaced by
another such when it has grown: each begins with what all projects have in common.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from werkzeug.test import EnvironBuilder

from montages.advice.thresholds.procedure_timeline import law_days
from montages.description.address.project_address import ProjectAddress
from montages.description.address.write_address import address_query
from montages.description.parsing.yaml_text import parse_yaml
from montages.knowledge.compiled.verdict_diagram import written_diagram
from montages.knowledge.files import library
from montages.knowledge.files.disk_cache import is_kept
from montages.web.validation.request_body import ACCEPTED, LINES
from montages.web.validation.samples import SAMPLES

# Each makes something that all processes then share.
_PAGES = (
    *("/", "/projet", "/catalog.ttl", "/sparql", "/id/contract/mpgp.ttl"),
    *("/id/contract/mpgp.html", "/openapi.json", "/sitemap.xml"),
)
# These compile the law of other days, which a first start leaves to who asks for them.
_OF_PERIODS = ("/seuils",)
# Path → the syntaxes that it does not take.
_JUDGED = {"/validate": (), "/assess": (LINES,)}
_ADVISED = ("/questions", "/what-if", "/compose", "/compare")
_VIEWS = ("", "&view=result")
_LANGUAGES = ("fr", "en")
_JSON, _ANY = "application/json", [("Accept", "*/*")]


def first_requests() -> Iterator[EnvironBuilder]:
    """Yield pages and documents, a description in each syntax, and all that is asked about the examples."""
    compiled = all(is_kept(written_diagram, day) for day in law_days())
    for path in (*_PAGES, *(_OF_PERIODS if compiled else ())):
        yield EnvironBuilder(path, headers=[("Accept", "text/html")])
    media_types = {
        syntax: media for media, syntax in reversed(ACCEPTED.items())
    }  # the first of each
    for path, left_out in _JUDGED.items():
        for syntax, sample in SAMPLES.items():
            if sample is None or syntax in left_out:
                continue
            text = sample if isinstance(sample, str) else json.dumps(sample)
            yield _posted(path, media_types[syntax], text)
    for tree in _examples():
        text = json.dumps(tree, default=str)
        for path in _ADVISED:
            yield _posted(f"{path}?anyway=1", _JSON, text)
        description = {key: value for key, value in tree.items() if key != "id"}
        query = address_query(ProjectAddress(tree=description))
        for view in _VIEWS:
            for lang in _LANGUAGES:
                yield EnvironBuilder(f"/projet?{query}{view}&lang={lang}", headers=_ANY)


def _posted(path: str, media_type: str, body: str) -> EnvironBuilder:
    return EnvironBuilder(path, method="POST", headers=_ANY, content_type=media_type, data=body)


def _examples() -> Iterator[dict[str, Any]]:
    for path in library.files("data/examples", "*.yaml"):
        yield parse_yaml(path.read_text(encoding="utf-8"))
