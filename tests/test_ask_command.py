"""`montages ask`: one question at a time, help, back, "I do not know", each answer saved at once (R19)."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
import yaml

from commands import CommandResult, run
from montages import load
from montages.advice.questions.parts_to_describe import described_parts
from montages.knowledge.description_keys import answer_keys
from montages.knowledge.rulebook import rulebook
from montages.publish.json_text import dump
from test_officer_journeys import answer_at, journey

DAY = ("--as-of", "2026-06-01")


def asked(file: Path, *lines: str, lang: str = "fr") -> CommandResult:
    return run("ask", str(file), *DAY, "--lang", lang, stdin="".join(f"{x}\n" for x in lines))


def tree(file: Path) -> dict[str, Any]:
    return dict(yaml.safe_load(file.read_text(encoding="utf-8")))


def test_numbers_names_and_values_are_taken_and_saved_at_once(tmp_path: Path) -> None:
    file = tmp_path / "p.yaml"
    result = asked(file, "1", "éclairage public", "fournitures", "20 k€")
    assert result.code == 0
    assert tree(file)["holder"] == {"type": "Commune"}
    assert tree(file)["usages"] == ["street-lighting"]
    assert tree(file)["answers"] == {"contract-object": "supplies", "estimated-value": 20000}
    assert "Premier résultat" in result.out
    assert "montages ask" in result.out


def test_i_do_not_know_is_remembered_and_not_asked_again(tmp_path: Path) -> None:
    file = tmp_path / "p.yaml"
    first = asked(file, "", "", "je ne sais pas", "q")
    assert tree(file)["unknown"] == ["contract-object"]
    again = asked(file, "q")
    question = "Qu'achetez-vous :"
    assert question in first.out
    assert question not in again.out.split("À chercher d'abord")[0]


def test_one_goes_back_and_answers_otherwise(tmp_path: Path) -> None:
    file = tmp_path / "p.yaml"
    asked(file, "", "", "1", "<", "3", "q")
    assert tree(file)["answers"] == {"contract-object": "services"}


def test_words_in_doubt_that_change_nothing_are_dropped_by_a_key(tmp_path: Path) -> None:
    file = tmp_path / "p.yaml"
    file.write_text("sentence: on paie les entrées, 90 000 € ht\n", encoding="utf-8")
    assert "=  Cela n'y change rien" in asked(file, "=", "q").out.replace("\xa0", " ")
    assert "unsure" not in tree(file)
    assert "=  " not in asked(file, "q").out


def test_help_says_why_and_what_each_answer_does(tmp_path: Path) -> None:
    fr = asked(tmp_path / "p.yaml", "", "éclairage public", "travaux", "?")
    en = asked(tmp_path / "e.yaml", "", "street lighting", "works", "?", lang="en")
    assert "En dépendent encore" in fr.out
    assert "alors procédure" in " ".join(fr.out.split())
    assert "Still depending on it" in en.out
    assert "then " in en.out


def test_what_cannot_be_read_is_said_and_asked_again(tmp_path: Path) -> None:
    file = tmp_path / "p.yaml"
    result = asked(file, "", "", "peut-être", "1", "q")
    assert "n'est pas dans la liste" in result.out
    assert tree(file)["answers"] == {"contract-object": "works"}


def test_a_part_to_describe_has_help_and_speaks_of_its_values_by_their_names(
    tmp_path: Path,
) -> None:
    result = asked(tmp_path / "p.yaml", "1", "?", "éclairage pulbic", "1", "")
    assert "Commander et suivre à distance" in result.out.replace("\n", " ")
    assert "Vouliez-vous « Éclairage public »" in " ".join(result.out.split()).replace("\xa0", " ")
    assert "street-lighting" not in result.out


def test_several_names_are_all_kept(tmp_path: Path) -> None:
    file = tmp_path / "p.yaml"
    asked(file, "", "éclairage public, voirie", "", "q")
    assert tree(file)["usages"] == ["street-lighting", "roads"]


def test_only_who_can_carry_a_project_is_offered_as_its_holder(tmp_path: Path) -> None:
    out = asked(tmp_path / "p.yaml", "q").out
    assert "Syndicat d'énergie" in out
    for other in ("Opérateur", "Intégrateur", "Assistance à maîtrise", "Centrale d'achat"):
        assert other not in out


def test_usages_are_listed_by_name_in_the_language_of_the_reader(tmp_path: Path) -> None:
    fr, en = (asked(tmp_path / f"{lang}.yaml", "", "q", lang=lang).out for lang in ("fr", "en"))
    assert fr.index("Déchets") < fr.index("Éclairage public") < fr.index("Voirie")
    assert fr.index("Voirie") < fr.index("Autre usage")
    assert en.index("Air quality") < en.index("Street lighting") < en.index("Other usage")


def test_a_description_answered_in_full_is_asked_nothing(tmp_path: Path) -> None:
    file = tmp_path / "p.yaml"
    source = Path(__file__).parents[1] / "data/examples/exemple-metropole.yaml"
    file.write_text(source.read_text(encoding="utf-8"), encoding="utf-8")
    result = asked(file)
    assert result.code == 0
    assert "?" not in result.out.split("\n\n")[0]


def test_the_list_is_that_of_the_service() -> None:
    result = run("ask", "dijon", "--non-interactive", "--format", "json", *DAY)
    expected = load().questions("data/projects/dijon.ttl", as_of="2026-06-01").to_json("fr")
    assert json.loads(result.out) == expected
    assert result.out == dump(expected)


@pytest.mark.parametrize("lang", ["fr", "en"])
def test_the_list_is_told_in_both_languages(lang: str) -> None:
    result = run("ask", "--non-interactive", *DAY, "--lang", lang)
    word = {"fr": "Questions à poser", "en": "Questions to ask"}[lang]
    assert word in result.out


def test_going_back_puts_each_question_again_down_to_the_first_and_loses_no_other(
    tmp_path: Path,
) -> None:
    file = tmp_path / "p.yaml"
    asked(file, "1", "éclairage public", "1", "<", "<", "assainissement", "2", "q")
    assert tree(file) == {
        "project": "Mon projet",
        "holder": {"type": "Commune"},
        "usages": ["sewerage"],
        "answers": {"contract-object": "supplies"},
    }
    assert "Rien avant cette question" in asked(tmp_path / "e.yaml", "<").out


def test_any_answer_is_reviewed_and_changed_after_one_has_come_back(tmp_path: Path) -> None:
    file = tmp_path / "p.yaml"
    asked(file, "1", "voirie", "fournitures", "0", "q")
    assert tree(file)["unknown"] == ["estimated-value"]
    out = asked(file, "r", "4", "90 k€", "r", "1", "département", "q").out
    assert "Valeur estimée : je ne sais pas" in out.replace("\xa0", " ")
    assert tree(file) == {
        "project": "Mon projet",
        "holder": {"type": "Departement"},
        "usages": ["roads"],
        "unknown": [],
        "answers": {"contract-object": "supplies", "estimated-value": 90000},
    }


def test_an_answer_of_one_area_or_layer_is_changed_where_it_stands(tmp_path: Path) -> None:
    file = tmp_path / "p.yaml"
    areas = {"nord": {"answers": {"estimated-value": 20000}}, "sud": {"name": "Le sud"}}
    said = {
        "project": "P",
        "holder": {"type": "Commune"},
        "perimeters": areas,
        "layers": [{"layer": "objects", "perimeter": "nord", "answers": {"revenue": "no"}}],
        "answers": {"competence-held": "yes"},
    }
    file.write_text(yaml.safe_dump(said), encoding="utf-8")
    out = asked(file, "r", "5", "30 k€", "r", "6", "0", "q").out
    assert "Valeur estimée (nord) : 20 000 € HT" in out.replace("\xa0", " ").replace("\u202f", " ")
    assert tree(file)["perimeters"]["nord"]["answers"] == {"estimated-value": 30000}
    layer = {"layer": "objects", "perimeter": "nord", "answers": {}, "unknown": ["revenue"]}
    assert tree(file)["layers"] == [layer]


def test_layers_that_stay_keep_what_was_said_of_them(tmp_path: Path) -> None:
    file = tmp_path / "p.yaml"
    said = {"project": "P", "layers": [{"layer": "objects", "mode": "own"}]}
    file.write_text(yaml.safe_dump(said), encoding="utf-8")
    asked(file, "r", "1", "objets, stockage", "q", "q")
    assert tree(file)["layers"] == [{"layer": "objects", "mode": "own"}, {"layer": "storage"}]


def test_a_file_that_cannot_be_saved_is_told_in_words_and_another_keeps_its_rights(
    tmp_path: Path,
) -> None:
    result = asked(tmp_path / "nowhere" / "p.yaml", "1")
    assert result.code == 2
    assert "n'a pas pu être enregistré" in " ".join(result.err.split())
    file = tmp_path / "p.yaml"
    file.touch(mode=0o640)
    asked(file, "1", "q")
    assert file.stat().st_mode & 0o777 == 0o640
    assert [each.name for each in tmp_path.iterdir()] == ["p.yaml"]


@pytest.mark.parametrize("lang", ["fr", "en"])
def test_at_the_end_the_answer_and_its_labels_are_told_and_how_to_print_it(
    tmp_path: Path, lang: str
) -> None:
    file = tmp_path / "p.yaml"
    source = Path(__file__).parents[1] / "data/examples/exemple-metropole.yaml"
    file.write_text(source.read_text(encoding="utf-8"), encoding="utf-8")
    out = asked(file, lang=lang).out
    for words in {"fr": ("Procédure", "Autre voie"), "en": ("Procedure", "Another way")}[lang]:
        assert words in out
    assert "montages note" in out


def test_a_file_that_is_no_yaml_of_ours_is_refused(tmp_path: Path) -> None:
    assert run("ask", str(tmp_path / "p.ttl")).code == 2
    faulty = tmp_path / "p.yaml"
    faulty.write_text("project: [", encoding="utf-8")
    result = run("ask", str(faulty))
    assert result.code == 2
    assert faulty.read_text(encoding="utf-8") == "project: ["


SENTENCES = (
    "Ville de 9 000 habitants, rénover l'éclairage public, 900 k€ TTC de travaux avec télégestion",
    "EPCI, capteurs de crue, 40 000 € sur deux ans",
    "Ajouter 90 capteurs de bruit (118 000 €) à notre marché de services de 1,3 M€",
    "Syndicat d'énergie, 120 bornes de recharge, l'exploitant se rémunère sur les usagers, 12 ans",
)


def told(sentence: str, *lines: str, lang: str = "fr") -> str:
    """Return what the terminal says of a sentence, in one line without narrow blanks."""
    sent = "".join(f"{x}\n" for x in lines)
    result = run("ask", sentence, "--lang", lang, stdin=sent)
    assert result.code == 0, result.err
    return " ".join(result.out.split())


@pytest.mark.parametrize("sentence", SENTENCES)
def test_a_sentence_is_asked_what_the_pages_ask_in_their_order_and_no_more(
    sentence: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    query, put, left = journey(sentence, {})
    parts = {part.name: part.question for part in described_parts()}
    names = answer_keys()
    asked_there = [
        (parts.get(key) or rulebook().criteria[names[key]].question).fr.split(" ?")[0]
        for key in put
    ]
    out = told(sentence, *["0"] * len(put))
    at = [out.find(" ".join(question.split())) for question in asked_there]
    assert -1 not in at
    assert at == sorted(at)
    assert out.count("je ne sais pas ; ? : aide") == len(put)
    assert [n for n in left if f"{n} question" in out]
    headline = answer_at(query).headline.fr
    assert " ".join(headline.split()) in out


def test_a_sentence_says_what_was_understood_and_what_was_not(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    out = told("EPCI, éclairage, 24 000 € TTC, lutins", "q")
    assert "Compris : Éclairage public" in out
    assert "20 000 € HT" in out
    assert "Non compris : lutins" in out
    assert "Rien de cette phrase" in told("On verra", "q")


def test_a_sentence_begins_a_new_file_and_a_file_is_gone_on_with(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    told("Commune, éclairage public, 20 k€", "q")
    told("Village, wifi, 5 000 €", "q")
    assert tree(tmp_path / "projet.yaml")["answers"]["estimated-value"] == 20000
    assert tree(tmp_path / "projet-2.yaml")["usages"] == ["public-wifi"]
    (tmp_path / "mon projet").write_text("", encoding="utf-8")
    assert run("ask", "mon projet", stdin="q\n").code == 2
    assert run("ask", "mon autre projet.yaml", stdin="q\n").code == 0
    assert not list(tmp_path.glob("projet-3*"))


def test_a_sentence_is_listed_too() -> None:
    out = run("ask", SENTENCES[0], "--non-interactive", "--lang", "fr").out
    assert "Compris" in out
    assert "Questions à poser" in out
    answered = run("ask", SENTENCES[0], "--format", "json").out
    assert json.loads(answered)["questions"][0]["criterion"] == "investment-funding"
