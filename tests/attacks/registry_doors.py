"""Writes to the registry and requests for its entries: large, deep, slow, by no token, for names that are paths.

The service has a registry, of which `attacked_registry` is the folder: the real projects, and an entry of
10,000 versions.
"""

from __future__ import annotations

import hashlib
import tempfile
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from urllib.parse import quote

from attacks.attack import Attack
from montages_registry.registry import Registry, insert_version
from montages_registry.version import State
from registry_service import content, real_projects

TOKEN = "mtg_attacked"  # noqa: S105  # no secret
VERSIONS = 10_000
_FOLDER = tempfile.TemporaryDirectory(prefix="montages-attacked-")


@cache
def attacked_registry() -> Path:
    """Return the folder of the registry, made once, whose publisher has the token."""
    registry = real_projects(Path(_FOLDER.name) / "registry")
    registry.publishers.add("vernon", "Ville de Vernon", has_quota=False)
    digest = hashlib.sha256(TOKEN.encode()).hexdigest()
    with registry.database.transaction() as connection:
        connection.execute("UPDATE publishers SET token = ? WHERE slug = 'vernon'", (digest,))
    add_versions(registry, "souvent", VERSIONS)
    return registry.database.folder


def add_versions(registry: Registry, slug: str, count: int) -> None:
    """Add many versions to an entry in one transaction, as no client could."""
    with registry.database.transaction() as connection:
        for number in range(1, count + 1):
            written = content("Souvent", slug)
            insert_version(connection, slug, number, "vernon", State.PUBLISHED, written)


def by_token(**others: str) -> dict[str, str]:
    """Return headers with the token, and others."""
    named = {name.replace("_", "-"): value for name, value in others.items()}
    return {"Authorization": f"Bearer {TOKEN}", **named}


YAML, TURTLE, JSON = "application/yaml", "text/turtle", "application/json"
REFUSED = (400, 413, 422)
WRITTEN = (200, 201, 412, 428)
GOOD = "project: Bon\nholder: {type: Commune}\n"


def puts(
    body: str | bytes,
    media: str,
    *statuses: int,
    slug: str = "attaque",
    headers: Mapping[str, str] | None = None,
) -> Attack:
    """Return the attack of one description that is written, by its token unless headers have another."""
    headers = by_token() if headers is None else headers
    return Attack(
        f"/projects/{slug}",
        lambda _: body,
        media,
        "PUT",
        headers,
        statuses=statuses or REFUSED,
        seconds=2.0,
    )


def named(slug: str, *statuses: int) -> Attack:
    """Return the attack of one name of an entry, by the token."""
    return puts(GOOD, YAML, *(statuses or (400, 404, 405)), slug=slug)


def bears(token: str) -> Attack:
    """Return the attack of one Authorization."""
    return puts(GOOD, YAML, 401, headers={"Authorization": token})


def gets(path: str, *statuses: int, seconds: float = 1.0, **headers: str) -> Attack:
    """Return the attack of one GET."""
    return Attack(
        path,
        method="GET",
        headers={name.replace("_", "-"): value for name, value in headers.items()},
        statuses=statuses or (400, 404),
        seconds=seconds,
    )


LONG = "a" * 7000
_BOMB = "a: &a [x, x]\n" + "".join(
    f"{chr(98 + n)}: &{chr(98 + n)} [*{chr(97 + n)}, *{chr(97 + n)}]\n" for n in range(24)
)
_SLOW = b"PUT /projects/lent HTTP/1.1\r\nHost: a\r\nContent-Type: text/turtle\r\n"
OFTEN = "/projects/souvent"

ATTACKS = {
    # large and deep bodies, by the token
    "a body of 6 MB": puts("#" * 6_000_000, TURTLE, 413, 0),
    "4 MB of comments": puts("#" * 4_000_000, TURTLE),
    "4 MB that are no YAML": puts("{" * 4_000_000, YAML),
    "100,000 brackets": puts("[" * 100_000, JSON),
    "keys 100,000 deep": puts('{"a":' * 100_000 + "1" + "}" * 100_000, JSON),
    "brackets of Turtle": puts("<a> <b> " + "[ <b> " * 50_000, TURTLE),
    "aliases of aliases": puts(_BOMB, YAML),
    "a tag that runs code": puts("!!python/object/apply:os.system ['id']", YAML),
    "triples without end": puts("<a> <b> " + ", ".join(f"<d{n}>" for n in range(200_000)) + " .", TURTLE),
    "entities": puts('<!DOCTYPE a [<!ENTITY b "x"><!ENTITY c "&b;&b;">]><a>&c;</a>', "application/rdf+xml"),
    "a file by an entity": puts('<!DOCTYPE a [<!ENTITY b SYSTEM "file:///etc/passwd">]><a>&b;</a>', "application/rdf+xml"),
    "a context elsewhere": puts('{"@context": "http://127.0.0.1:9/"}', "application/ld+json"),
    "400 projects": puts("@prefix m: <https://w3id.org/montages/def/> .\n" + "".join(f"<p{n}> a m:Project .\n" for n in range(400)), TURTLE),
    "bytes that are no text": puts(b"\xff\xfe" * 10_000, YAML),
    "nothing": puts("", YAML),
    "a table of many rows": puts("projet\n" + "A\n" * 10_000, "text/csv", 422),
    "a form": puts("a=b&" * 10_000, "application/x-www-form-urlencoded", 415),
    "a type of 7 kB": puts(GOOD, LONG, 400, 415),
    # tokens
    "no token": bears(""),
    "a token of 7 kB": bears(f"Bearer {LONG}"),
    "a token of blanks": bears("Bearer" + " " * 5000),
    "a token of another scheme": bears("Basic bXRnX2E6Yg=="),
    "two tokens": bears("Bearer mtg_a, Bearer mtg_b"),
    "a token of signs": bears("Bearer mtg_' OR 1=1 --"),
    "a token that is not ASCII": bears("Bearer mtg_\xe9"),
    "100 tokens guessed at once": Attack(
        "/projects/attaque", lambda n: f"{GOOD}# {n}", YAML, "PUT", {"Authorization": "Bearer mtg_guess"},
        statuses=(401,), at_once=100, seconds=3.0,
    ),
    "a token in the address": gets("/projects/dijon?token=mtg_a", 200, 400),
    # names
    "up and up": named("../../etc/passwd", 400, 404, 405),
    "up and up, escaped": named("%2e%2e%2f%2e%2e%2fetc%2fpasswd"),
    "a backslash": named("..%5c..%5crecord.sqlite3"),
    "the record itself": named("record.sqlite3"),
    "a NUL": named("a%00b"),
    "line ends": named("a%0d%0aSet-Cookie:%20a=b"),
    "a name of 7 kB": named(LONG),
    "a mark that turns a name round": named("%E2%80%AEa"),
    "a name in full-width letters": named("%EF%BD%81"),
    "an extension": named("attaque.ttl"),
    "a name of SQL": named(quote("a'; DROP TABLE versions; --")),
    "1,000 folders": named("a/" * 1000 + "a"),
    "two slashes": named("/attaque", 308, 400, 404, 405),
    "to read: up and up": gets("/projects/..%2f..%2fetc%2fpasswd", 400, 404),
    "to read: the record": gets("/projects/record.sqlite3", 404),
    "to read: SQL": gets("/projects/a%27%20OR%20%271%27%3D%271", 404),
    "a method nobody knows": Attack("/projects/attaque", method="PATCH", statuses=(405,)),
    # headers and parameters
    "tags without end": puts(GOOD, YAML, 412, *WRITTEN, headers=by_token(If_Match=",".join(['"a"'] * 1500))),
    "a tag not closed": puts(GOOD, YAML, 400, *WRITTEN, headers=by_token(If_Match='"' + LONG)),
    "a state nobody may write": puts(GOOD, YAML, slug="attaque?state=withdrawn"),
    "a parameter nobody knows": puts(GOOD, YAML, slug="attaque?force=1"),
    "a day of 7 kB": gets(f"/projects/dijon/versions/{'9' * 7000}-01-01", 400, 404),
    "a day that is none": gets("/projects/dijon/versions/9999-99-99"),
    "a day before all": gets("/projects/dijon/versions/0001-01-01", 404),
    "a day at the end of all": gets("/projects/dijon/versions/9999-12-31", 302),
    "types without end": gets("/projects/dijon", 200, 406, Accept=",".join(["a/b;q=0.1"] * 700)),
    "a thousand parts": gets("/projects/dijon/versions/1", 200, 206, 416, Range="bytes=" + ",".join(["0-1"] * 1200)),
    # lists
    "a page that does not exist": gets("/projects?page=99999999999999999999"),
    "a page below zero": gets("/projects.json?page=-1"),
    "a facet nobody knows": gets("/projects?contracts=mpgp", 400),
    "800 values of a facet": gets("/projects?" + "&".join(f"layer={n}" for n in range(800)), 200),
    "words of 7 kB": gets(f"/projects?q={LONG}", 200),
    "words of patterns": gets("/projects?q=(a%2B)%2B%24(a%2B)%2B%24", 200),
    "words of marks": gets("/projects?q=%3Cscript%3Ealert(1)%3C/script%3E&layer=%22%3E%3Cscript%3E", 200),
    "words of 7 kB: the catalogue": gets(f"/projects.rdf?q={LONG}", 200),
    "800 values of a facet: the catalogue": gets("/projects.ttl?" + "&".join(f"layer={n}" for n in range(800)), 200),
    "a version of 7 kB": gets(f"/projects/dijon/versions/{'9' * 7000}", 404),
    # an entry of 10,000 versions
    "10,000 versions: the entry": gets(OFTEN, 200),
    "10,000 versions: the catalogue": gets("/projects.ttl", 200),
    "10,000 versions: its page": gets(f"{OFTEN}.html", 200),
    "10,000 versions: one of them": gets(f"{OFTEN}/versions/5000", 200),
    "10,000 versions: a day": gets(f"{OFTEN}/versions/2999-01-01", 302),
    "10,000 versions: the list": gets(f"{OFTEN}/versions", 200, seconds=3.0),
    "10,000 versions: the list 30 times at once": Attack(
        f"{OFTEN}/versions", method="GET", statuses=(200, 503), at_once=30, seconds=10.0
    ),
    # many, and slow
    "60 writes of one entry at once": Attack(
        "/projects/ensemble", lambda n: f"{GOOD}# {n}", YAML, "PUT", by_token(),
        statuses=(*WRITTEN, 503), at_once=60, seconds=10,
    ),
    "60 entries at once": Attack(
        "/projects/bons", lambda n: f"project: Bon {n}\n", YAML, "PUT", by_token(If_Match="*"),
        statuses=(*WRITTEN, 503), at_once=60, seconds=10,
    ),
    "60 pages at once": Attack(
        "/projects/dijon.html", method="GET", statuses=(200, 503), at_once=60, seconds=10
    ),
    "33 bodies that never end": Attack(
        raw=lambda _: _SLOW + b"Content-Length: 4000000\r\n\r\n", drip=lambda _: b"# more\n", drip_seconds=1.0,
        leaves_after=0.0, statuses=(0,), seconds=4.0, at_once=33,
    ),
    "bodies in chunks that never end": Attack(
        raw=lambda _: _SLOW + b"Transfer-Encoding: chunked\r\n\r\n", drip=lambda _: b"7\r\n# more\n\r\n",
        drip_seconds=1.0, leaves_after=0.0, statuses=(0,), seconds=4.0, at_once=33,
    ),
    "two lengths": Attack(
        raw=lambda _: _SLOW + b"Content-Length: 5\r\nContent-Length: 6\r\n\r\nabcdef", statuses=(0, 400)
    ),
}  # fmt: skip
