"""The readers of a batch cut their inputs into one record a project; what is broken spoils only itself."""

from __future__ import annotations

import io
import json
import tracemalloc

import pyoxigraph as ox
import pytest

import batches
from montages.batch import n_quads
from montages.batch.n_quads import GraphText, NamedGraphs
from montages.batch.records import Record, Stream, csv_rows, read_json_lines, read_table
from montages.description.tables import table_row
from montages.description.tables.columns import columns
from montages.errors import UnreadableInput, UnusableInput
from montages.knowledge.description_keys import answer_keys
from montages.knowledge.rulebook import rulebook
from montages.names import PROJECT
from montages.publish.tables.table_schema import table_schema


def stream(text: str | bytes) -> Stream:
    return Stream("f", io.BytesIO(text.encode() if isinstance(text, str) else text))


def outline(records: list[Record]) -> list[tuple[str | None, int, bool]]:
    return [(record.name, record.line, record.fault is None) for record in records]


def triples(record: Record, form: ox.RdfFormat) -> set[ox.Triple]:
    assert isinstance(record.content, bytes)
    return {quad.triple for quad in ox.parse(record.content, format=form, base_iri=str(PROJECT))}


def whole(text: str, form: ox.RdfFormat) -> dict[str, set[ox.Triple]]:
    graphs: dict[str, set[ox.Triple]] = {}
    for quad in ox.parse(text, format=form, base_iri=str(PROJECT)):
        assert isinstance(quad.graph_name, ox.NamedNode)
        graphs.setdefault(quad.graph_name.value, set()).add(quad.triple)
    return graphs


def quad(subject: str, graph: str, value: str = '"x"') -> str:
    return f"<u:{subject}> <u:p> {value} <u:{graph}> .\n"


class TestNQuads:
    def test_each_graph_is_a_record_with_its_triples(self) -> None:
        text = batches.n_quads(batches.trees(20))
        records = list(n_quads.read(stream(text)))
        graphs = {str(p.name): triples(p, ox.RdfFormat.N_TRIPLES) for p in records}
        assert len(records) == 20
        assert graphs == whole(text, ox.RdfFormat.N_QUADS)

    def test_odd_spacing_comments_and_literals_are_cut_right(self) -> None:
        text = (
            '# a comment\n\n<u:s> <u:p> "a <u:g> . \\" b"^^<u:t><u:g>. # end\r\n'
            '_:b\t<u:p>  "x"@fr-be <u:g>   .\n<u:s> <u:p> <u:g> <u:g> .\n  <u:s> <u:q> _:b <u:g> .\n'
        )
        (record,) = n_quads.read(stream(text))
        assert record.name == "u:g"
        assert triples(record, ox.RdfFormat.N_TRIPLES) == whole(text, ox.RdfFormat.N_QUADS)["u:g"]

    def test_a_broken_line_spoils_only_its_graph(self) -> None:
        text = (
            quad("a", "a")
            + quad("b", "b")
            + '<u:b> <u:p "x" <u:b>.\n'
            + quad("b", "b")
            + quad("c", "c")
        )
        records = list(n_quads.read(stream(text)))
        assert outline(records) == [("u:a", 1, True), ("u:b", 2, False), ("u:c", 5, True)]
        assert records[1].fault is not None
        assert records[1].fault.extra["line"] == 3

    def test_a_broken_line_between_graphs_counts_for_the_one_it_names(self) -> None:
        broken = '<u:s> <u:p> "x <u:{}> .\n'
        text = (
            quad("a", "a")
            + broken.format("b")
            + quad("b", "b")
            + broken.format("b")
            + quad("c", "c")
        )
        assert [p.fault is None for p in n_quads.read(stream(text))] == [True, False, True]
        text = quad("a", "a") + broken.format("z") + quad("b", "b")
        assert outline(list(n_quads.read(stream(text)))) == [
            ("u:a", 1, True), (None, 2, False), ("u:b", 3, True),
        ]  # fmt: skip

    def test_a_file_cut_short_spoils_its_last_graph(self) -> None:
        records = list(n_quads.read(stream(quad("a", "a") + quad("b", "b") + '<u:b> <u:p> "x')))
        assert [record.fault is None for record in records] == [True, False]

    def test_a_graph_that_comes_again_is_outline(self) -> None:
        records = list(n_quads.read(stream(quad("a", "a") + quad("b", "b") + quad("a", "a"))))
        assert outline(records) == [("u:a", 1, True), ("u:b", 2, True), ("u:a", 3, False)]
        assert records[2].fault is not None
        assert "u:a" in records[2].fault.text.fr

    def test_triples_without_a_graph_are_one_error(self) -> None:
        text = quad("a", "a") + "<u:s> <u:p> <u:o> .\n" * 3 + quad("b", "b")
        assert outline(list(n_quads.read(stream(text)))) == [
            ("u:a", 1, True), (None, 2, False), ("u:b", 5, True),
        ]  # fmt: skip

    def test_lines_are_still_counted_after_comments(self) -> None:
        text = quad("a", "a") + "# one\n\n" + quad("a", "a")
        (record,) = n_quads.read(stream(text))
        assert isinstance(record.content, bytes)
        assert record.content.count(b"\n") == 4

    def test_the_sizes_add_up_to_the_file(self) -> None:
        text = batches.n_quads(batches.trees(5)) + "broken\n"
        assert sum(record.size for record in n_quads.read(stream(text))) == len(text.encode())

    def test_a_graph_over_the_limit_is_dropped(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setenv("MONTAGES_MAX_BYTES", "100")
        records = list(n_quads.read(stream(quad("a", "a") * 20 + quad("b", "b"))))
        assert [(p.fault is None, len(p.content)) for p in records] == [(False, 0), (True, 19)]  # type: ignore[arg-type]  # bytes


class TestJsonLines:
    def test_blank_lines_are_skipped_and_places_kept(self) -> None:
        records = list(read_json_lines(stream(b'\xef\xbb\xbf{"a": 1}\n\n  \n{"b": 2}')))
        assert [(p.place(), p.content) for p in records] == [
            ("f:1", b'{"a": 1}'),
            ("f:4", b'{"b": 2}'),
        ]

    def test_a_line_over_the_limit_is_dropped(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setenv("MONTAGES_MAX_BYTES", "10")
        records = list(read_json_lines(stream('"' + "x" * 5_000_000 + '"\n{}\n')))
        assert [(p.line, p.content, p.fault is None) for p in records] == [
            (1, b"", False),
            (2, b"{}", True),
        ]
        assert records[0].size == 5_000_003


class TestTable:
    @pytest.mark.parametrize(
        ("delimiter", "french", "coding"),
        [
            (",", True, "utf-8"),
            (";", True, "utf-16-be"),
            ("\t", True, "utf-16-le"),
            (";", False, "utf-8"),
        ],
    )
    def test_a_row_says_what_its_tree_says(self, delimiter: str, french: bool, coding: str) -> None:
        # ਊ and Ċ have the byte of a line end in UTF-16.
        trees = [tree | {"project": "ਊ Ċ « œ » €"} for tree in batches.trees(30)]
        content = ("\ufeff" + batches.table(trees, delimiter, french)).encode(coding)
        records = list(read_table(csv_rows, stream(content)))
        assert [record.name for record in records] == [tree["id"] for tree in trees]
        if coding != "utf-8":
            assert sum(record.size for record in records) <= len(content)
        for record, tree in zip(records, trees, strict=True):
            read = table_row.row_tree(json.loads(record.content))  # type: ignore[arg-type]  # bytes
            assert set(batches.graph(read)) == set(batches.graph(tree))

    def test_cells_are_read_as_people_write_them(self) -> None:
        text = (
            "projet;financement_de_l_investissement;valeur_estimee;duree_du_contrat;couches;couches_completes;"
            "realisation_comprise\nVille;{};1 250 000,5;144;objects:own|iot-network;Oui;oui\n"
        ).format(rulebook().criteria["investment-funding"].value("public").label.fr.upper())
        (record,) = read_table(csv_rows, stream(text))
        read = table_row.row_tree(json.loads(record.content))  # type: ignore[arg-type]  # bytes
        assert set(batches.graph(read)) == set(
            batches.graph(
                {
                    "project": "Ville",
                    "layers": [{"layer": "objects", "mode": "own"}, {"layer": "iot-network"}],
                    "layers-complete": True,
                    "answers": {
                        "investment-funding": "public",
                        "estimated-value": 1250000.5,
                        "duration-months": 144,
                        "realisation-included": "yes",
                    },
                }
            )
        )

    @pytest.mark.parametrize(
        ("header", "says"),
        [
            ("projet,financement_de_l_investisement", "financement_de_l_investissement"),
            ("projet,Mode de gestoin", "mode_de_gestion"),
            ("projet,lots,decoupage_en_lots", "decoupage_en_lots"),
            ("lots,agility", "identifiant"),
        ],
    )
    def test_a_header_is_refused_with_what_to_write(self, header: str, says: str) -> None:
        with pytest.raises(UnusableInput) as refused:
            csv_rows(stream(header + "\n"))
        assert says in refused.value.message("fr")
        assert says in refused.value.message("en")

    def test_a_header_that_is_no_text_is_refused(self) -> None:
        for text in (b"", b"proj\x81t,lots\n", b"a\x00b\n"):
            with pytest.raises(UnreadableInput):
                csv_rows(stream(text))

    def test_a_bad_row_spoils_only_itself(self) -> None:
        text = b'id,description\na,"two\nlines"\nb,x,y,z\n\n,nameless\nc,caf\x81\nd,"x"y\ne,fine\n'
        assert outline(list(read_table(csv_rows, stream(text)))) == [
            ("a", 2, True), (None, 4, False), (None, 6, False), (None, 7, False), (None, 8, False),
            ("e", 9, True),
        ]  # fmt: skip

    def test_every_criterion_has_a_column_without_a_word_of_code(self) -> None:
        fields = {field["key"]: field for field in table_schema("fr")["fields"]}
        assert set(answer_keys()) <= set(fields)
        assert len({field["name"] for field in fields.values()}) == len(fields) == len(columns())
        for key, slug in answer_keys().items():
            criterion, field = rulebook().criteria[slug], fields[key]
            assert field["title"] == criterion.label.fr
            assert field["rdfProperty"] == str(criterion.numeric_property or criterion.property)
            values = [value.slug for value in criterion.values]
            if criterion.numeric_property:
                assert field["type"] == "number"
            elif criterion.multiple:
                assert all(value in field["constraints"]["pattern"] for value in values)
            else:
                labels = [value.label.fr for value in criterion.values]
                assert field["constraints"]["enum"] == list(dict.fromkeys([*values, *labels]))


def test_the_names_of_graphs_take_few_bytes_each() -> None:
    """However long a name is, a batch of a million graphs remembers them in under 100 MB."""
    graphs, count = NamedGraphs("f"), 60_000
    tracemalloc.start()
    try:
        for number in range(count):
            graphs.record(GraphText(f"{'x' * 200}{number}", 1), 0)
        size, _ = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert size <= 100 * count
    again = graphs.record(GraphText(f"{'x' * 200}7", 1), 0)
    assert again.fault is not None
