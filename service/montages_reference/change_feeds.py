"""What changed, as a feed: Atom (RFC 4287), of all changes or of those of one set-up.

An entry tells its day, and in a title that is true when it is read whether that has come. It is dated from
that day, or from our latest release where the law has yet to come: the same bytes until the law changes.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from xml.sax.saxutils import escape, quoteattr

from montages.api import Knowledge
from montages.bilingual import Text, message
from montages.knowledge.did_you_mean import unknown_name
from montages.knowledge.rulebook import rulebook
from montages.mirror import link_target
from montages.names import BASE, ID
from montages.publish.text.typography import day
from montages.store.licence import PUBLISHER_NAME
from montages_reference.change_events import ChangeEvent, change_events, last_release

_SET = f"{BASE}reference/changes"
_TITLE = message("Montages: what changed in the law, the rules and the terms")
_ABOUT = message(
    "Each amount, requirement and duty of French public procurement that changed, from the day on "
    "which the law did, and our releases. A decision aid, not legal advice."
)
_OF = message("{title}: {contract}")
_HOLDS = message("Holds from {day}.")
_ENDS = message("No longer holds from {day}.")
_RELEASED = message("Published on {day}.")
_SOURCES = message("Sources: {sources}.")


def atom(knowledge: Knowledge, lang: str, contract: str = "") -> bytes:
    """Return the changes as an Atom feed, those that concern a set-up where one is named.

    Raises UnknownName for another name.
    """
    events, today = _events(contract), date.today()
    updated = [_dated(event, today) for event in events] or [_moment(last_release())]
    feed = _address(f"{_SET}.atom", contract)
    lines = [
        '<?xml version="1.0" encoding="UTF-8"?>',
        f'<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="{lang}">',
        f"  <id>{escape(_address(_SET, contract))}</id>",
        f"  <title>{escape(_title(contract)[lang])}</title>",
        f"  <subtitle>{escape(_ABOUT[lang])}</subtitle>",
        f"  <updated>{max(updated)}</updated>",
        f"  <author><name>{escape(PUBLISHER_NAME[lang])}</name></author>",
        f'  <link rel="self" type="application/atom+xml" href={quoteattr(link_target(feed))}/>',
        *(line for event in events for line in _entry(event, lang, today)),
        "</feed>",
        "",
    ]
    return "\n".join(lines).encode()


def _entry(event: ChangeEvent, lang: str, today: date) -> Iterator[str]:
    yield "  <entry>"
    yield f"    <id>{escape(f'{_SET}#{event.name}')}</id>"
    yield f"    <title>{escape(event.title(today)[lang])}</title>"
    yield f"    <updated>{_dated(event, today)}</updated>"
    yield f'    <link rel="alternate" href={quoteattr(link_target(event.about))}/>'
    for source in event.sources:
        if source.url:
            yield f'    <link rel="via" title={quoteattr(source.label[lang])} href={quoteattr(source.url)}/>'
    for slug in event.concerns:
        of = rulebook().arrangements[slug]
        scheme, name = quoteattr(f"{ID}{of.kind}/"), quoteattr(of.label[lang])
        yield f'    <category scheme={scheme} term="{slug}" label={name}/>'
    yield f"    <summary>{escape(' '.join(_summary(event, lang)))}</summary>"
    yield f'    <content type="text">{escape(_text(event, lang))}</content>'
    yield "  </entry>"


def _events(contract: str) -> list[ChangeEvent]:
    """Return the changes that concern a set-up, all without one."""
    known = rulebook().arrangements
    if contract and contract not in known:
        raise unknown_name(message("arrangement"), contract, known)
    return [event for event in change_events() if not contract or contract in event.concerns]


def _text(event: ChangeEvent, lang: str) -> str:
    """Return all that an entry tells, a sentence a line."""
    lines = _summary(event, lang)
    if event.sources:
        sources = ", ".join(source.label[lang] for source in event.sources)
        lines.append(_SOURCES.fill(sources=sources)[lang])
    return "\n".join(lines)


def _summary(event: ChangeEvent, lang: str) -> list[str]:
    """Return what an entry tells in short: its day, then what it is."""
    words = _RELEASED if event.kind == "release" else _ENDS if event.to_come else _HOLDS
    return [words.fill(day=day(event.day, lang))[lang], event.summary[lang]]


def _title(contract: str) -> Text:
    if not contract:
        return _TITLE
    return _OF.fill(title=_TITLE, contract=rulebook().arrangements[contract].label)


def _address(path: str, contract: str) -> str:
    return f"{path}?contract={contract}" if contract else path


def _dated(event: ChangeEvent, today: date) -> str:
    return _moment(event.day if event.day <= today else min(event.day, last_release()))


def _moment(on: object) -> str:
    return f"{on}T00:00:00Z"
