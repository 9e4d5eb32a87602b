"""docs/parcours.md says what comes out today of three journeys."""

from __future__ import annotations

import re
from pathlib import Path
from urllib.parse import parse_qsl, urlsplit

import pytest

from montages import load
from montages.description.address.read_address import read_address

DOCS = Path(__file__).parents[1] / "docs"
PARTS = (DOCS / "parcours.md").read_text(encoding="utf-8").split("\n## ")[1:]


@pytest.mark.parametrize("part", PARTS, ids=lambda part: part.partition("\n")[0])
def test_the_link_of_a_journey_gives_its_sentence_on_its_day(part: str) -> None:
    """To mend: make screenshots."""
    (link,) = re.findall(r"\]\(\S+(/projet\?[^)]+)\)", part)
    (sentence,) = re.findall(r"^> (.+)$", part, re.MULTILINE)
    address = read_address(parse_qsl(urlsplit(link).query)).address
    answer = (
        load().assess({"project": "x", **address.tree}, as_of=address.as_of or address.day).answer
    )
    assert re.sub(r"\s", " ", answer.headline.fr) == re.sub(r"\s", " ", sentence)


def test_every_picture_of_the_journeys_is_there() -> None:
    names = re.findall(r"\((screenshots/[^)]+)\)", "".join(PARTS))
    assert len(names) == 9
    assert all((DOCS / name).is_file() for name in names)
