"""The words around projects that are alike, for the terminal and for pages."""

from __future__ import annotations

from montages.advice.similar.precedents import PrecedentKind
from montages.bilingual import Text

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
