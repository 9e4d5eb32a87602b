"""A project as a short address, in capitals and digits: what a telephone reads from a small code on paper.

`1.H1.U3.A900K.O1.D4K2`: the code book, then an answer between each two points, by the code of its criterion
and that of its value; the day of the link last. Names, and what was not understood, are left to the long one.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from functools import cache

from montages.bilingual import message
from montages.description.address.project_address import (
    DATES,
    LIST,
    MODE,
    NODE,
    RULES,
    TEXTS,
    UNKNOWN,
    WANTED_BY,
    ProjectAddress,
)
from montages.description.address.write_address import Pair, address_pairs
from montages.errors import UnreadableInput
from montages.knowledge.description_keys import answer_keys, criterion_keys
from montages.knowledge.files import library
from montages.knowledge.files.disk_cache import disk_cache
from montages.knowledge.rulebook import rulebook
from montages.names import ID, MTG

BOOK = "1"
_BETWEEN = "."
# No link is longer, nor read further.
_LONGEST = 600
# Behind a criterion: that nobody knows, and that its list is complete.
_NOBODY_KNOWS, _COMPLETE = "Q", "Z"
_DAY, _LAW_OF, _WANTED, _FLAG = "D", "E", "W", "Z"
# Names, words that decide nothing and the version of the rules: the long link has them.
_LEFT_OUT = (
    *(text for text in TEXTS if text not in (WANTED_BY, "unsure")),
    RULES,
    "holder.name",
    "holder.siren",
)
_FLAGS = {"1": ("complete", "usages"), "2": ("complete", "layers"), "3": ("presumptions", "no")}
_FIRST_DAY = date(2020, 1, 1)
_DIGITS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"
_THOUSANDS = {"K": 1_000, "M": 1_000_000}
_NUMBER = re.compile(r"(\d+)(?:X(\d+))?([KM]?)")
_WANTED_CODE = re.compile(rf"{_WANTED}(\d{{4}})(\d\d)(\d\d)?")
_CODE = re.compile(r"([A-Z]{1,2}?)(\d[0-9A-Z]*|[QZ])")
# A layer, and how it is run: one sign each.
_NO_MODE = "0"


# The parts of a description that are no criteria's answers, each with the folder of its values.
PARTS = {"holder": "actor-kind", "usages": "usage", "layers": "layer"}


@dataclass(frozen=True)
class CodeBook:
    """The code of each parameter by its criterion or part, and of each value by its list and slug."""

    parameters: Mapping[str, str]
    values: Mapping[str, Mapping[str, str]]


@disk_cache
def code_book() -> CodeBook:
    """Return the codes that the data give."""
    parameters, values = dict[str, str](), dict[str, dict[str, str]]()
    for thing, code in library.data().subject_objects(MTG.shortCode):
        folder, name = str(thing).removeprefix(str(ID)).split("/")
        if folder == "criterion":
            parameters[name] = str(code)
        else:
            values.setdefault(folder, {})[name] = str(code)
    parts = {"usages": "U", "layers": "L"}
    return CodeBook(
        dict(sorted((parameters | parts).items())),
        {folder: dict(sorted(of.items())) for folder, of in sorted(values.items())},
    )


@cache
def folder_of(name: str) -> str | None:
    """Return the folder of the values of a criterion or part, None for a number."""
    if name in PARTS:
        return PARTS[name]
    criterion = rulebook().criteria[name]
    if criterion.numeric_property or not criterion.values:
        return None
    return str(criterion.values[0].iri).removeprefix(str(ID)).partition("/")[0]


def short_address(address: ProjectAddress) -> str | None:
    """Return the short form of a project, None where it says what no code says: of an area, of one layer."""
    codes: list[str] = []
    for name, value in address_pairs(address):
        if name in _LEFT_OUT:
            continue
        written = list(_written(name, value))
        if not written or None in written:
            return None
        codes += filter(None, written)
    return _BETWEEN.join([BOOK, *codes])


def short_pairs(text: str) -> list[Pair]:
    """Return the parameters of a link to the project of a short address, in capitals or small letters.

    Raises UnreadableInput for one of another code book, or with a code that the book has not.
    """
    book, _, rest = text[:_LONGEST].upper().partition(_BETWEEN)
    if book != BOOK or len(text) > _LONGEST:
        raise UnreadableInput(
            message("This short address is none of ours: ours begin with {book}.", book=f"{BOOK}.")
        )
    return [pair for code in filter(None, rest.split(_BETWEEN)) for pair in _read(code)]


def _written(name: str, value: str) -> Iterator[str | None]:
    """Yield the codes of a parameter, None for what has none."""
    if name in DATES:
        yield (_DAY if name == "day" else _LAW_OF) + _day_code(date.fromisoformat(value))
        return
    if name == WANTED_BY:
        yield _WANTED + value.replace("-", "")
        return
    if (name, value) in _FLAGS.values():
        yield _FLAG + next(n for n, flag in _FLAGS.items() if flag == (name, value))
        return
    if name == "complete":
        for word in value.split(LIST):
            yield from _written_complete(word)
        return
    criterion = answer_keys().get(name, name)
    if NODE in name or criterion not in code_book().parameters:
        yield None
        return
    head, folder = code_book().parameters[criterion], folder_of(criterion)
    for word in [value] if folder is None else value.split(LIST):
        if word == UNKNOWN:
            yield head + _NOBODY_KNOWS
        elif folder is None:
            yield head + _number_code(value)
        else:
            codes = [code_book().values[folder].get(word.partition(MODE)[0])]
            if criterion == "layers":
                mode = word.partition(MODE)[2]
                codes.append(
                    code_book().values["management-mode"].get(mode, None if mode else _NO_MODE)
                )
            yield None if None in codes else head + "".join(filter(None, codes))


def _written_complete(word: str) -> Iterator[str | None]:
    if ("complete", word) in _FLAGS.values():
        yield _FLAG + next(n for n, flag in _FLAGS.items() if flag == ("complete", word))
    else:
        head = code_book().parameters.get(answer_keys().get(word, word))
        yield head and head + _COMPLETE


def _read(code: str) -> Iterator[Pair]:
    """Yield what one code says; raises UnreadableInput for one that the book has not."""
    if code[0] in (_DAY, _LAW_OF) and len(code) > 1:
        yield ("day" if code[0] == _DAY else "as_of"), _day_of(code).isoformat()
        return
    if wanted := _WANTED_CODE.fullmatch(code):
        yield WANTED_BY, "-".join(filter(None, wanted.groups()))
        return
    if code[0] == _FLAG and code[1:] in _FLAGS:
        yield _FLAGS[code[1:]]
        return
    match = _CODE.fullmatch(code)
    name = _parameters().get(match[1]) if match else None
    if match is None or name is None:
        raise _unknown(code)
    key = name if name in PARTS else criterion_keys()[name]
    value, folder = match[2], folder_of(name)
    if value == _NOBODY_KNOWS:
        yield key, UNKNOWN
    elif value == _COMPLETE:
        yield "complete", key
    elif folder is None:
        yield key, _number_of(code, value)
    elif name == "layers":
        mode = _values("management-mode").get(value[1:])
        if value[:1] not in _values(folder) or (mode is None and value[1:] != _NO_MODE):
            raise _unknown(code)
        yield key, _values(folder)[value[0]] + (f"{MODE}{mode}" if mode else "")
    elif value in _values(folder):
        yield key, _values(folder)[value]
    else:
        raise _unknown(code)


@cache
def _parameters() -> dict[str, str]:
    return {code: name for name, code in code_book().parameters.items()}


@cache
def _values(folder: str) -> dict[str, str]:
    return {code: value for value, code in code_book().values[folder].items()}


def _unknown(code: str) -> UnreadableInput:
    return UnreadableInput(
        message("The short address holds {code}, which is no code of ours.", code=code)
    )


def _number_code(text: str) -> str:
    number = Decimal(text)
    for sign, worth in reversed(_THOUSANDS.items()):
        if number and number % worth == 0:
            return f"{int(number) // worth}{sign}"
    return f"{number.normalize():f}".replace(".", "X")


def _number_of(code: str, text: str) -> str:
    match = _NUMBER.fullmatch(text)
    if match is None:
        raise _unknown(code)
    number = Decimal(f"{match[1]}.{match[2] or 0}") * _THOUSANDS.get(match[3], 1)
    return f"{number.normalize():f}"


def _day_code(day: date) -> str:
    number, signs = (day - _FIRST_DAY).days, ""
    while number > 0:
        number, digit = divmod(number, len(_DIGITS))
        signs = _DIGITS[digit] + signs
    return signs or "0"


def _day_of(code: str) -> date:
    try:
        return _FIRST_DAY + timedelta(days=int(code[1:], len(_DIGITS)))
    except (ValueError, OverflowError) as error:
        raise _unknown(code) from error
