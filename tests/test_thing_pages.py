"""The page of a thing says what it is and what rests on it: contract, criterion, project, module."""

from __future__ import annotations

import re

import pytest

from crawling import client, state
from page_reading import LANGS, PageTags, text_of


def test_a_contract_page_is_a_checklist_of_all_that_binds_it() -> None:
    from montages.knowledge.periods import rules_at

    for lang in LANGS:
        shown = PageTags(text_of("/id/contract/mpgp.html", lang)).text.replace("\u00a0", " ")
        for requirement in rules_at(state().dataset.day).effective("mpgp"):
            assert " ".join(requirement.label[lang].split()) in shown
            assert " ".join(requirement.reading[lang].split()) in shown
        assert "OnDijon" in shown


def test_a_contract_page_keeps_gates_duties_preferences_and_folds_apart() -> None:
    page = text_of("/id/contract/concession.html")
    parts = {name: page.index(f'id="{name}"') for name in ("hard", "duties", "soft", "folds")}
    assert list(parts) == sorted(parts, key=lambda name: parts[name])
    folds = page[parts["folds"] : page.index('id="points"')]
    assert "Un montant qui vaut une concession" in folds
    duties = PageTags(page[parts["duties"] : parts["soft"]]).text
    assert "Avant le lancement" in duties
    assert "Montrer l'amortissement" in duties
    assert "/def/FitsOnTerms.html" in page


def test_a_project_page_says_what_is_said_today_of_what_it_retained() -> None:
    shown = PageTags(text_of("/id/project/dijon.html")).text
    assert "à condition de payer selon les résultats" in shown
    assert "/def/ToVerify.html" in text_of("/id/project/dijon.html")


def test_a_criterion_page_says_what_each_answer_rules_out() -> None:
    page = text_of("/id/criterion/exploitation-risk.html")
    real = page[page.index("Réel</a></h3>") :]
    real = real[: real.index("</section>")]
    assert "Écarte" in real
    assert "/id/contract/concession.html" not in real
    none = page[page.index("Aucun</a></h3>") :]
    assert "/id/contract/concession.html" in none[: none.index("</section>")]


def test_a_project_shows_what_it_retains_beside_its_contract_and_when_it_was_signed() -> None:
    shown = PageTags(text_of("/id/project/dijon.html", "fr")).text
    assert "Contrat retenu" in shown
    assert "Procédure retenue Dialogue compétitif" in shown
    assert (
        "signé le 3 septembre 2024" in PageTags(text_of("/id/project/indre-berry.html", "fr")).text
    )


@pytest.mark.parametrize(
    ("lang", "families"),
    [
        ("fr", ["Classes", "Propriétés", "Individus"]),
        ("en", ["Classes", "Properties", "Individuals"]),
    ],
)
def test_a_module_shows_its_terms_by_family_with_their_counts(
    lang: str, families: list[str]
) -> None:
    page = client().get(f"/module/rulebook.html?lang={lang}").text
    headings = re.findall(r'<h2 id="f-\d+">(\w+) <span class="count">(\d+)</span></h2>', page)
    assert [title for title, _ in headings] == families
    for title, count in headings:
        section = page[page.index(f">{title} <span", page.index("<section aria")) :]
        listed = section[: section.index("</section>")].count("<li>")
        assert listed == int(count)
    # two terms of one name are told apart by what they are called in data
    assert "<code>mtg:Criterion</code>" in page
    assert "<code>mtg:criterion</code>" in page


COPY = "restauration-collective.com"  # of R2162-4, whose official address is not known


@pytest.mark.parametrize(
    ("path", "linked"),
    [
        ("/id/contract/accord-cadre.html", False),
        ("/id/attention/accord-cadre-maximum.html", False),
        ("/requirement/accord-cadre-maximum.html", True),
        ("/id/clause/ccp-r2162-4.html", True),
    ],
)
def test_a_copy_is_linked_where_it_is_said_what_was_read_and_nowhere_else(
    path: str, linked: bool
) -> None:
    page = text_of(path)
    assert (COPY in page) is linked
    assert "/id/clause/ccp-r2162-4" in page


def test_many_kinds_of_holder_are_told_by_the_name_of_their_group() -> None:
    local = "toute collectivité, tout groupement ou établissement public local"
    for name in ("dsp", "marche-travaux"):
        page = text_of(f"/id/contract/{name}.html").replace("\u00a0", " ").lower()
        rules = page[page.index('id="hard"') : page.index('id="soft"')]
        assert local in rules, name
        assert "pôle métropolitain" not in rules
