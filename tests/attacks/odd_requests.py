"""Requests that are well formed and ask for what is not there: each is told so, none is a fault of ours."""

from __future__ import annotations

from attacks.attack import Attack


def get(path: str, *statuses: int, **headers: str) -> Attack:
    """Return the attack of one GET."""
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    return Attack(path, method="GET", headers=named, statuses=statuses or (400, 404))


def asks(header: str, value: str, path: str = "/id/contract/mpgp") -> Attack:
    """Return the attack of one header; whatever it holds, the answer is one of ours."""
    return Attack(
        path,
        method="GET",
        headers={header: value},
        statuses=(200, 206, 303, 304, 400, 406, 416, 431),
    )


LONG = "a" * 7000
ATTACKS = {
    # addresses
    "two slashes": get("/id//contract/mpgp", 308),
    "another host by two slashes": get("//other.example/%2e%2e", 308, 400, 404),
    "up and up": get("/id/../../../../etc/passwd"),
    "up and up, escaped": get("/static/%2e%2e/%2e%2e/settings.py"),
    "up and up, escaped twice": get("/static/%252e%252e/settings.py"),
    "a backslash": get("/static/..%5c..%5csettings.py"),
    "a NUL, escaped": get("/id/contract/mpgp%00.html"),
    "line ends, escaped": get("/id/contract/mpgp%0d%0aSet-Cookie:%20a=b"),
    "line ends in a redirect": get("/id//contract%0d%0aSet-Cookie:%20a", 308, 400, 404),
    "an address of 7 kB": get(f"/id/contract/{LONG}"),
    "1,000 folders": get("/id" + "/a" * 1000),
    "a mark that turns a name round": get("/id/contract/%E2%80%AEpgpm"),
    "a page that does not exist": get("/contracts?page=99999999999999999999", 200, 400, 404),
    "a search of 7 kB": get(f"/search?q={LONG}", 200, 400),
    "a search of patterns": get("/search?q=(a%2B)%2B%24(a%2B)%2B%24", 200),
    "a search of marks": get("/search?q=%3Cscript%3Ealert(1)%3C/script%3E", 200),
    "a search of NUL": get("/search?q=%00%01", 200, 400),
    "a dump that is none": get("/dump/..%2f..%2fsettings.py"),
    # parameters
    "3,900 questions complete": get("/projet?complete=" + ",".join("a" * 3900), 200),
    "3,900 layers": get("/projet?layers=" + ",".join("a" * 3900), 200),
    "3,900 usages": get("/projet?usages=" + ",".join("a" * 3900), 200),
    "a parameter nobody knows": get("/healthz?debug=1", 400),
    "a parameter of 7 kB": get(f"/healthz?{LONG}=1", 400),
    "a thousand parameters": get("/search?" + "&".join(f"a{n}=1" for n in range(800)), 200, 400),
    "a day that is none": get("/id/contract/mpgp.html?as_of=2026-02-30", 400),
    "a day of the year 9999": get("/id/contract/mpgp.html?as_of=9999-12-31", 200),
    "a day of 5,000 digits": get("/id/contract/mpgp.html?as_of=" + "9" * 5000, 400),
    "a day before all": get("/id/contract/mpgp.html?as_of=0001-01-01", 200),
    "a format nobody knows": get("/id/contract/mpgp?_format=exe", 406),
    "a profile nobody knows": get("/id/contract/mpgp?_profile=x", 406),
    "a language nobody knows": get("/id/contract/mpgp.html?lang=xx", 200, 400),
    # headers
    "types without end": asks("Accept", ",".join(["text/html;q=0.1"] * 400)),
    "a type of 7 kB": asks("Accept", LONG),
    "a quality that is none": asks("Accept", "text/html;q=nan, */*;q=1e999"),
    "qualities below zero": asks("Accept", "*/*;q=-1"),
    "parameters without end": asks("Accept", "text/html" + ";a=b" * 1500),
    "stars": asks("Accept", "*" * 7000),
    "profiles without end": asks("Accept-Profile", ",".join(["<urn:x>;q=0.1"] * 400)),
    "languages without end": asks("Accept-Language", ",".join(["fr-FR;q=0.1"] * 500)),
    "tags without end": asks("If-None-Match", ",".join(['"a"'] * 1500), "/id/contract/mpgp.html"),
    "a tag not closed": asks("If-None-Match", '"' + LONG, "/id/contract/mpgp.html"),
    "a date that is none": asks("If-Modified-Since", "Thu, 99 Foo 99999 99:99:99 GMT", "/id/contract/mpgp.html"),
    "a date beyond the calendar": asks("If-Modified-Since", "Thu, 01 Jan 99999999999999999999 00:00:00 GMT", "/id/contract/mpgp.html"),
    "a date of 7 kB": asks("If-Modified-Since", "9" * 7000, "/id/contract/mpgp.html"),
    "ranges without end": asks("Range", "bytes=" + ",".join(["0-1"] * 1500), "/dump/SHA256SUMS"),
    "a range below zero": asks("Range", "bytes=-99999999999999999999", "/dump/SHA256SUMS"),
    "a host of another": asks("Host", "evil.example", "/sitemap.xml"),
    "a host that is none": asks("Host", "a b<>'\"", "/sitemap.xml"),
    "a host with a port that is none": asks("Host", "a:99999999", "/sitemap.xml"),
    "cookies without end": asks("Cookie", "a=b; " * 1400),
    "proxies without end": asks("X-Forwarded-For", ", ".join(["203.0.113.1"] * 500)),
    "a name of a request with line ends": asks("X-Request-Id", "a%0d%0ab"),
    "a preflight of anything": Attack(
        "/assess", method="OPTIONS", headers={"Access-Control-Request-Method": LONG}, statuses=(200, 204)
    ),
    "a put": Attack("/id/contract/mpgp", lambda _: "x", method="PUT", statuses=(405,)),
    "a trace": Attack("/", method="TRACE", statuses=(405,)),
    "a GET with a body of 6 MB": Attack("/healthz", lambda _: "x" * 6_000_000, method="GET", statuses=(0, 200, 413)),
}  # fmt: skip
