"""R23: a whole set-up as a picture: what stands where, and that it is said in words too."""

from __future__ import annotations

import json
import re
from functools import cache
from pathlib import Path
from xml.etree import ElementTree as ET

import html5rdf
import pytest
import yaml
from werkzeug.test import TestResponse

from commands import run
from crawling import client
from montages import load
from montages.advice.compose.composition import Compositions
from montages.publish.drawing.set_up_grid import set_up_grid
from montages.publish.drawing.set_up_picture import PictureBlock, SetUpPicture, set_up_picture
from tool_forms import page, text

DAY = "2026-06-01"
SVG = "{http://www.w3.org/2000/svg}"
TWO = "data/examples/deux-perimetres.yaml"
LAYERS = ("business-portal", "objects", "iot-network")
VILLAGE = "holder=commune&usages=street-lighting&layers=objects,business-portal"


@cache
def composed(areas: int = 0) -> Compositions:
    places = {f"a{n}": {"name": f"Secteur {n}"} for n in range(areas)}
    uses = [
        {"layer": layer} | ({"perimeter": area} if area else {})
        for layer in LAYERS[: 3 if not areas else 1]
        for area in places or [None]
    ]
    tree = {"project": "x", "layers": uses} | ({"perimeters": places} if places else {})
    return load("fast").compose(tree, as_of=DAY, anyway=True)


def parsed(svg: str) -> ET.Element:
    return ET.fromstring(svg)  # noqa: S314  # our own drawing


def words(svg: ET.Element) -> str:
    return " ".join("".join(each.itertext()) for each in svg.iter(f"{SVG}text"))


def test_rows_are_layers_in_the_order_of_the_sheet_and_each_cell_has_its_contract() -> None:
    it = composed()
    for each in it.compositions:
        grid = set_up_grid(each, it)
        assert [name.fr for name in grid.rows] == [
            "Réseau de capteurs",
            "Capteurs et compteurs",
            "Logiciel de gestion",
        ]
        assert set(grid.cells) == {(0, 0), (1, 0), (2, 0)}
        assert len(set(grid.cells.values())) == len(each.parts)


def test_the_blocks_of_a_contract_are_its_cells_once_each() -> None:
    for it in (composed(), composed(4)):
        for each in it.compositions:
            grid = set_up_grid(each, it)
            for number in range(len(each.parts)):
                cells = [
                    (row, column)
                    for (top, first), (bottom, last) in grid.pieces(number)
                    for row in range(top, bottom + 1)
                    for column in range(first, last + 1)
                ]
                assert sorted(cells) == sorted(c for c, n in grid.cells.items() if n == number)


def test_a_ring_is_drawn_for_each_interface() -> None:
    for it in (composed(), composed(4), load("fast").compose(TWO, as_of=DAY)):
        for each in it.compositions:
            drawn = parsed(set_up_picture(each, it, "fr"))
            rings = len(list(drawn.iter(f"{SVG}circle")))
            assert rings == each.interfaces + bool(each.interfaces)  # one more, in the key


def away(block: PictureBlock, x: float, y: float) -> float:
    beside = max(block.x - x, 0, x - block.x - block.width)
    return beside + max(block.y - y, 0, y - block.y - block.height)


@pytest.mark.parametrize("layer", ["objects", "business-portal"])
def test_a_ring_is_as_far_from_one_block_as_from_the_other(layer: str) -> None:
    tree = yaml.safe_load(Path(TWO).read_text("utf-8"))
    tree["layers"][1]["layer"] = layer  # another layer in another perimeter: at a corner
    composed = load("fast").compose(tree, as_of=DAY, anyway=True)
    picture = SetUpPicture(composed.compositions[0], composed, "fr", "set-up")
    (ring,) = picture.seams
    one, other = (away(block, ring.x, ring.y) for block in picture.blocks)
    assert 0 < one == pytest.approx(other)


def test_what_one_runs_by_its_own_means_is_hatched_and_what_it_buys_stands_beside() -> None:
    it = load("fast").compose(TWO, as_of=DAY)
    drawn = set_up_picture(it.compositions[0], it, "fr")
    assert drawn.count('fill="url(#set-up-hatch)"') == 1
    assert drawn.count('class="beside') == 1
    assert "pour ses achats" in words(parsed(drawn))


@pytest.mark.parametrize("lang", ["fr", "en"])
def test_the_picture_is_said_in_words_and_names_every_contract(lang: str) -> None:
    it = composed(14)
    each = it.compositions[0]
    drawn = parsed(set_up_picture(each, it, lang))
    assert drawn.get("role") == "img"
    assert drawn.get("lang") == lang
    shown = words(drawn)
    for part in each.parts:
        assert part.result.arrangement.label[lang].split()[-1] in shown
    desc = drawn.find(f"{SVG}desc")
    assert desc is not None
    assert desc.get("id") == drawn.get("aria-describedby")
    assert (
        desc.text
        == each.to_json(it.rules, len(it.assessment.conclusions.units), lang, brief=True)[
            "sentence"
        ]
    )


def test_nothing_is_drawn_beyond_the_edge() -> None:
    for it in (composed(), composed(14)):
        for each in it.compositions:
            drawn = parsed(set_up_picture(each, it, "fr"))
            for rect in drawn.iter(f"{SVG}rect"):
                assert float(rect.get("x", "0")) >= 0
                assert float(rect.get("x", "0")) + float(rect.get("width", "0")) <= 340


@pytest.mark.parametrize("lang", ["fr", "en"])
def test_the_view_shows_each_set_up_with_its_picture_and_what_goes_around_it(lang: str) -> None:
    shown = text(f"{VILLAGE}&view=compositions", lang)
    pictures = shown.count('class="set-up"')
    assert 1 < pictures <= 5
    assert shown.count('class="whole-set-up"') == pictures
    assert "<style>" not in shown
    assert 'style="' not in shown
    assert {"fr": "Procédure, groupement ou centrale", "en": "Procedure, channel"}[lang] in shown
    ids = re.findall(r'\bid="([^"]+)"', shown)
    assert len(ids) == len(set(ids))


def test_the_result_leads_to_the_view_and_the_view_back() -> None:
    result = page(f"{VILLAGE}&view=result")
    view = page(result.links["Montages d'ensemble"].partition("?")[2])
    assert view.heading == "Montages d'ensemble"
    back = view.links["← Revenir au résultat"]
    assert "view=result" in back


def test_a_project_of_which_nothing_is_said_is_asked_about_whatever_the_view() -> None:
    assert page("view=compositions").asked == "holder"


BODY = {"project": "x", "layers": [{"layer": "objects"}, {"layer": "business-portal"}]}


def post(query: str, accept: str) -> TestResponse:
    return client().post(f"/compose?as_of={DAY}&{query}", json=BODY, headers={"Accept": accept})


def test_the_service_and_the_command_line_draw_the_same_picture(tmp_path: Path) -> None:
    answer = post("composition=2&lang=en", "image/svg+xml")
    assert answer.content_type == "image/svg+xml"
    assert "unsafe-inline" in answer.headers["Content-Security-Policy"]
    file = tmp_path / "x.json"
    file.write_text(json.dumps(BODY))
    told = run(
        "compose",
        str(file),
        "--as-of",
        DAY,
        "--lang",
        "en",
        "--format",
        "svg",
        "--composition",
        "2",
    )
    assert told.out == answer.text
    assert parsed(answer.text).get("lang") == "en"


@pytest.mark.parametrize(
    ("query", "status"), [("composition=0", 400), ("top=1&composition=50", 404)]
)
def test_a_picture_that_there_is_not_is_refused_in_words(query: str, status: int) -> None:
    tree = BODY | {"answers": {"competence-held": "transferred", "body-offers-it": "no"}}
    sent = {"json": tree if status == 404 else BODY, "headers": {"Accept": "image/svg+xml"}}
    answer = client().post(f"/compose?as_of={DAY}&{query}", **sent)
    assert answer.status_code == status
    assert answer.content_type == "application/problem+json"


@pytest.mark.parametrize("lang", ["fr", "en"])
@pytest.mark.parametrize("path", ["/compose", "/compare"])
def test_a_page_that_stands_alone_is_given_where_html_is_asked_for(path: str, lang: str) -> None:
    answer = client().post(
        f"{path}?as_of={DAY}&lang={lang}", json=BODY, headers={"Accept": "text/html"}
    )
    assert answer.status_code == 200
    assert answer.content_type == "text/html; charset=utf-8"
    parser = html5rdf.HTMLParser()
    parser.parse(answer.text)
    assert [e for e in parser.errors if e[1] != "unexpected-html-element-in-foreign-content"] == []
    assert "<script" not in answer.text
    ids = re.findall(r'\bid="([^"]+)"', answer.text)
    assert len(ids) == len(set(ids))
    assert load().read(text=json.dumps(BODY), syntax="json").slug in answer.text


def test_what_comes_as_nothing_is_refused_with_what_there_is() -> None:
    answer = post("", "image/png")
    assert answer.status_code == 406
    assert "image/svg+xml" in answer.text
