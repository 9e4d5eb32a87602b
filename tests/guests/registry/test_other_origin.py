"""A page of another site writes to the registry and reads it: what CORS lets through, in a browser (G1)."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from playwright.sync_api import Browser

from harvesters import udata
from registry_service import description, registry_service
from served_application import served_application
from test_registry_catalogue import REGISTRY, fetched

pytestmark = pytest.mark.slow

# Send a description under conditions, and return what a script of the page may know of the answer.
WRITE = """async ([url, method, token, body, conditions]) => {
  const headers = {...conditions, Authorization: `Bearer ${token}`};
  if (body) headers["Content-Type"] = "application/yaml";
  const answer = await fetch(url, {method, headers, body: body || undefined});
  return {
    status: answer.status,
    tag: answer.headers.get("ETag"),
    location: answer.headers.get("Location"),
    text: await answer.text(),
  };
}"""
READ = """async ([url, headers, credentials]) => {
  try {
    const answer = await fetch(url, {headers, credentials});
    return [answer.status, answer.headers.get("Link"), await answer.text()];
  } catch (error) { return error.name; }
}"""


def test_a_page_of_another_origin_writes_with_a_token_and_a_condition_and_reads_what_it_wrote(
    browser: Browser, tmp_path: Path
) -> None:
    service, elsewhere = registry_service(tmp_path / "registry"), Flask("elsewhere")
    elsewhere.add_url_rule("/", view_func=lambda: "<!doctype html><title>Elsewhere</title>")
    with (
        served_application(service.client.application) as address,
        served_application(elsewhere) as origin,
    ):
        page = browser.new_page()
        page.goto(origin)
        url = f"{address}/projects/ailleurs"

        def write(method: str, text: str, **conditions: str) -> Any:
            named = {name.replace("_", "-"): value for name, value in conditions.items()}
            return page.evaluate(WRITE, [url, method, service.town, text, named])

        first = write("PUT", description("Un"), If_None_Match="*")
        assert (first["status"], first["location"]) == (201, f"{url}/versions/1")
        second = write("PUT", description("Deux"), If_Match=first["tag"])
        assert second["status"] == 200
        stale = write("PUT", description("Trois"), If_Match=first["tag"])
        assert (stale["status"], "stale-version" in stale["text"]) == (412, True)
        status, links, text = page.evaluate(READ, [f"{address}/projects.ttl", {}, "omit"])
        assert (status, 'rel="self"' in links, '"Deux"' in text) == (200, True, True)
        status, links, text = page.evaluate(READ, [f"{url}/versions/1", {}, "omit"])
        assert (status, "version-history" in links, "project: Un" in text) == (200, True, True)
        # Nothing is let through that a browser would add by itself.
        assert page.evaluate(READ, [url, {}, "include"]) == "TypeError"
        found = udata(fetched, f"{address}/projects.rdf")
        assert found[f"{REGISTRY}/ailleurs"].title == "Deux"
        assert write("DELETE", "", If_Match=second["tag"])["status"] == 200
        assert udata(fetched, f"{address}/projects.rdf") == {}
        page.close()
