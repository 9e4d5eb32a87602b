"""Projects like this one as a page: real ones, then textbook cases, each with where it leads (R24b)."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from montages.advice.similar.precedents import Precedent
from montages.advice.similar.similar_projects import SimilarProjects
from montages.mirror import link_target
from montages.publish.page_templates import page_templates
from montages.publish.page_values import page_values
from montages.publish.text.similar_text import KIND_WORDS, SIMILAR_WORDS, compared_text

PrecedentHref = Callable[[Precedent], str]


def _nowhere(_: Precedent) -> str:
    return ""


@dataclass(frozen=True)
class PrecedentLinks:
    """Where a precedent leads: to its page, to the tool, to the tool beside the project; empty: nowhere."""

    page: PrecedentHref
    tool: PrecedentHref = _nowhere
    beside: PrecedentHref = _nowhere


def similar_page(similar: SimilarProjects, lang: str) -> str:
    """Return one self-contained page of the nearest projects, fit to print."""
    return _render("similar.html", similar, lang, PrecedentLinks(lambda it: link_target(it.iri)))


def similar_body(similar: SimilarProjects, lang: str, links: PrecedentLinks) -> str:
    """Return what stands under the title of that page, for a page that has its own frame and style."""
    return _render("similar-body.html", similar, lang, links)


def _render(name: str, similar: SimilarProjects, lang: str, links: PrecedentLinks) -> str:
    return (
        page_templates()
        .get_template(name)
        .render(
            it=similar,
            links=links,
            words={key: text[lang] for key, text in SIMILAR_WORDS.items()},
            kinds=KIND_WORDS,
            compared=lambda each: compared_text(len(each.similarity.facts), similar.stated, lang),
            **page_values(lang),
        )
    )
