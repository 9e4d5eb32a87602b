"""`montages ask`: the questions that can still change the answer, one at a time."""

from __future__ import annotations

from datetime import date
from itertools import count
from pathlib import Path
from typing import Any

import click

from montages.api import Source, load
from montages.api.description_source import is_sentence
from montages.bilingual import message
from montages.cli.bilingual_commands import BilingualCommand, argument, lang_option, option, session
from montages.cli.main import command_text
from montages.cli.options import as_of_option, detail_option, engine_option
from montages.cli.output import show, write
from montages.description.address.address_answers import answer_summary
from montages.description.address.project_address import ProjectAddress
from montages.description.parsing.keys_to_facts import with_sentence_read
from montages.description.parsing.yaml_text import parse_yaml
from montages.description.reader import read_sentence
from montages.description.reader.sentence_project import sentence_project
from montages.errors import UnreadableInput
from montages.knowledge.description_keys import knows_project_keys
from montages.publish.detail import BRIEF
from montages.publish.json_text import dump

_NAME = message("project.yaml")
_PROJECT = message("My project")


@click.command(
    "ask",
    cls=BilingualCommand,
    text=command_text(
        "ask",
        message(
            "PROJECT is a sentence in quotes, read as on the front page, or a file of answers. "
            "Answer by a number, a name or a value (20 k€, 12 years); 0: I do not know; ?: "
            "help; <: back; r: review and change your answers; q, Ctrl-C or Ctrl-D: stop. Each "
            "answer is saved at once in the file, where one goes on; its comments are not kept. "
            "Without a file it is project.yaml; a sentence begins a new one. Asking stops as on "
            "the pages: when no answer can change the result any more, or after twelve questions."
        ),
    ),
    examples=[
        (
            'montages ask "Ville de 9 000 habitants, éclairage public, 900 k€ de travaux"',
            message("begin with a sentence"),
        ),
        ("montages ask projet.yaml", message("begin, or go on")),
        ("montages ask dijon --non-interactive", message("list the next questions")),
    ],
)
@argument("project", message("PROJECT"), required=False)
@option("--non-interactive", is_flag=True, text=message("List the questions, without asking."))
@option(
    "--about",
    multiple=True,
    metavar="SLUG",
    text=message(
        "Set-up whose verdict matters (may be repeated); without it, contracts and procedures."
    ),
)
@option(
    "--format",
    "form",
    type=click.Choice(("text", "json")),
    default="text",
    text=message("Form of the list: json is the answer of POST /questions."),
)
@detail_option
@as_of_option
@engine_option
@lang_option
def ask(
    project: str | None,
    non_interactive: bool,
    about: tuple[str, ...],
    form: str,
    detail: str | None,
    as_of: date | None,
    engine: str,
) -> None:
    """Ask the next questions of a description, or list them."""
    lang = session().lang
    knowledge = load(engine)
    options: dict[str, Any] = {"as_of": as_of, "about": about}
    spoken = project is not None and is_sentence(project)
    tree: dict[str, Any] = {}
    if project and spoken:
        tree = {"project": _PROJECT[lang], **sentence_project(read_sentence(project))}
    if spoken and form == "text":
        from montages.publish.text.interview_text import understood_text

        lines = answer_summary(ProjectAddress(tree))
        show(understood_text(lines, str(tree.get("not-understood", "")), lang))
    if non_interactive or form == "json":
        source: Source = knowledge.read(project) if project and not spoken else tree
        interview = knowledge.questions(source, lang=lang, **options)
        if form == "json":
            write(dump(interview.to_json(brief=detail == BRIEF)))
            return
        from montages.publish.text.interview_text import next_questions_text

        show(next_questions_text(interview, lang))
        return
    from montages.cli.description_draft import DescriptionDraft
    from montages.cli.dialogue import Dialogue

    if spoken:
        draft = DescriptionDraft(knowledge, _unused_path(_NAME[lang]), tree, lang, options)
        draft.save()
    else:
        path = Path(project or _NAME[lang])
        draft = DescriptionDraft(knowledge, path, _tree(path, lang), lang, options)
        draft.pass_parts_once_answered()
    Dialogue(draft, lang).run()


def _tree(path: Path, lang: str) -> dict[str, Any]:
    """Return the description in a file of our keys, one that says nothing yet where there is none."""
    if path.suffix.lower() not in (".yaml", ".yml"):
        raise UnreadableInput(
            message(
                "{path}: the answers are saved in YAML, give a name ending in .yaml.", path=path
            )
        )
    if not path.exists() or not path.read_bytes().strip():
        return {"project": _PROJECT[lang]}
    load().read(path)  # says what is wrong with it, and where
    tree = parse_yaml(path.read_text(encoding="utf-8"))
    if not knows_project_keys(tree):
        raise UnreadableInput(
            message(
                "{path} does not describe a project with our keys. “montages new” writes a "
                "template.",
                path=path,
            )
        )
    tree = with_sentence_read(tree)
    answers = {key: value for key, value in tree.items() if value not in (None, [], {})}
    return {"project": _PROJECT[lang]} | answers


def _unused_path(name: str) -> Path:
    """Return a file of a name, or of that name with a number where there is one: none is written over."""
    path = Path(name)
    others = (path.with_stem(f"{path.stem}-{n}") for n in count(2))
    return path if not path.exists() else next(other for other in others if not other.exists())
