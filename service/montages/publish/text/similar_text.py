"""Projects like this one in the terminal: real ones, then textbook cases, each in three lines."""

from __future__ import annotations

from rich.console import Group, RenderableType

from montages.advice.similar.similar_projects import FactRow, SimilarProject, SimilarProjects
from montages.mirror import link_target
from montages.publish.text.similar_words import SIMILAR_WORDS, compared_text
from montages.publish.text.typeset import Line, indent, link
from montages.publish.text.typography import colon, decimal


def similar_text(similar: SimilarProjects, lang: str, *, whole: bool) -> Group:
    """Return the nearest projects; `whole`: fact by fact."""
    parts: list[RenderableType] = [Line(similar.label[lang], style="bold")]
    for title, nearest in (("real", similar.real), ("panel", similar.panel)):
        parts += [Line(""), Line(SIMILAR_WORDS[title][lang], style="bold")]
        if not nearest:
            parts.append(indent([Line(SIMILAR_WORDS["none"][lang], style="dim")]))
        for index, each in enumerate(nearest):
            if not each.like_yours and all(it.like_yours for it in nearest[:index]):
                parts.append(Line(f"{SIMILAR_WORDS['far'][lang]}{colon(lang)}", style="dim"))
            parts += _precedent(each, similar.stated, lang, whole)
    return Group(*parts, Line(""), Line(SIMILAR_WORDS["how"][lang], style="dim"))


def _precedent(each: SimilarProject, stated: int, lang: str, whole: bool) -> list[RenderableType]:
    it = each.precedent
    compared = compared_text(len(each.similarity.facts), stated, lang)
    head = Line("– ").append(it.label[lang], style=link(link_target(it.iri)))
    head.append(f"{colon(lang)} {each.ending[lang]}", style="default")
    lines = [
        Line(f"{SIMILAR_WORDS['alike'][lang]}{colon(lang)} {each.nearness[lang]} ").append(
            f"({compared})", "dim"
        )
    ]
    if each.difference[lang]:
        lines.append(Line(f"{SIMILAR_WORDS['differs'][lang]}{colon(lang)} {each.difference[lang]}"))
    if whole:
        lines += [_fact(row, lang) for row in each.fact_rows()]
    return [head, indent(lines)]


def _fact(row: FactRow, lang: str) -> Line:
    nearness = decimal(row.similarity, 2, lang)
    line = Line(f"{row.label[lang]}{colon(lang)} ", style="dim")
    return line.append(f"{row.here[lang]} / {row.there[lang]} ({nearness})")
