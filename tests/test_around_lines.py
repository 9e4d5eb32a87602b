"""Under the answer, what answers speak of around the contract: buying together, a company, an activity."""

from __future__ import annotations

import pytest

from montages import load
from montages.description.parsing.parse import panel_description
from montages.publish.text.answer_lines import answer_lines
from panel_cases import panel_case

NETWORK = "Exploiter son propre réseau de communications"


def around(slug: str, lang: str) -> list[str]:
    case = panel_case(slug)
    found = load("fast").assess(panel_description(case), as_of=case.as_of, lang=lang)
    lines = [line for line in answer_lines(found, lang) if line.kind == "around"]
    return [reason.text for line in lines for reason in line.reasons]


@pytest.mark.parametrize(
    ("slug", "told"),
    [
        ("semop-water", ["Société d'économie mixte à opération unique (SEMOP) : convient"]),
        ("wholesaler-sensors", ["Centrale d'achat, rôle de grossiste : convient"]),
        ("region-data-platform", ["Groupement de commandes : convient"]),
        (
            "lora-end-users-call-unknown",
            [f"{NETWORK} : à vérifier qu'un appel public aux opérateurs privés n'a rien donné"],
        ),
        ("digital-syndicate-lora-end-users", [f"{NETWORK} : écarté par vos réponses"]),
    ],
    ids=lambda it: it if isinstance(it, str) else "",
)
def test_what_an_answer_calls_for_around_the_contract_is_said(slug: str, told: list[str]) -> None:
    assert [text.replace("\u202f", " ").replace("\xa0", " ") for text in around(slug, "fr")] == told
    assert len(around(slug, "en")) == len(told)


@pytest.mark.parametrize("slug", ["village-meters", "works-4m", "empty-project"])
def test_what_no_answer_speaks_of_is_left_out(slug: str) -> None:
    assert around(slug, "fr") == []
