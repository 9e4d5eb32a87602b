"""Projects like this one: real ones, then textbook cases, each in three lines; the words of pages too."""

from __future__ import annotations

from rich.console import Group, RenderableType

from montages.advice.similar.precedents import PrecedentKind
from montages.advice.similar.similar_projects import FactRow, SimilarProject, SimilarProjects
from montages.bilingual import Text
from montages.mirror import link_target
from montages.publish.text.typeset import Line, indent, link
from montages.publish.text.typography import colon, decimal

SIMILAR_WORDS = {
    "title": Text("Des projets comme le vôtre", "Projects like yours"),
    "real": Text("Projets réels", "Real projects"),
    "panel": Text("Cas d'école, inventés", "Textbook cases, invented"),
    "alike": Text("En commun", "In common"),
    "differs": Text("Ce qui diffère", "What differs"),
    "compared-one": Text("1 fait comparé sur {}", "1 fact compared out of {}"),
    "compared-many": Text("{} faits comparés sur {}", "{} facts compared out of {}"),
    "none": Text(
        "Rien de proche parmi eux, avec ce que l'on sait du projet.",
        "None of them is near, by what is known of the project.",
    ),
    "far": Text(
        "Plus éloignés : un autre usage, ou un tout autre ordre de grandeur",
        "Further away: another use, or quite another size",
    ),
    "how": Text(
        "Sont comparés les faits que les deux projets disent, et eux seuls : rien de ce qui est supposé ne "
        "compte. Un projet proche n'est pas un modèle à suivre.",
        "What is compared is what both projects state, and that alone: nothing that is presumed counts. "
        "A project that is near is no model to follow.",
    ),
    "facts": Text("Fait par fait", "Fact by fact"),
    "fact": Text("Fait", "Fact"),
    "here": Text("Votre projet", "Your project"),
    "there": Text("Celui-ci", "This one"),
    "nearness": Text("Proximité", "Nearness"),
    "open": Text("Ouvrir dans l'outil", "Open in the tool"),
    "beside": Text("Mettre à côté du vôtre", "Put beside yours"),
}
KIND_WORDS = {
    PrecedentKind.REAL: Text("projet réel", "real project"),
    PrecedentKind.PANEL: Text("cas d'école", "textbook case"),
}


def compared_text(compared: int, stated: int, lang: str) -> str:
    """Return of how many facts two projects were compared, out of those that the first states."""
    if compared == 1:
        return SIMILAR_WORDS["compared-one"][lang].format(stated)
    return SIMILAR_WORDS["compared-many"][lang].format(compared, stated)


def similar_text(similar: SimilarProjects, lang: str, *, whole: bool) -> Group:
    """Return the nearest projects; `whole`: fact by fact."""
    parts: list[RenderableType] = [Line(similar.label[lang], style="bold")]
    for title, nearest in (("real", similar.real), ("panel", similar.panel)):
        parts += [Line(""), Line(SIMILAR_WORDS[title][lang], style="bold")]
        if not nearest:
            parts.append(indent([Line(SIMILAR_WORDS["none"][lang], style="dim")]))
        for index, project in enumerate(nearest):
            if not project.like_yours and all(nearer.like_yours for nearer in nearest[:index]):
                parts.append(Line(f"{SIMILAR_WORDS['far'][lang]}{colon(lang)}", style="dim"))
            parts += _precedent(project, similar.stated, lang, whole)
    return Group(*parts, Line(""), Line(SIMILAR_WORDS["how"][lang], style="dim"))


def _precedent(
    project: SimilarProject, stated: int, lang: str, whole: bool
) -> list[RenderableType]:
    precedent = project.precedent
    compared = compared_text(len(project.similarity.facts), stated, lang)
    head = Line("– ").append(precedent.label[lang], style=link(link_target(precedent.iri)))
    head.append(f"{colon(lang)} {project.ending[lang]}", style="default")
    lines = [
        Line(f"{SIMILAR_WORDS['alike'][lang]}{colon(lang)} {project.nearness[lang]} ").append(
            f"({compared})", "dim"
        )
    ]
    if project.difference[lang]:
        lines.append(
            Line(f"{SIMILAR_WORDS['differs'][lang]}{colon(lang)} {project.difference[lang]}")
        )
    if whole:
        lines += [_fact(row, lang) for row in project.fact_rows()]
    return [head, indent(lines)]


def _fact(row: FactRow, lang: str) -> Line:
    nearness = decimal(row.similarity, 2, lang)
    line = Line(f"{row.label[lang]}{colon(lang)} ", style="dim")
    return line.append(f"{row.here[lang]} / {row.there[lang]} ({nearness})")
