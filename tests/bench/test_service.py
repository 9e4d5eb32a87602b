"""The service under load, beside servers of the same data in the same run."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import ExitStack
from datetime import date
from statistics import median
from urllib.parse import quote
from urllib.request import urlopen

import pytest

import nquads_text
import servers
import wrk
from commands import run
from figures import Bound, Figures, at_least, duration
from memory_watch import MemoryWatch
from montages import load
from montages.knowledge.files import library
from montages.publish.linked_data.documents import served_dataset
from timing import timed
from virtuoso_server import virtuoso_server
from wrk import Load, Request

PART = "service"
CONNECTIONS, SECONDS, ROUNDS = 32, 4, 3
# Virtuoso answers ten clients at once here, as Debian sets it.
FEW = 8
# The least that is wanted of queries asked for the first time, beside the oxigraph server.
FIRST_TIME = {"ASK": 0.11, "50 rows": 0.2, "DESCRIBE": 0.2}
LONG, WARM = 90, 15
# Few answers are remembered, so that their place is taken before memory is looked at: what grows is a leak.
SETTINGS = {"MONTAGES_REQUEST_LOG": "off", "MONTAGES_QUERY_REMEMBERED": "1000000"}
_MPGP = "https://w3id.org/montages/id/contract/mpgp"
_LABEL = "http://www.w3.org/2000/01/rdf-schema#label"
QUERIES = {
    "ASK": f"ASK {{ <{_MPGP}> a ?kind }}",
    "50 rows": f"SELECT ?thing ?label WHERE {{ ?thing <{_LABEL}> ?label }} LIMIT 50",
    "DESCRIBE": f"DESCRIBE <{_MPGP}>",
}
RESULTS, GRAPH = "application/sparql-results+json", "text/turtle"
PATH = "id/contract/mpgp.ttl"

pytestmark = pytest.mark.skipif(
    not wrk.INSTALLED or not (servers.PEERS / "oxigraph").exists(),
    reason="needs wrk (apt-get install wrk) and the peers that `make bench` installs",
)


@pytest.fixture(scope="module")
def at(
    env: Mapping[str, str], tmp_path_factory: pytest.TempPathFactory
) -> Iterator[dict[str, str]]:
    """Start every server at once: who is not asked does nothing. Gives their addresses."""
    folder = tmp_path_factory.mktemp("servers")
    data = folder / "base.nq"
    data.write_bytes(nquads_text.quads(served_dataset(date.today())))
    with ExitStack() as stack:
        start = stack.enter_context
        yield {
            "montages": start(servers.montages({**env, **SETTINGS})),
            "oxigraph": start(servers.oxigraph(data, folder, env)),
            "rdflib-endpoint": start(servers.rdflib_endpoint(data, env)),
            "bare Flask": start(servers.bare_flask(env)),
        }


@pytest.fixture(scope="module")
def virtuoso(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Start a Virtuoso that holds the published graphs, and give its address; skips where there is none."""
    folder = tmp_path_factory.mktemp("virtuoso")
    with virtuoso_server(folder) as server:
        secret = folder / "password"
        secret.write_text(server.password, encoding="utf-8")
        loaded = run(
            "load",
            env={
                "MONTAGES_ENDPOINT": server.endpoint,
                "MONTAGES_ENDPOINT_USER": "dba",
                "MONTAGES_ENDPOINT_PASSWORD_FILE": str(secret),
            },
        )
        assert loaded.code == 0, loaded.err
        yield server.endpoint


def asking(query: str, *, anew: bool = False) -> Request:
    """Return the request of a query; `anew` makes each a text that nobody sent before."""
    media = GRAPH if query.startswith("DESCRIBE") else RESULTS
    return Request(
        f"?query={quote(query)}" + ("%20%23{n}" if anew else ""), headers={"Accept": media}
    )


def sent(base: str, request: Request, connections: int = CONNECTIONS) -> Load:
    path = "/" + base.split("/", 3)[3] if base.count("/") > 2 else ""
    whole = Request(path + request.path, request.method, request.headers, request.body)
    found = wrk.load(base, [whole], connections, SECONDS)
    assert not found.failed + found.refused, (base, request, found)
    return found


def best(found: list[Load]) -> Load:
    return max(found, key=lambda one: one.rate)


def told(found: Load) -> str:
    return f"{found.rate:,.0f}/s (p50 {duration(found.p50)}, p99 {duration(found.p99)})"


@pytest.mark.parametrize("name", QUERIES)
def test_queries(name: str, at: Mapping[str, str], figures: Figures) -> None:
    again, anew = asking(QUERIES[name]), asking(QUERIES[name], anew=True)
    tried = {
        "montages": (at["montages"] + "/sparql", again),
        "montages, each query for the first time": (at["montages"] + "/sparql", anew),
        "oxigraph": (at["oxigraph"], again),
        "rdflib-endpoint": (at["rdflib-endpoint"], again),
    }
    found: dict[str, list[Load]] = {each: [] for each in tried}
    for _ in range(ROUNDS):
        for each, (base, request) in tried.items():
            found[each].append(sent(base, request))
    for each, loads in found.items():
        figures.add(PART, f"{name}, {each}, {CONNECTIONS} connections", told(best(loads)))
    rate = {each: median(one.rate for one in loads) for each, loads in found.items()}
    for peer, limit in (("oxigraph", 0.08), ("rdflib-endpoint", 2.0)):
        for ours in ("montages", "montages, each query for the first time"):
            ratio = rate[ours] / rate[peer]
            bound = at_least(ratio, limit) if ours == "montages" else None
            figures.add(PART, f"{name}, {ours} ÷ {peer}", ratio=ratio, bound=bound)


@pytest.mark.parametrize("name", QUERIES)
def test_first_time_queries_beside_virtuoso(
    name: str, at: Mapping[str, str], virtuoso: str, figures: Figures
) -> None:
    anew = asking(QUERIES[name], anew=True)
    tried = {
        "montages": at["montages"] + "/sparql",
        "oxigraph": at["oxigraph"],
        "virtuoso": virtuoso,
        "rdflib-endpoint": at["rdflib-endpoint"],
    }
    found: dict[str, list[Load]] = {each: [] for each in tried}
    for _ in range(ROUNDS):
        for each, base in tried.items():
            found[each].append(sent(base, anew, FEW))
    rate = {each: median(one.rate for one in loads) for each, loads in found.items()}
    for each in ("montages", "virtuoso", "rdflib-endpoint"):
        what = f"{name}, each for the first time, {each} ÷ oxigraph, {FEW} connections"
        ratio = rate[each] / rate["oxigraph"]
        bound = at_least(ratio, FIRST_TIME[name]) if each == "montages" else None
        figures.add(PART, what, told(best(found[each])), ratio=ratio, bound=bound)


def test_what_a_client_has_already(at: Mapping[str, str], figures: Figures) -> None:
    with urlopen(f"{at['montages']}/{PATH}", timeout=10) as answer:  # noqa: S310  # loopback
        tag = answer.headers["ETag"]
    has = Request(f"/{PATH}", headers={"If-None-Match": tag})
    ours, bare = list[Load](), list[Load]()
    for _ in range(ROUNDS):
        ours.append(sent(at["montages"], has))
        bare.append(sent(at["bare Flask"], Request("/")))
    figures.add(PART, f"304 for /{PATH}", told(best(ours)))
    figures.add(PART, "304 of a bare Flask route", told(best(bare)))
    ratio = median(one.rate for one in ours) / median(one.rate for one in bare)
    figures.add(PART, "304 ÷ bare Flask route", ratio=ratio, bound=at_least(ratio, 0.5))


def test_assess(at: Mapping[str, str], figures: Figures) -> None:
    text = library.projects()["dijon"].read_text(encoding="utf-8")
    known, alone, served = load(), list[float](), list[Load]()
    for _ in range(ROUNDS):
        alone += [
            timed(lambda: known.assess(known.read(text=text, syntax="turtle")).json_text())
            for _ in range(100)
        ]
        request = Request("/assess", "POST", {"Content-Type": "text/turtle"}, text)
        served.append(wrk.load(at["montages"], [request], 1, SECONDS))
    within, over = median(alone), median(one.p50 for one in served)
    limit = 1.5 * within + 0.003
    figures.add(
        PART,
        f"POST /assess, one connection, p50 (in process {duration(within)})",
        duration(over),
        ratio=over / within,
        bound=Bound(f"≤ 1.5 × + 3 ms = {duration(limit)}", over <= limit),
    )


@pytest.mark.soak
def test_a_while_of_everything(at: Mapping[str, str], figures: Figures) -> None:
    """Send what the three kinds of users send, for a minute and a half: nothing fails, memory stays."""
    text = library.projects()["dijon"].read_text(encoding="utf-8")
    turtle = {"Content-Type": "text/turtle"}
    # Assessments are a small share: each keeps a process busy for milliseconds.
    requests = [
        *(
            Request(f"/sparql{one.path}", headers=one.headers)
            for query in QUERIES.values()
            for one in (asking(query), asking(query, anew=True))
        ),
        *(
            Request(f"/{PATH.removesuffix('.ttl')}.{e}")
            for e in ("ttl", "jsonld", "rdf", "nt", "html")
        ),
        *(
            Request(path)
            for path in ("/", "/search?q=concession", "/catalog.ttl", "/healthz", "/sparql")
        ),
        Request("/validate", "POST", turtle, text),
        Request("/assess", "POST", turtle, text),
    ]
    wrk.load(at["montages"], requests, CONNECTIONS, WARM)
    with MemoryWatch(at["montages"]) as watch:
        found = wrk.load(at["montages"], requests, CONNECTIONS, LONG)
    figures.add(
        PART, f"{len(requests)} requests in turn, {CONNECTIONS} connections, {LONG} s", told(found)
    )
    errors = found.failed + found.refused
    figures.add(
        PART, "errors meanwhile", f"{errors} of {found.requests:,}", bound=Bound("none", not errors)
    )
    first, last = watch.thirds()
    figures.add(
        PART,
        "memory, mean of the last third ÷ of the first",
        f"{last / 1e6:.0f} MB ÷ {first / 1e6:.0f} MB",
        ratio=last / first,
        bound=Bound("≤ 1.05", last <= 1.05 * first),
    )
