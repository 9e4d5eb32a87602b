"""A static copy of the service: all of its addresses as files, and the rules to serve them."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from datetime import date
from pathlib import Path

from flask import Flask
from flask.testing import FlaskClient

from montages.publish.linked_data.documents import documents
from montages.web import OPERATIONS, create_app
from montages.web.app_state import current_state
from montages.web.static_export.copied_address import CopiedAddress
from montages.web.static_export.copied_addresses import copied_addresses
from montages.web.static_export.nginx_site import NAME, NginxSite, error_files
from montages.web.static_export.write_copy import CopySummary, write_copy

Selection = Callable[[Sequence[CopiedAddress]], Sequence[CopiedAddress]]


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
        addresses = select(copied_addresses(state, OPERATIONS))
    site = NginxSite(base, folder, date.today().isoformat(), service, listen)

    def beside(client: FlaskClient) -> Iterator[tuple[str, bytes]]:
        yield from error_files(app, client)
        yield NAME, site.text(documents(state.dataset), OPERATIONS).encode()

    return write_copy(
        app, folder, addresses, beside, replace, lambda done: progress(done, len(addresses))
    )
