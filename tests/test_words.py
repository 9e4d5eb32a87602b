"""The catalogue of words is complete, and a message is said in the language that is asked for."""

from __future__ import annotations

import copy
import pickle
import subprocess
import sys

import pytest

import words
from every_guest import needs_every_guest
from montages.bilingual import Text, message, plural
from montages.word_catalogue import FRENCH, catalogue

_LABEL = Text("Réseau", "Network")


@pytest.mark.slow
@needs_every_guest
def test_every_sentence_has_its_french_and_names_the_same_values() -> None:
    text = FRENCH.read_text("utf-8")
    assert words.faults(words.sources(), catalogue(text), words.fuzzy_keys(text)) == []


@pytest.mark.slow
@needs_every_guest
def test_the_catalogue_stands_as_it_is_written_by_make_words() -> None:
    text = FRENCH.read_text("utf-8")
    assert words.po(words.sources(), catalogue(text), set()) == text


@pytest.fixture
def french(monkeypatch: pytest.MonkeyPatch) -> None:
    entries = {
        ("", "Layer: {layer}"): ("Couche : {layer}",),
        ("", "open"): ("ouvert",),
        ("of a rule", "open"): ("ouverte",),
        ("", "{n} file of {of}"): ("{n} fichier sur {of}", "{n} fichiers sur {of}"),
    }
    monkeypatch.setattr("montages.word_catalogue.french_catalogue", lambda: entries)


@pytest.mark.usefixtures("french")
def test_a_value_that_is_a_text_is_said_in_the_same_language() -> None:
    layer = message("Layer: {layer}", layer=_LABEL)
    assert (layer["fr"], layer.en) == ("Couche : Réseau", "Layer: Network")
    assert layer == Text("Couche : Réseau", "Layer: Network")
    assert hash(layer) == hash(Text("Couche : Réseau", "Layer: Network"))
    assert message("Layer: {layer}").fill(layer=_LABEL) == layer
    assert _LABEL.fill(layer="x") == _LABEL


@pytest.mark.usefixtures("french")
def test_the_context_tells_apart_the_french_of_one_english() -> None:
    assert message("open").fr == "ouvert"
    assert message("open", context="of a rule").fr == "ouverte"


@pytest.mark.usefixtures("french")
@pytest.mark.parametrize(
    ("number", "fr", "en"),
    [
        (0, "0 fichier sur 3", "0 files of 3"),
        (1, "1 fichier sur 3", "1 file of 3"),
        (2, "2 fichiers sur 3", "2 files of 3"),
    ],
)
def test_zero_is_singular_in_french_and_plural_in_english(number: int, fr: str, en: str) -> None:
    files = plural("{n} file of {of}", "{n} files of {of}", of=3)
    assert files.fill(n=number) == Text(fr, en)


@pytest.mark.usefixtures("french")
def test_a_message_travels_and_its_values_no_longer_change() -> None:
    names = ["a"]
    layer = message("Layer: {layer}", layer=names)
    names.append("b")
    again = pickle.loads(pickle.dumps(layer))  # noqa: S301 — our own bytes
    assert copy.deepcopy(layer) == again == Text("Couche : ['a']", "Layer: ['a']")
    assert repr(layer) == "Message(fr=\"Couche : ['a']\", en=\"Layer: ['a']\")"


def test_a_sentence_without_french_is_said_in_english() -> None:
    assert message("This sentence is in no catalogue.").fr == "This sentence is in no catalogue."


@pytest.mark.slow
def test_no_french_is_read_before_it_is_asked_for() -> None:
    code = (
        "import montages.cli.main, montages.web\n"
        "from montages import word_catalogue\n"
        "assert word_catalogue.french_catalogue.cache_info().misses == 0"
    )
    subprocess.run([sys.executable, "-c", code], check=True)


_PO = """msgid ""
msgstr ""
"Language: fr\\n"

msgid "kept"
msgstr "gardé"

#, fuzzy
msgid ""
"doubtful, "
"“\\"quoted\\"”"
msgstr ""
"douteux,\\n"
"« \\"cité\\" »"

msgid "gone by {road}"
msgstr "parti par {road}"

msgid "{n} one"
msgid_plural "{n} many"
msgstr[0] "{n} seul"
msgstr[1] "{n} nombreux"
"""


def test_what_is_wrong_with_the_catalogue_is_said() -> None:
    entries = catalogue(_PO)
    assert entries["", 'doubtful, “"quoted"”'] == ('douteux,\n« "cité" »',)
    said = {
        "a.py": [
            words.Source("kept"),
            words.Source('doubtful, “"quoted"”'),
            words.Source("missing"),
            words.Source("{n} one", "{n} many", values=frozenset({"n"})),
            words.Source("kept", values=frozenset({"day"})),
        ]
    }
    assert words.faults(said, entries, words.fuzzy_keys(_PO)) == [
        "a.py: no French: missing",
        "a.py: the values given are not those named: kept",
        "fr.po: said nowhere any more: gone by {road}",
        'fr.po: read it again, then take “fuzzy” away: doubtful, “"quoted"”',
    ]
    said["a.py"][2:] = [words.Source("gone by {path}")]
    carried, near = words.carried_over(said, entries)
    assert near == {("", "gone by {path}")}
    assert carried["", "gone by {path}"] == ("parti par {road}",)
    assert words.faults(said, carried, set()) == [
        "a.py: the two languages do not name the same values: gone by {path}"
    ]
    assert catalogue(words.po(said, carried, near)) == carried
    assert words.fuzzy_keys(words.po(said, carried, near)) == near
