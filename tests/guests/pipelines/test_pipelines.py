"""What `montages check` writes for other people's pipelines: GitHub, JUnit, SARIF (V3)."""

from __future__ import annotations

import json
import os
import re
import stat
import subprocess
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator
from lxml import etree
from rdflib import SH

from commands import run
from montages.bilingual import Text
from montages.description.places.place_index import Place
from montages.errors import UnreadableInput
from montages.knowledge.compiled.answer_shapes import answer_shapes
from montages.knowledge.files import library
from montages.names import SHAPE, slug
from montages.publish.validation_report import FileCheck, Validation
from montages.validation.findings import Finding, Report
from montages_pipelines.junit_report import junit_report
from montages_pipelines.sarif_log import MOST_RESULTS, left_out, sarif_log
from montages_pipelines.workflow_commands import workflow_commands
from pace import PATIENCE

ROOT = Path(__file__).parents[3]
FORMS = ("github", "junit", "sarif")
JUNIT = Path(__file__).with_name("junit.rng")
MULTITOOL = ROOT / "node_modules" / "@microsoft" / "sarif-multitool-linux" / "Sarif.Multitool"
# The schema of the standard, which comes with it.
SARIF = MULTITOOL.with_name("sarif-2.1.0.json")

GOOD = "project: Bon\nholder: {type: Commune}\nlayers: [{layer: objects, mode: own}]\n"
FAULTY = """project: Été 😀 à Nîmes
holder: {type: Commune}
layers: [{layer: objects, mode: own}]
answers: {lots: "é😀", durée: 3, lots-of: 1}
"""
TURTLE = """@prefix mtg: <https://w3id.org/montages/def/> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
<https://w3id.org/montages/id/project/e> a mtg:Project ; rdfs:label "Été 😀"@fr ; mtg:holdr mtg:Commune .
"""
BROKEN = "project: [\nx: 1"


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a folder with a description of each kind, in a folder of the sources."""
    path = tmp_path_factory.mktemp("sources")
    (path / "mes projets").mkdir()
    for name, text in {
        "bon.yaml": GOOD, "été.yaml": FAULTY, "e.ttl": TURTLE, "cassé.yaml": BROKEN,
    }.items():  # fmt: skip
        (path / "mes projets" / name).write_text(text, encoding="utf-8")
    return path


@pytest.fixture(scope="module")
def reports(folder: Path) -> dict[str, str]:
    """Return what each form says of all files of the folder."""
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(folder)
        names = sorted(str(path.relative_to(folder)) for path in folder.glob("*/*"))
        return {form: run("check", *names, "--format", form).out for form in FORMS}


def finding(message: str = "x", severity: str = "violation", **more: Any) -> Finding:
    values = {"focus": "f", "path": "", "value": "", "constraint": str(SHAPE["Project-holder"])}
    return Finding(severity=severity, message=Text(message, message), **{**values, **more})


def check(*findings: Finding, name: str = "a.yaml", fail_on: str = "violation") -> FileCheck:
    report = Report(findings)
    return FileCheck(Path(name), Validation(report, "project", fail_on, "0"))


def results(log: str) -> list[dict[str, Any]]:
    (sarif_run,) = json.loads(log)["runs"]
    return list(sarif_run["results"])


def fingerprint(result: dict[str, Any]) -> str:
    return str(result["partialFingerprints"]["primaryLocationLineHash"])


def line(result: dict[str, Any]) -> int:
    return int(result["locations"][0]["physicalLocation"]["region"]["startLine"])


@pytest.mark.parametrize("form", ["text", "json", *FORMS])
def test_the_exit_code_is_the_same_in_every_form(folder: Path, form: str) -> None:
    codes = [
        run("check", str(folder / "mes projets" / name), *options, "--format", form).code
        for name, options in [
            ("bon.yaml", ()),
            ("bon.yaml", ("--fail-on", "info")),
            ("été.yaml", ()),
            ("cassé.yaml", ()),
        ]
    ]
    assert codes == [0, 1, 1, 2]


def test_github_annotates_the_line_and_column_of_each_fault(reports: dict[str, str]) -> None:
    lines = reports["github"].splitlines()
    assert any(
        line.startswith("::error file=mes projets/été.yaml,line=4,col=11,title=") for line in lines
    )
    assert any(line.startswith("::error file=mes projets/cassé.yaml,line=2,col=") for line in lines)
    assert any(line.startswith("::notice file=mes projets/bon.yaml,line=1,") for line in lines)
    assert [line for line in lines if not line.startswith("::")] == [lines[-1]]
    assert lines[-1].startswith("4 fichiers contrôlés : ")


def test_github_is_told_the_gravest_of_all_files_first(reports: dict[str, str]) -> None:
    order = [line.split()[0] for line in reports["github"].splitlines()[:-1]]
    assert order == sorted(order, key=["::error", "::warning", "::notice"].index)


def test_what_a_file_quotes_is_no_command() -> None:
    hostile = check(
        finding("100 %\r\n::stop-commands::x"), name="a,b:c\n::error::%.yaml", fail_on="info"
    )
    text = workflow_commands([hostile], "en")
    (command, count, end) = text.split("\n")
    assert (count, end) == ("1 file checked: 1 point to correct", "")
    assert command.endswith("::100 %25%0D%0A::stop-commands::x")
    assert "file=a%2Cb%3Ac%0A%3A%3Aerror%3A%3A%25.yaml," in command


def test_junit_is_valid_by_its_schema_and_counts_what_fails(reports: dict[str, str]) -> None:
    tree = junit_tree(reports["junit"])
    failures = [case for case in tree.iter("testcase") if case.find("failure") is not None]
    errors = [case for case in tree.iter("testcase") if case.find("error") is not None]
    assert (str(len(failures)), str(len(errors))) == (tree.get("failures"), tree.get("errors"))
    assert {case.get("classname") for case in errors} == {"mes projets/cassé.yaml"}
    assert {case.get("classname") for case in failures} == {
        "mes projets/e.ttl",
        "mes projets/été.yaml",
    }
    assert failures[0].findtext("failure", "").split(": ")[0].count(":") == 2
    names = [(case.get("classname"), case.get("name")) for case in tree.iter("testcase")]
    assert len(names) == len(set(names))


def test_junit_holds_whatever_a_file_quotes() -> None:
    hostile = "<&\"'> ]]> \x00 \x1b \ud800 \uffff 😀"
    for one in (
        check(finding(hostile, value=hostile), name="a\x07&.yaml"),
        FileCheck(Path("b.yaml"), None, UnreadableInput(Text(hostile, hostile))),
        check(name="c.yaml"),
    ):
        junit_tree(junit_report([one], "fr"))


def test_a_fault_below_the_level_passes_in_junit() -> None:
    warning = finding(severity="warning")
    passes, fails = (
        junit_tree(junit_report([check(warning, fail_on=level)], "en"))
        for level in ("violation", "warning")
    )
    assert (passes.get("failures"), fails.get("failures")) == ("0", "1")
    assert passes.find(".//system-out") is not None


def junit_tree(text: str) -> Any:
    tree = etree.fromstring(text.encode("utf-8"))
    etree.RelaxNG(file=str(JUNIT)).assertValid(tree)
    return tree


def test_sarif_leads_to_the_file_from_the_root_of_the_sources(reports: dict[str, str]) -> None:
    for result in results(reports["sarif"]):
        place = result["locations"][0]["physicalLocation"]["artifactLocation"]
        assert place["uriBaseId"] == "%SRCROOT%"
        assert re.fullmatch(r"mes%20projets/[\w%.]+", place["uri"], re.ASCII)


def test_sarif_counts_columns_by_characters_whatever_stands_before(
    folder: Path, reports: dict[str, str]
) -> None:
    assert json.loads(reports["sarif"])["runs"][0]["columnKind"] == "unicodeCodePoints"
    marked = set()
    for result in results(reports["sarif"]):
        physical = result["locations"][0]["physicalLocation"]
        if "uri" in physical["artifactLocation"] and result["level"] == "error":
            name = "e.ttl" if ".ttl" in physical["artifactLocation"]["uri"] else "été.yaml"
            region = physical["region"]
            lines = (folder / "mes projets" / name).read_text(encoding="utf-8").split("\n")
            if result["ruleId"] != "unreadable-input":
                rest = lines[region["startLine"] - 1][region["startColumn"] - 1 :]
                marked.add(re.split(r":? ", rest)[0])
    assert marked == {"lots", "durée", "lots-of", "mtg:holdr"}


def test_a_known_repair_is_a_fix_that_mends_the_file(tmp_path: Path) -> None:
    text = "project: x\nholder: {type: commune}\nanswers: {agilty: high}\nusagess: [water]\n"
    place = tmp_path / "x.yaml"
    place.write_text(text, "utf-8")
    lines = text.splitlines()
    fixes = [
        fix
        for result in results(run("check", str(place), "--format", "sarif").out)
        for fix in result.get("fixes", [])
    ]
    for fix in fixes:
        ((replacement,),) = ([c["replacements"][0]] for c in fix["artifactChanges"])
        region = replacement["deletedRegion"]
        line, mended = lines[region["startLine"] - 1], replacement["insertedContent"]["text"]
        start, end = region["startColumn"] - 1, region["endColumn"] - 1
        lines[region["startLine"] - 1] = line[:start] + mended + line[end:]
    assert len(fixes) == 2
    assert lines[2:] == ["answers: {agility: high}", "usages: [water]"]


def test_each_sarif_result_has_a_rule_with_help_in_both_languages(reports: dict[str, str]) -> None:
    driver = json.loads(reports["sarif"])["runs"][0]["tool"]["driver"]
    rules = driver["rules"]
    assert [rule["id"] for rule in rules] == sorted({rule["id"] for rule in rules})
    for result in results(reports["sarif"]):
        assert rules[result["ruleIndex"]]["id"] == result["ruleId"]
    for rule in rules:
        assert rule["helpUri"].startswith("https://w3id.org/montages/")
        assert rule["helpUri"].endswith("/" + rule["id"])
        french, english, _ = rule["help"]["text"].split("\n\n")
        assert rule["fullDescription"]["text"] == french != english


def test_the_last_part_of_a_shape_s_address_names_it_alone() -> None:
    shapes = {
        str(shape)
        for graph in (library.shapes(), answer_shapes())
        for shape in graph.subjects(SH.message)
    }
    assert all(shape.startswith(str(SHAPE)) for shape in shapes)
    assert len({slug(shape) for shape in shapes}) == len(shapes) > 400


def test_a_fault_keeps_its_fingerprint_when_lines_move(tmp_path: Path) -> None:
    logs = []
    for text in (FAULTY, "# a line more\n\n" + FAULTY.replace("layers", "\nlayers")):
        (tmp_path / "a.yaml").write_text(text, encoding="utf-8")
        logs.append(results(run("check", str(tmp_path / "a.yaml"), "--format", "sarif").out))
    before, after = ([fingerprint(result) for result in log] for log in logs)
    assert sorted(before) == sorted(after)
    assert len(set(before)) == len(before)
    assert {line(result) for result in logs[0]} != {line(result) for result in logs[1]}


def test_two_faults_alike_have_two_fingerprints() -> None:
    log = results(sarif_log([check(finding(line=1), finding(line=2))], "en"))
    assert len({fingerprint(result) for result in log}) == 2


def test_sarif_gives_5000_results_at_most_and_says_so() -> None:
    many = [finding(severity="info", value=str(n)) for n in range(MOST_RESULTS)]
    checks = [check(*many), check(finding("last"), name="b.yaml")]
    (log,) = json.loads(sarif_log(checks, "en"))["runs"]
    assert (len(log["results"]), log["results"][0]["message"]["text"]) == (MOST_RESULTS, "last")
    (notice,) = log["invocations"][0]["toolExecutionNotifications"]
    assert notice["message"]["text"].startswith("5000 faults of 5001 are given")
    assert left_out(checks, "en") == notice["message"]["text"]
    assert left_out(checks[:1], "en") == ""


def test_places_beside_are_related_locations() -> None:
    (result,) = results(sarif_log([check(finding(line=3, column=2, related=(Place(5, 7),)))], "fr"))
    related = result["relatedLocations"][0]["physicalLocation"]["region"]
    assert related == {"startLine": 5, "startColumn": 7}


def test_a_file_elsewhere_has_its_whole_address(tmp_path: Path) -> None:
    (result,) = results(sarif_log([check(finding(), name="/d'ailleurs/é.ttl")], "fr"))
    place = result["locations"][0]["physicalLocation"]["artifactLocation"]
    assert place == {"uri": "file:///d%27ailleurs/%C3%A9.ttl"}


@pytest.mark.parametrize("form", FORMS)
def test_the_same_files_give_the_same_bytes(folder: Path, form: str) -> None:
    path = str(folder / "mes projets" / "e.ttl")
    first, second = (run("check", path, "--format", form).out for _ in range(2))
    assert first == second != ""


@pytest.fixture(scope="module")
def sarif_schema() -> Draft202012Validator:
    if not SARIF.exists():
        pytest.skip("No JSON Schema of SARIF here. To run this test: npm ci")
    return Draft202012Validator(json.loads(SARIF.read_text(encoding="utf-8-sig")))


def test_every_sarif_log_is_valid_by_its_json_schema(
    reports: dict[str, str], sarif_schema: Draft202012Validator, monkeypatch: pytest.MonkeyPatch
) -> None:
    places = finding(line=3, column=2, related=(Place(5, 7),))
    monkeypatch.setattr("montages_pipelines.sarif_log.MOST_RESULTS", 1)
    logs = [
        reports["sarif"],
        sarif_log([], "fr"),
        sarif_log([check()], "en"),
        sarif_log([check(places, name="/d'ailleurs/é.ttl")], "fr"),
        sarif_log([check(finding(line=1), finding(line=2))], "en"),  # cut
    ]
    for log in logs:
        assert [error.message for error in sarif_schema.iter_errors(json.loads(log))] == []


@pytest.mark.parametrize(
    ("path", "value"),
    [
        (("version",), "2.0.0"),
        (("runs", 0, "tool", "driver", "name"), None),
        (("runs", 0, "columnKind"), "characters"),
        (("runs", 0, "results", 0, "message"), "a text"),
        (("runs", 0, "results", 0, "level"), "violation"),
        (("runs", 0, "results", 0, "colour"), "red"),
        (("runs", 0, "results", 0, "locations", 0, "physicalLocation", "region", "startLine"), 0),
    ],
)
def test_the_json_schema_of_sarif_refuses_a_log_broken_on_purpose(
    reports: dict[str, str], sarif_schema: Draft202012Validator, path: tuple[Any, ...], value: Any
) -> None:
    log = at = json.loads(reports["sarif"])
    for step in path[:-1]:
        at = at[step]
    at[path[-1]] = value
    assert not sarif_schema.is_valid(log)


@pytest.mark.slow
def test_the_sarif_multitool_finds_no_error_and_finds_one_in_a_log_broken_on_purpose(
    reports: dict[str, str], tmp_path: Path
) -> None:
    if not MULTITOOL.exists() or os.uname().machine != "x86_64":
        pytest.skip("No SARIF multitool here. To run this test, on Linux x86-64: npm ci")
    sound, broken = tmp_path / "sound.sarif", tmp_path / "broken.sarif"
    sound.write_text(reports["sarif"], encoding="utf-8")
    tree = json.loads(reports["sarif"])
    del tree["runs"][0]["results"][0]["ruleId"], tree["runs"][0]["results"][0]["ruleIndex"]
    broken.write_text(json.dumps(tree), encoding="utf-8")
    # npm may have run no script of the package
    MULTITOOL.chmod(MULTITOOL.stat().st_mode | stat.S_IXUSR)
    env = {
        **os.environ,
        "DOTNET_BUNDLE_EXTRACT_BASE_DIR": str(tmp_path / "net"),
        "DOTNET_SYSTEM_GLOBALIZATION_INVARIANT": "1",  # a bare machine has no ICU
    }
    told = {}
    for log in (sound, broken):
        ran = subprocess.run(
            [MULTITOOL, "validate", log], capture_output=True, text=True, timeout=PATIENCE, env=env
        )
        told[log.stem] = [line for line in ran.stdout.splitlines() if ": error " in line]
        assert "Analysis completed successfully" in ran.stdout, ran.stdout + ran.stderr
    assert told["sound"] == []
    assert len(told["broken"]) == 1
