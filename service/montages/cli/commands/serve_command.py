"""`montages serve`: the same answers over HTTP."""

from __future__ import annotations

import os
import socket
import sys
import tempfile
from pathlib import Path

import click

from montages import settings, thread_shares
from montages.bilingual import Text
from montages.cli.bilingual_commands import BilingualCommand, lang_option, option, session
from montages.cli.output import show
from montages.errors import UnusableInput
from montages.publish.text.typeset import Line
from montages.store.published_dataset import further_graphs

_STARTING = Text(
    "Le service répond sur http://{}:{} (Ctrl+C pour l'arrêter)",
    "Serving on http://{}:{} (Ctrl+C to stop)",
)
_NO_ADDRESS = Text(
    "MONTAGES_BASE_URL n'est pas réglé : les adresses suivent celle de chaque requête, et aucun cache ne les "
    "partage.",
    "MONTAGES_BASE_URL is not set: addresses follow that of each request, and no cache shares them.",
)
# The web layer stands beside this one: gunicorn imports it by name.
_CONFIGURATION = "python:montages.web.server"
_FIGURES = "PROMETHEUS_MULTIPROC_DIR"


@click.command(
    "serve",
    cls=BilingualCommand,
    text=Text(
        "Démarre le service HTTP sur cette machine : les pages, les données liées, SPARQL, le catalogue, la "
        "vérification et l'évaluation de descriptions.\n\n"
        "L'accueil (/) mène à tout ; /openapi.json décrit chaque adresse ; GET /readyz dit si le service "
        "est prêt. Les réglages sont des variables d'environnement MONTAGES_….",
        "Start the HTTP service on this machine: pages, linked data, SPARQL, the catalogue, validation and "
        "assessment of descriptions.\n\n"
        "The home page (/) leads to everything; /openapi.json describes each address; GET /readyz tells "
        "whether the service is ready. Settings are environment variables, MONTAGES_….",
    ),
    examples=[
        ("montages serve --port 8080", Text("sur un autre port", "on another port")),
        (
            "montages serve --data projets.trig",
            Text("avec vos propres données à côté", "with your own data beside"),
        ),
        (
            "curl --data-binary @projet.yaml -H 'Content-Type: application/yaml' http://127.0.0.1:8000/assess",
            Text("évalue un projet", "assess a project"),
        ),
    ],
)
@option(
    "--host",
    default=lambda: settings.get("host"),
    text=Text("Adresse d'écoute.", "Address to listen on."),
)
@option(
    "--port",
    type=click.IntRange(0, 65535),
    default=lambda: settings.number("port"),
    text=Text("Port d'écoute.", "Port to listen on."),
)
@option(
    "--data",
    "extra",
    multiple=True,
    metavar="FILE",
    type=click.Path(exists=True, dir_okay=False),
    text=Text(
        "Autre fichier RDF à servir à côté (.ttl .nt .rdf .jsonld .trig .nq) ; répétable.",
        "Further RDF file to serve beside (.ttl .nt .rdf .jsonld .trig .nq); may be repeated.",
    ),
)
@lang_option
def serve(host: str, port: int, extra: tuple[str, ...]) -> None:
    """Replace this process by gunicorn, so that signals reach it.

    What would stop it is told before: a file that cannot be read, a port that is taken, queries that would
    take all threads.
    """
    thread_shares.threads()
    further_graphs([Path(name) for name in extra])
    _check_free(host, port)
    show(Line(_STARTING[session().lang].format(host, port)), err=True)
    if not settings.get("base_url"):
        show(Line(_NO_ADDRESS[session().lang], style="yellow"), err=True)
    command = [sys.executable, "-m", "gunicorn", "--config", _CONFIGURATION]
    command += ["--bind", f"{host}:{port}"]
    environment = dict(os.environ)
    # Named before anything is imported that reads it; `web.server` removes the folder at the end.
    if _FIGURES not in environment:
        environment[_FIGURES] = tempfile.mkdtemp(prefix="montages-figures-")
    # glibc gives memory back after a peak only where threads share few arenas; it reads this at its start.
    environment.setdefault("MALLOC_ARENA_MAX", "2")
    if extra:
        environment["MONTAGES_DATA"] = os.pathsep.join(str(Path(name).resolve()) for name in extra)
    os.execve(sys.executable, command, environment)  # noqa: S606  # our own interpreter, and no shell


def _check_free(host: str, port: int) -> None:
    """Raise UnusableInput where the service could not listen."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    try:
        socket.create_server((host, port), family=family).close()
    except OSError as error:
        raise UnusableInput(
            f"Le service ne peut pas écouter sur {host}:{port} : {error.strerror}. Un autre port : --port.",
            f"The service cannot listen on {host}:{port}: {error.strerror}. Another port: --port.",
        ) from error
