"""R40: the first screen holds the answer, the procedure by its amount, what to do, and repeats nothing."""

from __future__ import annotations

import re

import pytest

from commands import run
from first_screens import CASES, SHIPPED, assessed
from montages.description.to_keys import to_keys
from montages.knowledge.rulebook import rulebook
from montages.publish.text import assessment_rows, assessment_text, typeset
from montages.publish.text.answer_lines import answer_lines

SCREEN = 25
LANGUAGES = ("fr", "en")


def lines_of(name: str, lang: str) -> list[str]:
    text = typeset.plain(assessment_text.brief_text(assessed(name), lang), 80)
    return text.replace("\u202f", " ").replace("\u00a0", " ").splitlines()


def screen(name: str, lang: str = "fr") -> str:
    return " ".join(" ".join(lines_of(name, lang)[:SCREEN]).split())


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("name", [*SHIPPED, *CASES])
def test_the_first_screen_holds_the_answer_and_five_lines_at_most(name: str, lang: str) -> None:
    shown, told = screen(name, lang), answer_lines(assessed(name), lang)
    assert assessed(name).answer.headline[lang].replace("\u202f", " ") in shown
    assert 1 <= len(told) <= 5
    for line in told:
        assert line.title in shown
        for reason in line.reasons:
            assert " ".join(reason.text.replace("\u202f", " ").split()) in shown


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("name", [*SHIPPED, *CASES])
def test_nothing_is_repeated_and_no_key_is_shown(name: str, lang: str) -> None:
    lines = [line.strip() for line in lines_of(name, lang) if line.strip()]
    assert len(lines) == len(set(lines))
    keys = {assessment_rows.key(criterion) for criterion in rulebook().criteria.values()}
    words = set(re.findall(r"[a-z]+(?:-[a-z]+)+", screen(name, lang)))
    assert words & {key for key in keys if "-" in key} == set()


@pytest.mark.parametrize("name", [*SHIPPED, *CASES])
def test_a_brief_assessment_with_what_there_is_to_do_takes_four_screens_at_most(name: str) -> None:
    assert len(lines_of(name, "fr")) <= 4 * SCREEN


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("village-meters", "concurrence (sous 60 000 € HT). Calendrier"),
        ("dijon", "ouvert (à partir de 5 404 000 € HT). À vérifier que vous"),
        ("exemple-metropole", "compétitif (le contrat est complexe ou risqué). Calendrier"),
        ("village-lighting-transferred", "sans procédure de passation. Présumé"),
        ("empty", "d'énergie ou de transport). À décrire d'abord Qui porte le projet ?"),
    ],
)
def test_the_procedure_by_its_amount_then_what_to_do(name: str, words: str) -> None:
    assert words in screen(name)


def test_what_there_is_to_do_stands_under_the_answer_in_the_order_of_doing() -> None:
    text = " ".join(" ".join(lines_of("village-meters", "fr")).split())
    first, then = "Vérifiez que le maire ou le président a reçu délégation", "Écrivez une condition"
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
