"""Large answers go out compressed and in parts, each form under its own tag (L3, RFC 9110)."""

from __future__ import annotations

import gzip
import hashlib
import shutil
import subprocess
from collections.abc import Iterator
from email.utils import parsedate_to_datetime
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from werkzeug.test import TestResponse

from crawling import client, state
from montages.web.linked_data.conditional import gzip_from
from served_application import served_application

DOCUMENT, PAGE, SMALL = "/id/contract/mpgp.ttl", "/id/contract/mpgp.html", "/robots.txt"
CURL = shutil.which("curl")


def get(path: str, **headers: str) -> TestResponse:
    return client().get(path, headers={name.replace("_", "-"): v for name, v in headers.items()})


# ---- Compressed

TAKES_GZIP = {
    "": False,
    "gzip": True,
    "x-gzip": True,
    "GZip": True,
    "*": True,
    "gzip, deflate, br, zstd": True,
    "deflate, gzip;q=1.0, *;q=0.5": True,
    "gzip;q=.2": True,
    "gzip;q=1.": True,
    "gzip ; q = 0.5 , identity ; q = 0.1": True,
    "identity": False,
    "br": False,
    "gzip;q=0": False,
    "gzip;q=0, *": False,
    "*;q=0": False,
    "gzip;q=0.2, identity;q=0.9": False,
    ",;=": False,
}


@pytest.mark.parametrize("header", TAKES_GZIP, ids=repr)
def test_accept_encoding_decides(header: str) -> None:
    sent = {"Accept_Encoding": header} if header else {}
    answer = get(DOCUMENT, **sent)
    assert answer.headers.get("Content-Encoding") == ("gzip" if TAKES_GZIP[header] else None)
    assert "Accept-Encoding" in answer.headers["Vary"]
    text = gzip.decompress(answer.data) if TAKES_GZIP[header] else answer.data
    assert text == get(DOCUMENT).data


@given(st.text(alphabet=" ,;=*.q01gzipdenty-\t", max_size=40))
@settings(max_examples=200)
def test_no_accept_encoding_breaks_the_reading(header: str) -> None:
    assert gzip_from(header) >= 0


@pytest.mark.parametrize(
    "path", [DOCUMENT, PAGE, "/context.jsonld", "/void.nt", "/catalog.html", "/dump/actors.ttl"]
)
def test_each_form_has_its_tag_and_its_length_and_is_the_same_text(path: str) -> None:
    plain, packed = get(path), get(path, Accept_Encoding="gzip")
    assert gzip.decompress(packed.data) == plain.data
    assert len(packed.data) < len(plain.data) / 2
    tags = plain.headers["ETag"], packed.headers["ETag"]
    assert len(set(tags)) == 2
    assert not any(tag.startswith("W/") for tag in tags)
    assert plain.headers["Vary"] == packed.headers["Vary"]
    for answer in (plain, packed):
        assert int(answer.headers["Content-Length"]) == len(answer.data)
    head = client().head(path, headers={"Accept-Encoding": "gzip"})
    assert (head.headers["ETag"], head.headers["Content-Length"]) == (
        tags[1],
        str(len(packed.data)),
    )


@pytest.mark.slow
def test_what_is_small_or_compressed_is_sent_as_it_is() -> None:
    assert "Content-Encoding" not in get(SMALL, Accept_Encoding="gzip").headers
    only = get(SMALL, Accept_Encoding="gzip, identity;q=0")
    assert gzip.decompress(only.data) == get(SMALL).data
    file = get("/dump/all.trig.gz", Accept_Encoding="gzip")
    assert "Content-Encoding" not in file.headers
    assert "Accept-Encoding" not in file.headers.get("Vary", "")


def test_what_the_client_has_in_a_form_it_takes_is_not_sent_again() -> None:
    plain, packed = get(DOCUMENT), get(DOCUMENT, Accept_Encoding="gzip")
    since = plain.headers["Last-Modified"]
    for tag in (plain.headers["ETag"], packed.headers["ETag"]):
        for shown in (tag, f"W/{tag}", f'"other", {tag}'):
            answer = get(DOCUMENT, Accept_Encoding="gzip", If_None_Match=shown)
            assert (answer.status_code, answer.headers["ETag"]) == (304, tag)
            assert "Accept-Encoding" in answer.headers["Vary"]
    # Who takes no gzip has no use for it.
    assert get(DOCUMENT, If_None_Match=packed.headers["ETag"]).status_code == 200
    for condition in ({"If_None_Match": "*"}, {"If_Modified_Since": since}):
        answer = get(DOCUMENT, Accept_Encoding="gzip", **condition)
        assert (answer.status_code, answer.headers["ETag"]) == (304, packed.headers["ETag"])
        answer = get(SMALL, Accept_Encoding="gzip", **condition)
        assert (answer.status_code, answer.headers["ETag"]) == (304, get(SMALL).headers["ETag"])


@pytest.mark.parametrize("year", ["9" * 20, "2030 99999999999999999999:00"])
def test_a_date_beyond_the_calendar_is_passed_over(year: str) -> None:
    since = f"Thu, 01 Jan {year} 00:00:00 GMT"
    assert get(SMALL, If_Modified_Since=since).status_code == 200


@pytest.mark.slow
def test_an_answer_is_compressed_once(monkeypatch: pytest.MonkeyPatch) -> None:
    get(PAGE, Accept_Encoding="gzip")
    whole = get("/dump/all.trig.gz")

    def fall(*_: object) -> None:
        raise AssertionError("compressed again")

    monkeypatch.setattr("gzip.compress", fall)
    assert get(PAGE, Accept_Encoding="gzip").status_code == 200
    # A file that stands compressed beside another is its compressed form, whatever follows in the address.
    for query in ("", "?x=1", "?x=2"):
        assert get(f"/dump/all.trig{query}", Accept_Encoding="gzip").data == whole.data
    assert state().bodies._bytes <= state().bodies._most


# ---- Parts

# A Range header → the part that it gives of a document; None: none such; `WHOLE` where it is passed over.
WHOLE = slice(None)
PARTS = {
    "bytes=0-9": slice(10),
    "bytes=10-": slice(10, None),
    "bytes=10-99999999": slice(10, None),
    "bytes=-10": slice(-10, None),
    "Bytes=0-0": slice(1),
    "bytes = 0-0": slice(1),
    "bytes=99999999-": None,
    # more than there is, another unit, what is malformed, several
    "bytes=-99999999": WHOLE,
    "lines=0-9": WHOLE,
    "bytes=": WHOLE,
    "bytes=a-b": WHOLE,
    "bytes=9-0": WHOLE,
    "0-9": WHOLE,
    "bytes=0-0,10-19": WHOLE,
    "bytes=" + ",".join(f"{n * 4}-{n * 4}" for n in range(200)): WHOLE,
}


@pytest.mark.parametrize("header", PARTS, ids=lambda header: header[:40])
def test_a_range_is_read_as_the_standard_says(header: str) -> None:
    answer, part = get(DOCUMENT, Range=header), PARTS[header]
    if part is None:
        assert answer.status_code == 416
        return
    assert answer.status_code == (200 if part == WHOLE else 206)
    assert answer.data == get(DOCUMENT).data[part]


@given(st.text(alphabet="bytes=0123456789-, \t", max_size=40))
@settings(max_examples=100)
def test_no_range_breaks_the_reading(header: str) -> None:
    answer = get(SMALL, Range=f"bytes={header}")
    assert answer.status_code in (200, 206, 416)
    assert answer.status_code == 416 or answer.data in get(SMALL).data


def test_a_part_says_where_it_is_and_of_what() -> None:
    whole = get(DOCUMENT)
    assert whole.headers["Accept-Ranges"] == "bytes"
    part = get(DOCUMENT, Range="bytes=10-29")
    assert (part.status_code, part.data) == (206, whole.data[10:30])
    assert part.headers["Content-Range"] == f"bytes 10-29/{len(whole.data)}"
    for name in ("ETag", "Last-Modified", "Vary", "Cache-Control", "Content-Type", "Link"):
        assert part.headers[name] == whole.headers[name]
    # HEAD has no parts.
    head = client().head(DOCUMENT, headers={"Range": "bytes=10-29"})
    assert (head.status_code, head.headers["Content-Length"]) == (200, str(len(whole.data)))


def test_a_part_after_the_end_is_a_problem_that_says_the_length() -> None:
    answer = get(DOCUMENT, Range="bytes=99999999-")
    assert (answer.status_code, answer.mimetype) == (416, "application/problem+json")
    length = len(get(DOCUMENT).data)
    assert answer.headers["Content-Range"] == f"bytes */{length}"
    assert answer.json is not None
    assert answer.json["length"] == length
    assert str(length) in answer.json["detail"]


def test_a_part_is_given_only_of_what_if_range_names() -> None:
    plain, packed = get(DOCUMENT), get(DOCUMENT, Accept_Encoding="gzip")
    asked = {"Range": "bytes=0-9"}
    same = get(DOCUMENT, **asked, If_Range=plain.headers["ETag"])
    assert (same.status_code, same.data) == (206, plain.data[:10])
    for other in ('"other"', f"W/{plain.headers['ETag']}", packed.headers["ETag"]):
        assert get(DOCUMENT, **asked, If_Range=other).status_code == 200
    # A date is no proof of the bytes.
    dated = get(DOCUMENT, **asked, If_Range=plain.headers["Last-Modified"])
    assert parsedate_to_datetime(plain.headers["Last-Modified"])
    assert (dated.status_code, dated.data) == (200, plain.data)
    # Even where gzip is taken a part is of the text, unless the client has one of the compressed form.
    text = get(DOCUMENT, **asked, Accept_Encoding="gzip")
    assert (text.data, "Content-Encoding" in text.headers) == (plain.data[:10], False)
    form = get(DOCUMENT, **asked, Accept_Encoding="gzip", If_Range=packed.headers["ETag"])
    assert (form.data, form.headers["Content-Encoding"]) == (packed.data[:10], "gzip")


def test_what_the_client_has_goes_before_its_range() -> None:
    tag = get(DOCUMENT).headers["ETag"]
    assert get(DOCUMENT, Range="bytes=0-9", If_None_Match=tag).status_code == 304


# ---- By a client of its own


@pytest.fixture(scope="module")
def address() -> Iterator[str]:
    """Serve the application of the other tests."""
    with served_application(client().application) as address:
        yield address


@pytest.mark.slow
@pytest.mark.skipif(CURL is None, reason="No curl here. To run this test: apt-get install curl")
def test_curl_takes_the_whole_compressed_and_resumes_it(address: str, tmp_path: Path) -> None:
    def curl(*options: str) -> str:
        command = [str(CURL), "--silent", "--show-error", "--noproxy", "*", *options]
        return subprocess.run(command, check=True, capture_output=True, text=True).stdout

    url, whole = f"{address}/dump/all.trig", get("/dump/all.trig").data
    said = {
        name: checksum
        for checksum, name in (
            line.split("  ") for line in get("/dump/SHA256SUMS").text.splitlines()
        )
    }
    packed, resumed = (tmp_path / name for name in ("packed", "resumed"))
    size = curl("--compressed", "-o", str(packed), "-w", "%{size_download}", url)
    assert int(size) == len(get("/dump/all.trig.gz").data) < len(whole) / 4
    curl("-r", f"0-{len(whole) // 2}", "-o", str(resumed), url)
    assert len(resumed.read_bytes()) == len(whole) // 2 + 1
    curl("-C", "-", "-o", str(resumed), url)
    for file in (packed, resumed):
        assert hashlib.sha256(file.read_bytes()).hexdigest() == said["all.trig"]
