"""Turns are fair: who has nothing running comes first, and nobody holds the last place beside others (V4)."""

from __future__ import annotations

import time
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import ExitStack
from threading import Event

import pytest

from montages.processes.turns import PAUSED, ClientWatch, NobodyWaits, NoTurn, Turns
from pace import PATIENCE

GREEDY, OTHER, THIRD, STRANGER = (ClientWatch(name=n) for n in ("greedy", "other", "third", None))


class Crowd:
    """Requests of clients: each waits for its turn, notes that it has it, and holds it until it is let go."""

    def __init__(self, turns: Turns) -> None:
        self.turns, self.began = turns, list[str]()
        self.threads = ThreadPoolExecutor(30)
        self.ends: dict[str, Event] = {}
        self.asked: dict[str, Future[None]] = {}

    def ask(self, client: ClientWatch, name: str, *, waits: bool) -> Future[None]:
        self.ends[name] = Event()
        before = list(self.turns._waiting)
        asked = self.asked[name] = self.threads.submit(self._hold, client, name)
        end = time.monotonic() + PATIENCE
        while not (asked.done() or name in self.began or self.turns._waiting != before):
            assert time.monotonic() < end
            time.sleep(0.001)
        assert waits or asked.done() or name in self.began
        return asked

    def _hold(self, client: ClientWatch, name: str) -> None:
        with self.turns.turn(PATIENCE, client):
            self.began.append(name)
            assert self.ends[name].wait(PATIENCE)

    def end(self, name: str, then: int) -> None:
        """Let one go, its place given back, and wait until so many have begun."""
        self.ends[name].set()
        self.asked[name].result(PATIENCE)
        end = time.monotonic() + PATIENCE
        while len(self.began) < then:
            assert time.monotonic() < end
            time.sleep(0.001)

    def close(self) -> None:
        for event in self.ends.values():
            event.set()
        self.threads.shutdown()


@pytest.fixture
def crowd() -> Crowd:
    return Crowd(Turns(3, 20))


def test_a_client_holds_all_places_but_the_last_which_another_has_at_once(crowd: Crowd) -> None:
    for name in "12":
        crowd.ask(GREEDY, name, waits=False)
    crowd.ask(GREEDY, "3", waits=True)
    assert crowd.began == ["1", "2"]
    crowd.ask(OTHER, "a", waits=False)
    assert crowd.began == ["1", "2", "a"]
    crowd.close()


def test_who_has_nothing_running_comes_before_who_came_earlier(crowd: Crowd) -> None:
    for name in "12":
        crowd.ask(GREEDY, name, waits=False)
    crowd.ask(THIRD, "t", waits=False)
    for name in "34":
        crowd.ask(GREEDY, name, waits=True)
    crowd.ask(OTHER, "a", waits=True)
    crowd.ask(OTHER, "b", waits=True)
    crowd.end("1", then=4)
    assert crowd.began[3] == "a"  # never behind more than one run of the other
    crowd.end("2", then=5)
    assert crowd.began[4] == "3"  # then each has one, and who came first is first
    crowd.end("t", then=5)
    assert crowd.began[5:] == []  # the last place is for one that holds none
    crowd.ask(THIRD, "u", waits=False)
    crowd.close()


def test_one_place_is_for_whoever_comes(crowd: Crowd) -> None:
    crowd.turns = Turns(1, 4)
    crowd.ask(GREEDY, "1", waits=False)
    crowd.ask(GREEDY, "2", waits=True)
    crowd.ask(OTHER, "a", waits=True)
    crowd.end("1", then=2)
    assert crowd.began == ["1", "a"]  # the other had a turn already
    crowd.close()


def test_a_full_queue_has_room_for_who_waits_for_less(crowd: Crowd) -> None:
    crowd.turns = Turns(2, 3)
    crowd.ask(GREEDY, "1", waits=False)
    asked = [crowd.ask(GREEDY, name, waits=True) for name in "234"]
    crowd.ask(THIRD, "t", waits=False)
    with ExitStack() as stack:
        stack.callback(crowd.close)
        crowd.ask(OTHER, "a", waits=True)
        with pytest.raises(NoTurn):
            asked[-1].result(PATIENCE)
        crowd.end("1", then=3)
        assert crowd.began[2] == "a"
        with pytest.raises(NoTurn), crowd.turns.turn(0, GREEDY):
            pass


def test_clients_that_cannot_be_told_share_nothing(crowd: Crowd) -> None:
    for name in "123":
        crowd.ask(STRANGER, name, waits=False)
    assert crowd.began == ["1", "2", "3"]
    crowd.close()


def test_places_come_back_whatever_happens() -> None:
    turns = Turns(2, 1)
    for client in (GREEDY, OTHER, STRANGER):
        with pytest.raises(ZeroDivisionError), turns.turn(1, client):
            raise ZeroDivisionError
    with turns.turn(1, GREEDY), turns.turn(1, OTHER), pytest.raises(NoTurn), turns.turn(0, GREEDY):
        pass
    with turns.turn(1, THIRD), turns.turn(1, OTHER):
        assert turns._running == {"third": 1, "other": 1}
    assert (turns._free, turns._running, turns._waiting) == (2, {}, [])


def test_what_is_slow_has_half_of_the_places_and_leaves_the_others_to_what_is_quick() -> None:
    turns, threads = Turns(2, 4), ThreadPoolExecutor(2)
    with ExitStack() as stack:
        slow = stack.enter_context(turns.turn(0, GREEDY))
        assert turns.goes_on_slowly(slow)
        other = stack.enter_context(turns.turn(0, OTHER))
        assert not turns.goes_on_slowly(other)
        paused = threads.submit(turns.wait_slowly, other, PATIENCE, OTHER)
        end = time.monotonic() + PATIENCE
        while not turns._paused:
            assert time.monotonic() < end
            time.sleep(0.001)
        with turns.turn(0, THIRD) as quick:  # the place that the paused one left
            assert not quick.is_slow
        assert not paused.done()
        turns._give_back(slow)
        paused.result(PATIENCE)
        assert (other.is_held, other.is_slow) == (True, True)
    assert (turns._free, turns._free_slow, turns._running) == (2, 1, {})


@pytest.mark.parametrize("leaves", [True, False])
def test_who_is_paused_too_long_or_leaves_holds_nothing(leaves: bool) -> None:
    turns, gone = Turns(2, 4), ClientWatch(lambda: leaves, "gone")
    with turns.turn(0, GREEDY) as slow, turns.turn(0, gone) as place:
        turns.goes_on_slowly(slow)
        with pytest.raises(NobodyWaits if leaves else NoTurn):
            turns.wait_slowly(place, 0.1, gone)
        assert turns._free == 1
    assert (turns._free, turns._free_slow, turns._running, turns._paused) == (2, 1, {}, [])


def test_who_has_most_that_is_paused_gives_way() -> None:
    turns, threads = Turns(1, 20), ThreadPoolExecutor(5)
    with turns.turn(0, STRANGER) as first:
        turns.goes_on_slowly(first)
        turns._free += 9  # places for those who follow
        with ExitStack() as stack:
            for number in range(PAUSED):
                place = stack.enter_context(turns.turn(0, GREEDY))
                asked = threads.submit(turns.wait_slowly, place, PATIENCE, GREEDY)
                while len(turns._paused) <= number:
                    time.sleep(0.001)
            place = stack.enter_context(turns.turn(0, OTHER))
            with pytest.raises(NoTurn):
                turns.wait_slowly(place, 0.3, OTHER)
            with pytest.raises(NoTurn):
                asked.result(PATIENCE)
            turns._give_back(first)
