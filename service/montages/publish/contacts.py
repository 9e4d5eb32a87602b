"""Whom one writes to, as the settings say: about the data, and to contest what is said (L5)."""

from __future__ import annotations

import re
from dataclasses import dataclass
from urllib.parse import quote, urlsplit

from montages import settings
from montages.bilingual import message
from montages.errors import UnusableInput

_ADDRESS = re.compile(r"[^\s<>\"@:?&]+@[^\s<>\"@:?&]+\.[^\s<>\"@:?&.]+")
# A mailbox that tickets are written to, without parameters of its own.
_MAILBOX = re.compile(r"mailto:[^\s?@]+@[^\s?@]+\.[^\s?@]+")
_TITLE, _BODY = "{title}", "{body}"


@dataclass(frozen=True)
class ContactPoint:
    """A page to write on, and an e-mail address; none where it is empty."""

    url: str
    email: str = ""


def contact_point() -> ContactPoint:
    """Return the contact that the settings give; raises UnusableInput for what is no e-mail address."""
    email = settings.get("contact_email").strip().removeprefix("mailto:")
    if email and not _ADDRESS.fullmatch(email):
        raise UnusableInput(
            message(
                "MONTAGES_CONTACT_EMAIL: “{email}” is no e-mail address (name@domain.org). "
                "Mend it, or leave it empty: the page MONTAGES_CONTACT_URL will do.",
                email=email,
            )
        )
    return ContactPoint(settings.get("contact_url"), email)


def contest_address() -> str:
    """Return where one contests as the setting `contest_to` says: the form of an issue tracker, or a mailbox.

    It is empty where there is none; raises UnusableInput for what is none.
    """
    value = settings.get("contest_to").strip()
    if not value or _MAILBOX.fullmatch(value) or _is_web_address(value):
        return value
    raise UnusableInput(
        message(
            "MONTAGES_CONTEST_TO={value}: it takes the https:// address of a form for issues "
            "(like https://forge.example/project/issues/new), or mailto:somebody@example.org, "
            "or nothing.",
            value=value[:80],
        )
    )


def contest_href(title: str, body: str) -> str:
    """Return that address with a title and a text filled in; empty where none is set.

    They stand where the setting has {title} and {body}, else as parameters: title and body, of a mailbox
    subject and body.
    """
    address = contest_address()
    if not address:
        return ""
    if _TITLE not in address and _BODY not in address:
        sign = "&" if "?" in address else "?"
        name = "subject" if address.startswith("mailto:") else "title"
        address = f"{address}{sign}{name}={_TITLE}&body={_BODY}"
    texts = {_TITLE: quote(title, safe=""), _BODY: quote(body, safe="")}
    return re.sub(r"\{title\}|\{body\}", lambda match: texts[match[0]], address)


def _is_web_address(value: str) -> bool:
    if re.search(r"\s", value):
        return False
    try:
        parts = urlsplit(value)
    except ValueError:
        return False
    return parts.scheme in ("https", "http") and bool(parts.hostname) and not parts.fragment
