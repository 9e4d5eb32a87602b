"""The action, the job for GitLab and the hooks for pre-commit do what they say: their scripts run here."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

import pytest
import yaml
from lxml import etree

from pace import PATIENCE

ROOT = Path(__file__).parents[3]
ACTION = yaml.safe_load((ROOT / "action.yml").read_text(encoding="utf-8"))
GITLAB = yaml.safe_load((ROOT / "service" / "pipelines" / "gitlab-ci.yml").read_text())
HOOKS = yaml.safe_load((ROOT / ".pre-commit-hooks.yaml").read_text(encoding="utf-8"))
GUIDE = (ROOT / "docs" / "pipelines.md").read_text(encoding="utf-8")
RECIPE = yaml.safe_load(re.split(r"```(?:yaml)?\n", GUIDE.partition("## GitHub")[2])[1])
STEPS = {step["uses"].partition("@")[0]: step for step in RECIPE["jobs"]["descriptions"]["steps"]}
GOOD = "project: Bon\nholder: {type: Commune}\nlayers: [{layer: objects, mode: own}]\n"
FAULTY = "project: Été\nholder:\n  type: Comune\nlayers: [{layer: objects, mode: own}]\n"
FAULT = "::error file=projets/à Dijon/faux.yaml,line=3,col=3,title="


@pytest.fixture
def sources(tmp_path: Path) -> Path:
    """Return a folder of descriptions, one of them faulty, in a folder of sources."""
    folder = tmp_path / "projets" / "à Dijon"
    folder.mkdir(parents=True)
    (folder / "bon.yaml").write_text(GOOD, encoding="utf-8")
    (folder / "faux.yaml").write_text(FAULTY, encoding="utf-8")
    (folder / "lisez-moi.txt").write_text("rien", encoding="utf-8")
    return tmp_path


def environment(**more: str) -> dict[str, str]:
    """Return the environment of a job: this very montages on the PATH, nothing set for it."""
    kept = {k: v for k, v in os.environ.items() if not k.startswith(("MONTAGES_", "LC_", "LANG"))}
    path = f"{Path(sys.executable).parent}:{os.environ['PATH']}"
    return {**kept, "PATH": path, "LANG": "C.UTF-8", **more}


def act(sources: Path, **given: str) -> subprocess.CompletedProcess[str]:
    """Run the steps of the action with some inputs, as a runner does; return the one that ended it."""
    inputs = {name: str(one["default"]) for name, one in ACTION["inputs"].items()}
    inputs |= {name.replace("_", "-"): value for name, value in given.items()}
    (sources / "runner").mkdir(exist_ok=True)
    env = environment(
        GITHUB_ACTION_PATH=str(ROOT),
        GITHUB_PATH=str(sources / "runner" / "path"),
        RUNNER_TEMP=str(sources / "runner"),
    )
    for step in ACTION["runs"]["steps"]:
        own = {key: filled(text, inputs) for key, text in step.get("env", {}).items()}
        assert step["shell"] == "bash"
        ran = shell(step["run"], sources, {**env, **own})
        if ran.returncode:
            break
    return ran


def filled(text: str, inputs: Mapping[str, str]) -> str:
    return re.sub(r"\$\{\{ inputs\.([\w-]+) \}\}", lambda match: inputs[match[1]], text)


def shell(script: str, folder: Path, env: Mapping[str, str]) -> subprocess.CompletedProcess[str]:
    command = ["bash", "--noprofile", "--norc", "-eo", "pipefail", "-c", script]
    return subprocess.run(
        command, cwd=folder, env=dict(env), capture_output=True, text=True, timeout=PATIENCE
    )


@pytest.mark.slow
def test_the_recipe_for_github_annotates_the_line_at_fault_and_fails(sources: Path) -> None:
    (sources / "communes" / "x").mkdir(parents=True)
    (sources / "communes" / "x" / "projet.yaml").write_text(GOOD, encoding="utf-8")
    given = {
        name.replace("-", "_"): value for name, value in STEPS["OWNER/montages"]["with"].items()
    }
    ran = act(sources, **given, junit="a.xml")
    assert (ran.returncode, ran.stderr) == (1, "")
    errors = [line for line in ran.stdout.splitlines() if line.startswith("::error ")]
    assert len(errors) == 1
    assert errors[0].startswith(FAULT)
    assert "3 fichiers contrôlés" in ran.stdout
    assert etree.parse(sources / "a.xml").getroot().get("failures") == "1"
    handed_in = STEPS["github/codeql-action/upload-sarif"]
    log = (sources / handed_in["with"]["sarif_file"]).read_text()
    assert '"uri": "projets/%C3%A0%20Dijon/faux.yaml"' in log
    assert handed_in["if"].startswith("always() && ")  # the step before it has failed


def test_the_recipe_for_github_has_its_rights_a_python_and_a_cache() -> None:
    assert RECIPE["permissions"] == {
        "contents": "read", "actions": "read", "security-events": "write",
    }  # fmt: skip
    assert list(STEPS)[:3] == ["actions/checkout", "actions/setup-python", "OWNER/montages"]
    assert set(STEPS["OWNER/montages"]["with"]) <= set(ACTION["inputs"])
    python = STEPS["actions/setup-python"]["with"]
    assert python["cache"] == "pip"
    # A file of the repository that is checked: setup-python looks in no other.
    assert f"`{python['cache-dependency-path']}`" in GUIDE
    assert python["python-version"] == "3.13"  # Debian's, on which the image runs


def test_where_montages_is_not_installed_the_action_installs_what_is_pinned(sources: Path) -> None:
    told, stubs = sources / "told", sources / "stubs"
    stubs.mkdir()
    stub = stubs / "python3"
    stub.write_text(
        '#!/bin/sh\nmkdir -p "$3/bin" && cp "$0" "$3/bin/python"\n'
        f'case $2 in pip) echo "$*" >>"{told}";; esac\n'
    )
    stub.chmod(0o755)
    runner = sources / "runner"
    runner.mkdir()
    env = environment(
        PATH=f"{stubs}:/usr/bin:/bin",
        GITHUB_ACTION_PATH=str(ROOT),
        GITHUB_PATH=str(runner / "path"),
        RUNNER_TEMP=str(runner),
    )
    ran = shell(ACTION["runs"]["steps"][0]["run"], sources, env)
    assert (ran.returncode, ran.stderr) == (0, "")
    packages, ours = told.read_text().splitlines()
    assert packages.endswith(f"--require-hashes -r {ROOT}/requirements.lock")
    assert ours.endswith(f"--no-deps --no-build-isolation {ROOT}")
    assert (runner / "path").read_text() == f"{runner}/montages/bin\n"


@pytest.mark.slow
def test_the_action_takes_patterns_a_level_and_a_language(sources: Path) -> None:
    ran = act(sources, files="*/à Dijon/b*.yaml\n\n", lang="en", fail_on="info")
    assert (ran.returncode, ran.stderr) == (1, "")
    assert "1 file checked" in ran.stdout


def test_the_action_says_when_no_file_is_named(sources: Path) -> None:
    ran = act(sources, files="nowhere/*.yaml\n%*")
    assert ran.returncode == 2
    assert ran.stdout.startswith(
        "::error::montages check: no file matches nowhere/*.yaml%0A%25* in"
    )
    assert ran.stdout.count("\n") == 1


@pytest.mark.slow
def test_the_job_for_gitlab_writes_its_report_and_fails(sources: Path) -> None:
    job = GITLAB[".montages-check"]
    (sources / "projets" / "f.yaml").write_text(FAULTY, encoding="utf-8")
    ran = shell("\n".join(job["script"]), sources, environment(**job["variables"]))
    assert ran.returncode == 1
    assert "projets/f.yaml" in ran.stdout
    report = etree.parse(sources / job["artifacts"]["reports"]["junit"]).getroot()
    assert (report.get("tests"), report.get("failures")) == ("2", "1")


@pytest.mark.slow
def test_a_hook_checks_the_descriptions_that_are_committed(sources: Path) -> None:
    local = {**HOOKS[0], "language": "system"}  # without making an environment for it
    config = {"repos": [{"repo": "local", "hooks": [local]}]}
    (sources / ".pre-commit-config.yaml").write_text(yaml.safe_dump(config), encoding="utf-8")
    (sources / "projet.yaml").write_text("nothing: here\n", encoding="utf-8")
    (sources / "projets" / "f.yaml").write_text(FAULTY, encoding="utf-8")
    env = environment(HOME=str(sources), PRE_COMMIT_HOME=str(sources / "cache"))
    steps = "git init -q && git add -A && pre-commit run --color never"
    ran = shell(steps, sources, env)
    assert ran.returncode == 1
    assert "projets/f.yaml" in ran.stdout
    assert "exit code: 1" in ran.stdout
    assert "projet.yaml : " not in ran.stdout


def test_hooks_are_of_the_form_that_pre_commit_reads() -> None:
    manifest = ROOT / ".pre-commit-hooks.yaml"
    ran = shell(f"pre-commit validate-manifest {manifest}", ROOT, environment())
    assert ran.returncode == 0, ran.stdout
    assert {(hook["entry"], hook["files"]) for hook in HOOKS} == {
        (HOOKS[0]["entry"], HOOKS[0]["files"])
    }
    for hook in HOOKS:
        taken = re.compile(hook["files"])
        assert all(map(taken.search, ("projets/a.yaml", "x/projet/b.ttl", "projets/c.jsonld")))
        assert not any(map(taken.search, ("a.yaml", "projets/a/b.yaml", "projets/a.md")))
