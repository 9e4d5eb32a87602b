"""Projects like this one: real ones, then textbook cases, each in two lines; the words of pages too."""

from __future__ import annotations

from rich.console import Group, RenderableType

from montages.advice.similar.precedents import PrecedentKind
from montages.advice.similar.similar_projects import SimilarProject, SimilarProjects
from montages.bilingual import message, plural
from montages.mirror import link_target
from montages.publish.text.typeset import Line, indent, link
from montages.publish.text.typography import colon, decimal

SIMILAR_WORDS = {
    "title": message("Projects like yours"),
    "real": message("Real projects"),
    "panel": message("Textbook cases, invented"),
    "none": message("None of them is near, by what is known of the project."),
    "far": message("Further away: another use, or quite another size"),
    "how": message(
        "What is compared is what both projects state, and that alone: nothing that is "
        "presumed counts. A project that is near is no model to follow."
    ),
    "nearness": message("Nearness"),
    "open": message("Open in the tool"),
}
KIND_WORDS = {
    PrecedentKind.REAL: message("real project"),
    PrecedentKind.PANEL: message("textbook case"),
}


def compared_text(compared: int, stated: int, lang: str) -> str:
    """Return of how many facts two projects were compared, out of those that the first states."""
    return plural(
        "{n} fact compared out of {stated}",
        "{n} facts compared out of {stated}",
        n=compared,
        stated=stated,
    )[lang]


def nearness_of(project: SimilarProject, lang: str) -> str:
    """Return how near a project is, from 0 to 1."""
    return decimal(project.similarity.value, 2, lang)


def similar_text(similar: SimilarProjects, lang: str, *, whole: bool) -> Group:
    """Return the nearest projects; `whole`: how near they are in each fact too."""
    parts: list[RenderableType] = [Line(similar.label[lang], style="bold")]
    for title, nearest in (("real", similar.real), ("panel", similar.panel)):
        parts += [Line(""), Line(SIMILAR_WORDS[title][lang], style="bold")]
        if not nearest:
            parts.append(indent([Line(SIMILAR_WORDS["none"][lang], style="dim")]))
        for index, project in enumerate(nearest):
            if not project.like_yours and all(nearer.like_yours for nearer in nearest[:index]):
                parts.append(Line(f"{SIMILAR_WORDS['far'][lang]}{colon(lang)}", style="dim"))
            precedent = project.precedent
            compared = compared_text(len(project.similarity.facts), similar.stated, lang)
            head = Line("– ").append(precedent.label[lang], style=link(link_target(precedent.iri)))
            head.append(f"{colon(lang)} {project.ending[lang]}", style="default")
            nearness = SIMILAR_WORDS["nearness"][lang]
            near = f"{nearness}{colon(lang)} {nearness_of(project, lang)} "
            lines = [Line(near).append(f"({compared})", "dim")]
            if whole:
                lines += [
                    Line(
                        f"{one.fact.label[lang]}{colon(lang)} {decimal(one.similarity, 2, lang)}",
                        "dim",
                    )
                    for one in project.similarity.facts
                ]
            parts += [head, indent(lines)]
    return Group(*parts, Line(""), Line(SIMILAR_WORDS["how"][lang], style="dim"))
