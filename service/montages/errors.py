"""What can go wrong, each with its HTTP status, its exit code and a message in both languages."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any, Protocol

from montages.hidden_signs import visible

# Characters of a message: more is not read.
LONGEST = 4000


class Reportable(Protocol):
    """What an error needs to know of a finding: how to say it."""

    def to_json(self, lang: str) -> dict[str, Any]:
        """Return the finding as JSON in one language."""
        ...


class MontagesError(Exception):
    """Root of the errors a user can cause or meet: says what, where, and what to do next.

    `fr` and `en` are the message; `extra` goes into the problem+json body as it is, `headers` with it.
    """

    status = 500
    headers: tuple[tuple[str, str], ...] = ()
    exit_code = 2
    slug = "error"
    title = {"fr": "Erreur", "en": "Error"}

    def __init__(self, fr: str, en: str, **extra: Any) -> None:
        fr, en = _readable(fr), _readable(en)
        super().__init__(en)
        self.text = {"fr": fr, "en": en}
        self.extra = extra

    def __reduce__(self) -> tuple[Any, ...]:
        return _again, (type(self), self.__dict__, str(self))

    def message(self, lang: str) -> str:
        """Return the message in `lang` ("fr" or "en")."""
        return self.text.get(lang, self.text["en"])

    def problem(self, lang: str) -> dict[str, Any]:
        """Return the RFC 9457 body: type, title, status, detail, and what the error adds."""
        return {
            "type": f"https://w3id.org/montages/problem/{self.slug}",
            "title": self.title.get(lang, self.title["en"]),
            "status": self.status,
            "detail": self.message(lang),
            **self.extra,
        }


def _readable(message: str) -> str:
    """Return a message as it may be shown: what it quotes may be long, and hold signs nobody sees."""
    if len(message) > LONGEST:
        message = f"{message[: LONGEST - 500]} […] {message[-490:]}"
    return visible(message)


def _again(kind: type[MontagesError], state: dict[str, Any], text: str) -> MontagesError:
    """Return an error as it was: errors travel between processes."""
    error = kind.__new__(kind, text)
    error.__dict__.update(state)
    return error


class UnreadableInput(MontagesError):
    """The input is missing, empty, binary or not the syntax it claims to be."""

    status = 400
    slug = "unreadable-input"
    title = {"fr": "Entrée illisible", "en": "Unreadable input"}


def no_file(path: Path, fr: str = "", en: str = "") -> UnreadableInput:
    """Return the error of a path that is no file; `fr` and `en` are what to do."""
    if path.exists():
        return UnreadableInput(
            f"{path} n'est pas un fichier ordinaire (tube, périphérique ou dossier) : nommez un fichier.",
            f"{path} is no ordinary file (a pipe, a device or a folder): name a file.",
        )
    return UnreadableInput(f"Fichier introuvable : {path}.{fr}", f"No such file: {path}.{en}")


class TooLarge(MontagesError):
    """The input is over a limit of `settings`."""

    status = 413
    slug = "too-large"
    title = {"fr": "Entrée trop volumineuse", "en": "Input too large"}


class UnusableInput(MontagesError):
    """The input is well written but says nothing that can be assessed."""

    status = 422
    slug = "unusable-input"
    title = {"fr": "Entrée inutilisable", "en": "Unusable input"}


class Refused(MontagesError):
    """The description has findings at or above the level that blocks; `findings` lists them.

    `final`: it cannot be read as it is, so that nothing passes over them.
    """

    status = 422
    exit_code = 1
    slug = "does-not-conform"
    title = {"fr": "Description non conforme", "en": "Description does not conform"}

    def __init__(
        self, fr: str, en: str, findings: Sequence[Reportable], final: bool = False
    ) -> None:
        super().__init__(fr, en)
        self.findings = tuple(findings)
        self.final = final

    def problem(self, lang: str) -> dict[str, Any]:
        """Return the RFC 9457 body, with the findings in the reader's language."""
        return super().problem(lang) | {"findings": [f.to_json(lang) for f in self.findings]}


class TookTooLong(MontagesError):
    """What was asked took longer than it may: it was stopped, and would be stopped again."""

    status = 422
    slug = "took-too-long"
    title = {"fr": "Traitement trop long", "en": "Took too long"}


class UnknownName(MontagesError):
    """A contract, project, query or date that does not exist; the message gives the nearest."""

    status = 404
    slug = "unknown-name"
    title = {"fr": "Nom inconnu", "en": "Unknown name"}


class NotInstalled(MontagesError):
    """What is asked for needs a library that is not installed here; `install` names it."""

    status = 501
    slug = "not-installed"
    title = {"fr": "Non installé ici", "en": "Not installed here"}


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


class BrokenKnowledge(MontagesError):
    """The ontology, shapes, data or queries themselves are at fault."""

    status = 500
    slug = "broken-knowledge"
    title = {"fr": "Base de connaissances fautive", "en": "Broken knowledge base"}


class UnsupportedAxiom(BrokenKnowledge):
    """An axiom of a kind the compiled reasoner cannot honour; `extra["kind"]` names the kind."""

    slug = "unsupported-axiom"
    title = {"fr": "Axiome non pris en charge", "en": "Unsupported axiom"}


class Unsupported(Exception):
    """What a fast path does not handle: the reference path does."""


class UnreadableFiles(MontagesError):
    """Some of several files could not be read; the reason of each has been shown already."""

    def __init__(self, errors: Sequence[MontagesError]) -> None:
        super().__init__("", "")
        self.exit_code = max(error.exit_code for error in errors)


class LiveServiceNeeded(MontagesError):
    """What is asked for is worked out by the service, which a static copy of it is not."""

    status = 501
    slug = "live-service-needed"
    title = {"fr": "Il y faut le service", "en": "The live service is needed"}


class NotCopied(MontagesError):
    """An address that should stand in a static copy of the service was not answered."""

    status = 500
    slug = "not-copied"
    title = {"fr": "Copie impossible", "en": "Copy failed"}
