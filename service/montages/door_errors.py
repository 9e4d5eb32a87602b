"""What goes wrong at a door: a request or its answer over HTTP, a call of an assistant, a batch."""

from __future__ import annotations

from werkzeug.datastructures import ETags

from montages.bilingual import message
from montages.errors import MontagesError


class UnknownThing(MontagesError):
    """No thing of the base has this address."""

    status = 404
    slug = "unknown-thing"
    title = message("Unknown thing")


class NotAcceptable(MontagesError):
    """No representation that exists is one that the request accepts; `available` lists those that do."""

    status = 406
    slug = "not-acceptable"
    title = message("No acceptable format")


class UnknownProfile(MontagesError):
    """The profile asked for by name is none of those that exist."""

    status = 406
    slug = "unknown-profile"
    title = message("Unknown profile")


class AnotherVersion(MontagesError):
    """What is asked for is no longer the version that the condition names."""

    status = 412
    slug = "another-version"
    title = message("Another version")


def check_version(wanted: ETags, *tags: str) -> None:
    """Raise AnotherVersion where If-Match names none of the tags of what is asked for."""
    if not wanted.star_tag and not any(wanted.is_strong(tag.strip('"')) for tag in tags):
        raise AnotherVersion(
            message(
                "It is no longer the version that If-Match names: ask for it without that "
                "condition."
            )
        )


class NoSuchPart(MontagesError):
    """The part that is asked for begins after the end of the file."""

    status = 416
    slug = "no-such-part"
    title = message("No such part")

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


class UnsupportedSyntax(MontagesError):
    """The body is in a syntax that no parser here reads."""

    status = 415
    slug = "unsupported-syntax"
    title = message("Unsupported syntax")


class TooManyRequests(MontagesError):
    """The client asks more often than the service allows."""

    status = 429
    slug = "too-many-requests"
    title = message("Too many requests")


class Busy(MontagesError):
    """Others are served first, for longer than one waits."""

    status = 503
    slug = "busy"
    title = message("Service busy")


class TokenRequired(MontagesError):
    """Figures are shown to who has the token of the setting."""

    status = 401
    slug = "token-required"
    title = message("Token required")


class AddressRefused(MontagesError):
    """The service does not fetch from this address."""

    status = 403
    slug = "address-refused"
    title = message("Address refused")


class NotFetched(MontagesError):
    """The document could not be fetched from its address."""

    status = 502
    slug = "not-fetched"
    title = message("Document not fetched")


class WorkerLost(MontagesError):
    """A worker process died, or the cluster went away; the output can be gone on with."""

    slug = "worker-lost"
    title = message("Worker lost")


class Overlong(MontagesError):
    """The answer is longer than an assistant may be given."""

    status = 413
    slug = "answer-too-long"
    title = message("Answer too long")


class CallBroken(MontagesError):
    """What was to answer a call has failed in a way that nobody foresaw."""

    slug = "broken-call"
    title = message("Unexpected error")
