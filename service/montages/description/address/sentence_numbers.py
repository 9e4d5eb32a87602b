"""The numbers of a sentence by the criterion that each answers, and those that are in doubt."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from decimal import Decimal
from itertools import count
from typing import Any

from montages.description.address.sentence_scan import SentenceScan
from montages.description.address.sentence_tokens import DURATION, WHOLE, YEARLY


def sentence_numbers(scan: SentenceScan) -> tuple[dict[str, Any], tuple[str, ...]]:
    """Return the numbers of a sentence by criterion, and those not taken.

    Two that answer one question otherwise are both left; an amount a year over a duration gives the whole,
    and one of a contract in force the share that the other is of it. What is paid once and what is paid each
    year are both left too: nothing tells whether one holds the other.
    """
    read: dict[str, dict[str, Decimal | None]] = {}
    bases: dict[str, dict[str, Decimal | None]] = {}
    meant, based = _amounts_of(scan, "number_answers"), _amounts_of(scan, "base_of_share")
    repeated = list(_times(scan))
    left = scan.left | {other for _, _, other in repeated if other is not None}
    for at, token in enumerate(scan.tokens):
        if token.number is None or not token.number.criterion or at in left:
            continue
        of = bases if at in based else read
        criterion = based.get(at) or meant.get(at) or token.number.criterion
        of.setdefault(criterion, {})[scan.text(at)] = token.number.value
    sure, doubtful = _sure(read)
    sure_bases, doubtful_bases = _sure(bases)
    for criterion, times, other in repeated:
        number = scan.tokens[other].number if other is not None else None
        if criterion in sure:
            sure[criterion] += times * ((number and number.value) or sure[criterion])
    if YEARLY in sure:
        of_all_years = sure[YEARLY] * sure.get(DURATION, Decimal(0)) / 12
        if of_all_years:
            sure.setdefault(WHOLE, of_all_years)
        if sure.get(WHOLE, of_all_years) != of_all_years:
            # A first amount, and one each year: neither is the whole.
            doubtful += (*read[WHOLE], *read.pop(YEARLY))
            del sure[WHOLE], sure[YEARLY]
    for criterion, base in sure_bases.items():
        if WHOLE in sure:
            sure[criterion] = _share(sure[WHOLE], base)
        else:
            doubtful_bases += tuple(bases[criterion])
    numbers = {name: int(n) if n == int(n) else float(n) for name, n in sure.items()}
    return numbers, (*doubtful, *doubtful_bases)


def _sure(
    read: Mapping[str, Mapping[str, Decimal | None]],
) -> tuple[dict[str, Decimal], tuple[str, ...]]:
    """Return the one number that each criterion has, and the texts of those that have none or several."""
    alike = {name: set(of.values()) for name, of in read.items()}
    sure = {name: n for name, numbers in alike.items() for n in numbers if n and len(numbers) == 1}
    return sure, tuple(text for name, of in read.items() if name not in sure for text in of)


def _amounts_of(scan: SentenceScan, role: str) -> dict[int, str]:
    """Return the amounts that stand within or after words which give them a role, by place: its criterion."""
    amounts: dict[int, str] = {}
    for one in scan.names:
        for criterion in filter(None, (getattr(answer, role) for answer in one.answers)):
            places = scan.amounts_of(one)
            if role == "number_answers" and (not places or scan.follows_amount(one)):
                places = scan.amount_before(one)
            amounts |= dict.fromkeys(places, criterion)
    return amounts


def _times(scan: SentenceScan) -> Iterator[tuple[str, Decimal, int | None]]:
    """Yield how many more times a criterion's number counts, and where another that counts so stands.

    `1 an reconductible 3 fois`, `3 ans reconductible 1 fois 2 ans`.
    """
    for one in scan.names:
        for criterion in filter(None, (answer.repeats for answer in one.answers)):
            times, other = Decimal(0), None
            for at in range(one.at, one.end):
                number = scan.tokens[at].number
                if number and not number.criterion:
                    times += number.value or 0
                elif number and number.criterion == criterion and times:
                    other = at
            yield criterion, times, other


def _share(part: Decimal, whole: Decimal) -> Decimal:
    """Return a part in per cent, to one decimal or to as many as keep it on its side of a whole number."""
    exact = part * 100 / whole
    for decimals in count(1):
        share = round(exact, decimals)
        if share == exact or share != int(share):
            return share
    return exact
