"""The short address says the same project, fits on paper, and its first code book is read for ever."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from statistics import median
from urllib.parse import parse_qsl

import pytest
import yaml

from crawling import client
from montages.description.address.project_address import ProjectAddress
from montages.description.address.read_address import read_address
from montages.description.address.short_address import code_book, short_address, short_pairs
from montages.description.address.write_address import address_pairs, address_query
from montages.errors import UnreadableInput
from montages.knowledge.panel import panel
from montages.knowledge.rulebook import rulebook
from page_kinds import HTML
from short_codes import lists_of_codes

FIRST_BOOK = yaml.safe_load((Path(__file__).parent / "short-codes.yaml").read_text("utf-8"))
_NAMES = ("project", "project-en", "id", "description")
_HOST = "https://montages.example/P/"


def addresses() -> list[ProjectAddress]:
    """Return the cases of the panel as links of a day hold them."""
    day = date(2026, 11, 30)
    trees = [{k: v for k, v in case.tree.items() if k not in _NAMES} for case in panel()]
    pairs = [address_pairs(ProjectAddress(tree, day=day)) for tree in trees]
    return [
        read_address(pair for pair in each if not pair[0].startswith("holder.")).address
        for each in pairs
    ]


def test_a_project_of_the_panel_is_the_same_by_its_short_address() -> None:
    lengths = []
    for address in addresses():
        short = short_address(address)
        if short is None:
            assert "perimeters" in address.tree or any(
                "answers" in layer for layer in address.tree["layers"]
            )
            continue
        lengths.append(len(_HOST + short))
        for written in (short, short.lower()):
            assert address_query(read_address(short_pairs(written)).address) == address_query(
                address
            )
    assert len(lengths) > 380
    assert median(lengths) <= 120
    assert sorted(lengths)[int(len(lengths) * 0.95)] <= 200


@pytest.mark.parametrize("wanted", ["2027-09-01", "2027-09"])
def test_the_day_that_is_wanted_is_in_the_short_address(wanted: str) -> None:
    address = read_address([("holder", "commune"), ("wanted-by", wanted)]).address
    assert address_query(read_address(short_pairs(short_address(address) or "")).address) == (
        address_query(address)
    )


def test_every_code_of_the_first_book_is_read_for_ever() -> None:
    book = code_book()
    for folder, codes in FIRST_BOOK.items():
        ours = book.parameters if folder == "parameters" else book.values[folder]
        for code, name in codes.items():
            assert ours[name] == code


def test_every_criterion_and_value_has_a_code_of_its_own() -> None:
    """To mend: tools/short_codes.py."""
    book = code_book()
    assert set(book.parameters) == {*rulebook().criteria, "usages", "layers"}
    codes = sorted(book.parameters.values())
    assert len(codes) == len(set(codes))
    assert not [one for one in codes for two in codes if two != one and two.startswith(one)]
    assert not {code[0] for code in codes} & set("DEQWZ")
    for folder, values in lists_of_codes().items():
        assert set(values) <= set(book.values[folder]), folder
        assert len(set(book.values[folder].values())) == len(book.values[folder])


@pytest.mark.parametrize(
    "text",
    ["", "2.H6", "1.WW9", "1.H999", "1.A9Z9", "1.T", "1.L9", "1.DZZZZZZZZZZ", "1." + "H6." * 300],
)
def test_what_is_no_short_address_is_told(text: str) -> None:
    with pytest.raises(UnreadableInput):
        short_pairs(text)


@pytest.mark.parametrize(
    "path", ["/p/1.H6.U20.O1.A900K", "/P/1.H6.U20.O1.A900K", "/p/1.h6.u20.o1.a900k"]
)
def test_a_short_address_leads_to_the_result_at_the_long_one(path: str) -> None:
    response = client().get(path, headers={"Accept": HTML})
    assert response.status_code == 303
    said = dict(parse_qsl(response.headers["Location"].partition("?")[2]))
    assert said["holder"] == "commune"
    assert said["estimated-value"] == "900000"
    assert said["view"] == "result"
    assert client().get("/p/1.WW9", headers={"Accept": HTML}).status_code == 400


def test_the_result_gives_the_short_address() -> None:
    page = client().get(
        "/projet?holder=commune&usages=noise&contract-object=supplies&estimated-value=11500&view=result",
        headers={"Accept": HTML},
        follow_redirects=True,
    )
    assert "/p/1.H" in page.text
