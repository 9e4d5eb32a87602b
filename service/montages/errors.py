"""What can go wrong, each with its HTTP status, its exit code and a message in both languages."""

from __future__ import annotations

import sys
from collections.abc import Sequence
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

    def to_json(self, lang: str) -> dict[str, Any]:
        """Return the finding as JSON in one language."""
        ...


_ERROR = message("Error")


class MontagesError(Exception):
    """Root of the errors a user can cause or meet: says what, where, and what to do next.

    `text` is the message; `extra` goes into the problem+json body as it is, `headers` with it.
    """

    status = 500
    headers: tuple[tuple[str, str], ...] = ()
    exit_code = 2
    slug = "error"
    title = _ERROR

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


class UnreadableInput(MontagesError):
    """The input is missing, empty, binary or not the syntax it claims to be."""

    status = 400
    slug = "unreadable-input"
    title = message("Unreadable input")


def no_file(path: Path, text: Text = NO_TEXT) -> UnreadableInput:
    """Return the error of a path that is no file; the text says what to do."""
    if path.exists():
        return UnreadableInput(
            message(
                "{path} is no ordinary file (a pipe, a device or a folder): name a file.", path=path
            )
        )
    return UnreadableInput(message("No such file: {path}.{text}", path=path, text=text))


class TooLarge(MontagesError):
    """The input is over a limit of `settings`."""

    status = 413
    slug = "too-large"
    title = message("Input too large")


class UnusableInput(MontagesError):
    """The input is well written but says nothing that can be assessed."""

    status = 422
    slug = "unusable-input"
    title = message("Unusable input")


class Refused(MontagesError):
    """The description has findings at or above the level that blocks; `findings` lists them.

    `final`: it cannot be read as it is, so that nothing passes over them.
    """

    status = 422
    exit_code = 1
    slug = "does-not-conform"
    title = message("Description does not conform")

    def __init__(self, text: Text, findings: Sequence[Reportable], final: bool = False) -> None:
        super().__init__(text)
        self.findings = tuple(findings)
        self.final = final

    def problem(self, lang: str) -> dict[str, Any]:
        """Return the RFC 9457 body, with the findings in the reader's language."""
        return super().problem(lang) | {"findings": [f.to_json(lang) for f in self.findings]}


class TookTooLong(MontagesError):
    """What was asked took longer than it may: it was stopped, and would be stopped again."""

    status = 422
    slug = "took-too-long"
    title = message("Took too long")


class UnknownName(MontagesError):
    """A contract, project, query or date that does not exist; the message gives the nearest."""

    status = 404
    slug = "unknown-name"
    title = message("Unknown name")


class NotInstalled(MontagesError):
    """What is asked for needs a library that is not installed here; `install` names it."""

    status = 501
    slug = "not-installed"
    title = message("Not installed here")


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
    title = message("Broken knowledge base")


class UnsupportedAxiom(BrokenKnowledge):
    """An axiom of a kind the compiled reasoner cannot honour; `extra["kind"]` names the kind."""

    slug = "unsupported-axiom"
    title = message("Unsupported axiom")


class Unsupported(Exception):
    """What a fast path does not handle: the reference path does."""


class UnreadableFiles(MontagesError):
    """Some of several files could not be read; the reason of each has been shown already."""

    def __init__(self, errors: Sequence[MontagesError]) -> None:
        super().__init__(NO_TEXT)
        self.exit_code = max(error.exit_code for error in errors)
