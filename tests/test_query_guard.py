"""A query reads the graphs held here and calls nobody, however it is written (S3)."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress

import pyoxigraph as ox
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from crafted_calls import Listener, crafted
from montages.errors import MontagesError, QueryRefused, QuerySyntax, UnknownGraph
from montages.knowledge.files.published_queries import queries
from montages.store.questions.query_parameters import defaults, query_text
from montages.store.sparql.query_guard import Plan, query_plan
from montages.store.sparql.query_rewriting import rewritten, row_limit
from pace import grows_with_its_size


@pytest.fixture(scope="module")
def listener() -> Iterator[Listener]:
    server = Listener()
    yield server
    server.socket.close()


STORE = ox.Store()
STORE.extend(
    ox.parse(
        '<http://example.org/a> <http://example.org/p> <http://example.org/b>, "SERVICE" .',
        format=ox.RdfFormat.TURTLE,
    )
)


def limited(plan: Plan, rows: int) -> str:
    return rewritten(plan.text, row_limit(plan, rows))


def passes(text: str) -> bool:
    """Tell whether a text passes the guard; if so, the engine runs what the service would give it."""
    try:
        plan = query_plan(text, ())
    except MontagesError:
        return False
    try:
        answer = STORE.query(limited(plan, 10), base_iri="http://example.org/")
        if not isinstance(answer, ox.QueryBoolean):
            list(answer)
    except (SyntaxError, OSError, RuntimeError, ValueError):
        pass
    return True


def test_the_engine_does_call_out_when_nothing_stops_it(listener: Listener) -> None:
    before = listener.calls
    with pytest.raises((OSError, RuntimeError)):
        list(STORE.query(f"SELECT * {{ SERVICE <{listener.url}> {{ ?s ?p ?o }} }}"))
    assert listener.calls > before


@pytest.mark.slow
def test_no_crafted_call_gets_out(listener: Listener) -> None:
    before, passed = listener.calls, 0
    for text in crafted(listener.url, 6000):
        passed += passes(text)
    assert listener.calls == before
    assert passed < 600  # most are refused, not let through as syntax errors


PIECES = st.sampled_from(
    [
        "SERVICE", "service", "SILENT", "<U>", "ex:a", ":a", ":", "ex:", "?x", "{", "}",
        "{?s ?p ?o}", "(", ")", "<",
        ">", "'", '"', "'''", '"""', "#", "\n", "\\", "\\u0053ERVICE", "FILTER", "BIND", "true",
        "1", ".", ";", ",",
        "a", " ", "VALUES ?x {<U>}", "OPTIONAL", "GRAPH ?g", "UNION", "EXISTS", "SELECT * {", "&&",
        "=", "@en",
        "^^", "[", "]", "_:b", "ex:a.b.", "<x#y>", "<x'y>", "*", "/", "|", "-", "+", "!",
        "SERVICE<U>{}",
    ]
)  # fmt: skip


@settings(max_examples=600)
@given(
    st.lists(PIECES, min_size=3, max_size=14),
    st.sampled_from(["ASK{", "SELECT * {", "SELECT*{?a ?b "]),
)
def test_no_jumble_of_words_calls_out(listener: Listener, pieces: list[str], start: str) -> None:
    before = listener.calls
    for glue in ("", " "):
        text = glue.join(pieces).replace("U", listener.url)
        passes(f"PREFIX ex: <{listener.url}> PREFIX : <{listener.url}> {start}{text}}}")
    assert listener.calls == before


LEGAL = """
SELECT ?service { ?service ?p ?o }
SELECT $SERVICE WHERE { $SERVICE a <http://example.org/service> }
PREFIX ex: <http://example.org/> SELECT * { ex:service ex:SERVICE ?o }
PREFIX ex: <http://example.org/> SELECT * { ?s ex:my.service ?o . }
PREFIX ex: <http://example.org/> SELECT * { ex:a ex:service ?o { ?s ?p ?o } }
PREFIX service: <http://example.org/> SELECT * { ?s service:a ?o . service:b ?p "x" }
PREFIX webservice: <http://example.org/> SELECT * { GRAPH webservice:g { ?s ?p ?o } }
PREFIX service: <http://x/> PREFIX : <http://y/> SELECT * { GRAPH service:g { ?s service:p ?o . ?s :q :z } }
SELECT * { ?s ?p "SERVICE <http://example.org/> { ?s ?p ?o }" }
SELECT * { ?s ?p 'SERVICE <http://example.org/> { }', '''SERVICE ?x { }''' }
SELECT * { ?s ?p \"\"\"a "SERVICE <http://example.org/> {}" \"\"\" }
SELECT * { ?s <http://example.org/#SERVICE> ?o # SERVICE <http://example.org/> { }
 }
# SERVICE <http://example.org/> { }
ASK {}
SELECT * { ?s ?p ?o FILTER(?p IN (<http://a#b>, <http://example.org/service>)) }
SELECT * { ?s ?p ?o FILTER(?s<?o&&?o>?s||"SERVICE <x> {}"=?p) }
SELECT (COUNT(*) AS ?load) { ?s ?insert ?o } GROUP BY ?p HAVING (COUNT(*) < 3) ORDER BY ?load
PREFIX load: <http://example.org/insert/> CONSTRUCT { ?s load:delete ?o } WHERE { ?s load:clear ?o }
SELECT * { ?s ?p "LOAD <http://x/> INTO GRAPH <y>" } # INSERT DATA { }
BASE <http://example.org/> DESCRIBE <service>
PREFIX ex: <http://example.org/> SELECT * { ?s ex:from ?from . ?from ex:named <x> }
SELECT ?s { { SELECT ?s { ?s ?p ?o } LIMIT 3 } } LIMIT 5 OFFSET 1
SELECT * { ?s <http://a#b> "service" }
SELECT * { VALUES (?a ?b) { (<http://a#b> "c") (UNDEF 'service') } }
SELECT * { VALUES (?a ?b) { (<http://a#b> <http://it's>) } ?a ?b 'service' }
PREFIX ex: <http://x/> PREFIX service: <http://y/> SELECT * { ?s ex:p service:o { ?s ?p ?o } }
SELECT ?caf\\u00E9 { ?caf\\u00E9 ?p "\\u0053ERVICE" }
SELECT * { ?s ?p "a\\\\u0053" , "tab\\t", 'it\\'s' }
SELECT * { ?s (<http://a>|<http://b>)/^<http://c>* ?o } VALUES ?s { <http://x> }
PREFIX ex: <http://example.org/> SELECT * { ?s ex:a%20b\\-c ex:été ; a ex:Ünï }
ASK { ?s ?p -1 , +2.5 , 1e3 , .5 , true , "x"@en-GB , "1"^^<http://www.w3.org/2001/XMLSchema#int> }
SELECT (NOW() AS ?now) (UUID() AS ?id) {}
SELECT * { ?s ?p ?o } HAVING EXISTS { SELECT * { ?s ?p ?o } LIMIT 1 }
"""


def legal() -> list[str]:
    texts, lines = [], LEGAL.strip().split("\n")
    while lines:
        text = lines.pop(0)
        while lines and (text.count("{") > text.count("}") + 0 and lines[0].startswith(" ")):
            text += "\n" + lines.pop(0)
        texts.append(f"{text}\n{lines.pop(0)}" if text.startswith("#") else text)
    return texts


@pytest.mark.parametrize("text", legal())
def test_a_legal_query_is_never_refused(text: str) -> None:
    plan = query_plan(text, ())
    if "HAVING EXISTS" not in text:  # the engine does not read this one, which the grammar allows
        STORE.query(plan.text, base_iri="http://example.org/")
        STORE.query(limited(plan, 10), base_iri="http://example.org/")


@pytest.mark.parametrize("query", [q for folder in ("questions", "close", "derive") for q in queries(folder)],
                         ids=lambda query: query.key)  # fmt: skip
def test_the_published_queries_are_never_refused(query: object) -> None:
    text = query_text(query, defaults(query))  # type: ignore[arg-type]
    plan = query_plan(text, ())
    STORE.query(limited(plan, 10), base_iri="http://example.org/")


@given(st.text(), st.sampled_from(["'{}'", '"{}"', "'''{}'''", '"""{}"""']))
@settings(max_examples=300)
def test_whatever_a_string_says_stays_in_the_string(content: str, quotes: str) -> None:
    escaped = content.replace("\\", "\\\\").replace("'", "\\'").replace('"', '\\"')
    escaped = escaped.replace("\n", "\\n").replace("\r", "\\r")
    literal = quotes.replace("{}", f"SERVICE <http://x/> {{}} {escaped}")
    query_plan(f"SELECT * {{ ?s ?p {literal} . ?service ?p ?o }}", ())


@pytest.mark.parametrize(
    "text",
    [
        "INSERT DATA { <a> <b> <c> }", "DELETE WHERE { ?s ?p ?o }", "LOAD <http://example.org/>",
        "load silent <x>",
        "CLEAR ALL", "DROP GRAPH <a>", "CREATE GRAPH <a>", "COPY <a> TO <b>",
        "MOVE <a> TO <b>", "ADD <a> TO <b>",
        "PREFIX ex: <x> # c\n WITH <a> DELETE { ?s ?p ?o } WHERE { ?s ?p ?o }",
        r"\u0049NSERT DATA {}",
        "BASE <x>DELETE{}INSERT{}WHERE{}",
    ],
)  # fmt: skip
def test_an_update_is_refused_by_name(text: str) -> None:
    with pytest.raises(QueryRefused) as error:
        query_plan(text, ())
    assert error.value.status == 403


@pytest.mark.parametrize("text", ["", "  ", "FOO", "{ ?s ?p ?o }", "PREFIX ex: <x>", "\n\n bogus"])
def test_what_is_no_query_says_where(text: str) -> None:
    with pytest.raises(QuerySyntax) as error:
        query_plan(text, ())
    assert error.value.extra["line"] >= 1


def test_a_graph_that_is_not_here_is_not_fetched(listener: Listener) -> None:
    before = listener.calls
    for clause in (f"FROM <{listener.url}>", f"FROM NAMED <{listener.url}>", "FROM ex:g"):
        with pytest.raises(UnknownGraph):
            query_plan(
                f"PREFIX ex: <{listener.url}> SELECT * {clause} {{ ?s ?p ?o }}", {"http://here/"}
            )
    list(STORE.query(f"SELECT * FROM <{listener.url}> {{ ?s ?p ?o }}"))  # nor by the engine itself
    assert listener.calls == before


def test_from_names_the_dataset_however_it_is_written() -> None:
    here = {"http://here/a", "http://here/b", "http://here/c"}
    plan = query_plan(
        "BASE <http://here/> PREFIX h: <http://here/> SELECT * FROM <a>FROM h:b from named <c> { ?s ?p ?o }",
        here,
    )
    assert plan.graphs == (("http://here/a", "http://here/b"), ("http://here/c",))
    plan = query_plan("CONSTRUCT { ?s <from> <b> } FROM <http://here/a> WHERE { ?s ?p ?o }", here)
    assert plan.graphs == (("http://here/a",), ())


@pytest.mark.parametrize(
    "call",
    [
        "SERVICE <http://x/> { ?s ?p ?o }",
        "service silent ?x { }",
        "?s ?p trueSERVICE<http://x/>{}",
        "SERVICE:x { }",
        "?s ?p ex:a.b.SERVICE<http://x/>{}",
        "?s ?p ex:.SERVICE ex:x {}",
        r"\u0053ERVICE <http://x/> {}",
        "?s ?service ?o . SERVICE",
        "FILTER(?s<'x>') SERVICE <http://x/> {} #')\n",
        'FILTER(?s<ex:a#c>"""\n) SERVICE <http://x/> {} #""")\n',
    ],
)
def test_the_word_service_is_refused_however_an_engine_may_cut_the_text(call: str) -> None:
    head = "PREFIX ex: <http://x/> PREFIX : <http://x/> PREFIX service: <http://x/y/>"
    with pytest.raises(QueryRefused, match="SERVICE"):
        query_plan(f"{head} SELECT * {{ {call} }}", ())


@pytest.mark.parametrize(
    ("text", "ends"),
    [
        ("SELECT * { ?s ?p ?o }", "{ ?s ?p ?o } LIMIT 9 "),
        ("SELECT * { ?s ?p ?o } # LIMIT 3", "} LIMIT 9  # LIMIT 3"),
        ("SELECT * { ?s ?p ?o } LIMIT 3", "LIMIT 3"),
        ("SELECT * { ?s ?p ?o } OFFSET 2 LIMIT 300", "OFFSET 2 LIMIT 9"),
        ("SELECT * { { SELECT * { ?s ?p ?o } LIMIT 3 } }", "LIMIT 3 } } LIMIT 9 "),
        ("SELECT * { ?s ?p 'LIMIT 3' } ORDER BY ?limit", "ORDER BY ?limit LIMIT 9 "),
        ("SELECT * { ?s ?p ?o } VALUES ?s { <LIMIT> }", "} LIMIT 9  VALUES ?s { <LIMIT> }"),
        ("SELECT (EXISTS { ?a ?b ?c } AS ?x) { ?s ?p ?o }", "{ ?s ?p ?o } LIMIT 9 "),
        ("SELECT * { ?s ?p ?o } GROUP BY ?s HAVING (EXISTS { ?s ?p ?o })", ") LIMIT 9 "),
        ("ASK { ?s ?p ?o }", "ASK { ?s ?p ?o }"),
    ],
)
def test_the_row_limit_is_written_where_the_grammar_has_it(text: str, ends: str) -> None:
    assert limited(query_plan(text, ()), 9).endswith(ends)


@pytest.mark.parametrize(
    ("start", "piece", "count", "end"),
    [("", "a.", 100_000, ""), ("", "a", 300_000, ""), ('"""', '"a', 40_000, ""),
     ("", "<a#'", 30_000, "service"), ("", "SERVICE ", 12_000, ""), ("", "(?a<b#>", 8_000, "service"),
     ("", "\\", 300_000, ""), ("", "a:", 100_000, ""), ("", "FROM <x> ", 8_000, ""),
     ("", "SERVICE", 70_000, ""), ("?s ?p 'service' . ", "FILTER(?a<b#c>?d)\n", 4_000, ""),
     ("", "a:service", 50_000, "")],
    ids=range(12),
)  # fmt: skip
def test_a_long_text_is_read_in_time_that_grows_with_it(
    start: str, piece: str, count: int, end: str
) -> None:
    def read(size: int) -> None:
        with suppress(MontagesError):
            query_plan(f"SELECT * {{{start}{piece * size}{end}", ())

    grows_with_its_size(read, count)


@pytest.mark.parametrize(
    ("start", "piece", "count", "end"),
    [("SELECT * {} ORDER BY (", " LIMIT 1", 10_000, ""), ("", "BASE <x/> ", 8_000, "ASK {}"),
     ("SELECT * {} LIMIT ", "9", 300_000, "")],
    ids=range(3),
)  # fmt: skip
def test_a_limit_is_found_in_time_that_grows_with_the_text(
    start: str, piece: str, count: int, end: str
) -> None:
    def limit(size: int) -> None:
        with suppress(MontagesError):
            limited(query_plan(f"{start}{piece * size}{end}", ()), 10)

    grows_with_its_size(limit, count)
