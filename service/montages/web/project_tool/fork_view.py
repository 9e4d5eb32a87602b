"""A project beside a variant of it: the answers to edit, those that differ, and what moves (R21)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from markupsafe import Markup

from montages.advice.project_fork import fork_of
from montages.advice.questions.undecided import askable
from montages.bilingual import NO_TEXT, Text
from montages.description.address.address_answers import answer_summary
from montages.description.address.address_difference import WAS, answer_changes, differing
from montages.description.address.project_address import LIST, NODE, PASSABLE, ProjectAddress
from montages.description.address.write_address import Pair, address_pairs
from montages.knowledge.rulebook import rulebook
from montages.publish.advice_pages import fork_page
from montages.web.project_tool.layer_screen import LayerRow, layer_form
from montages.web.project_tool.project_links import project_href
from montages.web.project_tool.project_views import ViewedProject
from montages.web.project_tool.question_screen import QuestionScreen, key_of_criterion, screen_of
from montages.web.project_tool.sound_tree import with_name
from montages.web.project_tool.tool_request import FORK, QUESTION, VIEW

# What has fields of its own, or none in a variant.
_BY_LAYER = ("layers", "perimeters")

# So many choices that are not made yet may be made in a variant.
_CHOICES = 8
_PLACES = ("facts", "choices_made", "choices_open")


@dataclass(frozen=True)
class ForkField:
    """A question as a field of a variant: what the original answers or supposes, if the variant differs."""

    screen: QuestionScreen
    before: Text
    changed: bool
    supposed: Text = NO_TEXT

    @property
    def place(self) -> str:
        """Return where it stands: among the facts, the choices made, or those that are still open."""
        criterion = rulebook().criteria.get(self.screen.asked.slug)
        if criterion is None or criterion.nature != "choice":
            return "facts"
        is_open = self.before == NO_TEXT and not self.screen.chosen and self.supposed == NO_TEXT
        return "choices_open" if is_open else "choices_made"


@dataclass(frozen=True)
class ForkLayer:
    """A layer as a field of a variant: how it is run in the variant, and in the original."""

    row: LayerRow
    area: str
    before: str

    @property
    def is_open(self) -> bool:
        """Tell whether neither the original nor the variant uses it."""
        return not self.before and not self.row.chosen


def fork_view(project: ViewedProject) -> str:
    """Return a project beside a variant as HTML: first what moves, then the answers to edit."""
    context, address = project.context, project.address
    original = project.original or address
    fields, layers = list(_fields(project, original)), list(_layers(address, original))
    links = {}
    if project.original is not None:
        before = context.state.knowledge.assess(
            with_name(original.tree), as_of=address.as_of, lang=context.lang, anyway=True
        )
        moves = fork_page(fork_of(before, project.assessment), context.lang, whole=False)
        links = {"moves": Markup(moves), "original": project_href(context, original, view="result")}  # noqa: S704  # made by a template that escapes
    areas, areas_before = _areas(address), _areas(original)
    places = {name: [f for f in fields if f.place == name] for name in _PLACES}
    return context.render(
        "fork_form.html",
        layers=[layer for layer in layers if not layer.is_open],
        layers_open=[layer for layer in layers if layer.is_open],
        modes=layer_form(address.tree).modes,
        areas=[*areas.items(), ("", ""), ("", "")],
        areas_changed=areas != areas_before,
        areas_before=", ".join(areas_before.values()),
        sent_along=_sent_along(address, original, fields),
        variant=project_href(context, address, view="result"),
        **places,
        **({"moves": None, "original": None} | links),
    )


def _fields(project: ViewedProject, original: ProjectAddress) -> Iterator[ForkField]:
    """Yield what the original or the variant answers, what is supposed, and the choices to be made."""
    before = {line.parameter: line.answer for line in answer_summary(original)}
    names = dict.fromkeys((*before, *(line.parameter for line in answer_summary(project.address))))
    supposed = {
        key_of_criterion(a.criterion.slug): a.value.label
        for a in project.assessment.premises.presumed
    }
    rules, answers = project.assessment.premises.rules, project.assessment.premises.whole.answers
    choices = [
        criterion
        for name, criterion in rules.criteria.items()
        if criterion.nature == "choice" and askable(name, answers, rules)
    ]
    names |= dict.fromkeys((*supposed, *(key_of_criterion(c.slug) for c in choices[:_CHOICES])))
    changed = {change.parameter for change in answer_changes(project.address, original)}
    for name in names:
        screen = None if name in _BY_LAYER else screen_of(name, project.interview, project.address)
        if screen is None:
            continue
        supposition = NO_TEXT if screen.chosen else supposed.get(name, NO_TEXT)
        yield ForkField(screen, before.get(name, NO_TEXT), name in changed, supposition)


def _areas(address: ProjectAddress) -> dict[str, str]:
    """Return the names of the perimeters by the word that the address has for each."""
    areas = address.tree.get("perimeters") or {}
    return {word: str((area or {}).get("name") or word) for word, area in areas.items()}


def _layers(address: ProjectAddress, original: ProjectAddress) -> Iterator[ForkLayer]:
    before = {
        row.field: row.chosen for group in layer_form(original.tree).groups for row in group.rows
    }
    for group in layer_form(address.tree).groups:
        for row in group.rows:
            yield ForkLayer(row, group.name, before.get(row.field, ""))


def _sent_along(
    address: ProjectAddress, original: ProjectAddress, fields: Sequence[ForkField]
) -> list[Pair]:
    """Return what the form sends beside its fields: the rest of the variant, and what the original says."""
    own = dict.fromkeys(field.screen.parameter for field in fields)  # in one order, always
    lists = {
        name
        for field in fields
        if field.screen.kind == "several"
        for name in [field.screen.parameter]
    }
    pairs = []
    for name, value in address_pairs(address):
        if name in own or name in _BY_LAYER:
            continue
        if name.rpartition(NODE)[2] == "complete":
            head = name.removesuffix("complete")
            value = LIST.join(
                w for w in value.split(LIST) if f"{head}{w}" not in lists or w in PASSABLE
            )
        if value:
            pairs.append((name, value))
    pairs += [("layers", use) for use in layer_form(address.tree).others]
    theirs = address_pairs(original)
    for name in dict.fromkeys((*own, *_BY_LAYER, *differing(address, original))):
        values = [value for key, value in theirs if key == name]
        pairs += [(f"{WAS}{name}", value) for value in values or [""]]
    return [*pairs, (VIEW, FORK), (QUESTION, FORK)]
