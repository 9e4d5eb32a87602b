"""The page of a requirement: each of its dated versions in plain words."""

from __future__ import annotations

from typing import Any

from montages.knowledge.model import FOREVER
from montages.knowledge.rules_index import rule
from montages.names import REQUIREMENT
from montages.web.pages.frame import Frame
from montages.web.pages.rule_words import asked


def make(iri: str, frame: Frame) -> dict[str, Any]:
    """Return what the page of a requirement, or of one of its versions, shows."""
    name, _, version = iri.removeprefix(str(REQUIREMENT)).partition("/")
    found = rule(name)
    day = frame.site.dataset.day
    versions = [v for v in reversed(found.versions) if not version or str(v.version) == iri]
    return {
        "rule": found,
        "of": frame.link(found.of.iri),
        "whole": frame.link(found.latest.iri) if version else None,
        "versions": [
            {
                "asked": asked(v, frame),
                "first": v.span.first,
                "last": None if v.span.last == FOREVER else v.span.last,
                "in_force": v.span.holds(day),
                "link": frame.link(v.version),
            }
            for v in versions
        ],
    }
