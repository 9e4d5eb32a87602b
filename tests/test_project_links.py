"""A link to `/projet`: valid when incomplete, told to nobody, reopened later, read by programs (R19, R40)."""

from __future__ import annotations

import io
import logging
import re
from datetime import date, timedelta
from urllib.parse import parse_qsl

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from crawling import client
from montages import load
from montages.description.address.project_address import LONGEST
from montages.knowledge.files import library
from montages.web.project_tool.tool_request import tool_request
from test_project_address import PARAMETER, VALUE
from tool_forms import OWN, VILLAGE, get, page, text

pytestmark = pytest.mark.clock


def test_the_page_is_not_sent_again_where_the_client_has_it() -> None:
    first = get(f"{VILLAGE}&{OWN}")
    assert "private" in first.headers["Cache-Control"]
    assert get(f"{VILLAGE}&{OWN}", If_None_Match=first.headers["ETag"]).status_code == 304
    assert get(f"{VILLAGE}&{OWN}", "en", If_None_Match=first.headers["ETag"]).status_code == 200


@pytest.mark.parametrize(
    ("accept", "mark"),
    [("application/json", "{"), ("text/turtle", "@prefix"), ("application/ld+json", "{")],
)
@pytest.mark.parametrize("detail", ["brief", "full"])
def test_a_link_gives_programs_what_the_same_description_gets(
    accept: str, mark: str, detail: str
) -> None:
    saved = client().get(f"/projet.yaml?{VILLAGE}").data
    by_link = client().get(f"/projet?{VILLAGE}&detail={detail}", headers={"Accept": accept})
    headers = {"Accept": accept, "Content-Type": "application/yaml"}
    sent = client().post(f"/assess?detail={detail}", data=saved, headers=headers)
    # The lines of a finding are those of the text that was sent: a link has none.
    lines = re.compile(rb',"(line|column)":\d+')
    assert by_link.data == lines.sub(b"", sent.data)
    assert by_link.get_data(as_text=True).startswith(mark)
    assert by_link.headers["Cache-Control"] == "private, no-cache"
    assert "Accept" in by_link.headers["Vary"]
    again = {"Accept": accept, "If-None-Match": by_link.headers["ETag"]}
    assert client().get(f"/projet?{VILLAGE}&detail={detail}", headers=again).status_code == 304
    page_too = {"Accept": "text/html", "If-None-Match": by_link.headers["ETag"]}
    assert client().get(f"/projet?{VILLAGE}&detail={detail}", headers=page_too).status_code != 304


def test_a_program_is_refused_what_the_page_leaves_out_and_told_what_formats_there_are() -> None:
    json_only = {"Accept": "application/json"}
    faulty = client().get(f"/projet?{VILLAGE}&lots=x", headers=json_only)
    assert faulty.status_code == 422
    assert "Découpage en lots" in faulty.get_json()["detail"]
    torn = client().get(f"/projet?{VILLAGE}&remuneration=price,?", headers=json_only)
    assert torn.status_code == 422
    none = client().get(f"/projet?{VILLAGE}", headers={"Accept": "image/png"})
    assert none.status_code == 406
    assert client().get(f"/projet?{VILLAGE}&format=json").mimetype == "application/json"
    assert client().get(f"/projet?{VILLAGE}", headers={"Accept": "*/*"}).mimetype == "text/html"


def test_what_somebody_says_of_a_project_is_told_to_nobody_and_noted_nowhere(
    caplog: pytest.LogCaptureFixture,
) -> None:
    with caplog.at_level(logging.DEBUG):
        answer = get(f"project=Secret&{VILLAGE}&{OWN}")
    assert answer.headers["Referrer-Policy"] == "same-origin"
    assert answer.headers["X-Robots-Tag"] == "noindex"
    assert "Secret" not in caplog.text
    assert "le service n'en garde rien" in answer.get_data(as_text=True)


def test_a_link_too_long_for_an_e_mail_is_told_with_what_to_do() -> None:
    long = text(f"{VILLAGE}&description={'x' * LONGEST}")
    assert "trop pour un e-mail" in long
    assert "trop pour un e-mail" not in text(VILLAGE)


def test_a_link_of_another_day_says_what_has_changed_since() -> None:
    query = "holder=commune&network-activity=none&contract-object=supplies&estimated-value=217000"
    old = text(f"{query}&day=2025-06-01&rules={load().version}")
    assert "Ce lien date du 1er juin 2025." in old
    assert "le droit a changé" in old
    assert "→" in old
    assert "Ce lien date" not in text(f"{query}&day={date.today()}&rules={load().version}")
    assert "nos règles ont été revues" in text(f"{query}&day={date.today()}&rules=0123456789ab")


@pytest.mark.slow
def test_a_link_that_asks_for_the_law_of_a_day_says_so_and_what_that_of_today_changes() -> None:
    query = "holder=commune&network-activity=none&contract-object=supplies&estimated-value=217000"
    made_today = f"day={date.today()}&rules={load().version}"
    asked = text(f"{query}&as_of=2025-06-01&{made_today}")
    assert "Ce lien demande le droit du 1er juin 2025" in asked
    assert "Ce lien date" not in asked
    assert "→" in asked
    today = re.search(r'href="([^"]*)"[^>]*>Appliquer le droit', asked)
    assert today is not None
    assert "as_of" not in today[1]
    assert "Ce lien demande le droit" not in text(f"{query}&{made_today}")
    assert "This link asks for the law" in text(f"{query}&as_of=2025-06-01&lang=en")


def test_a_link_of_a_day_to_come_says_nothing_of_what_has_changed_since() -> None:
    query = "holder=commune&network-activity=none&contract-object=supplies&estimated-value=217000"
    later = date.today() + timedelta(days=400)
    assert "Ce lien date" not in text(f"{query}&day={later}&rules={load().version}")


def test_other_rules_are_told_even_where_a_link_has_no_day_and_lead_to_what_they_change() -> None:
    other = text(f"{VILLAGE}&rules=0123456789ab")
    assert "nos règles ont été revues" in other
    assert 'href="/releases"' in other


@pytest.mark.parametrize(
    ("query", "told"),
    [("lots=x&holder=commune", "Découpage en lots"), ("montant=3&holder=commune", "estimated-value"),
     ("estimated-value=-5&holder=commune", "")],
)  # fmt: skip
def test_a_link_with_a_bad_parameter_says_so_and_shows_the_rest(query: str, told: str) -> None:
    shown = page(query)
    assert "Une partie de ce lien" in shown.text
    assert told in shown.text
    assert "Commune" in shown.text


def test_a_real_project_opens_as_a_link() -> None:
    for slug, path in list(library.projects().items())[:4]:
        sent = {"file": (io.BytesIO(path.read_bytes()), path.name)}
        answer = client().post("/projet", data=sent, content_type="multipart/form-data")
        assert answer.status_code == 303, slug
        text(answer.headers["Location"].partition("?")[2])


@settings(max_examples=40)
@given(
    st.lists(
        st.tuples(PARAMETER | st.sampled_from(["ask", "before", "view", "layer.objects"]), VALUE),
        max_size=6,
    )
)
def test_the_own_form_of_a_request_is_its_own_form(pairs: list[tuple[str, str]]) -> None:
    own = tool_request(pairs).own_pairs()
    assert tool_request(own).own_pairs() == own


def test_another_language_keeps_everything() -> None:
    french = page(f"{VILLAGE}&ask=lots&before=holder&{OWN}")
    english = french.links["English"]
    assert english == f"/projet?{VILLAGE}&{OWN}&ask=lots&before=holder&lang=en"
    shown = page(english.partition("?")[2])
    assert shown.heading.startswith("Can the purchase be divided")
    back = shown.links["Français"]
    assert sorted(parse_qsl(back.partition("?")[2])) == sorted(
        [*parse_qsl(english.partition("?")[2])[:-1], ("lang", "fr")]
    )
