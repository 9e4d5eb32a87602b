"""A static copy of the service: all of its addresses as files, and the rules to serve them.

Each file holds what the service answers at an address, byte for byte.
"""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path, PurePosixPath

from flask import Flask
from flask.testing import FlaskClient
from werkzeug.wrappers import Response

from montages.bilingual import message
from montages.errors import NotCopied, UnusableInput
from montages.publish.linked_data.documents import documents
from montages.publish.linked_data.formats import ALL
from montages.web import ROUTES, create_app
from montages.web.app_state import current_state
from montages_static_export.addresses import FIRST_LANGUAGE, CopiedAddress, copied_addresses
from montages_static_export.nginx_site import NAME, NginxSite, error_files

Selection = Callable[[Sequence[CopiedAddress]], Sequence[CopiedAddress]]
# Extensions of addresses beside those of documents; without one, the type of the answer says it.
_EXTENSIONS = frozenset(
    {form.extension for form in ALL}
    | {
        "json",
        "csv",
        "tsv",
        "xml",
        "rq",
        "svg",
        "txt",
        "gz",
        "css",
        "js",
        "png",
        "woff2",
        "ico",
        "map",
    }
)
_BY_TYPE = {"text/html": "html", "application/ld+json": "jsonld", "application/json": "json"}
_ACCEPT = "text/html, */*;q=0.5"


@dataclass(frozen=True)
class CopySummary:
    """How many files a copy has, and how many bytes they hold."""

    files: int
    bytes: int


def export_service(
    folder: Path,
    base: str,
    service: str = "",
    replace: bool = False,
    progress: Callable[[int, int], None] = lambda done, total: None,
) -> CopySummary:
    """Write the copy that stands at an address, and return its size; `service` is where tools are.

    Raises UnusableInput for a folder that holds something, unless `replace`.
    """
    app = create_app({"REQUEST_LOG": "off"})
    return write_service_copy(app, folder, base, service, replace=replace, progress=progress)


def write_service_copy(
    app: Flask,
    folder: Path,
    base: str,
    service: str = "",
    listen: str = "80",
    replace: bool = False,
    select: Selection = lambda addresses: addresses,
    progress: Callable[[int, int], None] = lambda done, total: None,
) -> CopySummary:
    """Write the copy of an application, of the addresses selected, for nginx to listen somewhere."""
    with app.test_request_context("/"):
        state = current_state()
        addresses = select(copied_addresses(state, ROUTES))
    site = NginxSite(base, folder, date.today().isoformat(), service, listen)

    def beside(client: FlaskClient) -> Iterator[tuple[str, bytes]]:
        yield from error_files(app, client)
        yield NAME, site.text(documents(state.dataset), ROUTES).encode()

    return write_copy(
        app, folder, addresses, beside, replace, lambda done: progress(done, len(addresses))
    )


def write_copy(
    app: Flask,
    folder: Path,
    addresses: Iterable[CopiedAddress],
    beside: Callable[[FlaskClient], Iterable[tuple[str, bytes]]],
    replace: bool = False,
    progress: Callable[[int], None] = lambda _: None,
) -> CopySummary:
    """Write the answer of each address, and of the pages that follow it, then files `beside` them.

    All is written to a folder next to it, which takes its name once all is there: whoever serves it never
    sees half a copy. Raises UnusableInput where the folder holds something and `replace` is not said,
    NotCopied where an address is not answered; the folder is then as it was.
    """
    if folder.exists() and not folder.is_dir():
        raise UnusableInput(message("{folder} is no folder.", folder=folder))
    if folder.exists() and any(folder.iterdir()) and not replace:
        raise UnusableInput(
            message(
                "{folder} is not empty: name another folder, or --replace to replace it.",
                folder=folder,
            )
        )
    partial = folder.with_name(f".{folder.name}.partial")
    shutil.rmtree(partial, ignore_errors=True)
    try:
        partial.mkdir(parents=True)
        summary = _write(app, partial, addresses, beside, progress)
        _put_in_place(partial, folder)
    except BaseException:
        shutil.rmtree(partial, ignore_errors=True)
        raise
    return summary


def _write(
    app: Flask,
    folder: Path,
    addresses: Iterable[CopiedAddress],
    beside: Callable[[FlaskClient], Iterable[tuple[str, bytes]]],
    progress: Callable[[int], None],
) -> CopySummary:
    client = app.test_client()
    files = size = 0
    for address in addresses:
        asked: CopiedAddress | None = address
        while asked is not None:
            with client.get(asked.url, headers={"Accept": _ACCEPT}) as response:
                if response.status_code != 200:
                    raise _not_copied(asked, response)
                written = _write_file(folder, asked, response)
                asked = asked.next_page() if _has_next(response) else None
            files, size = files + (written > 0), size + written
        progress(files)
    for name, body in beside(client):
        _save(folder / name, body)
        files, size = files + 1, size + len(body)
    return CopySummary(files, size)


def _write_file(folder: Path, address: CopiedAddress, response: Response) -> int:
    """Write an answer and return its size; 0 where it is that of the first language."""
    body = response.get_data()
    suffix = PurePosixPath(address.path).suffix[1:]
    extension = suffix if suffix in _EXTENSIONS else _BY_TYPE.get(response.mimetype or "", "")
    if address.lang != FIRST_LANGUAGE:
        first = folder / CopiedAddress(address.path, page=address.page).file(extension)
        if first.exists() and first.read_bytes() == body:
            return 0
    _save(folder / address.file(extension), body)
    return len(body)


def _save(path: Path, body: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(body)


def _has_next(response: Response) -> bool:
    """Tell whether a page follows: the head of an answer says it, in a page that of its text."""
    if any('rel="next"' in link for link in response.headers.getlist("Link")):
        return True
    return response.mimetype == "text/html" and b'<link rel="next"' in response.get_data()


def _not_copied(address: CopiedAddress, response: Response) -> NotCopied:
    start = response.get_data(as_text=True)[:200]
    return NotCopied(
        message(
            "{url}: {status_code} instead of 200. {start}",
            url=address.url,
            status_code=response.status_code,
            start=start,
        )
    )


def _put_in_place(partial: Path, folder: Path) -> None:
    """Give the new copy its name; the one before stays until then."""
    before = folder.with_name(f".{folder.name}.before")
    shutil.rmtree(before, ignore_errors=True)
    if folder.exists():
        folder.replace(before)
    partial.replace(folder)
    shutil.rmtree(before, ignore_errors=True)
