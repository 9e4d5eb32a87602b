"""Every setting of the product in one table: name, default, and what it is for."""

from __future__ import annotations

import os
from dataclasses import dataclass


@dataclass(frozen=True)
class Setting:
    """One setting: the environment variable is `MONTAGES_` and its name in capitals."""

    name: str
    default: str
    help: str


# The guide has it too: tools/settings_table.py writes it there.
TABLE = (
    Setting("engine", "fast", "engine that reads, checks, reasons and derives: fast or reference"),
    Setting("lang", "", "language of texts, fr or en; empty: that of the locale, else French"),
    Setting("max_bytes", "5000000", "largest description accepted, in bytes"),
    Setting(
        "max_unpacked",
        "50000000",
        "largest workbook (.xlsx) accepted, in bytes once it is unpacked",
    ),
    Setting(
        "max_cells",
        "100000",
        "most cells of a workbook (.xlsx) checked or assessed at once; montages batch takes fifty times as "
        "many",
    ),
    Setting("max_triples", "20000", "largest description accepted, in triples"),
    Setting("max_literal", "100000", "longest text accepted as one value, in characters"),
    Setting(
        "max_units",
        "500",
        "largest project assessed, in layer uses and perimeters crossed together",
    ),
    Setting(
        "max_nodes",
        "1500",
        "most things that a description may speak of: layer uses, perimeters, holders, any node of RDF",
    ),
    Setting(
        "max_namespaces", "1000", "most prefixes, bases or XML namespaces declared in a description"
    ),
    Setting(
        "max_faults",
        "60",
        "most unknown keys or names, or wrong values, that are listed of a description; with more it is "
        "refused",
    ),
    Setting("max_depth", "50", "deepest nesting accepted in JSON and YAML"),
    Setting(
        "cache_dir",
        "auto",
        "folder where what is worked out from the knowledge is kept; auto: $XDG_CACHE_HOME/montages, "
        "else ~/.cache/montages; empty or off: nowhere",
    ),
    Setting("contest_url", "https://w3id.org/montages/contest", "where a reader contests a rule"),
    Setting(
        "contest_to",
        "",
        "where the page to contest by sends its text: the https:// address of a form for issues, which takes "
        "title and body as parameters, or has {title} and {body} where they go; or mailto: and an address; "
        "empty: a text to copy",
    ),
    Setting(
        "contact_url", "https://w3id.org/montages/", "page where a reuser of the data writes to us"
    ),
    Setting(
        "contact_email",
        "",
        "e-mail address where a reuser of the data writes to us, for the catalogue; empty: the page alone",
    ),
    Setting("base_url", "", "public address of the service; empty: that of each request"),
    Setting(
        "mirror",
        "off",
        "on where the service runs alone: links and Link headers lead to base_url instead of w3id.org; the "
        "names of things stay; on or off",
    ),
    Setting("data", "", "further RDF files to serve, separated by “:”"),
    Setting(
        "store", "", "folder of a store on disk to serve, which `montages load` made; empty: none"
    ),
    Setting(
        "endpoint",
        "",
        "address of a SPARQL 1.1 engine that answers queries and published questions instead of the embedded "
        "one, as http://127.0.0.1:8890/sparql; empty: none",
    ),
    Setting(
        "endpoint_graphs",
        "",
        "graphs of that engine which queries read beside the published ones, separated by spaces; it shows "
        "no other",
    ),
    Setting(
        "endpoint_graph_store",
        "",
        "address where that engine takes graphs (Graph Store Protocol), for `montages load --endpoint`; "
        "empty: that of Virtuoso beside its endpoint",
    ),
    Setting("endpoint_user", "", "user that the engine is asked as; empty: none"),
    Setting(
        "endpoint_password",
        "",
        "password of that user; rather endpoint_password_file, which other programs do not see",
    ),
    Setting("endpoint_password_file", "", "file whose content is the password of that user"),
    Setting(
        "registry",
        "",
        "folder of the registry of descriptions, which `montages registry init` made; empty: none",
    ),
    Setting(
        "query_seconds",
        "10",
        "longest a SPARQL query may take a processor, in seconds; three times as long by the clock",
    ),
    Setting("query_length", "100000", "longest SPARQL query, in bytes of its text"),
    Setting("query_rows", "10000", "most rows or triples in the answer to a SPARQL query"),
    Setting("query_bytes", "20000000", "largest answer to a SPARQL query, in bytes"),
    Setting("query_megabytes", "512", "memory that one SPARQL query may take, in megabytes"),
    Setting(
        "query_workers", "4", "SPARQL queries that run at once, in each process of the service"
    ),
    Setting(
        "query_queue",
        "28",
        "SPARQL queries that may wait for their turn, in each process of the service; one more is told to "
        "come back",
    ),
    Setting("query_wait", "5", "longest a SPARQL query waits for its turn, in seconds"),
    Setting(
        "query_remembered",
        "16000000",
        "answers to SPARQL queries kept in memory, in bytes; 0: none",
    ),
    Setting(
        "documents_remembered",
        "16000000",
        "documents, pages and views of the catalogue kept once written, in bytes, in each process; 0: none",
    ),
    Setting(
        "run_seconds",
        "10",
        "longest one description may take a processor to check or assess, in seconds; by the clock, three "
        "times as long",
    ),
    Setting(
        "command_seconds",
        "120",
        "longest that `montages check` and `montages assess` may take for one description, in seconds; 0: no "
        "limit",
    ),
    Setting(
        "run_workers",
        "2",
        "descriptions checked or assessed at once, in each process of the service",
    ),
    Setting(
        "run_queue",
        "28",
        "descriptions that may wait for their turn, in each process of the service; one more is told to come "
        "back",
    ),
    Setting("run_wait", "5", "longest a description waits for its turn, in seconds"),
    Setting("run_megabytes", "1024", "memory that one description may take, in megabytes"),
    Setting(
        "batch_bytes", "20000000", "largest answer to one POST /validate of JSON Lines, in bytes"
    ),
    Setting("max_batch", "1000", "most descriptions in one POST /validate of JSON Lines or CSV"),
    Setting(
        "rate_limit", "600", "requests a minute of one client, its own machine apart; 0: no limit"
    ),
    Setting(
        "rate_seconds",
        "60",
        "seconds of processors a minute for one client, its own machine apart; 0: no limit",
    ),
    Setting(
        "trusted_proxies",
        "0",
        "proxies in front of the service whose X-Forwarded headers are believed",
    ),
    Setting(
        "hsts", "", "Strict-Transport-Security sent over https, as max-age=31536000; empty: none"
    ),
    Setting(
        "frame_ancestors",
        "'none'",
        "sites that may show /seuils?embed=1 (the ladder of thresholds) in a frame, separated by spaces, as "
        "https://www.example.org https://*.example.org; 'none': no site; *: any",
    ),
    Setting("metrics_token", "", "token that GET /metrics asks for; empty: none"),
    Setting(
        "metrics_bind",
        "",
        "address and port where GET /metrics is answered and nothing else is, as 127.0.0.1:9100; empty: "
        "where the rest is",
    ),
    Setting(
        "assistant_characters",
        "400000",
        "longest answer to one call of a tool of `montages mcp`, in characters",
    ),
    Setting("request_log", "on", "one line of JSON a request on standard error: on or off"),
    Setting(
        "threads",
        "96",
        "requests that each process of the service handles at once; queries take three times query_workers "
        "and query_queue of them at most, descriptions as much of theirs, batches twice run_workers",
    ),
    Setting("head_seconds", "10", "longest the head of a request may take to come in, in seconds"),
    Setting("body_seconds", "60", "longest the body of a request may take to come in, in seconds"),
    Setting(
        "client_connections",
        "100",
        "requests of one client that may be coming in at once, in each process of the service: the oldest "
        "leaves; 0, or trusted_proxies: no limit",
    ),
    Setting("host", "127.0.0.1", "address the service listens on"),
    Setting("port", "8000", "port the service listens on"),
)
_DEFAULTS = {setting.name: setting.default for setting in TABLE}


def get(name: str) -> str:
    """Return the value of a setting: the environment variable if set, else the default.

    Raises KeyError for a name that is not in the table.
    """
    return os.environ.get(f"MONTAGES_{name.upper()}", _DEFAULTS[name])


def number(name: str) -> int:
    """Return a setting as a whole number; raises ValueError if it is not one."""
    return int(get(name))
