"""`montages registry` and `montages publisher`: what an operator does on the machine (G1, G2)."""

from __future__ import annotations

import hashlib
import json
import sqlite3
from collections.abc import Mapping
from contextlib import closing
from pathlib import Path

import pyoxigraph as ox
import pytest

from commands import CommandResult, run
from montages.knowledge.files import library
from montages_registry.registry import Registry

REAL = len(library.files("data/projects", "*.ttl"))
DESCRIPTION = b"""project: Lampes de Vernon
holder: {type: Commune}
layers:
  - layer: sensors
    mode: own
answers:
  estimated-value: 20 000
"""


class Machine:
    """A registry with a publisher, and commands about it."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.token = folder / "registry", folder / "token"
        self.file = folder / "projet.yaml"
        self.file.write_bytes(DESCRIPTION)
        self.env = {"MONTAGES_REGISTRY": str(self.folder)}
        assert self("registry", "init", self.folder).code == 0
        added = self("publisher", "add", "vernon", "--name", "Ville de Vernon")
        self.token.write_text(added.out)

    def __call__(self, *args: object, env: Mapping[str, str] | None = None) -> CommandResult:
        return run(*map(str, args), env={**self.env, **(env or {})})

    def write(self, *args: object) -> CommandResult:
        return self("registry", *args, "--token-file", self.token)

    @property
    def registry(self) -> Registry:
        return Registry.open(self.folder)


@pytest.fixture
def machine(tmp_path: Path) -> Machine:
    return Machine(tmp_path)


def test_a_description_is_put_replaced_published_and_withdrawn(machine: Machine) -> None:
    put = machine.write("put", "lampes", machine.file)
    assert (put.code, put.err) == (0, "")
    assert "version 1, publique depuis" in put.out
    assert machine.write("put", "lampes", machine.file).code == 2
    draft = machine.write("put", "lampes", machine.file, "--if-match", "*", "--draft")
    assert "brouillon" in draft.out
    history = json.loads(machine("registry", "history", "lampes", "--format", "json").out)
    assert [version["state"] for version in history] == ["published", "draft"]
    assert history[0]["sha256"] == hashlib.sha256(DESCRIPTION).hexdigest()
    assert history[0]["mediaType"] == "application/yaml"
    tag = history[1]["etag"].strip('"')  # as a shell leaves it
    assert machine.write("publish", "lampes", "--if-match", tag).code == 0
    assert "déjà publique" in machine.write("publish", "lampes", "--if-match", "*").err
    assert machine.write("withdraw", "lampes", "--if-match", "*").code == 0
    gone = machine("registry", "show", "lampes")
    assert gone.code == 2
    assert "retirée" in gone.err
    assert machine("registry", "show", "lampes", "--version", "1").out.encode() == DESCRIPTION


def test_a_description_with_a_violation_is_told_and_not_stored(machine: Machine) -> None:
    machine.file.write_text("project: Lampes\nholder: {type: Moon}\n")
    before = machine.registry.acts().versions
    refused = machine.write("put", "lampes", machine.file)
    assert refused.code == 1
    assert "2:10" in refused.err
    assert "--anyway" not in refused.err  # there is no passing over it
    assert machine.registry.acts().versions == before


def test_what_is_no_single_project_is_not_stored(machine: Machine) -> None:
    two = (
        "@prefix mtg: <https://w3id.org/montages/def/> . "
        "@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> . "
        '<a> a mtg:Project ; rdfs:label "A"@fr ; mtg:holder <a#h> . <a#h> a mtg:Commune . '
        '<b> a mtg:Project ; rdfs:label "B"@fr ; mtg:holder <b#h> . <b#h> a mtg:Commune .'
    )
    file = machine.file.with_suffix(".ttl")
    for text, code in ((two, 2), ("", 2), ("<a> <b> <c> .", 1), ("not turtle", 2)):
        file.write_text(text)
        assert machine.write("put", "lampes", file).code == code, text
    assert len(list(machine.registry.entries())) == REAL


def test_a_version_is_public_from_a_day_that_is_named(machine: Machine) -> None:
    put = machine.write("put", "lampes", machine.file, "--publish-at", "2100-01-01")
    assert "publique à partir du 2100-01-01 00:00Z" in put.out
    assert "lampes" not in machine("registry", "list").out
    assert "à venir" in machine("registry", "list", "--all").out
    wrong = machine.write("put", "capteurs", machine.file, "--publish-at", "2100-01-01T08:00")
    assert wrong.code == 2
    assert "fuseau" in wrong.err
    both = machine.write("put", "a", machine.file, "--draft", "--publish-at", "2100-01-01")
    assert both.code == 2


def test_an_entry_is_shown_as_it_was_on_a_day(machine: Machine) -> None:
    machine.write("put", "lampes", machine.file)
    version = machine.registry.current("lampes")
    assert version is not None
    machine.file.write_bytes(DESCRIPTION.replace(b"20 000", b"30 000"))
    machine.write("put", "lampes", machine.file, "--if-match", "*")
    shown = machine("registry", "show", "lampes", "--at", f"{version.moment:%Y-%m-%dT%H:%M:%S.%f}Z")
    assert shown.out.encode() == DESCRIPTION
    assert machine("registry", "show", "lampes").out.encode() == machine.file.read_bytes()
    assert machine("registry", "show", "lampes", "--at", "2020-01-01").code == 2
    near = " ".join(machine("registry", "show", "lampe").err.split())
    assert "Vouliez-vous « lampes »" in near


def test_the_token_comes_from_a_file_or_the_environment_and_never_from_the_command(
    machine: Machine,
) -> None:
    secret = machine.token.read_text().strip()
    without = machine("registry", "put", "lampes", machine.file)
    assert without.code == 2
    assert "--token-file" in without.err
    env = {"MONTAGES_REGISTRY_TOKEN": secret}
    put = machine("registry", "put", "lampes", machine.file, env=env)
    assert put.code == 0
    file = {"MONTAGES_REGISTRY_TOKEN_FILE": str(machine.token)}
    assert machine("registry", "withdraw", "lampes", "--if-match", "*", env=file).code == 0
    for command in ("put", "publish", "withdraw"):
        assert "--token " not in machine("registry", command, "--help").out
    absent = machine("registry", "put", "x", machine.file, "--token-file", "/no/such/file")
    assert absent.code == 2
    told = put.out + put.err + machine("publisher", "list").out
    assert secret not in told
    assert secret not in machine("publisher", "list", "--format", "json").out


def test_publishers_have_tokens_by_name_each_with_its_rights(machine: Machine) -> None:
    rotated = machine("publisher", "rotate", "vernon", "--token", "agents", "--right", "edit")
    assert rotated.out.startswith("mtg_")
    assert "modifier" in rotated.err
    machine.token.write_text(rotated.out)
    assert machine.write("put", "lampes", machine.file, "--draft").code == 0
    refused = machine.write("publish", "lampes", "--if-match", "*")
    assert refused.code == 2
    assert "pas de publier" in refused.err
    listed = json.loads(machine("publisher", "list", "--format", "json").out)
    assert [entry["slug"] for entry in listed] == ["montages", "vernon"]
    assert [token["rights"] for token in listed[1]["tokens"]] == [["edit", "publish"], ["edit"]]
    assert machine("publisher", "revoke", "vernon", "--token", "agents").code == 0
    assert machine.write("put", "capteurs", machine.file).code == 2
    assert "révoqué" in machine("publisher", "list").out
    assert machine("publisher", "revoke", "vernon").out.strip().endswith("main")
    assert "aucun jeton en cours" in machine("publisher", "list").out
    for wrong in (
        ("add", "vernon", "--name", "x"),
        ("rotate", "nobody"),
        ("revoke", "vernon"),
        ("add", "Évreux", "--name", "x"),
    ):
        assert machine("publisher", *wrong).code == 2, wrong


def test_a_record_is_verified_backed_up_and_restored(machine: Machine, tmp_path: Path) -> None:
    verified = machine("registry", "verify")
    assert verified.code == 0
    head = json.loads(machine("registry", "verify", "--format", "json").out)["head"]
    assert head in verified.out.replace("\n", "")
    machine.write("put", "lampes", machine.file)
    assert machine("registry", "verify", "--head", head).code == 0
    backup, other = tmp_path / "backup.sqlite3", tmp_path / "other"
    assert machine("registry", "backup", backup).code == 0
    assert machine("registry", "backup", backup).code == 2
    assert machine("registry", "restore", backup, machine.folder).code == 2
    assert machine("registry", "restore", backup, other).code == 0
    restored = machine("registry", "show", "lampes", "--registry", other)
    assert restored.out.encode() == DESCRIPTION
    assert machine("registry", "verify", "--head", "0" * 64).code == 1


def test_verify_names_the_row_whose_bytes_do_not_agree(machine: Machine) -> None:
    with closing(sqlite3.connect(machine.folder / "record.sqlite3")) as connection:
        connection.execute("DROP TRIGGER contents_unchanged")
        connection.execute(
            "UPDATE contents SET body = CAST(body || ' ' AS BLOB) WHERE digest = "
            "(SELECT digest FROM versions WHERE slug = 'dijon')"
        )
        connection.commit()
    verified = machine("registry", "verify", "--lang", "en")
    assert verified.code == 1
    told = " ".join(verified.out.split())
    assert "(dijon, 1): its bytes do not give the digest" in told
    assert "contents_unchanged" in told
    faults = json.loads(machine("registry", "verify", "--format", "json").out)["faults"]
    assert faults[0]["table"] == "contents"


def test_the_index_is_made_again_and_compared(machine: Machine) -> None:
    same = machine("registry", "rebuild")
    assert same.code == 0
    assert f"{REAL} fiches publiques" in same.out
    with closing(sqlite3.connect(machine.folder / "index.sqlite3")) as connection:
        connection.execute("UPDATE graphs SET quads = x'00' WHERE slug = 'dijon'")
        connection.commit()
    different = machine("registry", "rebuild", "--lang", "en")
    assert different.code == 1
    assert "dijon" in different.out
    assert machine("registry", "rebuild").code == 0


def test_the_quads_of_the_entries_are_exported_the_same_each_time(
    machine: Machine, tmp_path: Path
) -> None:
    one, two = tmp_path / "one.nq", tmp_path / "two.nq"
    assert machine("registry", "export", one).code == 0
    assert machine("registry", "export", two).code == 0
    assert one.read_bytes() == two.read_bytes()
    assert machine("registry", "export", "-").out.encode() == one.read_bytes()
    graphs = {quad.graph_name.value for quad in ox.parse(path=str(one))}
    assert len(graphs) == REAL
    assert machine("registry", "export", tmp_path / "no" / "such.nq").code == 2


def test_without_a_registry_each_command_says_which_it_needs(tmp_path: Path) -> None:
    for command in ("list", "verify", "rebuild"):
        nowhere = run("registry", command, env={"MONTAGES_REGISTRY": ""})
        assert nowhere.code == 2
        assert "--registry" in nowhere.err
        empty = run("registry", command, "--registry", str(tmp_path))
        assert empty.code == 2
        assert "montages registry init" in empty.err
    assert list(tmp_path.iterdir()) == []


def test_an_init_that_cannot_be_leaves_nothing(tmp_path: Path) -> None:
    (tmp_path / "full").mkdir()
    (tmp_path / "full" / "file").write_text("x")
    assert run("registry", "init", str(tmp_path / "full")).code == 2
    assert run("registry", "init", str(tmp_path / "full" / "file")).code == 2
    assert [path.name for path in tmp_path.rglob("*")] == ["full", "file"]
    (tmp_path / "empty").mkdir()
    begun = run("registry", "init", str(tmp_path / "empty"), "--lang", "en")
    assert begun.code == 0
    assert f"{REAL} entries" in begun.out
