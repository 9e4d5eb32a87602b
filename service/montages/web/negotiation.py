"""What representation a request asks for: by Accept, by extension, by parameter, by profile (L2)."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from montages.errors import MontagesError
from montages.publish.formats import Format

# A list is cut at the commas that are outside quotes; a range, at its semicolons.
_PARTS = r'(?:[^{0}"]|"(?:[^"\\]|\\.)*"|")+'
_ELEMENTS = re.compile(_PARTS.format(","))
_FIELDS = re.compile(_PARTS.format(";"))
_NAME = r"[!#$%&'*+.^_`|~0-9A-Za-z-]+"
_RANGE = re.compile(rf"({_NAME})/({_NAME})")
_QUALITY = re.compile(r"(?:0(?:\.[0-9]{0,3})?|1(?:\.0{0,3})?)", re.ASCII)
# Parameters under which what we send is still what was asked for.
_TOLERATED = {"charset", "profile"}
_LONGEST = 4096  # characters of a header that are read


class NotAcceptable(MontagesError):
    """No representation that exists is one that the request accepts; `available` lists those that do."""

    status = 406
    slug = "not-acceptable"
    title = {"fr": "Aucun format accepté", "en": "No acceptable format"}


@dataclass(frozen=True)
class Range:
    """One element of Accept: a media type, or `type/*`, or `*/*`, with its quality from 0 to 1."""

    main: str
    sub: str
    quality: float
    position: int
    parameters: Mapping[str, str] = field(default_factory=dict)

    def fit(self, media_type: str) -> int:
        """Return how closely the range names a media type, 0 where it does not."""
        main, _, sub = media_type.partition("/")
        if self.main == "*":
            return 1
        if self.main != main:
            return 0
        if self.sub == "*":
            return 2
        if self.sub != sub:
            return 0
        return 4 if _TOLERATED.issuperset(self.parameters) else 3


def ranges(header: str) -> list[Range]:
    """Return the elements of an Accept header; what is malformed in it is passed over."""
    found = []
    for position, element in enumerate(_ELEMENTS.findall(header[:_LONGEST])):
        first, rest = _cut(element)
        match = _RANGE.fullmatch(first)
        quality, parameters = _fields(rest)
        if match is None or quality is None or (match[1] == "*" and match[2] != "*"):
            continue
        main, sub = match[1].lower(), match[2].lower()
        found.append(Range(main, sub, quality, position, parameters))
    return found


def _cut(element: str) -> tuple[str, list[str]]:
    """Return the value of an element and its parameters."""
    first, *rest = [part.strip() for part in _FIELDS.findall(element)] or [""]
    return first, rest


def _fields(parts: Iterable[str]) -> tuple[float | None, dict[str, str]]:
    """Return the quality, None where it is malformed, and the parameters of the media type before it."""
    parameters: dict[str, str] = {}
    for part in parts:
        name, _, value = part.partition("=")
        name, value = name.strip().lower(), value.strip()
        if name == "q":
            return (float(value) if _QUALITY.fullmatch(value) else None), parameters
        if name:
            parameters[name] = value.strip('"')
    return 1.0, parameters


def best(header: str | None, offered: Sequence[Format]) -> Format | None:
    """Return the format that an Accept header prefers among those offered, None where it takes none.

    The most specific range that names a format gives its quality. Between equals, the format that was
    named most closely wins, then the first named, then the first offered: a browser gets HTML, and
    `*/*` what we prefer. A header with nothing readable in it asks for nothing in particular.
    """
    asked = ranges(header or "")
    if not asked:
        return offered[0]
    ranked = []
    for place, form in enumerate(offered):
        closest = max(asked, key=lambda r, of=form: (r.fit(of.media_type), r.quality))  # type: ignore[misc]
        fit = closest.fit(form.media_type)
        if fit and closest.quality > 0:
            order = (-closest.quality, -min(fit, 3), closest.position, place)
            ranked.append((order, form))
    return min(ranked, key=lambda pair: pair[0])[1] if ranked else None


def by_parameter(
    extension: str | None, media_type: str | None, offered: Sequence[Format]
) -> Format | None:
    """Return the format that `_format` or `_mediatype` names among those offered, None where none does.

    `_format` takes an extension, a usual name (`turtle`) or a media type.
    """
    if extension:
        name = extension.strip().lower()
        for form in offered:
            if name in (form.extension, form.media_type, *form.aliases):
                return form
        return None
    # A plus sign in an address reads as a space unless it is escaped.
    return best((media_type or "").strip().replace(" ", "+"), offered) if media_type else None


def profiles(header: str) -> list[str]:
    """Return the profiles of an Accept-Profile header, the most wanted first, those at q=0 left out."""
    found = []
    for position, element in enumerate(_ELEMENTS.findall(header[:_LONGEST])):
        first, rest = _cut(element)
        quality, _ = _fields(rest)
        if quality and first:
            found.append((-quality, position, first.strip("<>")))
    return [profile for _, _, profile in sorted(found)]


def not_acceptable(available: Sequence[tuple[Format, str]]) -> NotAcceptable:
    """Return the error that lists what exists: each media type and its address."""
    names = ", ".join(dict.fromkeys(form.media_type for form, _ in available))
    return NotAcceptable(
        f"Aucun des formats demandés n'existe ici. Formats disponibles : {names}. "
        "Demandez-en un par l'en-tête Accept, par l'extension de l'adresse ou par ?_format=.",
        f"None of the formats asked for exists here. Formats available: {names}. "
        "Ask for one with the Accept header, the extension of the address, or ?_format=.",
        available=[{"mediaType": form.media_type, "url": url} for form, url in available],
    )
