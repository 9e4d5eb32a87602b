"""Each attack is answered in its time, and the service answers others meanwhile and afterwards.

The table is the folder `attacks`: one file a kind. The service is the one that `montages serve` starts.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from pathlib import Path

import pytest

from attacks import all_attacks
from attacks.attack import Attack, Probe, Reply, ask
from attacks.hostile_files import FILES
from pace import MARGIN, tell_if_long
from whole_service import HAS_REGISTRY

sys.path.append(str(Path(__file__).parent / "bench"))

import servers

ATTACKS = all_attacks()

# Queries and heads that never end are waited for; no description is so slow that it is stopped.
_DEADLINES = {
    "MONTAGES_REQUEST_LOG": "off",
    "MONTAGES_QUERY_SECONDS": "3",
    "MONTAGES_RUN_SECONDS": "60",
    "MONTAGES_HEAD_SECONDS": "3",
    "MONTAGES_BODY_SECONDS": "3",
}

pytestmark = pytest.mark.slow


def service_environment() -> dict[str, str]:
    """Return what the service is started with: deadlines of its own, and a registry where there is one."""
    env = {
        name: value
        for name, value in os.environ.items()
        if name == "MONTAGES_CACHE_DIR" or not name.startswith("MONTAGES_")
    }
    if not HAS_REGISTRY:
        return {**env, **_DEADLINES}
    from attacks.registry_doors import attacked_registry

    return {**env, **_DEADLINES, "MONTAGES_REGISTRY": str(attacked_registry())}


@pytest.fixture(scope="module")
def base() -> Iterator[str]:
    with servers.montages(service_environment()) as address:
        yield address


def attack_once(attack: Attack, base: str) -> tuple[list[Reply], dict[str, float], Reply]:
    """Return the answers, the longest that each path beside took, and what came afterwards."""
    with ExitStack() as stack:
        probes = [stack.enter_context(Probe(base, path)) for path in attack.beside]
        with ThreadPoolExecutor(attack.at_once) as clients:
            replies = list(clients.map(lambda n: attack.send(base, n), range(attack.at_once)))
    assert not any(probe.failures for probe in probes)
    after = ask(base, "/sparql?query=ASK%7B%7D%20%23after")
    return replies, {probe.path: probe.worst for probe in probes}, after


def tell_what_is_late(
    attack: Attack, replies: list[Reply], beside: dict[str, float], after: Reply
) -> None:
    """Tell what took too long."""
    for reply in replies:
        tell_if_long(reply.seconds, MARGIN * attack.seconds, "An answer")
    for path, seconds in beside.items():
        tell_if_long(seconds, MARGIN * attack.beside[path], path)
    tell_if_long(after.seconds, MARGIN * attack.next_seconds, "The next query")


def check_borne(attack: Attack, base: str, others: frozenset[int] = frozenset()) -> None:
    """Attack, and fail unless it is borne; an answer may have one of some other statuses too."""
    replies, beside, after = attack_once(attack, base)
    unusual = [reply for reply in replies if reply.status not in attack.statuses]
    assert {reply.status for reply in unusual} <= others, unusual[0]
    assert all(attack.says in r.body.decode() for r in replies if r not in unusual)
    assert after.status == 200
    tell_what_is_late(attack, replies, beside, after)


@pytest.mark.parametrize("name", ATTACKS)
def test_an_attack_is_borne(base: str, name: str) -> None:
    check_borne(ATTACKS[name], base)


def test_a_full_queue_says_at_once_when_to_come_back(base: str) -> None:
    with ThreadPoolExecutor(100) as clients:
        attack = ATTACKS["sparql_crowds: 100 slow queries"]
        replies = list(clients.map(lambda n: attack.send(base, n + 1000), range(100)))
    busy = [reply for reply in replies if b"query-busy" in reply.body]
    assert len(busy) > 60
    assert all(1 <= int(reply.headers["Retry-After"]) <= 10 for reply in busy)
    tell_if_long(max(reply.seconds for reply in busy), 3 * MARGIN)


def test_there_are_attacks_of_every_kind() -> None:
    print(f"\n{len(ATTACKS)} attacks on the service, {len(FILES)} files")
    assert len(ATTACKS) + len(FILES) >= 150
