"""The two papers of a project at their addresses: to print, as PDF, as a document for a word processor."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from functools import partial

from flask import Response, request

from montages.bilingual import Text, message
from montages.description.address.project_address import ProjectAddress
from montages.web.description_pool import run_apart
from montages.web.pages.page_context import PageContext, page_context
from montages.web.project_tool.project_data import PRIVATE_HEADERS
from montages.web.project_tool.project_links import page_href, project_href
from montages.web.project_tool.sound_tree import sound_assessment
from montages.web.project_tool.tool_request import RESULT, tool_request, with_day
from montages.web.project_tool.tool_routes import PROJECT_PARAMETERS, address_tag
from montages.web.requests.headers import POLICY
from montages.web.route import FREE_LANG, TEXT, Route, refused
from montages_handouts import PAPER_PATHS
from montages_handouts.document_extras import is_written
from montages_handouts.handout import HANDOUT_FORMS, PAPERS, draft, handout_file
from montages_handouts.handout_page import HandoutLink, handout_page, style_source
from montages_handouts.handout_source import HandoutSource

_BACK = message("← Back to the result")
_IN = {"pdf": message("As PDF"), "docx": message("As Word (.docx)")}
_FILES = {"pdf": message("The note as PDF"), "docx": message("The note as Word")}
_OTHER = message("Français")
_UNREAD = message("A part of this link could not be read:")


def handout(paper: str, form: str) -> Response:
    """Answer a paper about the project of an address, nothing where the client has it."""
    tag = address_tag()
    if request.if_none_match.contains_weak(tag):
        response = Response(status=304, headers=handout_headers())
    else:
        response = run_apart(handout_answer, b"", paper=paper, form=form)
    if response.status_code in (200, 304):
        response.set_etag(tag, weak=True)
    return response


def handout_answer(body: bytes, paper: str, form: str) -> Response:
    """Answer a paper about the project of the request's address; raises NotInstalled."""
    demand, context = tool_request(request.args.items(multi=True)), page_context()
    knowledge, address, lang = context.state.knowledge, demand.address, context.lang
    tree, assessment, omissions = sound_assessment(knowledge, address.tree, lang, address.as_of)
    today = with_day(replace(address, tree=tree), date.today(), knowledge.version)
    source = HandoutSource(assessment, today, lang, context.state.base_url())
    if form == "html":
        unread = [fault.message[lang] for fault in demand.faults]
        unread += [finding.message[lang] for finding in omissions]
        notes = [f"{_UNREAD[lang]} {' '.join(unread)}"] if unread else []
        links = _links(paper, today, context)
        content = handout_page(draft(source, paper), links, " ".join(notes)).encode()
    else:
        content = handout_file(source, paper, form)
    response = Response(content, mimetype=HANDOUT_FORMS[form][1])
    response.headers.update(handout_headers())
    response.headers["Content-Language"] = lang
    if form != "html":
        way = "attachment" if form == "docx" else "inline"
        name = f"{PAPERS[paper].file[lang]}.{form}"
        response.headers["Content-Disposition"] = f'{way}; filename="{name}"'
    response.vary.update(("Accept-Language",))
    return response


def written_files() -> dict[str, Text]:
    """Return the title of each file of the note that can be written here, by its address."""
    return {_path("note", form): title for form, title in _FILES.items() if is_written(form)}


def handout_headers() -> dict[str, str]:
    """Return the headers of a paper, sent again or not: those of the tool; its one style is its own."""
    policy = POLICY.replace("style-src 'self'", f"style-src 'self' {style_source()}")
    return {**PRIVATE_HEADERS, "Content-Security-Policy": policy}


def _links(paper: str, address: ProjectAddress, context: PageContext) -> list[HandoutLink]:
    """Return what stands above a paper on a screen: the result, the other paper, the forms, the language."""
    lang, other = context.lang, "en" if context.lang == "fr" else "fr"
    back = project_href(context, address, view=RESULT)
    links = [HandoutLink(_BACK[lang], back)]
    links += [
        HandoutLink(kind.title[lang], page_href(context, address, _path(name)))
        for name, kind in PAPERS.items()
        if name != paper
    ]
    links += [
        HandoutLink(text[lang], page_href(context, address, _path(paper, form)))
        for form, text in _IN.items()
        if is_written(form)
    ]
    here = page_href(context, address, _path(paper), other)
    return [*links, HandoutLink(_OTHER[lang], here, other)]


def _path(paper: str, form: str = "html") -> str:
    return PAPER_PATHS[paper] + ("" if form == "html" else f".{form}")


# What the page takes, of which a file tells the first.
_FEW = (PROJECT_PARAMETERS[0], FREE_LANG)

ROUTES = tuple(
    Route(
        "get",
        _path(paper, form),
        "pages",
        message(
            "“{title}”, about the project of the address ({label})", title=kind.title, label=label
        ),
        partial(handout, paper, form),
        PROJECT_PARAMETERS if form == "html" else _FEW,
        {200: {media: TEXT}, 304: {}, **refused(413, 422, 501, 503)},
    )
    for paper, kind in PAPERS.items()
    for form, (label, media) in HANDOUT_FORMS.items()
)
