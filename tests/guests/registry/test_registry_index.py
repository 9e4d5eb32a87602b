"""The graphs of public entries: what the record gives, in an index that it gives again (G1, G2)."""

from __future__ import annotations

import random
import sqlite3
import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pyoxigraph as ox
import pytest

from montages.engine.engines import engine_named
from montages.knowledge.files import library
from montages.names import BASE, PROJECT
from montages_registry.entry_facts import EntryQuads
from montages_registry.graph_index import FILE, GraphIndex
from montages_registry.graph_table import GraphTable
from montages_registry.publishers import Publisher
from montages_registry.registry import Registry, first_registry
from montages_registry.version import Content, State, WriteCondition
from pace import MARGIN, until

pytestmark = pytest.mark.clock

REAL = len(library.files("data/projects", "*.ttl"))

TOWN, OTHER = Publisher("vernon", "Ville de Vernon"), Publisher("evreux", "Ville d'Évreux")
NEW, ANY = WriteCondition(), WriteCondition("*")
ENGINE = engine_named("fast")


def yaml(name: str, identifier: str = "") -> Content:
    text = f"project: {name}\nholder: {{type: Commune}}\n"
    return Content(
        (text + (f"id: {identifier}\n" if identifier else "")).encode(), "application/yaml"
    )


@pytest.fixture
def registry(tmp_path: Path) -> Registry:
    registry = Registry.create(tmp_path / "registry")
    registry.publishers.add("vernon", "Ville de Vernon")
    return registry


def index_of(registry: Registry) -> GraphIndex:
    return GraphIndex(registry, ENGINE)


def triples(graph: EntryQuads) -> set[tuple[str, str, str]]:
    """Return the triples of a graph, its quads all of its own name."""
    quads = list(ox.parse(graph.quads, format=ox.RdfFormat.N_QUADS))
    assert {str(quad.graph_name.value) for quad in quads} == {graph.name}
    return {(q.subject.value, q.predicate.value, getattr(q.object, "value", "")) for q in quads}


def test_an_entry_is_a_graph_named_after_its_version(registry: Registry) -> None:
    registry.write("eclairage", yaml("Lampes"), TOWN, NEW)
    registry.write("eclairage", yaml("Lampes neuves"), TOWN, ANY)
    (graph,) = index_of(registry).graphs()
    entry = f"{BASE}projects/eclairage"
    assert graph.name == f"{entry}/versions/2"
    assert graph.title.fr == "Lampes neuves"
    said = {
        (s, p.rsplit("/", 1)[-1].rsplit("#", 1)[-1], o)
        for s, p, o in triples(graph)
        if s == graph.name
    }
    version = registry.current("eclairage")
    assert version is not None
    moment = f"{version.moment:%Y-%m-%dT%H:%M:%S.%fZ}"
    assert said >= {
        (graph.name, "wasRevisionOf", f"{entry}/versions/1"),
        (graph.name, "generatedAtTime", moment),
        (graph.name, "wasAttributedTo", f"{BASE}publishers/vernon"),
        (graph.name, "isVersionOf", entry),
        (graph.name, "primaryTopic", f"{PROJECT}eclairage"),
    }


def test_a_draft_or_a_withdrawn_entry_has_no_graph(registry: Registry) -> None:
    registry.write("unfinished", yaml("Lampes"), TOWN, NEW, state=State.DRAFT)
    registry.write("gone", yaml("Lampes"), TOWN, NEW)
    index = index_of(registry)
    revision = index.changes(-1).revision
    registry.withdraw("gone", TOWN, ANY)
    changes = index.changes(revision)
    assert (changes.graphs, changes.gone, changes.whole) == ((), ("gone",), False)
    assert index.graphs() == ()


def test_two_publishers_who_name_their_project_the_same_do_not_speak_of_one_thing(
    registry: Registry,
) -> None:
    registry.write("here", yaml("Lampes", "projet"), TOWN, NEW)
    registry.write("there", yaml("Capteurs", "projet"), OTHER, NEW)
    one, two = index_of(registry).graphs()
    assert (one.project, two.project) == (f"{PROJECT}here", f"{PROJECT}there")
    assert not {s for s, _, _ in triples(one)} & {s for s, _, _ in triples(two)}


def test_nobody_speaks_of_our_own_projects_but_their_publisher(registry: Registry) -> None:
    text = (
        "@base <https://w3id.org/montages/id/project/> . @prefix mtg: <https://w3id.org/montages/def/> . "
        "@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> . "
        '<dijon> a mtg:Project ; rdfs:label "Mine"@fr ; mtg:holder <dijon#holder>, <rennes> . '
        '<dijon#holder> a mtg:Commune ; rdfs:label "H"@fr . <rennes> a mtg:Commune ; rdfs:label "R"@fr . '
        '<https://w3id.org/montages/id/contract/mpgp> rdfs:label "Mine too"@fr .'
    )
    registry.write("mine", Content(text.encode(), "text/turtle"), TOWN, NEW)
    (graph,) = index_of(registry).graphs()
    subjects = {s for s, _, _ in triples(graph)}
    ours = {s for s in subjects if s.startswith(f"{BASE}id/")}
    assert ours == {f"{PROJECT}mine", f"{PROJECT}mine#holder", f"{PROJECT}mine#rennes"}


def test_a_project_of_the_publisher_s_own_web_space_keeps_its_name(registry: Registry) -> None:
    text = (
        "@prefix mtg: <https://w3id.org/montages/def/> . <https://data.example/p> a mtg:Project ; "
        "mtg:holder <https://data.example/h> . <https://data.example/h> a mtg:Commune ."
    )
    registry.write("mine", Content(text.encode(), "text/turtle"), TOWN, NEW)
    (graph,) = index_of(registry).graphs()
    assert graph.project == "https://data.example/p"


@pytest.mark.parametrize("media_type", ["application/yaml", "text/csv", "image/png"])
def test_a_description_that_is_no_longer_read_leaves_its_provenance(
    registry: Registry, media_type: str
) -> None:
    registry.write("old", Content(b"no-such-key: 1\n", media_type), TOWN, NEW)
    (graph,) = index_of(registry).graphs()
    assert graph.project is None
    assert len(triples(graph)) > 10


def test_a_version_enters_the_index_on_its_day(registry: Registry) -> None:
    start = time.monotonic()
    index = index_of(registry)
    index.graphs()
    # Late enough for a write and two readings before it.
    soon = datetime.now(UTC) + timedelta(seconds=0.4 + MARGIN * (time.monotonic() - start))
    registry.write("eclairage", yaml("Lampes"), TOWN, NEW, publish_at=soon)
    revision = index.changes(-1).revision
    assert index.graphs() == ()
    until(lambda: datetime.now(UTC) > soon)
    assert [graph.slug for graph in index.changes(revision).graphs] == ["eclairage"]


def test_the_index_made_again_is_the_one_that_was_kept_up_to_date(registry: Registry) -> None:
    rng = random.Random(4)  # noqa: S311  # no secret
    index, held, revision = index_of(registry), dict[str, EntryQuads](), -1
    compared, slugs, closed = 0, [f"entry-{n}" for n in range(6)], set[str]()
    for turn in range(80):
        slug = rng.choice(slugs)
        current = registry.current(slug, public=False)
        condition = WriteCondition(current.etag) if current else NEW
        if slug in closed:
            continue
        act = rng.choice(["write", "write", "draft", "publish", "later", "withdraw"])
        later = datetime.now(UTC) + timedelta(seconds=rng.uniform(-0.2, 0.2))
        content = yaml(f"Projet {turn}")
        if act == "write":
            registry.write(slug, content, TOWN, condition)
        elif act == "draft":
            registry.write(slug, content, TOWN, condition, state=State.DRAFT)
        elif act == "later":
            registry.write(slug, content, TOWN, condition, publish_at=later)
        elif act == "publish" and current and not current.is_public(datetime.now(UTC)):
            registry.publish(slug, TOWN, condition, publish_at=later)
        elif act == "withdraw" and current and len(closed) < 4:
            registry.withdraw(slug, TOWN, condition)
            closed.add(slug)
        if rng.random() < 0.5:
            changes = index.changes(revision)
            held = {} if changes.whole else held
            held |= {graph.slug: graph for graph in changes.graphs}
            for gone in changes.gone:
                held.pop(gone, None)
            revision = changes.revision
            whole = index.changes(-1)
            if whole.revision == revision:  # else the day of one came in between
                compared += 1
                assert held == {graph.slug: graph for graph in whole.graphs}
    time.sleep(0.3)
    kept = index.graphs()
    assert kept
    assert compared > 10
    assert index.rebuild() == ()
    assert {graph.slug: graph for graph in kept} == index_of(registry).from_record()


def test_an_index_that_is_not_that_of_the_record_is_told_and_made_again(registry: Registry) -> None:
    registry.write("eclairage", yaml("Lampes"), TOWN, NEW)
    index = index_of(registry)
    (graph,) = index.graphs()
    with index._table() as table:
        table.connection.execute("UPDATE graphs SET quads = x'00'")
    revision = index.changes(-1).revision
    assert index.rebuild() == ("eclairage",)
    assert index.graphs() == (graph,)
    assert index.changes(revision).graphs == (graph,)


@pytest.mark.parametrize("damage", [b"", b"no database" * 500])
def test_a_damaged_or_lost_index_is_made_again(registry: Registry, damage: bytes) -> None:
    registry.write("eclairage", yaml("Lampes"), TOWN, NEW)
    index = index_of(registry)
    before = index.changes(-1)
    for path in registry.record.folder.glob(f"{FILE}*"):
        path.unlink()
    if damage:
        (registry.record.folder / FILE).write_bytes(damage)
    after = index.changes(before.revision)
    assert after.whole
    assert after.graphs == before.graphs


def test_entries_are_read_again_by_another_knowledge(
    registry: Registry, monkeypatch: pytest.MonkeyPatch
) -> None:
    registry.write("eclairage", yaml("Lampes"), TOWN, NEW)
    index = index_of(registry)
    index.graphs()
    with index._table() as table:
        table.connection.execute("UPDATE graphs SET quads = x'00'")
    monkeypatch.setattr("montages_registry.graph_index.library.version", lambda: "another")
    assert index.graphs() == tuple(index.from_record().values())


def test_a_registry_that_is_only_read_has_its_index_in_memory(registry: Registry) -> None:
    registry.write("eclairage", yaml("Lampes"), TOWN, NEW)
    before = {path.name for path in registry.record.folder.iterdir()}
    reading = index_of(Registry.open(registry.record.folder, read_only=True))
    assert reading.graphs() == tuple(reading.from_record().values())
    assert {path.name for path in registry.record.folder.iterdir()} == before


def test_the_graphs_of_the_first_entries_hold_all_that_is_published_of_them(tmp_path: Path) -> None:
    first_registry(tmp_path / "registry")
    registry = Registry.open(tmp_path / "registry")
    graphs = {graph.slug: graph for graph in index_of(registry).graphs()}
    assert len(graphs) == REAL
    for version in registry.entries():
        description = ENGINE.parse(version.content.body, "turtle", None)
        facts = {(s, p, o if isinstance(o, str) else o.value) for s, p, o in description.facts}
        assert facts <= triples(graphs[version.slug])


def test_a_first_index_that_is_interrupted_goes_on_where_it_was(
    registry: Registry, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("montages_registry.graph_index._PART", 3)
    for number in range(10):
        registry.write(f"entry-{number}", yaml(f"Projet {number}"), TOWN, NEW)
    index, made, real = index_of(registry), list[str](), GraphIndex._graph_of

    def interrupted(self: GraphIndex, slug: str) -> EntryQuads | None:
        if len(made) == 7:
            raise KeyboardInterrupt
        made.append(slug)
        return real(self, slug)

    monkeypatch.setattr(GraphIndex, "_graph_of", interrupted)
    with pytest.raises(KeyboardInterrupt):
        index.graphs()
    assert made == [f"entry-{number}" for number in range(7)]
    # What was done before is written anew meanwhile, and comes out as it is now.
    registry.write("entry-0", yaml("Projet neuf"), TOWN, ANY)
    made.clear()
    monkeypatch.setattr(
        GraphIndex, "_graph_of", lambda self, slug: (made.append(slug), real(self, slug))[1]
    )
    graphs = index_of(registry).graphs()
    assert made == [*(f"entry-{number}" for number in range(6, 10)), "entry-0"]
    assert [graph.slug for graph in graphs] == [f"entry-{number}" for number in range(10)]
    assert graphs[0].title.fr == "Projet neuf"
    assert index.rebuild() == ()


def test_two_who_bring_a_first_index_to_date_share_it_and_both_have_all_of_it(
    registry: Registry, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("montages_registry.graph_index._PART", 2)
    for number in range(30):
        registry.write(f"entry-{number:02}", yaml(f"Projet {number}"), TOWN, NEW)
    made, real = list[str](), GraphIndex._graph_of
    monkeypatch.setattr(
        GraphIndex, "_graph_of", lambda self, slug: (made.append(slug), real(self, slug))[1]
    )
    with ThreadPoolExecutor(2) as threads:
        one, other = threads.map(lambda _: index_of(registry).changes(-1), range(2))
    assert one == other
    assert len(one.graphs) == 30
    assert sorted(made) == [f"entry-{number:02}" for number in range(30)]


def test_an_index_opened_while_another_makes_its_tables_waits_for_it(tmp_path: Path) -> None:
    def revision() -> int:
        with closing(GraphTable(path)) as table:
            return table.place().revision

    path = tmp_path / FILE
    with ThreadPoolExecutor(1) as thread, closing(sqlite3.connect(path)) as other:
        other.execute("BEGIN IMMEDIATE")
        opened = thread.submit(revision)
        with pytest.raises(TimeoutError):
            opened.result(0.2)
        other.rollback()
        assert opened.result() == revision()


def test_the_revision_is_told_without_reading_a_graph(
    registry: Registry, monkeypatch: pytest.MonkeyPatch
) -> None:
    registry.write("eclairage", yaml("Lampes"), TOWN, NEW)
    index = index_of(registry)
    revision = index.changes(-1).revision
    monkeypatch.delattr("montages_registry.graph_table.GraphTable.since")
    assert index.revision() == revision
