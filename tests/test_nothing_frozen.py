"""Law of 2028, added to a copy, breaks no test of dated law: what these expect is read from the data."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from montages.knowledge.files import library

CHECKOUT = Path(__file__).parents[1]
# The tests that stand under the law of several days.
DATED = (
    "test_pages_as_of.py", "test_rules_as_of.py", "test_thresholds.py", "test_unknown_thresholds.py",
    "test_duties.py", "test_panel.py", "test_calendar.py", "test_short_address.py", "test_assessment_line.py",
)  # fmt: skip
# What is added at the end of a file; and what a file begins with, which is new.
AMOUNT = """ ,
        [ mtg:thresholdAmount 230000 ;
          mtg:validFrom "2028-01-01"^^xsd:date ;
          mtg:validThrough "2029-12-31"^^xsd:date ;
          mtg:source clause:ccp-annexe-2 ;
          mtg:certainty mtg:Unverified ]"""
DUTY = """
<marche-public-law-of-2028/2028-03-01> a mtg:RequirementVersion ;
    rdfs:label "Une obligation de 2028"@fr , "A duty of 2028"@en ;
    mtg:inSentence "Faites ce que dit la loi de 2028."@fr , "Do what the law of 2028 says."@en ;
    mtg:requirementOf contract:marche-public ;
    mtg:criterion criterion:steps-done ;
    mtg:accepts steps-done:essential-data ;
    mtg:when [ mtg:criterion criterion:law-of-2028 ; mtg:accepts yes-no:yes ] ;
    mtg:strength mtg:Duty ;
    mtg:dueAt mtg:AfterSignature ;
    mtg:displayOrder 999 ;
    mtg:validFrom "2028-03-01"^^xsd:date ;
    mtg:requirementBasis mtg:Statute ;
    mtg:certainty mtg:Unverified ;
    mtg:reading "Une loi de 2028 le demande."@fr , "A law of 2028 asks for it."@en ;
    mtg:source clause:ccp-r2196-1 .
"""
PROPERTY = """
mtg:lawOf2028 a owl:ObjectProperty ;
    rdfs:label "loi de 2028"@fr , "law of 2028"@en ;
    skos:definition "Dit si la loi de 2028 vise le projet."@fr , "Says whether the law of 2028 is meant."@en ;
    rdfs:subPropertyOf mtg:answer ;
    rdfs:range skos:Concept .
"""


@pytest.fixture
def law_of_2028(tmp_path: Path) -> Path:
    """Copy the project, and add a threshold, a duty and a criterion of 2028."""
    for name in ("service", "ontology", "shapes", "queries", "data", "tests", "tools", "docs"):
        shutil.copytree(
            CHECKOUT / name, tmp_path / name, ignore=shutil.ignore_patterns("__pycache__", "kept")
        )
    shutil.copy(CHECKOUT / "pyproject.toml", tmp_path)
    data = tmp_path / "data"
    add_amount(data / "thresholds.ttl")
    append(data / "requirements" / "award-duties.ttl", DUTY)
    append(tmp_path / "ontology" / "answers.ttl", PROPERTY)
    criterion = (data / "criteria" / "activity-share.ttl").read_text("utf-8")
    criterion = criterion.replace("activity-share", "law-of-2028").replace(
        "activityShare", "lawOf2028"
    )
    criterion = criterion.replace("mtg:displayOrder 570", "mtg:displayOrder 9990")
    (data / "criteria" / "law-of-2028.ttl").write_text(criterion, "utf-8")
    append(data / "short-codes.ttl", '\ncriterion:law-of-2028 mtg:shortCode "zz" .\n')
    return tmp_path


def append(path: Path, text: str) -> None:
    path.write_text(path.read_text("utf-8") + text, "utf-8")


def add_amount(path: Path) -> None:
    """Add the amount of 2028 after the last one of a threshold."""
    head, threshold, rest = path.read_text("utf-8").partition("threshold:formal-supplies-local a ")
    own, end, others = rest.partition("] .")
    assert end
    path.write_text(head + threshold + own + "]" + AMOUNT + " ." + others, "utf-8")


@pytest.mark.slow(seconds=150)
@pytest.mark.skipif(library.ROOT != CHECKOUT, reason="The tests run on a wheel, which has no tests")
def test_law_that_is_added_breaks_no_test_of_dated_law(law_of_2028: Path) -> None:
    env = {**os.environ, "PYTHONPATH": str(law_of_2028 / "service")}
    env["MONTAGES_CACHE_DIR"] = str(law_of_2028 / "cache")
    command = [sys.executable, "-m", "pytest", "-q", "-n", "0", "-p", "no:cacheprovider"]
    command += [
        "-m",
        "not slow and not soak",
        "--cases",
        "tested",
        *(f"tests/{name}" for name in DATED),
    ]
    done = subprocess.run(command, cwd=law_of_2028, env=env, capture_output=True, text=True)
    assert done.returncode == 0, done.stdout[-3000:] + done.stderr[-1000:]
