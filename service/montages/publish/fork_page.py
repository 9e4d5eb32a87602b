"""A project beside another as HTML: a page by itself, or the body of one that has its own frame (R21)."""

from __future__ import annotations

from typing import Any

from montages.advice.project_fork import Fork
from montages.publish.page_templates import page_templates
from montages.publish.page_values import page_values
from montages.publish.text.fork_text import move_rows

# So many of the checks that cause a move are shown, the others folded.
_NAMED = 2


def fork_page(forked: Fork, lang: str) -> str:
    """Return one self-contained page."""
    return _render("fork.html", forked, lang, differences=forked.answers, it=forked.before)


def fork_body(forked: Fork, lang: str) -> str:
    """Return what moves, for a page that has its own frame, and says itself which answers differ."""
    return _render("fork-body.html", forked, lang, differences=())


def _render(name: str, forked: Fork, lang: str, **more: Any) -> str:
    values = page_values(lang) | more
    return (
        page_templates()
        .get_template(name)
        .render(fork=forked, rows=move_rows(forked), named=_NAMED, **values)
    )
