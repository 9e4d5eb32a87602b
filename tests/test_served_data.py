"""Data served beside has pages of its own, whatever it says it is."""

from __future__ import annotations

from pathlib import Path

import pytest

from montages.web import create_app

PREFIXES = """@prefix mtg: <https://w3id.org/montages/def/> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
"""
KINDS = {
    "id/contract/foo": "ContractType",
    "id/procedure/foo": "Procedure",
    "id/criterion/foo": "Criterion",
    "id/layer/foo": "Layer",
    "id/document/foo": "Document",
    "id/threshold/foo": "Threshold",
    "id/attention/foo": "AttentionPoint",
}


@pytest.mark.slow
def test_a_contract_or_a_criterion_that_only_further_data_has_is_shown_plainly(
    tmp_path: Path,
) -> None:
    path = tmp_path / "more.ttl"
    lines = [
        f'<https://w3id.org/montages/{thing}> a mtg:{kind} ; rdfs:label "Machin"@fr, "Thing"@en .'
        for thing, kind in KINDS.items()
    ]
    path.write_text(PREFIXES + "\n".join(lines), encoding="utf-8")
    client = create_app({"REQUEST_LOG": "off", "RATE_LIMIT": 0, "DATA": [path]}).test_client()
    for thing in KINDS:
        answer = client.get(f"/{thing}.html?lang=en")
        assert answer.status_code == 200, thing
        assert "Thing" in answer.text
    for listing in (
        "/contracts",
        "/criteria",
        "/layers",
        "/requirements",
        "/sources",
        "/search?q=thing",
    ):
        assert client.get(listing, headers={"Accept": "text/html"}).status_code == 200, listing
