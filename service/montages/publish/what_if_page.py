"""What would change the answer, as a page by itself, or the body of one that has its own frame (R21)."""

from __future__ import annotations

from collections.abc import Callable

from montages.advice.what_if.what_ifs import ArrangementWhatIfs, WhatIf, WhatIfs, gates_text
from montages.assessment.wording import facts_text, lower
from montages.publish.page_templates import page_templates
from montages.publish.page_values import page_values
from montages.publish.text.messages import phrase
from montages.publish.text.signs import VERDICT_TITLES
from montages.publish.text.typography import colon
from montages.publish.text.what_if_rows import SHOWN, what_if_rows, where_to_turn

# Where a change leads, the empty text where it has no address.
ChangeHref = Callable[[WhatIf], str]


def what_if_page(what_ifs: WhatIfs, lang: str, href: ChangeHref) -> str:
    """Return one self-contained page."""
    return _render("what-if.html", what_ifs, lang, href)


def what_if_body(what_ifs: WhatIfs, lang: str, href: ChangeHref) -> str:
    """Return what stands under the title of that page, for a page that has its own frame and style."""
    return _render("what-if-body.html", what_ifs, lang, href)


def _render(name: str, what_ifs: WhatIfs, lang: str, href: ChangeHref) -> str:
    return (
        page_templates()
        .get_template(name)
        .render(
            it=what_ifs,
            rows=what_if_rows(what_ifs),
            shown=SHOWN,
            hardly_sensible=VERDICT_TITLES["folded"][lang],
            href=href,
            obstacle=lambda each: _obstacle(each, what_ifs, lang),
            turn_to=lambda each: where_to_turn(each, what_ifs)[lang],
            **page_values(lang),
        )
    )


def _obstacle(each: ArrangementWhatIfs, what_ifs: WhatIfs, lang: str) -> str:
    """Return what stands against a set-up that no choice opens, under a title that says so."""
    if each.presumed:
        return lower(each.why_none(what_ifs.rules)[lang])
    if each.closed_by:
        return f"{phrase('would-need', lang)}{colon(lang)} {gates_text(each.closed_by)[lang]}."
    return f"{phrase('left-to-verify', lang)} {facts_text(each.facts, what_ifs.rules)[lang]}."
