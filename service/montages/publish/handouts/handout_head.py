"""What both papers say of themselves: the project, the law and the rules, where the project is reopened."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from montages.hidden_signs import visible
from montages.publish.handouts.handout_source import HandoutSource

# What a line under the name of the project tells of it, by the parameter of its address.
_IN_SHORT = ("holder", "usages", "estimated-value", "duration-months")


# A name, or an answer, that is longer than this is cut on paper.
_LONGEST = 140


@dataclass(frozen=True)
class HandoutHead:
    """The project of a paper in a few words, the day of the law, the rules; `address` may be empty.

    `file` is how a paper is called as a file, without its ending.
    """

    lang: str
    project: str
    in_short: tuple[str, ...]
    as_of: date
    rules: str
    address: str
    file: str
    scope: str
    disclaimer: str
    contest: str


def handout_head(source: HandoutSource, file: str) -> HandoutHead:
    """Return the head of a paper; `file` is its name as a file."""
    it, lang = source.assessment, source.lang
    told = {line.parameter: line.answer[lang] for line in reversed(source.answers)}
    return HandoutHead(
        lang=lang,
        project=shortened(it.label[lang]),
        in_short=tuple(shortened(told[name]) for name in _IN_SHORT if name in told),
        as_of=it.as_of,
        rules=it.rulebook_version,
        address=source.link,
        file=file,
        scope=it.scope[lang],
        disclaimer=it.disclaimer[lang],
        contest=it.contest,
    )


def shortened(text: str) -> str:
    """Return a text that somebody wrote as long as paper has room for."""
    text = " ".join(visible(text).split())
    return text if len(text) <= _LONGEST else f"{text[: _LONGEST - 1]}…"
