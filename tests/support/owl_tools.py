"""OWL API and HermiT, run by Java beside this process, on files; both are carried by owlready2.

As a script: the violations of the OWL 2 DL profile in each file named, by OWL API 3.4.3, as JSON.
"""

from __future__ import annotations

import importlib.util
import json
import shutil
import subprocess
import sys
from pathlib import Path

from rdflib import OWL, Graph

from pace import PATIENCE

NO_JAVA = "Java is missing: apt-get install default-jre-headless"
_OPTIONS = ("-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-Xmx1g")


def java() -> str | None:
    """Return the command of Java, None where there is none."""
    return shutil.which("java")


def write_merged(graph: Graph, path: Path) -> Path:
    """Write modules merged as one file: what they import is in it."""
    merged = Graph() + graph
    merged.remove((None, OWL.imports, None))
    merged.serialize(path, format="turtle")
    return path


def dl_violations(*paths: Path) -> dict[str, list[str]]:
    """Return the violations of the OWL 2 DL profile in each file, from one process of Java."""
    command = [sys.executable, __file__, *map(str, paths)]
    ran = subprocess.run(command, capture_output=True, text=True, timeout=PATIENCE)
    assert ran.returncode == 0, ran.stderr[-2000:]
    violations: dict[str, list[str]] = json.loads(ran.stdout.splitlines()[-1])
    return violations


def hermit_is_consistent(*paths: Path) -> list[bool]:
    """Return whether HermiT finds each file consistent, from one process of Java."""
    folder = _folder() / "hermit"
    classes = f"{folder}:{folder / 'HermiT.jar'}"
    main = "org.semanticweb.HermiT.cli.CommandLine"
    # What is asked of each file: whether owl:Thing may have a member.
    command = [str(java()), *_OPTIONS, "-cp", classes, main, "-k", *(p.as_uri() for p in paths)]
    ran = subprocess.run(command, capture_output=True, text=True, timeout=PATIENCE)
    answers = [True for line in ran.stdout.splitlines() if "#Thing is satisfiable" in line]
    answers += [False] * ("InconsistentOntologyException" in ran.stderr)  # it stops there
    assert len(answers) == len(paths), ran.stdout[-1000:] + ran.stderr[-2000:]
    return answers


def _folder() -> Path:
    spec = importlib.util.find_spec("owlready2")  # found, not imported: that takes a second
    assert spec is not None
    assert spec.origin is not None
    return Path(spec.origin).parent


def _check(paths: list[str]) -> dict[str, list[str]]:
    import jpype

    jars = [str(jar) for jar in (_folder() / "pellet").glob("*.jar")]
    jpype.startJVM(*_OPTIONS, classpath=jars)
    manager = jpype.JClass("org.semanticweb.owlapi.apibinding.OWLManager")
    profile = jpype.JClass("org.semanticweb.owlapi.profiles.OWL2DLProfile")()
    file = jpype.JClass("java.io.File")
    violations = {}
    for path in paths:
        ontology = manager.createOWLOntologyManager().loadOntologyFromOntologyDocument(file(path))
        assert ontology.getLogicalAxiomCount() > 0, path
        report = profile.checkOntology(ontology)
        violations[path] = sorted(str(violation) for violation in report.getViolations())
    return violations


if __name__ == "__main__":
    sys.stdout.write("\n" + json.dumps(_check(sys.argv[1:])) + "\n")
