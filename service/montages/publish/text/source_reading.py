"""What was really read of a source, where and when, and who has reviewed a rule, in words.

The official text or a copy is called so.
"""

from __future__ import annotations

from urllib.parse import urlsplit

from montages.bilingual import Text, message
from montages.knowledge.law import Passage, ProvisionVersion, Requirement
from montages.knowledge.rule_review import reviews_of
from montages.publish.text.messages import phrase
from montages.publish.text.typography import day, semicolon

_EXTENTS = {
    "WholeRead": message("read whole"),
    "PartRead": message("read in part"),
    "SummaryRead": message("known by a summary"),
    "NotRead": message("not read"),
    "": Text("", ""),
}

_OPINION = message("reviewed by {organisation} on {day}: {opinion}")
_NOT_REVIEWED = message("not reviewed by an outside organisation")


def reading_text(passage: Passage, lang: str) -> str:
    """Return what was read: `lu en partie, dans une copie (doctrine.fr), le 25 novembre 2026`.

    Empty for what is no article or ruling: a cell of the sheet is our own reading of it.
    """
    parts = [_EXTENTS[passage.extent][lang]]
    if passage.extent in ("", "NotRead"):
        return parts[0]
    if passage.read_officially:
        parts.append(phrase("read-officially", lang))
    if passage.copies:
        sites = list(dict.fromkeys(site(address) for address in passage.copies))
        copies = phrase("in-copies" if len(sites) > 1 else "in-a-copy", lang)
        also = f"{phrase('and', lang)} " if passage.read_officially else ""
        parts.append(f"{also}{copies} ({', '.join(sites)})")
    if not passage.read_officially and not passage.copies:
        parts.append(phrase("no-address", lang))
    on = passage.read_on
    parts.append(
        f"{phrase('on-the', lang)}{day(on, lang)}" if on else phrase("day-not-noted", lang)
    )
    return ", ".join(part for part in parts if part)


def version_text(version: ProvisionVersion, lang: str) -> str:
    """Return which version of an article was read, with the days it is in force as far as recorded."""
    parts = [f"version {version.identifier}"] if version.identifier else ["version"]
    if version.first:
        parts.append(f"{phrase('since', lang)} {day(version.first, lang)}")
    if version.last:
        parts.append(f"{phrase('until', lang)} {day(version.last, lang)}")
    return " ".join(parts)


def read_lines(passage: Passage, lang: str) -> tuple[str, ...]:
    """Return what was read of a source and in which version, a line each; none for a cell of the sheet."""
    lines = (
        *(version_text(version, lang) for version in passage.versions),
        reading_text(passage, lang),
    )
    return tuple(line for line in lines if line)


def site(address: str) -> str:
    """Return the site of an address, as people say it: `doctrine.fr`."""
    return urlsplit(address).netloc.removeprefix("www.")


def reviewed_text(version: Requirement, lang: str) -> str:
    """Return who has reviewed a version of a rule, when, and what each said: `relue par X le D : juste`."""
    opinions = [
        _OPINION.fill(
            organisation=review.organisation,
            day=day(review.day, lang),
            opinion=review.opinion_words,
        )[lang]
        for review in reviews_of(version.version)
    ]
    return semicolon(lang).join(opinions) if opinions else _NOT_REVIEWED[lang]
