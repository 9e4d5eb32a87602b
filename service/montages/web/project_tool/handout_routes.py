"""The addresses of the two papers of a project, in each of their forms."""

from __future__ import annotations

from functools import partial

from flask import Response, request

from montages.bilingual import Text
from montages.publish.handouts.handout import HANDOUT_FORMS, PAPERS
from montages.web.operation import FREE_LANG, TEXT, Operation, refused
from montages.web.project_tool.handout_addresses import ADDRESSES
from montages.web.project_tool.handout_answer import handout_answer, handout_headers
from montages.web.project_tool.tool_routes import PROJECT_PARAMETERS, address_tag
from montages.web.workers.run_apart import run_apart


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


# What the page takes, of which a file tells the first.
_FEW = (PROJECT_PARAMETERS[0], FREE_LANG)

OPERATIONS = tuple(
    Operation(
        "get",
        ADDRESSES[paper] + ("" if form == "html" else f".{form}"),
        "pages",
        Text(
            f"« {kind.title.fr} », sur le projet de l'adresse ({label})",
            f"“{kind.title.en}”, about the project of the address ({label})",
        ),
        partial(handout, paper, form),
        PROJECT_PARAMETERS if form == "html" else _FEW,
        {200: {media: TEXT}, 304: {}, **refused(413, 422, 501, 503)},
    )
    for paper, kind in PAPERS.items()
    for form, (label, media) in HANDOUT_FORMS.items()
)
