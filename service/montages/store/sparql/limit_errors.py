"""The errors of a query that met a limit, each with what to do about it."""

from __future__ import annotations

import re
import signal
from dataclasses import dataclass

from montages.store.sparql.query_errors import (
    EngineFault,
    QueryInterrupted,
    QueryTimeout,
    QueryTooDeep,
    QueryTooLarge,
    QueryTooLong,
)


@dataclass(frozen=True)
class Limits:
    """What one query may take: seconds, rows or triples, bytes of answer, megabytes, bytes of its text."""

    seconds: float
    rows: int
    bytes: int
    megabytes: int
    length: int = 100_000
    network: bool = False


# The signals by which a process ends of itself.
_FAULTS = (signal.SIGABRT, signal.SIGBUS, signal.SIGILL, signal.SIGFPE)
# What the engine says when it breaks down: where in its code, which is nobody's business, then why.
_PANIC = re.compile(r"panicked at [^\n]*\n(?P<reason>[^\n]*)")
_NO_MEMORY = re.compile(r"memory allocation|MemoryError")
_SHOWN = 200  # characters of a reason


def text_too_long(size: int, limit: int) -> QueryTooLong:
    """Return the error of a query whose text has more bytes than are read."""
    return QueryTooLong(
        f"La requête fait {size} octets ; le service en lit {limit} au plus. Partagez-la : une longue "
        "liste de valeurs (VALUES) en plusieurs requêtes ; ou téléchargez les données (/dump) et "
        "interrogez-les chez vous.",
        f"The query has {size} bytes; the service reads {limit} at most. Split it: a long list of values "
        "(VALUES) into several queries; or download the data (/dump) and query them at home.",
        setting="query_length",
        limit=limit,
    )


def answer_too_long(limits: Limits) -> QueryTooLarge:
    """Return the error of an answer over the limit of bytes."""
    most = f"{limits.bytes // 1_000_000} M"
    return QueryTooLarge(
        f"La réponse dépasse {most}o. Demandez moins de colonnes, ou un LIMIT.",
        f"The answer is over {most}B. Ask for fewer columns, or a LIMIT.",
    )


def memory_exceeded(limits: Limits) -> QueryTooLarge:
    """Return the error of a query that asked for more memory than it may have."""
    room = f"{limits.megabytes} M"
    return QueryTooLarge(
        f"La requête a besoin de plus de {room}o de mémoire. Triez et groupez moins de lignes à la fois.",
        f"The query needs more than {room}B of memory. Sort and group fewer rows at a time.",
    )


def deadline_passed(limits: Limits) -> QueryTimeout:
    """Return the error of a query that was stopped at its deadline."""
    seconds = f"{limits.seconds:g}"
    return QueryTimeout(
        f"La requête a été arrêtée au bout de {seconds} s. Restreignez-la : moins de motifs, une "
        "condition plus précise ou un LIMIT ; ou téléchargez les données (/dump).",
        f"The query was stopped after {seconds} s. Narrow it down: fewer patterns, a more precise "
        "condition or a LIMIT; or download the data (/dump).",
        seconds=limits.seconds,
    )


def process_ended(number: int, words: str, limits: Limits) -> Exception:
    """Return why a process ended before it answered, from the signal it ended by and its last words."""
    if number in (signal.SIGPROF, signal.SIGALRM):
        return deadline_passed(limits)
    # Where the engine broke down, a lack of memory to say so in is no reason.
    fault, lack = _PANIC.search(words), _NO_MEMORY.search(words)
    if lack and not (fault and fault.start() < lack.start()):
        return memory_exceeded(limits)
    # The engine is memory-safe: only where its stack ends can it meet an address that is not its own.
    if number == signal.SIGSEGV or "overflowed its stack" in words:
        return QueryTooDeep(
            "La requête est trop imbriquée pour le moteur. Écrivez-la avec moins de parenthèses et de "
            "groupes les uns dans les autres, et des suites d'opérateurs plus courtes.",
            "The query is nested too deep for the engine. Write it with fewer brackets and groups inside "
            "one another, and shorter chains of operators.",
        )
    name = signal.Signals(number).name if number in set(signal.Signals) else "?"
    if words or number in _FAULTS:
        reason = fault["reason"].strip()[:_SHOWN] if fault else name
        return EngineFault(
            f"Le moteur s'est arrêté de lui-même sur cette requête ({reason}). Écrivez-la autrement, et "
            "signalez-la-nous.",
            f"The engine broke down on this query ({reason}). Write it otherwise, and report it to us.",
            signal=name,
            reason=reason,
        )
    return QueryInterrupted(
        f"Le processus qui répondait a été arrêté de l'extérieur ({name}). Renvoyez la requête.",
        f"The process that was answering was stopped from outside ({name}). Send the query again.",
        signal=name,
        retry_after=1,
    )
