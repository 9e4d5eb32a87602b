"""The views of a project, by the name that `?view=` gives, in the order in which they are offered."""

from __future__ import annotations

from montages.bilingual import Text
from montages.publish.text.similar_text import SIMILAR_WORDS
from montages.web.project_tool.comparison_view import comparison_view
from montages.web.project_tool.compositions_view import compositions_view
from montages.web.project_tool.fork_view import fork_view
from montages.web.project_tool.project_view import ProjectView
from montages.web.project_tool.similar_view import similar_view
from montages.web.project_tool.what_if_view import what_if_view

VIEWS = {
    "what-if": ProjectView(
        Text("Ce qui changerait la réponse", "What would change the answer"), what_if_view
    ),
    "fork": ProjectView(Text("Essayer une variante", "Try a variant"), fork_view),
    "compositions": ProjectView(
        Text("Montages d'ensemble", "Whole set-ups"),
        compositions_view,
    ),
    "compare": ProjectView(
        Text("Comparer des contrats", "Compare contracts"),
        comparison_view,
    ),
    "similar": ProjectView(SIMILAR_WORDS["title"], similar_view),
}
