"""The patterns of the reader: each means what its example says, and none more than it is written."""

from __future__ import annotations

import pytest

from montages.description.reader import read_sentence
from montages.description.reader.groups import Group, groups, hits_in, known_words
from montages.description.reader.numbers import words_of
from montages.description.reader.pattern import parts_of
from montages.description.reader.reader_data import NAMES, listed
from montages.description.reader.words import spoken

# What a pattern is written with beside its words.
_SIGNS = ("..", "...", ",,", ";;", "^", "^^")
_GROUPS = groups()


def _found(group: Group, text: str) -> bool:
    hits = hits_in(spoken(words_of(text, known_words())))
    return any((hit.group.file, hit.group.slug) == (group.file, group.slug) for hit in hits)


@pytest.mark.parametrize("group", _GROUPS, ids=lambda group: f"{group.file}-{group.slug}")
def test_an_example_gives_all_that_its_group_means(group: Group) -> None:
    assert group.example, "a group has an example"
    assert _found(group, group.example)
    reading = read_sentence(group.example)
    told = {
        **reading.facts,
        "asks": reading.asks,
        "scope": reading.scope.slug if reading.scope else "",
    }
    for key, value in group.means.items():
        if isinstance(value, list):
            assert set(value) <= set(told.get(key, ())), key
        else:
            assert told.get(key) == value, key
    assert set(group.guess) <= {*reading.guesses, *reading.facts}


@pytest.mark.parametrize("group", _GROUPS, ids=lambda group: f"{group.file}-{group.slug}")
def test_a_counter_example_does_not(group: Group) -> None:
    assert group.counter, "a group has a counter-example"
    assert not _found(group, group.counter)


def test_no_pattern_shrinks_to_one_word() -> None:
    shrunk = []
    for group in _GROUPS:
        for pattern in (*group.says, *group.needs, *group.unless):
            written = [
                part
                for part in pattern.text.split()
                if part not in _SIGNS and not part.endswith("?") and not part.startswith("!")
            ]
            must = [one for one in pattern.elements if not one.optional and not one.absent]
            if len(written) > 1 and len(must) < 2 and all(len(p) == 1 for p in must[0].phrases):
                shrunk.append(f"{group.file} {group.slug}: {pattern.text}")
    assert not shrunk


def test_no_pattern_is_made_of_common_words_alone() -> None:
    everyday = listed("everyday") | listed("skipped")
    common = [
        f"{group.file} {group.slug}: {pattern.text}"
        for group in _GROUPS
        if group.file not in (*NAMES, "asks", "objects")
        for pattern in group.says
        if "{" not in pattern.text and len(parts := parts_of(pattern.text)) == 1
        if parts[0] in everyday and len(parts[0]) < 5
    ]
    assert not common


def test_names_and_objects_hold_no_deciding_word() -> None:
    for group in _GROUPS:
        if group.file in NAMES:
            assert not group.holds, group.slug
