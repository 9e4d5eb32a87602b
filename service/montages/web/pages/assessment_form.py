"""The page that assesses the description a browser's form carries: pasted, a file, or an example by name."""

from __future__ import annotations

from flask import request
from markupsafe import Markup

from montages.description.parsing.source_text import SUFFIXES
from montages.errors import UnreadableInput
from montages.knowledge.did_you_mean import unknown_name
from montages.knowledge.files import library
from montages.publish import assessment_page
from montages.web.app_state import AppState
from montages.web.pages.page_context import page_context
from montages.web.requests.body_syntax import FILE_ENDINGS, guess_syntax


def form_assessment(state: AppState, text: bytes, syntax: str) -> str:
    """Return the page that assesses a description; raises as reading and assessing do."""
    context = page_context(state)
    description = state.knowledge.read(text, syntax)
    assessment = state.knowledge.assess(description, lang=context.lang)
    body = assessment_page.body([assessment], context.lang, request.args.get("detail"))
    return context.render(
        "assessed.html",
        title=assessment.label[context.lang],
        body=Markup(body),  # noqa: S704  # made by a template that escapes
    )


def form_body() -> tuple[bytes, str]:
    """Return the text that a form carries and its syntax; raises UnreadableInput without one."""
    example = request.form.get("example")
    if example:
        projects = library.projects()
        if example not in projects:
            raise unknown_name("exemple", "example", example, projects)
        return projects[example].read_bytes(), SUFFIXES[projects[example].suffix]
    file = request.files.get("file")
    text = file.read() if file else request.form.get("description", "").encode()
    name = (file.filename or "").lower() if file else ""
    if not text.strip():
        raise UnreadableInput(
            "Collez une description, ou choisissez un exemple.",
            "Paste a description, or choose an example.",
        )
    ending = name[name.rfind(".") :] if "." in name else ""
    return text, FILE_ENDINGS.get(ending) or guess_syntax(text)
