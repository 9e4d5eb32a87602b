"""Each contract shows who pays, who does and who risks, from data alone; its page and the list are short."""

from __future__ import annotations

import re
from xml.etree import ElementTree

import pytest

import montages
from crawling import state
from montages.knowledge.model import Arrangement
from montages.knowledge.periods import Rules, rules_at
from montages.knowledge.rulebook import rulebook
from montages.knowledge.who_pays import who_pays, who_pays_in
from montages.publish.drawing.who_pays_picture import who_pays_picture, who_pays_sentence
from montages.publish.page_templates import page_templates
from page_reading import LANGS, PageTags, text_of

SVG = "{http://www.w3.org/2000/svg}"
DRAWN = re.compile(r"<svg\b.*?</svg>", re.DOTALL)
# A fold shows its summary alone.
FOLDED = re.compile(
    r"<details\b[^>]*>\s*(<summary>(?:(?!</summary>).)*</summary>)(?:(?!<details).)*?</details>",
    re.DOTALL,
)
NAMES = [contract.slug for contract in rulebook().contract_types]


def rules() -> Rules:
    return rules_at(state().dataset.day)


def pictured() -> list[Arrangement]:
    return [a for a in rules().proposed() if a.kind in ("contract", "channel")]


def test_every_contract_has_a_picture_of_who_pays() -> None:
    for arrangement in pictured():
        for lang in LANGS:
            picture = who_pays_picture(arrangement.slug, rules(), lang)
            tree = ElementTree.fromstring(picture)  # noqa: S314  # our own drawing
            assert arrangement.label[lang] in str(tree.findtext(f"{SVG}title"))
            assert len(str(tree.findtext(f"{SVG}desc"))) > 80
            assert tree.attrib["viewBox"] == "0 0 352 180"
            assert len(tree.findall(f"{SVG}rect")) in (3, 4)
            assert not [node for node in tree.iter() if "style" in node.attrib]
            for line in tree.iter(f"{SVG}tspan"):
                assert 0 < float(line.attrib["x"]) < 352, (arrangement.slug, line.text)
                assert 6 < float(line.attrib["y"]) < 178, (arrangement.slug, line.text)


def test_who_loses_is_marked_on_every_new_contract() -> None:
    for arrangement in pictured():
        stated = who_pays_in(arrangement.slug, rules())
        assert stated is not None
        # What a change of a running contract makes one lose is what that contract says.
        assert bool(stated.losses) is (arrangement.slug != "modification")


def test_a_kind_that_says_nothing_shows_what_it_is_a_kind_of() -> None:
    stated = who_pays()
    assert "accord-cadre-bons-de-commande" not in stated
    assert who_pays_in("accord-cadre-bons-de-commande", rules()) == who_pays_in(
        "accord-cadre", rules()
    )
    assert who_pays_picture("any-contract", rules(), "fr") == ""


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("mpgp", "La collectivité paie un prix et une part selon les résultats à l'entreprise."),
        ("mpgp", "Si les résultats promis manquent, l'entreprise perd de l'argent."),
        ("dsp", "L'usager paie un tarif à l'entreprise."),
        ("affermage", "La collectivité finance l'ouvrage. L'entreprise exploite l'ouvrage."),
        ("regie", "Si l'usage manque, la collectivité perd de l'argent."),
        ("quasi-regie", "La société que vous contrôlez paie le prix de ses achats à l'entreprise."),
    ],
)
def test_the_picture_is_told_in_words_made_of_its_data(name: str, words: str) -> None:
    stated = who_pays_in(name, rules())
    assert stated is not None
    assert words in who_pays_sentence(stated, "fr")


def test_pages_that_stand_by_themselves_can_call_the_picture() -> None:
    template = page_templates().from_string("{{ who_pays_picture('mpgp', rules) }}")
    assert template.render(rules=rules(), lang="fr") == who_pays_picture("mpgp", rules(), "fr")


def visible(page: str) -> str:
    """Return the text of a page that shows before anything is unfolded, without the frame of the site."""
    main = DRAWN.sub("", page[page.index("<main") : page.index("</main>")])
    while main != (main := FOLDED.sub(r"\1", main)):
        pass
    return PageTags(main).text


@pytest.mark.slow
@pytest.mark.parametrize("lang", LANGS)
def test_contract_page_is_short(lang: str) -> None:
    long = {}
    for name in NAMES:
        words = re.findall(r"\w[\w'’-]*", visible(text_of(f"/id/contract/{name}.html", lang)))
        if len(words) > 450:
            long[name] = len(words)
    assert long == {}


@pytest.mark.parametrize("name", NAMES)
def test_contract_page_says_when_to_choose_and_when_to_avoid_it_three_times_each(name: str) -> None:
    page = text_of(f"/id/contract/{name}.html")
    assert f'id="who-pays-{name}-title"' in page
    for part in ("choose", "avoid"):
        section = page[page.index(f'id="{part}"') :]
        assert section[: section.index("</section>")].count("<li>") == 3, part


def test_contract_page_has_the_list_alone_above_it() -> None:
    page = text_of("/id/contract/mpgp.html")
    crumbs = PageTags(page[page.index('<nav class="crumbs"') : page.index("<h1>")]).text.split()
    assert " ".join(crumbs).startswith("Contrats Marché public global de performance")


@pytest.mark.parametrize("lang", LANGS)
def test_contracts_are_listed_once_each_by_what_one_wants(lang: str) -> None:
    page = text_of("/contracts", lang)
    listed, folded = page[page.index('class="aims"') :].split("<details", 1)
    assert sorted(re.findall(r"/id/contract/([\w-]+)\.html", listed)) == sorted(NAMES)
    assert listed.count("<svg") == len(NAMES)
    assert not {
        f"/id/contract/{name}.html" for name in NAMES if f"/id/contract/{name}.html" in folded
    }
    assert "/id/procedure/dialogue-competitif.html" in folded
    assert "/id/contract/any-contract.html" in folded


_LIT = {"main-object": "works", "estimated-value": 900_000}


def drawn_for(holder: str = "Commune", **answers: str) -> str:
    """Return what a project is drawn as: lighting of a commune or another, with some more answers."""
    description = {
        "project": "x",
        "holder": {"type": holder},
        "usages": ["street-lighting"],
        "answers": {**_LIT, **{name.replace("_", "-"): value for name, value in answers.items()}},
    }
    assessment = montages.load().assess(description)
    ((slug, unit),) = assessment.answer.drawn.items()
    return who_pays_picture(slug, assessment.premises.rules, "fr", unit=unit)


@pytest.mark.parametrize(
    ("operated_by", "words"),
    [
        ("contractor", "L&#39;entreprise construit et exploite l&#39;ouvrage."),
        ("own-staff", "La collectivité exploite l&#39;ouvrage."),
        ("mutualising-body", "L&#39;organisme commun exploite l&#39;ouvrage."),
    ],
)
def test_a_project_is_drawn_with_who_runs_it_as_its_answers_say(
    operated_by: str, words: str
) -> None:
    assert words in drawn_for(operated_by=operated_by)


def test_what_nothing_says_of_a_project_is_drawn_as_presumed() -> None:
    assert "exploite l&#39;ouvrage (nous le présumons)" in drawn_for()
    assert 'class="presumed"' in drawn_for()
    assert 'class="presumed"' not in drawn_for(operated_by="own-staff")


def test_a_project_is_drawn_with_its_own_names_and_no_loss_that_nothing_says() -> None:
    drawn = drawn_for()
    assert ">Commune</tspan>" in drawn
    assert ">Éclairage</tspan>" in drawn
    assert "perd de l&#39;argent" not in drawn
    assert "perd de l&#39;argent" in drawn_for(exploitation_risk="none")


@pytest.mark.parametrize(
    ("holder", "name"), [("SPL", "SPL"), ("GIP", "GIP"), ("RegieLocale", "Acheteur")]
)
def test_a_holder_that_is_no_authority_is_not_drawn_as_one(holder: str, name: str) -> None:
    drawn = drawn_for(holder)
    assert f">{name}</tspan>" in drawn
    assert ">Collectivité</tspan>" not in drawn
