"""The pages: server-rendered HTML, in French and English, that works without script."""

from __future__ import annotations

from montages.web.pages.assessed import assessed
from montages.web.pages.editor_page import editor
from montages.web.pages.listings import queries
from montages.web.pages.pasted import is_form
from montages.web.pages.problem import problem_page
from montages.web.pages.query_answer import answer
from montages.web.pages.routes import html, register
from montages.web.pages.thing import page

__all__ = [
    "answer",
    "assessed",
    "editor",
    "html",
    "is_form",
    "page",
    "problem_page",
    "queries",
    "register",
]
