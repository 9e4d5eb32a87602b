"""The papers have no word of the trade, no key of ours, and no link but ours and official ones."""

from __future__ import annotations

import pytest

from montages_handouts.handout import PAPERS, handout_file
from officer_texts import Links, link_faults, page_texts, word_faults, word_texts
from panel_cases import SLUGS
from papers import source


@pytest.mark.parametrize("paper", PAPERS)
@pytest.mark.parametrize("name", SLUGS[::40])
def test_a_paper_as_page_and_as_word(name: str, paper: str) -> None:
    page = handout_file(source(f"panel/{name}"), paper, "html").decode()
    texts, links = word_texts(handout_file(source(f"panel/{name}"), paper, "docx"))
    faults = [*word_faults([*page_texts(page), *texts], "paper")]
    assert faults + list(link_faults([*Links(page).addresses, *links])) == []
