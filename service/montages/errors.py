"""What can go wrong, a class a row: its HTTP status, its title, and what it means.

A guest has its own in a module of the same form (`Guest.errors`).
"""

from __future__ import annotations

import re
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, Protocol

from montages.bilingual import NO_TEXT, Text, message
from montages.hidden_signs import visible
from montages.word_catalogue import french

# The context, in the catalogue of words, of what an error says of itself.
MEANING = "what a problem means"
# Characters of a message: more is not read.
LONGEST = 4000


class Reportable(Protocol):
    """What an error needs to know of a finding: how to say it."""

    def to_json(self, lang: str) -> Mapping[str, object]:
        """Return the finding as JSON in one language."""
        ...


_ERROR = message("Error")


class MontagesError(Exception):
    """Root of the errors a user can cause or meet: says what, where, and what to do next.

    `text` is the message; `extra` goes into the problem+json body as it is, `headers` with it.
    """

    status = 500
    retry_after = 0  # seconds, where it is known when to come again
    headers: tuple[tuple[str, str], ...] = ()
    exit_code = 2
    slug = "error"
    title = _ERROR

    def __init_subclass__(
        cls, status: int = 0, title: Text | None = None, slug: str = "", exit_code: int = 0
    ) -> None:
        """Take the row of an error from the head of its class; its slug is its name, if nothing else is."""
        super().__init_subclass__()
        cls.status, cls.exit_code = status or cls.status, exit_code or cls.exit_code
        if title is not None:
            cls.title = title
            cls.slug = slug or re.sub(r"(?<!^)(?=[A-Z])", "-", cls.__name__).lower()

    def __init__(self, text: Text, **extra: Any) -> None:
        super().__init__(text)
        self.text, self.extra = text, extra

    def __str__(self) -> str:
        return self.message("en")

    def __reduce__(self) -> tuple[Any, ...]:
        return _again, (type(self), self.__dict__, self.args)

    @property
    def readable(self) -> Text:
        """Return the message in both languages, as it may be shown."""
        return Text(self.message("fr"), self.message("en"))

    @classmethod
    def meaning(cls) -> Text:
        """Return what this kind of error means: what its class says of itself, and the French of that."""
        definition = " ".join((cls.__doc__ or "").split())
        return Text(french(definition, MEANING), definition)

    def message(self, lang: str) -> str:
        """Return the message in `lang` ("fr" or "en")."""
        return _readable(self.text[lang])

    def problem(self, lang: str) -> dict[str, Any]:
        """Return the RFC 9457 body: type, title, status, detail, and what the error adds."""
        return {
            "type": f"https://w3id.org/montages/problem/{self.slug}",
            "title": self.title[lang],
            "status": self.status,
            "detail": self.message(lang),
            **self.extra,
        }


def _readable(sentence: str) -> str:
    """Return a message as it may be shown: what it quotes may be long, and hold signs nobody sees."""
    if len(sentence) > LONGEST:
        sentence = f"{sentence[: LONGEST - 500]} […] {sentence[-490:]}"
    return visible(sentence)


def _again(
    kind: type[MontagesError], state: dict[str, Any], args: tuple[Any, ...]
) -> MontagesError:
    """Return an error as it was: errors travel between processes."""
    error = kind.__new__(kind, *args)
    error.__dict__.update(state)
    return error


class UnreadableInput(MontagesError, status=400, title=message("Unreadable input")):
    """The input is missing, empty, binary or not the syntax it claims to be."""


def no_file(path: Path, text: Text = NO_TEXT) -> UnreadableInput:
    """Return the error of a path that is no file; the text says what to do."""
    if path.exists():
        return UnreadableInput(
            message(
                "{path} is no ordinary file (a pipe, a device or a folder): name a file.", path=path
            )
        )
    return UnreadableInput(message("No such file: {path}.{text}", path=path, text=text))


class TooLarge(MontagesError, status=413, title=message("Input too large")):
    """The input is over a limit of `settings`."""


class UnusableInput(MontagesError, status=422, title=message("Unusable input")):
    """The input is well written but says nothing that can be assessed."""


class Refused(
    MontagesError,
    status=422,
    title=message("Description does not conform"),
    slug="does-not-conform",
    exit_code=1,
):
    """The description has findings at or above the level that blocks; `findings` lists them.

    `final`: it cannot be read as it is, so that nothing passes over them.
    """

    def __init__(self, text: Text, findings: Sequence[Reportable], final: bool = False) -> None:
        super().__init__(text)
        self.findings = tuple(findings)
        self.final = final

    def problem(self, lang: str) -> dict[str, Any]:
        """Return the RFC 9457 body, with the findings in the reader's language."""
        return super().problem(lang) | {"findings": [f.to_json(lang) for f in self.findings]}


class TookTooLong(MontagesError, status=422, title=message("Took too long")):
    """What was asked took longer than it may: it was stopped, and would be stopped again."""


class UnknownName(MontagesError, status=404, title=message("Unknown name")):
    """A contract, project, query or date that does not exist; the message gives the nearest."""


class NotInstalled(MontagesError, status=501, title=message("Not installed here")):
    """What is asked for needs a library that is not installed here; `install` names it."""


def install_command(extra: str) -> str:
    """Return what installs the libraries of an extra here: this package itself is on no index.

    In a checkout that `make` set up it is the pip of its own .venv.
    """
    from importlib.metadata import requires

    pip = ".venv/bin/pip" if Path(sys.prefix).name == ".venv" else "pip"
    needed = (line.partition(";") for line in requires("montages") or ())
    return f"{pip} install " + " ".join(
        f"'{library}'" for library, _, condition in needed if f"'{extra}'" in condition
    )


class BrokenKnowledge(MontagesError, title=message("Broken knowledge base")):
    """The ontology, shapes, data or queries themselves are at fault."""


class UnsupportedAxiom(BrokenKnowledge, title=message("Unsupported axiom")):
    """An axiom of a kind that the plain closure cannot honour; `extra["kind"]` names the kind."""


class Unsupported(Exception):
    """What a fast path does not handle: the reference path does."""


class UnreadableFiles(MontagesError):
    """Some of several files could not be read; the reason of each has been shown already."""

    def __init__(self, errors: Sequence[MontagesError]) -> None:
        super().__init__(NO_TEXT)
        self.exit_code = max(error.exit_code for error in errors)


class UnknownThing(MontagesError, status=404, title=message("Unknown thing")):
    """No thing of the base has this address."""


class NotAcceptable(MontagesError, status=406, title=message("No acceptable format")):
    """No representation that exists is one that the request accepts; `available` lists those that do."""


class UnknownProfile(MontagesError, status=406, title=message("Unknown profile")):
    """The profile asked for by name is none of those that exist."""


class AnotherVersion(MontagesError, status=412, title=message("Another version")):
    """What is asked for is no longer the version that the condition names."""


class NoSuchPart(MontagesError, status=416, title=message("No such part")):
    """The part that is asked for begins after the end of the file."""

    def __init__(self, header: str, length: int) -> None:
        super().__init__(
            message(
                "The file has {length} bytes: the part asked for ({header}) is after its end. "
                "If you have all of it, there is nothing to resume.",
                length=length,
                header=header[:80],
            ),
            length=length,
        )
        self.headers = (("Content-Range", f"bytes */{length}"), ("Accept-Ranges", "bytes"))


class UnsupportedSyntax(MontagesError, status=415, title=message("Unsupported syntax")):
    """The body is in a syntax that no parser here reads."""


class TooManyRequests(MontagesError, status=429, title=message("Too many requests")):
    """The client asks more often than the service allows."""


class Busy(MontagesError, status=503, title=message("Service busy")):
    """Others are served first, for longer than one waits."""


class TokenRequired(MontagesError, status=401, title=message("Token required")):
    """Figures are shown to who has the token of the setting."""


class WorkerLost(MontagesError, title=message("Worker lost")):
    """A worker process died, or the cluster went away; the output can be gone on with."""


class Overlong(MontagesError, status=413, title=message("Answer too long"), slug="answer-too-long"):
    """The answer is longer than an assistant may be given."""


class CallBroken(MontagesError, title=message("Unexpected error"), slug="broken-call"):
    """What was to answer a call has failed in a way that nobody foresaw."""


class QuerySyntax(MontagesError, status=400, title=message("Malformed SPARQL query")):
    """The text is no SPARQL query; `line` and `column` say where it stops being one."""


class QueryMissing(MontagesError, status=400, title=message("SPARQL query expected")):
    """The request does not carry one query, and only one."""


class QueryTooLong(MontagesError, status=413, title=message("SPARQL query text too long")):
    """The text of the query is longer than a query may be; `setting` names the limit."""


class QueryTooDeep(MontagesError, status=400, title=message("SPARQL query nested too deep")):
    """The query has more brackets or groups inside one another than the engine can follow."""


class UnknownFunction(MontagesError, status=400, title=message("Unknown SPARQL function")):
    """The query calls a function that the engine does not have; `function` names it."""


class QueryRefused(MontagesError, status=403, title=message("SPARQL query refused")):
    """The query would change something, or call another service."""


class UnknownGraph(MontagesError, status=400, title=message("Unknown graph")):
    """The dataset asked for has a graph that is not here."""


class QueryTimeout(MontagesError, status=503, title=message("SPARQL query too slow")):
    """The query was stopped at its deadline."""


class QueryBusy(MontagesError, status=503, title=message("Too many queries running")):
    """Too many queries are running: come back later."""


class ClientLeft(MontagesError, status=499, title=message("Client left")):
    """Who asked left before the answer came: the query was stopped."""


class QueryInterrupted(MontagesError, status=503, title=message("Query interrupted")):
    """The process that answered the query was stopped from outside: the query may be sent again."""


class EngineFault(MontagesError, title=message("SPARQL engine fault")):
    """The engine broke down on the query; its process is replaced, and others are not disturbed."""


class EngineUnreachable(MontagesError, status=503, title=message("SPARQL engine out of reach")):
    """The SPARQL engine that holds the data does not answer: come back later."""


class QueryTooLarge(MontagesError, status=507, title=message("SPARQL query too large")):
    """The query, or its answer, takes more memory or more rows than one may."""


class QueryFailed(MontagesError, title=message("SPARQL query failed")):
    """The engine could not answer a query that is well written."""


class QueryTruncated(
    MontagesError, status=502, title=message("Incomplete answer of the SPARQL engine")
):
    """The SPARQL engine that holds the data gave a part of the answer only: none of it is passed on."""
