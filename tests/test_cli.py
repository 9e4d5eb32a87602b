"""What each command gives: results, languages, exit codes, in the terminal and in a pipe."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
import yaml
from rdflib import RDF, Graph, URIRef

from commands import CommandResult, run
from description_files import parse_file
from montages import Report
from montages.cli import failures
from montages.cli.bilingual_commands import BilingualCommand, language_of
from montages.cli.main import SUMMARIES, guest_summary, montages
from montages.knowledge.rulebook import rulebook
from montages.names import MTG
from montages.publish.text import assessment_rows
from montages.publish.text.template import template

DAY = "2026-06-01"
DATED = ("--as-of", DAY, "--format", "json")


def test_several_files_give_an_array_in_order_and_a_summary_apart() -> None:
    result = run("assess", "exemple-metropole", "dijon.ttl", *DATED)
    assert result.code == 0
    alone = [run("assess", name, *DATED).out for name in ("exemple-metropole", "dijon")]
    assert json.loads(result.out) == [json.loads(out) for out in alone]
    assert result.err.startswith("2 projets")


@pytest.mark.slow
def test_facts_conclude_nothing() -> None:
    result = run("facts", "dijon", "--as-of", DAY)
    graph = Graph().parse(data=result.out, format="turtle")
    assert (None, RDF.type, MTG.Unit) in graph
    assert (None, RDF.type, MTG.Project) in graph
    for term in ("outcome", "status", "compiled", "satisfies", "Eligible"):
        assert term not in result.out


@pytest.mark.slow
def test_a_proof_is_explained_and_verified() -> None:
    result = run("explain", "dijon", "--contract", "mpgp", "--depth", "proof", *DATED)
    assert run("verify-proof", "dijon", "-", stdin=result.out).code == 0
    proof = json.loads(result.out)
    proof["steps"][0]["conclusion"] = "https://w3id.org/montages/id/project/dijon a b"
    broken = run("verify-proof", "dijon", "-", stdin=json.dumps(proof))
    assert broken.code == 1
    assert "ne tient pas" in broken.out


def test_an_explanation_has_three_forms() -> None:
    args = ("explain", "commune-fournitures", "--contract", "procedure-formalisee")
    text = run(*args, "--as-of", DAY, "--format", "turtle").out
    graph = Graph().parse(data=text, format="turtle")
    arrangement = URIRef("https://w3id.org/montages/id/procedure/procedure-formalisee")
    assert set(graph.objects(None, MTG.arrangement)) == {arrangement}
    for depth in ("sentence", "checklist"):
        args = ("explain", "dijon", "--contract", "mpgp", "--depth", depth)
        text = run(*args, "--as-of", DAY).out
        assert text.startswith("Marché public global de performance (MPGP) : ? à vérifier")
        tree = json.loads(run(*args, *DATED).out)
        assert (tree["contract"], "checks" in tree) == ("mpgp", depth == "checklist")


def test_the_demo_shows_a_real_project_and_an_example() -> None:
    result = run("demo")
    assert result.code == 0
    for words in (
        "OnDijon",
        "CE QUE LES SOURCES NE DISENT PAS",
        "CE QUI CONVIENT",
        "CCP, art.",
        "ET ENSUITE",
    ):
        assert words in result.out


def test_check_says_that_something_was_looked_at() -> None:
    result = run("check", "exemple-metropole", "dijon", "--format", "json")
    assert result.code == 0
    assert [report["conforms"] for report in json.loads(result.out)] == [True, True]
    report = json.loads(result.out)[0]
    assert 0 < report["coverage"]["applied"] < report["coverage"]["shapes"]
    assert "conforme" in run("check", "exemple-metropole").out


def test_fail_on_sets_the_exit_code() -> None:
    assert run("check", "dijon", "--fail-on", "violation").code == 0
    assert run("check", "dijon", "--fail-on", "info").code == 1


def test_rules_are_shown_and_compared() -> None:
    assert "CCP, art. L2171-3" in run("rules", "show", "mpgp-realisation").out
    diff = run("rules", "diff", "2025-06-01", DAY, "--format", "json")
    assert json.loads(diff.out)["thresholds"]
    assert "221 000" in run("rules", "diff", "2025-06-01", DAY).out.replace("\u202f", " ")


def test_a_link_that_is_at_fault_is_told() -> None:
    assert "« comune » n'est pas" in run("assess", "http://a/projet?holder=comune").err


def test_questions_are_listed_and_answered() -> None:
    assert "hard-gates" in run("query").out
    question = ("query", "hard-gates", "--parameters", "contract=regie")
    assert run(*question, "--format", "csv").out.startswith("requirement,")
    assert json.loads(run(*question, "--format", "json").out)["results"]["bindings"]
    assert len(Graph().parse(data=run(*question, "--format", "turtle").out, format="turtle")) > 10
    assert "Aucun risque transféré" in run(*question).out
    assert run("query", "hard-gate").code == 2


# A description to fill in


@pytest.mark.parametrize("lang", ["fr", "en"])
def test_a_new_description_is_valid_as_it_is(lang: str, tmp_path: Path) -> None:
    path = tmp_path / "new.yaml"
    assert run("new", str(path), "--lang", lang).code == 0
    description = parse_file(path)
    assert run("check", str(path)).code == 0
    assert description.slug in ("mon-projet", "my-project")
    assert run("new", str(path)).code == 2
    assert run("new", str(path), "--force").code == 0


@pytest.mark.parametrize("lang", ["fr", "en"])
def test_a_new_description_asks_every_question_by_theme_in_order(lang: str) -> None:
    text, themes = template(lang), rulebook().themes
    criteria = [c for c in rulebook().criteria.values() if c.answer_origin != "Derived"]
    criteria.sort(key=lambda criterion: list(themes).index(criterion.theme))
    keys = list(yaml.safe_load(text)["answers"])
    expected = [
        assessment_rows.key(c) for c in criteria if c.slug not in ("holder", "management-mode")
    ]
    assert keys == expected
    joined = " ".join(line.strip(" #") for line in text.splitlines())
    titles = [text.index(f"  # — {theme.label[lang]} —") for theme in themes.values()]
    assert titles == sorted(titles)
    for criterion in criteria:
        if assessment_rows.key(criterion) in keys:
            assert criterion.question[lang] in joined
            assert all(value.slug in joined for value in criterion.values)


# Languages, help, failures


@pytest.mark.parametrize("name", montages.commands)
def test_the_help_of_a_command_begins_with_its_summary(name: str) -> None:
    command, summary = montages.commands[name], SUMMARIES.get(name) or guest_summary(name)
    assert summary
    assert isinstance(command, BilingualCommand)
    for lang in ("fr", "en"):
        assert command.text[lang].split("\n\n")[0] == summary[lang]


@pytest.mark.parametrize(
    ("args", "env", "lang"),
    [
        ([], {}, "fr"),
        ([], {"LANG": "C.UTF-8"}, "fr"),
        ([], {"LANG": "en_GB.UTF-8"}, "en"),
        ([], {"LANG": "de_DE.UTF-8"}, "fr"),
        ([], {"LANG": "en_GB.UTF-8", "LC_ALL": "fr_FR.UTF-8"}, "fr"),
        (["check", "--lang", "en"], {"LC_ALL": "fr_FR.UTF-8"}, "en"),
        (["--lang=en"], {}, "en"),
        (["check", "--", "--lang", "en"], {}, "fr"),
    ],
)
def test_the_language_is_chosen(
    args: list[str], env: dict[str, str], lang: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("MONTAGES_LANG", raising=False)
    assert language_of(args, env) == lang


def test_the_environment_names_a_language() -> None:
    assert run("--help", env={"MONTAGES_LANG": "en", "LANG": "fr_FR.UTF-8"}).out.startswith("Usage")
    assert run("--help", "--lang", "en").out.startswith("Usage")
    assert run("--help", env={"LC_ALL": "en_US.UTF-8"}).out.startswith("Usage")


@pytest.mark.parametrize("lang", ["fr", "en"])
@pytest.mark.parametrize(
    "command", [[], *([name] for name in montages.commands), ["rules", "diff"]]
)
def test_every_command_has_help_in_both_languages(command: list[str], lang: str) -> None:
    result = run(*command, "--help", "--lang", lang)
    other = run(*command, "--help", "--lang", "en" if lang == "fr" else "fr")
    assert result.code == 0
    assert result.out != other.out
    assert ("Utilisation" in result.out) == (lang == "fr")


@pytest.mark.parametrize("lang", ["fr", "en"])
def test_the_list_of_commands_is_within_forty_lines_of_eighty(lang: str) -> None:
    lines = run("--help", "--lang", lang).out.splitlines()
    assert len(lines) <= 40
    assert max(map(len, lines)) <= 80


def test_no_command_shows_help() -> None:
    result = run()
    assert (result.code, "Votre projet :" in result.out) == (0, True)
    assert run("--version").out.startswith("montages ")


def test_the_unexpected_is_one_apology(monkeypatch: pytest.MonkeyPatch) -> None:
    def fall(*_: object) -> Report:
        raise ZeroDivisionError

    monkeypatch.setattr("montages.api.Knowledge.examine", fall)
    result = run("check", "dijon")
    assert result.code == 3
    assert "Désolé" in result.err
    assert "Traceback" not in result.err
    with pytest.raises(ZeroDivisionError):
        failures.exit_code(fall, failures.Session(debug=True))


def test_a_reader_that_leaves_is_no_error(monkeypatch: pytest.MonkeyPatch) -> None:
    def leave(*_: object) -> CommandResult:
        raise BrokenPipeError

    calls: list[int] = []
    monkeypatch.setattr("montages.cli.failures.os.dup2", lambda *_: calls.append(1))
    monkeypatch.setattr("montages.cli.failures.sys.stdout.fileno", lambda: 1, raising=False)
    assert failures.exit_code(leave, failures.Session()) == 141  # type: ignore[arg-type]
