"""Texts that try to make a query call out, and a server that counts who calls."""

from __future__ import annotations

import itertools
import random
import socket
import threading
from collections.abc import Iterator


class Listener:
    """A server on this machine that counts who calls."""

    def __init__(self) -> None:
        self.calls = 0
        self.socket = socket.create_server(("127.0.0.1", 0), backlog=256)
        self.url = f"http://127.0.0.1:{self.socket.getsockname()[1]}/"
        threading.Thread(target=self._listen, daemon=True).start()

    def _listen(self) -> None:
        while True:
            try:
                caller, _ = self.socket.accept()
            except OSError:
                return
            self.calls += 1
            caller.close()


def _words() -> Iterator[str]:
    yield from (
        "SERVICE",
        "service",
        "SeRvIcE",
        r"\u0053ERVICE",
        r"SERVIC\u0045",
        r"\U00000053ervice",
    )
    yield "".join(f"\\u{ord(letter):04x}" for letter in "SERVICE")


BEFORE = (
    "", " ", ". ", "?s ?p true", "?s ?p 1", "?s ?p 1.", "?s ?p 'a'", "?s ?p 'a'@en.", "?s ?p 1e3",
    "?s ?p false.",
    "FILTER(1<2)", "BIND(1 AS ?x)", "?s ?p ex:.", "?s ?p ex:a.b.", "?s ?p <x>", "{}", "OPTIONAL{}",
    "#c\n",
    "?s ?p 'service'.", "FILTER('a'<'x>y') ", "FILTER(?a<'x>y') ", "FILTER(?a<?b#x>\n) ",
    "FILTER(?a<'x'&&?b>'y#') ",
    "FILTER(?a IN(<a>,<b>)) ", "?s ?p '''a''' . ", '?s ?p """a"b""" . ', "GRAPH ?g{?s ?p ?o}",
    "VALUES ?x {1} ",
    "?s ?p \"\\\"\" . ", "?s ?p 'it\\'s' . ", "?s ?p [] . ", "?s ?p () . ", "?s ex:p\\-q ?o . ",
    "?s ?p _:b . ",
    "FILTER EXISTS{?s ?p ?o}", "FILTER(?a<ex:b#'\n)",
)  # fmt: skip
BETWEEN = (
    "",
    " ",
    "\n",
    "\t",
    "#c\n",
    "#'\n",
    '#"\r',
    " SILENT ",
    "SILENT",
    "#SILENT\nsilent#'''\n",
)
AFTER = ("{?s ?p ?o}", " {}", "#'\n{}", "\n{?s ?p ?o}", "#}\n{ ?s ?p '}' }")
ROUND = (
    "SELECT * { @@ }",
    "SELECT*{@@#'\n}",
    "ASK{{@@}}",
    "CONSTRUCT{?s ?p ?o}WHERE{@@ {} }",
    "SELECT * { { SELECT ?s { @@ } } }",
    "SELECT * { FILTER EXISTS { @@ } }",
    "SELECT * { ?s ?p ?o OPTIONAL { @@ } MINUS { @@ } }",
    "DESCRIBE ?s { @@ } # }",
    'SELECT ("}" AS ?x) { @@ ?s ?p "\\"" }',
)


def crafted(url: str, count: int) -> Iterator[str]:
    """Calls that a text could hide in the ways above: a sample of their thousands of combinations."""
    head = f"PREFIX ex: <{url}> PREFIX : <{url}> PREFIX service: <{url}x> PREFIX trueservice: <{url}y> "
    endpoints = (f"<{url}>", "ex:a", ":a", "ex:", ":", f"?x {{}} VALUES ?x {{ <{url}> }} #", "?x")
    every = itertools.product(ROUND, BEFORE, _words(), BETWEEN, endpoints, AFTER)
    chosen = random.Random(4).sample(list(every), count)  # noqa: S311  # always the same sample
    for around, before, word, between, endpoint, after in chosen:
        call = f"{before}{word}{between}{endpoint}{after}"
        yield head + around.replace("@@", call)
