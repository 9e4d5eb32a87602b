"""R40: the first screen holds the answer under its labels, always in the same order, then what to do."""

from __future__ import annotations

import re
from itertools import pairwise

import pytest

from commands import run
from first_screens import CASES, SHIPPED, assessed
from montages.description.to_keys import to_keys
from montages.knowledge.rulebook import rulebook
from montages.publish.text import assessment_rows, assessment_text, typeset
from montages.publish.text.answer_lines import answer_lines

SCREEN = 25
LABELS = (
    "forbidden",
    "describe",
    "find-out",
    "open",
    "procedure",
    "calendar",
    "decides",
    "write",
    "avoid",
    "plan",
    "verify",
    "provisos",
    "other",
    "retained",
    "around",
    "unexpressed",
    "presumed",
)
LANGUAGES = ("fr", "en")


def lines_of(name: str, lang: str) -> list[str]:
    text = typeset.plain(assessment_text.brief_text(assessed(name), lang), 80)
    return text.replace("\u202f", " ").replace("\u00a0", " ").splitlines()


def screen(name: str, lang: str = "fr") -> str:
    return " ".join(" ".join(lines_of(name, lang)[:SCREEN]).split())


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("name", [*SHIPPED, *CASES])
def test_the_answer_stands_over_its_labels_always_in_the_same_order(name: str, lang: str) -> None:
    it = assessed(name)
    text, lines = " ".join(" ".join(lines_of(name, lang)).split()), answer_lines(it, lang)
    assert it.answer.headline[lang].replace("\u202f", " ") in text
    places = [LABELS.index(line.kind) for line in lines]
    assert places == sorted(places)
    for line in lines:
        assert line.title in text
        for reason in line.reasons:
            assert " ".join(reason.text.replace("\u202f", " ").split()) in text
        for before, reason in pairwise(line.reasons if line.kind == "verify" else ()):
            assert not before.text.endswith((".", "?")) or reason.text[0].isupper()


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("name", [*SHIPPED, *CASES])
def test_no_key_is_shown(name: str, lang: str) -> None:
    keys = {assessment_rows.key(criterion) for criterion in rulebook().criteria.values()}
    words = set(re.findall(r"[a-z]+(?:-[a-z]+)+", screen(name, lang)))
    assert words & {key for key in keys if "-" in key} == set()


@pytest.mark.parametrize("name", [*SHIPPED, *CASES])
def test_a_brief_assessment_with_what_there_is_to_do_takes_four_screens_at_most(name: str) -> None:
    assert len(lines_of(name, "fr")) <= 4 * SCREEN


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("village-meters", "Procédure Sans publicité ni mise en concurrence (sous 60 000 € HT)."),
        ("dijon", "Procédure Par appel d'offres ouvert (à partir de 5 404 000 € HT)."),
        ("exemple-metropole", "Par un dialogue compétitif (le contrat est complexe ou risqué)."),
        ("village-lighting-transferred", "Procédure Sans procédure de passation."),
        ("empty", "d'énergie ou de transport). À décrire d'abord Qui porte le projet ?"),
    ],
)
def test_the_procedure_by_its_amount_then_what_to_do(name: str, words: str) -> None:
    assert words in screen(name)


def test_what_there_is_to_do_stands_under_the_answer_in_the_order_of_doing() -> None:
    text = " ".join(" ".join(lines_of("village-meters", "fr")).split())
    first, then = "Vérifiez que le conseil a délégué ces marchés au maire", "Écrivez une condition"
    assert text.index("CE QU'IL FAUDRA FAIRE") < text.index(first) < text.index(then)


def test_a_project_of_which_nothing_is_said_has_no_rows_alike() -> None:
    shown = screen("empty").partition("POSSIBLE, SELON VOS RÉPONSES ? ")[2]
    assert shown.startswith("Marché de travaux, de fournitures ou de services · Régie · ")


def test_each_group_says_what_is_to_know_of_it() -> None:
    closed = " ".join(" ".join(lines_of("exemple-metropole", "fr")).split())
    assert "ÉCARTÉ PAR VOS RÉPONSES ↺ Quasi-régie — " in closed
    assert "redevient possible à condition de faire porter" in closed
    assert "« Travaux » CCP, art. L2171-2" in closed


def test_detail_full_gives_all_of_it() -> None:
    brief, full = (run("assess", "dijon", "--detail", detail).out for detail in ("brief", "full"))
    assert run("assess", "dijon").out == brief
    assert len(full.splitlines()) > 2 * len(brief.splitlines())
    whole = typeset.plain(assessment_text.assessment_text(assessed("dijon")), 80)
    assert "LES RÉPONSES LES PLUS UTILES" in whole or "À RÉPONDRE POUR TRANCHER" in whole


@pytest.mark.parametrize("name", [*SHIPPED, *CASES])
def test_an_english_screen_has_an_english_title_and_no_french_sentence(name: str) -> None:
    assert assessed(name).premises.label.en != assessed(name).premises.label.fr
    french = {"le", "les", "des", "une", "dans", "vous", "avec", "qui", "pour"}
    words = set(re.findall(r"[a-zà-ÿ]+", " ".join(lines_of(name, "en")).lower()))
    assert words & french == set()


def test_the_english_name_of_a_project_is_written_back() -> None:
    it = assessed("exemple-metropole")
    assert (
        to_keys(it.premises.derived.graphs["asserted"], it.premises.project)["project-en"]
        == "Example project"
    )
