"""What each command gives: forms, languages, exit codes, in the terminal and in a pipe."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import jsonschema
import pytest
import yaml
from rdflib import PROV, RDF, Graph, URIRef
from rdflib.compare import isomorphic
from rich.console import Console

from commands import Ran, run
from montages import Assessment, Report, load
from montages.cli import failures
from montages.cli.language import chosen
from montages.cli.main import montages
from montages.decision.against import CONSTRAINT
from montages.decision.parse import parse, parse_file
from montages.knowledge import library
from montages.knowledge.rulebook import rulebook
from montages.names import MTG
from montages.publish import digest, explanation, html, rdf, summary, text, typeset
from montages.publish.blank import blank

DAY = "2026-06-01"
DATA = library.ROOT / "data"
SCHEMA = json.loads((Path(html.__file__).parent / "assessment.schema.json").read_text())

AGAINST = """
project: Retenu contre les faits
holder: {type: Commune}
layers: [{layer: objects, mode: own}]
answers: {exploitation-risk: none, remuneration: price}
retained: concession
"""
ASSUMED = """
project: Une réponse supposée
holder: {type: Commune}
layers: [{layer: objects, mode: own}]
assumes: {exploitation-risk: none, competence-held: yes}
unknown: [remuneration]
"""


@pytest.fixture(scope="module")
def found() -> dict[str, Assessment]:
    """Assess once all the projects that the tests of this file look at."""
    sources = {
        "dijon": parse_file(DATA / "projects/dijon.ttl"),
        "example": parse_file(DATA / "examples/exemple-metropole.yaml"),
        "two": parse_file(DATA / "examples/deux-perimetres.yaml"),
        "against": parse(AGAINST, "yaml"),
        "assumed": parse(ASSUMED, "yaml"),
    }
    assessed = load().assess_all(list(sources.values()), as_of=date.fromisoformat(DAY))
    return dict(zip(sources, assessed, strict=True))


def printed(assessment: Assessment, width: int = 80, lang: str | None = None) -> str:
    return typeset.plain(text.assessment(assessment, lang), width)


# Forms


def test_the_schema_is_true_of_every_assessment(found: dict[str, Assessment]) -> None:
    validator = jsonschema.Draft202012Validator(SCHEMA)
    validator.check_schema(SCHEMA)
    for assessment in found.values():
        for lang in ("fr", "en"):
            validator.validate(assessment.to_json(lang))


def test_the_graph_is_the_same_in_turtle_and_json_ld(found: dict[str, Assessment]) -> None:
    graph = found["two"].graph()
    (it,) = graph.subjects(RDF.type, MTG.Assessment)
    assert (it, PROV.wasDerivedFrom, found["two"].project) in graph
    assert str(graph.value(it, MTG.asOf)) == DAY
    for form, name in (("turtle", "turtle"), ("jsonld", "json-ld")):
        written = rdf.serialise([found["two"].graph()], form)
        assert written == rdf.serialise([found["two"].graph()], form)
        assert isomorphic(Graph().parse(data=written, format=name), graph)


def test_the_page_stands_alone_and_says_what_the_terminal_says(
    found: dict[str, Assessment],
) -> None:
    page = html.page([found["two"], found["dijon"]])
    assert "<script" not in page
    assert "src=" not in page
    assert '<html lang="fr">' in page
    for verdict in found["two"].verdicts:
        assert (
            html.page([found["two"]]).count(verdict.arrangement.label.fr.replace("'", "&#39;")) >= 1
        )
    assert "ne vaut pas conseil juridique" in page
    assert found["dijon"].contest.replace("&", "&amp;") in page
    assert "Contracts" in html.page([found["two"]], "en")


@pytest.mark.parametrize("width", [80, 120])
def test_text_fits_its_width_without_boxes_or_trailing_blanks(
    found: dict[str, Assessment], width: int
) -> None:
    for assessment in found.values():
        for lang in ("fr", "en"):
            lines = printed(assessment, width, lang).splitlines()
            too_long = [line for line in lines if len(line) > width and "/contest?" not in line]
            assert too_long == []
            assert not any(line != line.rstrip() for line in lines)
            assert not any("\u2500" <= c <= "\u257f" for line in lines for c in line)


def test_text_is_coloured_on_a_terminal_only(found: dict[str, Assessment]) -> None:
    thing = text.assessment(found["example"])
    assert "\x1b" in typeset.render(Console(force_terminal=True, width=80), thing)
    assert "\x1b" not in typeset.plain(thing)


def test_text_tells_apart_unknown_violated_and_assumed(found: dict[str, Assessment]) -> None:
    assert "Provisoire : repose sur une réponse supposée" in printed(found["assumed"], 200)
    assert "1 déclarée inconnue" in printed(found["assumed"])
    assert "aucune information" in printed(found["dijon"])
    assert "Non satisfaites" in printed(found["against"])


def test_a_contract_that_fits_a_part_says_which(found: dict[str, Assessment]) -> None:
    assert "convient à : Objets connectés — Secteur sud, en régie" in printed(found["two"], 120)
    rows = digest.rows(found["two"].verdicts, "fr", "contract", found["two"].units)
    assert {row.slug for row in rows if "sud" in row.covers} >= {"regie"}


def test_a_score_without_soft_requirement_is_a_dash(found: dict[str, Assessment]) -> None:
    verdict = found["dijon"].verdict("procedure-formalisee")
    assert (digest.has_soft(verdict), digest.fit(verdict)) == (False, "—")


def test_the_summary_counts_retained_contracts(found: dict[str, Assessment]) -> None:
    line = summary.summary([found["dijon"], found["against"]], "fr")
    assert line.startswith("2 projets, 2 contrats retenus : 0 possible, 1 indéterminé")
    assert "1 écarté ou en conflit" in line
    assert "il manque le plus souvent" in line


# A retained contract against the facts


def test_a_retained_contract_against_the_facts_is_shown_and_fails(tmp_path: Path) -> None:
    (tmp_path / "a.yaml").write_text(AGAINST)
    ran = run("assess", str(tmp_path / "a.yaml"), "--as-of", DAY)
    assert ran.code == 1
    assert "Le contrat retenu contredit les faits décrits" in ran.out
    assert "CONTRATS" in ran.out


def test_the_finding_is_in_the_json(found: dict[str, Assessment]) -> None:
    (finding,) = [f for f in found["against"].findings if f.constraint == str(CONSTRAINT)]
    assert finding.severity == "violation"
    assert finding.path == str(MTG.retains)
    assert not [f for f in found["dijon"].findings if f.constraint == str(CONSTRAINT)]


# Commands


def test_several_files_give_an_array_in_order_and_a_summary_apart(
    found: dict[str, Assessment],
) -> None:
    ran = run("assess", "exemple-metropole", "dijon.ttl", "--as-of", DAY, "--format", "json")
    assert ran.code == 0
    assert json.loads(ran.out) == [found["example"].to_json(), found["dijon"].to_json()]
    assert ran.err.startswith("2 projets")


def test_facts_conclude_nothing() -> None:
    ran = run("facts", "dijon", "--as-of", DAY)
    graph = Graph().parse(data=ran.out, format="turtle")
    assert (None, RDF.type, MTG.Unit) in graph
    assert (None, RDF.type, MTG.Project) in graph
    for term in ("outcome", "status", "compiled", "satisfies", "Eligible"):
        assert term not in ran.out


def test_a_proof_is_explained_and_verified(found: dict[str, Assessment]) -> None:
    ran = run(
        "explain",
        "dijon",
        "--contract",
        "mpgp",
        "--depth",
        "proof",
        "--format",
        "json",
        "--as-of",
        DAY,
    )
    assert run("verify-proof", "dijon", "-", stdin=ran.out).code == 0
    proof = json.loads(ran.out)
    proof["steps"][0]["conclusion"] = "https://w3id.org/montages/id/project/dijon a b"
    broken = run("verify-proof", "dijon", "-", stdin=json.dumps(proof))
    assert broken.code == 1
    assert "ne tient pas" in broken.out


def test_an_explanation_has_three_forms(found: dict[str, Assessment]) -> None:
    args = (
        "explain",
        "commune-fournitures",
        "--contract",
        "procedure-formalisee",
        "--format",
        "turtle",
    )
    graph = Graph().parse(data=run(*args, "--as-of", DAY).out, format="turtle")
    arrangement = URIRef("https://w3id.org/montages/id/procedure/procedure-formalisee")
    assert set(graph.objects(None, MTG.arrangement)) == {arrangement}
    verdict = found["dijon"].verdict("mpgp")
    for depth in ("sentence", "checklist"):
        said = typeset.plain(explanation.explanation(found["dijon"], verdict, depth))
        assert said.startswith("Marché public global de performance (MPGP) : indéterminé")
        tree = explanation.to_json(found["dijon"], verdict, None, depth)
        assert (tree["contract"], "checks" in tree) == ("mpgp", depth == "checklist")


def test_an_explanation_gives_every_requirement_with_its_clause_and_reading(
    found: dict[str, Assessment],
) -> None:
    for contract in ("mpgp", "concession", "regie"):
        verdict = found["example"].verdict(contract)
        said = typeset.plain(explanation.explanation(found["example"], verdict, "checklist"), 400)
        for check in verdict.checks:
            assert check.requirement.label.fr in said
            assert check.requirement.reading.fr.replace("\u202f", " ") in said.replace(
                "\u202f", " "
            )
            assert all(source.label.fr in said for source in check.requirement.sources)


def test_the_tour_shows_a_real_project_and_an_example() -> None:
    ran = run("demo")
    assert ran.code == 0
    for words in (
        "OnDijon",
        "CE QUE LES SOURCES NE DISENT PAS",
        "CE QUI CONVIENT",
        "CCP, art.",
        "ET ENSUITE",
    ):
        assert words in ran.out


def test_check_says_that_something_was_looked_at() -> None:
    ran = run("check", "exemple-metropole", "dijon", "--format", "json")
    assert ran.code == 0
    assert [report["conforms"] for report in json.loads(ran.out)] == [True, True]
    assert any(json.loads(ran.out)[0]["looked_at"].values())
    assert "conforme" in run("check", "exemple-metropole").out


def test_fail_on_sets_the_exit_code() -> None:
    assert run("check", "dijon", "--fail-on", "violation").code == 0
    assert run("check", "dijon", "--fail-on", "info").code == 1


def test_rules_are_listed_and_shown() -> None:
    listed = json.loads(run("rules", "list", "--of", "mpgp", "--format", "json").out)
    assert "mpgp-realisation" in {rule["requirement"] for rule in listed}
    assert "CCP, art. L2171-3" in run("rules", "show", "mpgp-realisation").out
    diff = run("rules", "diff", "2025-06-01", DAY, "--format", "json")
    assert json.loads(diff.out)["thresholds"]
    assert "221 000" in run("rules", "diff", "2025-06-01", DAY).out.replace("\u202f", " ")


def test_cases_are_run(tmp_path: Path) -> None:
    case = "- {name: vide, as_of: 2026-06-01, input: {holder: {type: Commune}}, output: {mpgp: eligible}}"
    (tmp_path / "case.yaml").write_text(case)
    ran = run("test", str(tmp_path))
    assert ran.code == 1
    assert "eligible attendu" in ran.out


def test_questions_are_listed_and_answered() -> None:
    assert "hard-gates" in run("query").out
    named = ("query", "hard-gates", "--param", "contract=regie")
    assert run(*named, "--format", "csv").out.startswith("requirement,")
    assert json.loads(run(*named, "--format", "json").out)["results"]["bindings"]
    assert len(Graph().parse(data=run(*named, "--format", "turtle").out, format="turtle")) > 10
    assert "Aucun risque transféré" in run(*named).out
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
def test_a_new_description_asks_every_question_in_order(lang: str) -> None:
    written = blank(lang)
    asked = [c for c in rulebook().criteria.values() if c.known != "Derived"]
    keys = list(yaml.safe_load(written)["answers"])
    wanted = [digest.key(c) for c in asked if c.slug not in ("holder", "management-mode")]
    assert keys == wanted
    joined = " ".join(line.strip(" #") for line in written.splitlines())
    for criterion in asked:
        if digest.key(criterion) in keys:
            assert criterion.question[lang] in joined
            assert all(value.slug in joined for value in criterion.values)


# Languages, help, failures


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
    assert chosen(args, env) == lang


def test_the_environment_names_a_language() -> None:
    assert run("--help", env={"MONTAGES_LANG": "en", "LANG": "fr_FR.UTF-8"}).out.startswith("Usage")
    assert run("--help", "--lang", "en").out.startswith("Usage")
    assert run("--help", env={"LC_ALL": "en_US.UTF-8"}).out.startswith("Usage")


@pytest.mark.parametrize("lang", ["fr", "en"])
@pytest.mark.parametrize(
    "command", [[], *([name] for name in montages.commands), ["rules", "diff"]]
)
def test_every_command_has_help_in_both_languages(command: list[str], lang: str) -> None:
    ran = run(*command, "--help", "--lang", lang)
    other = run(*command, "--help", "--lang", "en" if lang == "fr" else "fr")
    assert ran.code == 0
    assert ran.out != other.out
    assert ("Utilisation" in ran.out) == (lang == "fr")


def test_no_command_shows_help() -> None:
    ran = run()
    assert (ran.code, "Commandes" in ran.out) == (0, True)
    assert run("--version").out.startswith("montages ")


def test_the_unexpected_is_one_apology(monkeypatch: pytest.MonkeyPatch) -> None:
    def fall(*_: object) -> Report:
        raise ZeroDivisionError

    monkeypatch.setattr("montages.decision.api.Knowledge.check", fall)
    ran = run("check", "dijon")
    assert ran.code == 3
    assert "Désolé" in ran.err
    assert "Traceback" not in ran.err
    with pytest.raises(ZeroDivisionError):
        failures.guarded(fall, failures.Session(debug=True))


def test_a_reader_that_leaves_is_no_error(monkeypatch: pytest.MonkeyPatch) -> None:
    def leave(*_: object) -> Ran:
        raise BrokenPipeError

    kept: list[int] = []
    monkeypatch.setattr("montages.cli.failures.os.dup2", lambda *_: kept.append(1))
    monkeypatch.setattr("montages.cli.failures.sys.stdout.fileno", lambda: 1, raising=False)
    assert failures.guarded(leave, failures.Session()) == 141  # type: ignore[arg-type]
