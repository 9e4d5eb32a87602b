"""What is said of a request that never reaches the application: a problem (RFC 9457)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from http import HTTPStatus

from montages import settings
from montages.bilingual import Text, message
from montages.publish.json_text import dump
from montages.web.requests.headers import RETRY_SECONDS


@dataclass(frozen=True)
class Refusal:
    """A status, and what to do."""

    status: int
    detail: Text

    def encoded(self, request_headers: Iterable[tuple[bytes, bytes]]) -> bytes:
        """Return the whole answer to who sent some headers; the connection ends with it."""
        reads_english = any(
            name.lower() == b"accept-language" and value.lower().startswith(b"en")
            for name, value in request_headers
        )
        lang, reason = "en" if reads_english else "fr", HTTPStatus(self.status).phrase
        problem = {
            "type": "about:blank",
            "title": reason,
            "status": self.status,
            "detail": self.detail[lang].replace("{limit}", settings.get("max_bytes")),
        }
        body = dump(problem).encode()
        head = (
            f"HTTP/1.1 {self.status} {reason}\r\nServer: montages\r\n"
            f"Content-Type: application/problem+json\r\n"
            f"Content-Language: {lang}\r\nContent-Length: {len(body)}\r\nConnection: close\r\n"
            "X-Content-Type-Options: nosniff\r\nCache-Control: no-store\r\n"
        )
        if self.status == HTTPStatus.SERVICE_UNAVAILABLE:
            head += f"Retry-After: {RETRY_SECONDS}\r\n"
        return f"{head}\r\n".encode() + body


SLOW = Refusal(408, message("The request did not come whole in time: send it again, in one go."))
HEAD_TOO_LARGE = Refusal(
    431, message("The headers of the request are over 64 KiB: send fewer, or shorter ones.")
)
BODY_TOO_LARGE = Refusal(
    413, message("At most {limit} bytes, in at most 20,000 chunks (setting MONTAGES_MAX_BYTES).")
)
CROWDED = Refusal(
    503, message("Too many requests are coming in at once: try again in a few seconds.")
)
NO_HOST = Refusal(
    400, message("The Host header is missing, which HTTP/1.1 requires (RFC 9112, 3.2).")
)
MALFORMED = Refusal(
    400,
    message(
        "This is no well-formed HTTP request (RFC 9112): request line, headers, length or "
        "chunks of the body."
    ),
)
TARGET_TOO_LONG = Refusal(
    414, message("The address asked for is too long: send the SPARQL query by POST.")
)
UNSUPPORTED_CODING = Refusal(
    501, message("Unsupported Transfer-Encoding: chunked is the only one.")
)
EXPECTATION = Refusal(417, message("Unsupported Expect: only 100-continue."))
