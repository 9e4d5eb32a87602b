"""`montages query`: put a question, published or any other, to the knowledge graph or a store beside it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import TextIO

import click

from montages import settings
from montages.bilingual import message
from montages.cli.bilingual_commands import BilingualCommand, argument, lang_option, option, session
from montages.cli.main import command_text
from montages.cli.options import as_of_option, endpoint_option, format_option, option_of
from montages.cli.output import show, write
from montages.errors import UnreadableInput, UnusableInput
from montages.operations.graph import PARAMETERS
from montages.publish.text import query_text
from montages.store.questions import ask
from montages.store.questions.query_parameters import declared_parameters
from montages.store.questions.query_result import Result


@click.command(
    "query",
    cls=BilingualCommand,
    text=command_text(
        "query",
        message(
            "Without NAME, list the published questions. With NAME, answer it, under the law "
            "of a date. --query or --query-file puts any other SPARQL query: read-only, under "
            "the limits of the service (MONTAGES_QUERY_SECONDS, MONTAGES_QUERY_ROWS…). --store "
            "asks a store of montages load, where your data are beside the published graphs."
        ),
    ),
    examples=[
        ("montages query", message("all the questions")),
        ("montages query hard-gates --parameters contract=dsp", message("what the law requires")),
        ("montages query layers --format csv > couches.csv", message("for a spreadsheet")),
        (
            "montages query verdicts-by-contract --store magasin",
            message("over the answers of a batch, loaded"),
        ),
        (
            "montages query --query 'SELECT (COUNT(*) AS ?n) { ?s ?p ?o }' --store magasin",
            message("a query of your own"),
        ),
    ],
)
@argument("name", message("NAME"), required=False)
@option_of(PARAMETERS)
@format_option("table", "csv", "json", "turtle")
@option(
    "--headings",
    is_flag=True,
    text=message("In CSV, headings to read, instead of the names of variables."),
)
@as_of_option
@option("--query", "text", metavar="SPARQL", text=message("SPARQL query to put."))
@option(
    "--query-file",
    "file",
    type=click.File(encoding="utf-8"),
    text=message("File that holds the query; “-” reads the input."),
)
@option(
    "--store",
    "folder",
    metavar="DIR",
    default=lambda: settings.get("store"),
    text=message("Store of montages load to ask, instead of the published graphs alone."),
)
@endpoint_option
@lang_option
def query(
    name: str | None,
    parameters: dict[str, str],
    form: str,
    headings: bool,
    as_of: date | None,
    text: str | None,
    file: TextIO | None,
    folder: str,
    endpoint: str,
) -> None:
    """List the published questions, answer one of them, or answer any other query."""
    lang = session().lang
    if folder and endpoint:
        raise UnusableInput(
            message("--store or --endpoint (MONTAGES_STORE, MONTAGES_ENDPOINT), not both.")
        )
    if text is not None or file is not None:
        _require_alone(name, parameters, headings, text, file)
        # Only where it is asked for: what answers it takes long to import.
        from montages.cli.free_query import answer_free_query

        answer_free_query(
            _content(file) if file else text or "", form, as_of, folder, endpoint, lang
        )
        return
    if name is None:
        show(query_text.questions(ask.listing(), lang))
        return
    question = ask.find(name)
    if "lang" in declared_parameters(question):
        parameters.setdefault("lang", lang)
    result = _result(name, parameters, as_of, folder, endpoint)
    titles = [question.heading(column, lang) for column in result.columns]
    if form == "table":
        show(query_text.AnswerTable(question.title[lang], titles, result, lang))
    elif form == "csv" and headings:
        write(result.to_csv(titles))
    else:
        write(_FORMS[form](result))


def _result(
    name: str, parameters: dict[str, str], as_of: date | None, folder: str, endpoint: str
) -> Result:
    """Return the answer to a published question: of a store, of another engine, or of what is published."""
    if not folder and not endpoint:
        return ask.run(name, parameters, as_of)
    # Only where it is asked for: what answers it takes long to import.
    from montages.cli.free_query import answer_of_store

    return answer_of_store(name, parameters, as_of, folder, endpoint)


def _require_alone(
    name: str | None,
    parameters: dict[str, str],
    headings: bool,
    text: str | None,
    file: TextIO | None,
) -> None:
    """Check that a query of one's own comes once, without what belongs to a published question."""
    others = {
        "--query-file": text is not None and file is not None,
        name or "": name is not None,
        "--parameters": bool(parameters),
        "--headings": headings,
    }
    if other := next((extra for extra, is_given in others.items() if is_given), None):
        raise UnusableInput(
            message(
                "--query does not go with {other}: what belongs to a published question is "
                "written into the query itself.",
                other=other,
            )
        )


def _content(file: TextIO) -> str:
    try:
        return file.read()
    except UnicodeDecodeError as error:
        raise UnreadableInput(
            message("{name}: a SPARQL query is written in UTF-8.", name=file.name)
        ) from error


_FORMS: dict[str, Callable[[Result], str]] = {
    "csv": Result.to_csv,
    "json": Result.to_json,
    "turtle": query_text.turtle,
}
