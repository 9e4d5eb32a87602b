"""The wheel holds all it needs: outside the checkout, every command and every page works."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
import sysconfig
import urllib.request
import venv
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import pytest

from montages.cli.main import montages
from montages.knowledge.files import library
from montages.web.linked_data.site_map import LISTINGS

sys.path.append(str(Path(__file__).parent / "bench"))

import servers
from pace import PATIENCE

pytestmark = pytest.mark.slow

VENDOR = library.ROOT / "service" / "montages" / "web" / "static" / "vendor"


class Installed(NamedTuple):
    """The command that was installed, a folder to work in, and an environment that says nothing of ours."""

    command: Path
    folder: Path
    env: dict[str, str]

    def run(self, *args: str, code: int = 0, stdin: str = "", stderr: bool = False) -> str:
        """Return what a run of the command writes on standard output, behind it on standard error."""
        done = subprocess.run(
            [str(self.command), *args],
            cwd=self.folder,
            env=self.env,
            input=stdin,
            capture_output=True,
            text=True,
            timeout=PATIENCE,
            check=False,
        )
        assert done.returncode == code, (args, done.stdout[-800:], done.stderr[-800:])
        return done.stdout + (done.stderr if stderr else "")


def copy_of_sources(source: Path) -> Path:
    """Copy what a wheel is built from."""
    for name in ("ontology", "shapes", "queries", "data", "service"):
        shutil.copytree(
            library.ROOT / name, source / name, ignore=shutil.ignore_patterns("kept", "__pycache__")
        )
    for name in ("pyproject.toml", "README.md", "LICENSE", "LICENSE-DATA.md"):
        shutil.copy(library.ROOT / name, source)
    return source


def copy_with_kept(source: Path) -> Path:
    """Copy what a wheel is built from, and work out there what it ships (`make kept`)."""
    copy_of_sources(source)
    env = {**os.environ, "PYTHONPATH": str(source / "service")}
    subprocess.run([sys.executable, str(source / "service" / "kept.py")], env=env, check=True)
    return source


@pytest.fixture(scope="module")
def installed(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Installed]:
    """Install the wheel where the libraries are those of the lock, and nothing can be written."""
    folder = tmp_path_factory.mktemp("wheel")
    yield from _install(copy_with_kept(folder / "source"), folder)


@pytest.fixture(scope="module")
def core_alone(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Installed]:
    """Install a wheel built where there is no guest, though pyproject.toml names them all."""
    folder = tmp_path_factory.mktemp("core")
    source = copy_of_sources(folder / "source")
    for guest in (source / "service").glob("montages_*"):
        shutil.rmtree(guest)
    yield from _install(source, folder)


def _install(source: Path, folder: Path) -> Iterator[Installed]:
    built = subprocess.run(
        [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(folder)],
        cwd=source,
        capture_output=True,
        text=True,
        check=False,
    )
    assert built.returncode == 0, built.stderr
    (wheel,) = folder.glob("*.whl")
    place = folder / "environment"
    venv.EnvBuilder(with_pip=False, symlinks=True).create(place)
    python = place / "bin" / "python"
    site = Path(sysconfig.get_path("purelib", vars={"base": str(place)}))
    # The folder of libraries, not what lies in it for checkouts: their .pth files are not read from here.
    (site / "libraries.pth").write_text(sysconfig.get_path("purelib"), "utf-8")
    install = [sys.executable, "-m", "pip", "--python", str(python), "install", "--quiet"]
    install += ["--no-deps", "--no-index", "--force-reinstall", "--disable-pip-version-check"]
    done = subprocess.run([*install, str(wheel)], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    work = folder / "work"
    work.mkdir()
    env = {"PATH": os.environ["PATH"], "LANG": "C.UTF-8", "TMPDIR": str(work)}
    subprocess.run(["chmod", "-R", "a-w", str(site)], check=True)
    try:
        yield Installed(place / "bin" / "montages", work, env)
    finally:
        subprocess.run(["chmod", "-R", "u+w", str(site)], check=True)
        shutil.rmtree(folder)


@pytest.mark.slow(seconds=20)
def test_every_command_is_there_and_what_they_read_is_in_the_wheel(installed: Installed) -> None:
    shown = installed.run("--lang", "en", "--help")
    for name in montages.commands:
        assert re.search(rf"^  {name}\b", shown, re.MULTILINE), name
    location = installed.run("--version")
    assert "montages" in location.lower()
    installed.run("new", "project.yaml")
    installed.run("demo")
    (installed.folder / "ask.yaml").write_text(
        "project: Essai\nholder: {type: Commune}\nlayers: [{layer: objects, mode: own}]\n"
        "usages: [street-lighting]\nanswers: {estimated-value: 20000}\n"
    )
    for command in (
        ("check", "ask.yaml"),
        ("assess", "ask.yaml"),
        ("assess", "ask.yaml", "--format", "turtle"),
        ("explain", "ask.yaml", "--contract", "mpgp"),
        ("what-if", "ask.yaml"),
        ("compare", "ask.yaml"),
        ("compose", "ask.yaml"),
        ("similar", "ask.yaml"),
        ("note", "ask.yaml", "-o", "note.html"),
        ("batch", "ask.yaml", "-o", "answers.jsonl"),
        ("query", "sheet-inventory"),
        ("rules", "show", "mpgp-realisation"),
        ("facts", "ask.yaml"),
        ("registry", "init", "registry"),
        ("publisher", "add", "town", "--name", "Town", "--registry", "registry"),
        ("registry", "list", "--registry", "registry"),
    ):
        if command[0] in montages.commands:  # a guest may not be here
            installed.run(*command)


def test_every_page_is_served_the_editor_included(installed: Installed) -> None:
    port = servers.free_port()
    command = [str(installed.command), "serve", "--port", str(port)]
    with servers.serving(command, port, "/readyz", installed.env) as base:
        paths = [f"/{path}" for path in LISTINGS]
        paths += ["/id/contract/mpgp.ttl", "/def.ttl", "/catalog.ttl", "/openapi.json", "/void.ttl"]
        paths += ["/dump/SHA256SUMS", "/queries/hard-gates.csv", "/sparql?query=ASK%20%7B%7D"]
        page = ""
        for path in paths:
            body = _body(base + path)
            if path == "/sparql":
                page = body.decode()
        files = set(re.findall(r'"(/static/[^"]+)"', page))
        assert files
        for file in files:
            assert _body(base + file), file
        if VENDOR.is_dir():
            assert any("vendor" in file for file in files)


GUESTS = ("assistants", "decp-ted", "handouts", "pipelines", "reference", "registry", "workbooks")


@pytest.mark.slow(seconds=30)
def test_the_core_installs_and_serves_without_its_guests(core_alone: Installed) -> None:
    text = core_alone.run("--lang", "en", "--help", stderr=True)
    for name in GUESTS:
        assert (
            len(re.findall(f"^montages_.* is not installed: “{name}” is left out.$", text, re.M))
            == 1
        )
    assert not re.search("^  (import|mcp|note|publisher|reference|registry) ", text, re.MULTILINE)
    core_alone.run("demo")
    core_alone.run("check", "dijon")
    core_alone.run("check", "dijon", "--format", "sarif", code=2)
    port = servers.free_port()
    command = [str(core_alone.command), "serve", "--port", str(port)]
    with servers.serving(command, port, "/readyz", core_alone.env) as base:
        assert b"<h1" in _body(f"{base}/")
        assert b'"rows"' in _body(f"{base}/assess", json.dumps(DESCRIPTION).encode())


DESCRIPTION = {"project": "x", "holder": {"type": "Commune"}, "layers": [{"layer": "objects"}]}


def _body(url: str, sent: bytes | None = None) -> bytes:
    headers = {"Accept": "text/html, */*;q=0.5"}
    if sent is not None:
        headers = {"Accept": "application/json", "Content-Type": "application/json"}
    asked = urllib.request.Request(url, sent, headers)  # noqa: S310
    with urllib.request.urlopen(asked, timeout=PATIENCE) as answer:  # noqa: S310  # loopback
        assert answer.status == 200, url
        return bytes(answer.read())


def test_what_ships_spares_a_first_start_its_work(installed: Installed) -> None:
    """D1: what was worked out before the wheel was built is read, and not worked out again."""
    script = (
        "from datetime import date; from montages.knowledge.compiled import verdict_diagram as v; "
        "from montages.knowledge.periods import rules_at; "
        "import montages; from pathlib import Path; "
        "assert (Path(montages.__file__).parent / 'py.typed').exists(); "
        "v._written = None; print(len(v.verdict_diagram(rules_at(date.today())).variables))"
    )
    python = installed.command.with_name("python")
    done = subprocess.run(
        [str(python), "-c", script],
        cwd=installed.folder,
        env={**installed.env, "MONTAGES_CACHE_DIR": "off"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert int(done.stdout) > 40
