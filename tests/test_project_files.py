"""The project of `/projet` as files: saved, taken up again, told to no other site (R19)."""

from __future__ import annotations

import html
import io
import json
import re
from urllib.parse import parse_qs, parse_qsl

import pytest
import yaml

from crawling import client
from every_guest import needs_every_guest
from page_kinds import HTML
from tool_forms import VILLAGE, text


@pytest.mark.parametrize("form", ["yaml", "json", "ttl", "csv"])
def test_a_project_is_saved_as_a_file_and_taken_up_from_it(form: str) -> None:
    query = f"{VILLAGE}&lots=?&complete=usages"
    saved = client().get(f"/projet.{form}?{query}")
    assert saved.status_code == 200
    assert f'filename="mon-projet.{form}"' in saved.headers["Content-Disposition"]
    sent = {"file": (io.BytesIO(saved.data), f"p.{form}")}
    answer = client().post("/projet", data=sent, content_type="multipart/form-data")
    assert answer.status_code == 303, answer.get_data(as_text=True)[:2000]
    location = parse_qs(answer.headers["Location"].partition("?")[2])
    for name, value in parse_qsl(query):
        assert location[name] == [value], name


def test_the_files_say_the_project_by_our_keys() -> None:
    tree = yaml.safe_load(client().get(f"/projet.yaml?{VILLAGE}").data)
    assert tree["answers"] == {"contract-object": "supplies", "estimated-value": 20000}
    assert json.loads(client().get(f"/projet.json?{VILLAGE}").data) == tree


def test_a_csv_cannot_hold_perimeters_and_says_what_can() -> None:
    answer = client().get("/projet.csv?perimeters=nord&layers=objects@nord")
    assert answer.status_code == 422
    assert "YAML" in answer.get_data(as_text=True)
    assert "projet.csv" not in text("perimeters=nord&layers=objects@nord&holder=commune", "fr")
    assert "projet.csv" in text("layers=objects&holder=commune", "fr")


@pytest.mark.parametrize("form", ["csv", "ttl"])
def test_of_a_file_with_several_projects_each_is_offered_to_choose(form: str) -> None:
    first, second = (f"{VILLAGE}&project={name}" for name in ("Nord", "Sud"))
    one, other = (client().get(f"/projet.{form}?{query}").data for query in (first, second))
    both = one + (other.split(b"\r\n", 1)[1] if form == "csv" else other)
    sent = client().post("/projet", data={"file": (io.BytesIO(both), f"p.{form}")})
    assert sent.status_code == 422
    shown = html.unescape(sent.get_data(as_text=True))
    offered = re.findall(r'<li><a href="(/projet\?project=[^"]*)">(Nord|Sud)</a></li>', shown)
    assert [name for _, name in offered] == ["Nord", "Sud"]
    assert "--project" not in shown
    assert "estimated-value=20000" in client().get(offered[1][0]).get_data(as_text=True)


def test_a_description_pasted_is_taken_up_and_one_at_fault_is_told_on_the_page() -> None:
    good = client().post("/projet", data={"description": "project: Essai\nusages: [Voirie]\n"})
    assert "usages=roads" in good.headers["Location"]
    for bad, told in (
        ("", "Choisissez un fichier"),
        ("project: [", "ligne"),
        ("project: X\nusage: y\n", "usages"),
    ):
        answer = client().post(
            "/projet", data={"description": bad}, headers={"Accept": HTML, "Accept-Language": "fr"}
        )
        assert answer.status_code == 422
        assert told in answer.get_data(as_text=True)


def test_a_project_without_a_name_has_none_when_it_is_taken_up_from_a_file() -> None:
    saved = client().get(f"/projet.ttl?{VILLAGE}").data
    sent = {"file": (io.BytesIO(saved), "p.ttl")}
    location = client().post("/projet", data=sent).headers["Location"]
    assert "project" not in location.partition("?")[2]


@pytest.mark.parametrize(
    "form", ["yaml", "json", "ttl", "csv", pytest.param("xlsx", marks=needs_every_guest)]
)
def test_the_address_of_a_file_is_told_to_no_other_site(form: str) -> None:
    headers = client().get(f"/projet.{form}?{VILLAGE}").headers
    assert headers["Referrer-Policy"] == "same-origin"
    assert headers["Cache-Control"] == "private, no-cache"
