"""`montages query`: put a published question to the knowledge graph."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date

import click

from montages.bilingual import Text
from montages.cli.bilingual_commands import BilingualCommand, argument, lang_option, option, session
from montages.cli.endpoint_option import endpoint_option
from montages.cli.options import as_of_option, format_option
from montages.cli.output import show, write
from montages.errors import UnreadableInput
from montages.publish.text import answer_text
from montages.store.questions import ask as store
from montages.store.questions.query_parameters import declared_parameters
from montages.store.questions.query_result import Result
from montages.store.sparql.remote.remote_engine import remote_engine


@click.command(
    "query",
    cls=BilingualCommand,
    text=Text(
        "Pose une question publiée au graphe de connaissances.\n\n"
        "Sans NOM, liste les questions. Avec NOM, y répond, avec le droit d'une date.",
        "Put a published question to the knowledge graph.\n\n"
        "Without NAME, list the questions. With NAME, answer it, under the law of a date.",
    ),
    examples=[
        ("montages query", Text("toutes les questions", "all the questions")),
        (
            "montages query hard-gates --param contract=dsp",
            Text("ce que la loi exige", "what the law requires"),
        ),
        (
            "montages query layers --format csv > couches.csv",
            Text("pour un tableur", "for a spreadsheet"),
        ),
    ],
)
@argument("name", Text("NOM", "NAME"), required=False)
@option(
    "--param",
    "pairs",
    multiple=True,
    metavar="K=V",
    text=Text(
        "Paramètre de la question ; à répéter.", "Parameter of the question; may be repeated."
    ),
)
@format_option("table", "csv", "json", "turtle")
@option(
    "--headings",
    is_flag=True,
    text=Text(
        "En CSV, des titres de colonnes à lire, au lieu des noms de variables.",
        "In CSV, headings to read, instead of the names of variables.",
    ),
)
@as_of_option
@endpoint_option
@lang_option
def query(
    name: str | None,
    pairs: Sequence[str],
    form: str,
    headings: bool,
    as_of: date | None,
    endpoint: str,
) -> None:
    """List the published questions, or answer one of them."""
    lang = session().lang
    if name is None:
        show(answer_text.questions(store.listing(), lang))
        return
    question = store.find(name)
    parameters = _parameters(pairs)
    if "lang" in declared_parameters(question):
        parameters.setdefault("lang", lang)
    engine = remote_engine(endpoint) if endpoint else None
    if engine is None:
        result = store.run(name, parameters, as_of)
    else:
        from montages.store.questions.ask_remote import run_remote  # imports what few need

        result = run_remote(engine, name, parameters, as_of)
    if form == "table":
        show(answer_text.AnswerTable(question, result, lang))
    elif form == "csv" and headings:
        write(result.to_csv([question.heading(column, lang) for column in result.columns]))
    else:
        write(_FORMS[form](result))


_FORMS: dict[str, Callable[[Result], str]] = {
    "csv": Result.to_csv,
    "json": Result.to_json,
    "turtle": answer_text.turtle,
}


def _parameters(pairs: Sequence[str]) -> dict[str, str]:
    parameters = {}
    for pair in pairs:
        key, equals, value = pair.partition("=")
        if not equals or not key:
            raise UnreadableInput(
                f"--param {pair} : écrivez CLÉ=VALEUR, par exemple --param contract=dsp.",
                f"--param {pair}: write KEY=VALUE, for example --param contract=dsp.",
            )
        parameters[key] = value
    return parameters
