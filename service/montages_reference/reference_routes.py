"""The addresses of reference sets: their list, each negotiated among its files, each file by its ending."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from functools import partial

from flask import Response, request

from montages.bilingual import message
from montages.knowledge.files.disk_cache import is_kept
from montages.knowledge.periods import rules_at
from montages.publish.linked_data.formats import HTML, Format
from montages.store.licence import LICENCE
from montages.web.app_state import current_state
from montages.web.description_pool import made_apart
from montages.web.linked_data.conditional import conditional, etag
from montages.web.linked_data.negotiation import document_format
from montages.web.pages.page_context import page_context
from montages.web.requests.request_parameters import lang
from montages.web.route import (
    ANY,
    FREE_LANG,
    NEGOTIATED,
    PAGE,
    TEXT,
    Media,
    Route,
    RouteParameter,
    document_answers,
)
from montages_reference.change_events import change_events
from montages_reference.reference_set import ReferenceFile, ReferenceSet
from montages_reference.reference_sets import SETS, reference_set

_CONTRACT = RouteParameter("contract", message("the contract that all is about"), example="mpgp")


def set_list() -> Response:
    """Answer the page of all sets."""
    return _page("reference_list.html", "list", sets=SETS)


def negotiated_set(name: str) -> Response:
    """Answer a set in the form asked for: its page to a browser, else one of its files."""
    entry, base = reference_set(name), current_state().base_url()

    def address(form: Format) -> str:
        return f"{base}{entry.path}{files[form].tail if form in files else '.html'}"

    files = {file.form: file for file in entry.files}
    form = document_format(address, (*files, HTML))
    if form is HTML:
        return _page("reference_set.html", name, "Accept", entry=entry)
    return set_file(entry, files[form], "Accept")


def set_page(name: str) -> Response:
    """Answer the page of a set."""
    return _page("reference_set.html", name, entry=reference_set(name))


def set_file(entry: ReferenceSet, file: ReferenceFile, vary: str = "") -> Response:
    """Answer a file of a set."""
    state, language = current_state(), lang()
    base, knowledge = state.base_url(), state.knowledge
    contract = request.args.get("contract", "") if file.of_contract else ""
    asked = {"contract": contract, "language": language}
    # What is told of the law as to come changes when it comes.
    law = str(rules_at(date.today()).period.first) if file.of_periods else ""
    apart = file.of_periods and not is_kept(change_events)
    made = partial(made_apart, file_answer, path=entry.path, ending=file.ending, **asked)
    others = [other for other in entry.files if other is not file]
    links = [
        f'<{base}{entry.path}{other.tail}>; rel="alternate"; type="{other.media_type}"'
        for other in others
    ]
    links += [f'<{base}{entry.path}>; rel="collection"', f'<{LICENCE}>; rel="license"']
    return conditional(
        etag("reference", entry.name, file.ending, contract, language, base, law),
        file.form.content_type,
        made if apart else lambda: file.write(knowledge, language, contract),
        vary=vary,
        language=language,
        headers=lambda: [("Link", ", ".join(links))],
    )


def file_answer(body: bytes, path: str, ending: str, contract: str, language: str) -> Response:
    """Answer a file of a set, for which the law of other days may have to be compiled."""
    files = (f for entry in SETS if entry.path == path for f in entry.files)
    (file,) = (file for file in files if file.ending == ending)
    return Response(file.write(current_state().knowledge, language, contract))


def _page(template: str, name: str, vary: str = "", **values: object) -> Response:
    context = page_context()
    return conditional(
        etag("reference page", name, context.lang, context.state.base_url()),
        HTML.content_type,
        lambda: context.render(template, knowledge=context.state.knowledge, **values),
        vary=vary,
        language=context.lang,
    )


def _routes() -> Iterator[Route]:
    """Yield the routes of all sets: each has its own, which tells its forms."""
    page = document_answers(PAGE)
    yield Route(
        "get", "/reference", "reference", message("The list of reference sets"), set_list, (FREE_LANG,), page
    )  # fmt: skip
    for entry in SETS:
        media: Media = {file.media_type: _schema(file) for file in entry.files}
        summary = message("“{title}”, in the form asked for", title=entry.title)
        yield Route(
            "get", entry.path, "reference", summary, partial(negotiated_set, entry.name),
            NEGOTIATED, document_answers({**media, **PAGE}, 404, 406, 503),
        )  # fmt: skip
        summary = message("“{title}”, as a page", title=entry.title)
        yield Route(
            "get", f"{entry.path}.html", "reference", summary, partial(set_page, entry.name),
            (FREE_LANG,), page,
        )  # fmt: skip
        for file in entry.files:
            summary = message("“{title}”: {label}", title=entry.title, label=file.label)
            yield Route(
                "get", f"{entry.path}{file.tail}", "reference", summary, partial(set_file, entry, file),
                (FREE_LANG, *([_CONTRACT] if file.of_contract else [])),
                document_answers({file.media_type: _schema(file)}, *_problems(file)),
            )  # fmt: skip


def _problems(file: ReferenceFile) -> tuple[int, ...]:
    return (*([404] if file.of_contract else []), *([503] if file.of_periods else []))


def _schema(file: ReferenceFile) -> dict[str, object]:
    return ANY if "json" in file.media_type else TEXT


ROUTES = tuple(_routes())
