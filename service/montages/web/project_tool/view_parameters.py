"""The names of the views of a project, each with the parameters that are its own."""

from __future__ import annotations

# Which contracts to compare, and that what does not tell them apart is wanted too.
ABOUT, ALIKE = "about", "same"
PARAMETERS_OF_VIEWS: dict[str, tuple[str, ...]] = {
    "what-if": (),
    "fork": (),
    "compositions": (),
    "compare": (ABOUT, ALIKE),
    "similar": (),
}
# No answer has the name of one of these.
VIEW_PARAMETERS = frozenset(name for own in PARAMETERS_OF_VIEWS.values() for name in own)
