"""`montages serve`: the same answers over HTTP."""

from __future__ import annotations

import os
import sys
import tempfile
from datetime import date
from functools import partial
from pathlib import Path

import click

from montages import settings, thread_shares
from montages.bilingual import message
from montages.cli.bilingual_commands import BilingualCommand, F, lang_option, option, session
from montages.cli.main import command_text
from montages.cli.options import endpoint_option
from montages.cli.output import show
from montages.cli.service_start import free_port, other_address, watch_start
from montages.errors import UnusableInput
from montages.guests import guests
from montages.publish.text.typeset import Line

_ANSWERS = message("Ready: http://{} (Ctrl+C to stop)")
_MEMORY_BOUND = message("At most {number} GB of memory, beside what its processes share.")
_NO_ADDRESS = message(
    "MONTAGES_BASE_URL is not set: addresses follow that of each request, and no cache shares them."
)
# The web layer stands beside this one: it is started by name.
_SERVER = "montages.web.server"
_FIGURES = "PROMETHEUS_MULTIPROC_DIR"

# What glibc reads at its start, so that memory comes back after a peak: threads share few arenas, and what is
# large is taken by itself, not from them, whatever was large before.
_MEMORY = {
    "MALLOC_ARENA_MAX": "2",
    "MALLOC_MMAP_THRESHOLD_": "1000000",
    "MALLOC_TRIM_THRESHOLD_": "8000000",
}


def _folder_options(function: F) -> F:
    """Add an option for each folder that a service may have by a guest."""
    for folder in guests().served_folders:
        function = option(
            f"--{folder.setting}",
            metavar="DIR",
            type=click.Path(file_okay=False),
            default=partial(settings.get, folder.setting),
            text=folder.text,
        )(function)
    return function


@click.command(
    "serve",
    cls=BilingualCommand,
    text=command_text(
        "serve",
        message(
            "The home page (/) leads to everything; /openapi.json describes each address; GET "
            "/readyz tells whether the service is ready. Settings are environment variables, "
            "MONTAGES_…."
        ),
    ),
    examples=[
        ("montages serve --port 8080", message("on another port")),
        ("montages serve --data projets.trig", message("with your own data beside")),
        (
            "montages serve --store magasin",
            message("with those that “montages load” loaded once and for all"),
        ),
        (
            "montages serve --endpoint http://127.0.0.1:8890/sparql",
            message("with another SPARQL engine behind"),
        ),
        *(folder.example for folder in guests().served_folders),
        (
            "curl --data-binary @projet.yaml -H 'Content-Type: application/yaml' http://127.0.0.1:8000/assess",
            message("assess a project"),
        ),
    ],
)
@option("--host", default=lambda: settings.get("host"), text=message("Address to listen on."))
@option(
    "--port",
    type=click.IntRange(0, 65535),
    default=lambda: settings.number("port"),
    text=message("Port to listen on."),
)
@option(
    "--metrics-bind",
    metavar="HOST:PORT",
    default=lambda: settings.get("metrics_bind"),
    text=message(
        "Address and port where /metrics is served, and nothing else is: 127.0.0.1:9100. "
        "Without it, it is served with the rest."
    ),
)
@option(
    "--data",
    "extra",
    multiple=True,
    metavar="FILE",
    type=click.Path(exists=True, dir_okay=False),
    default=lambda: tuple(filter(None, settings.get("data").split(os.pathsep))),
    text=message(
        "Further RDF file to serve beside (.ttl .nt .n3 .rdf .jsonld .trig .nq); may be "
        "repeated. Loaded at each start."
    ),
)
@option(
    "--store",
    metavar="DIR",
    type=click.Path(file_okay=False),
    default=lambda: settings.get("store"),
    text=message("Store to serve, which “montages load” made: nothing is loaded again."),
)
@endpoint_option
@_folder_options
@lang_option
def serve(
    host: str,
    port: int,
    metrics_bind: str,
    extra: tuple[str, ...],
    store: str,
    endpoint: str,
    **folders: str,
) -> None:
    """Replace this process by the service, so that signals reach it.

    What would stop it is told before: a file that cannot be read, a port that is taken, queries that would
    take all threads.
    """
    thread_shares.threads()
    _check_addresses()
    if endpoint:
        from montages.store.sparql.remote.remote_engine import remote_engine

        remote_engine(endpoint)
        if extra or store:
            raise UnusableInput(
                message(
                    "--endpoint stands for --store and --data: load your files into the engine "
                    "(montages load --endpoint), and name their graphs "
                    "(MONTAGES_ENDPOINT_GRAPHS)."
                )
            )
    port = free_port(host, port, "--port")
    if metrics_bind:
        free_port(*other_address(metrics_bind, port), "--metrics-bind")
    place, lang = f"[{host}]" if ":" in host else host, session().lang
    environment = {
        **os.environ,
        "MONTAGES_LANG": lang,
        "MONTAGES_HOST": host,
        "MONTAGES_PORT": str(port),
        "MONTAGES_METRICS_BIND": metrics_bind,
    }
    # Named before anything is imported that reads it; `web.server` removes the folder at the end.
    if _FIGURES not in environment:
        environment[_FIGURES] = _folder()
    for name, value in _MEMORY.items():
        environment.setdefault(name, value)
    environment |= {"MONTAGES_DATA": "", "MONTAGES_STORE": _store(extra, store)}
    if endpoint:
        environment["MONTAGES_ENDPOINT"] = endpoint
    for setting, folder in folders.items():
        if folder:
            environment[f"MONTAGES_{setting.upper()}"] = str(Path(folder).absolute())
    watch_start(host, port, lang, lambda: _show_answers(f"{place}:{port}", lang))
    command = [sys.executable, "-m", _SERVER]
    os.execve(sys.executable, command, environment)  # noqa: S606  # our own interpreter, and no shell


def _show_answers(address: str, lang: str) -> None:
    show(Line(_ANSWERS[lang].format(address)), err=True)
    gigabytes = f"{thread_shares.most_megabytes() / 1000:.1f}"
    show(Line(_MEMORY_BOUND.fill(number=gigabytes)[lang]), err=True)
    if not settings.get("base_url"):
        show(Line(_NO_ADDRESS[lang], style="yellow"), err=True)


def _check_addresses() -> None:
    """Raise UnusableInput for settings that are no address of a mirror, or to write to."""
    # What reads graphs takes half a second to import, and a usual start has none to read here.
    if settings.get("mirror") != "off":
        from montages.mirror import is_mirror

        is_mirror()
    if settings.get("contact_email"):
        from montages.publish.contacts import contact_point

        contact_point()
    if settings.get("contest_to"):
        from montages.publish.contacts import contest_address

        contest_address()


def _store(extra: tuple[str, ...], store: str) -> str:
    """Return the folder of the store to serve, empty for none: further files have one made for them.

    Raises UnreadableInput or UnusableInput for what cannot be served.
    """
    # What follows takes long to import, and a usual start needs none of it.
    if store and not extra:
        from montages.store.disk.store_folder import StoreFolder

        StoreFolder(Path(store)).manifest()
        return str(Path(store).resolve())
    if extra:
        from montages.publish.linked_data.documents import served_dataset
        from montages.store.disk.bulk_load import data_folder

        paths = [Path(name) for name in extra]
        return str(data_folder(paths, served_dataset(date.today()), store))
    return ""


def _folder() -> str:
    """Return a new folder for the figures of the processes; raises UnusableInput where none can be made."""
    try:
        return tempfile.mkdtemp(prefix="montages-figures-")
    except OSError as error:
        raise UnusableInput(
            message(
                "No temporary folder to write in ({reason}): set TMPDIR.", reason=error.strerror
            )
        ) from error
