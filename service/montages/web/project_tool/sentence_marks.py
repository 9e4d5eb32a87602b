"""The sentence of a project as the page shows it: each stretch with what was read of it, or in doubt."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from operator import itemgetter

from montages.bilingual import Text
from montages.description.address.address_answers import OF_LINK, answer_summary
from montages.description.address.project_address import ProjectAddress
from montages.description.address.write_address import address_pairs
from montages.description.reader import Reading, read_sentence
from montages.description.reader.sentence_project import (
    OWN_WORDS,
    UNSURE,
    sentence_project,
    written_unsure,
)
from montages.web.project_tool.question_screen import key_of_criterion

# The parts of a project that a reading names otherwise than its link.
_PARTS = {"layer": "layers", "management-mode": "layers"}
# Of the link of a sentence, what is no answer.
_NO_ANSWERS = (OWN_WORDS, UNSURE, "not-understood", "complete", *OF_LINK)


Span = tuple[int, int]
# The parameter that corrects what was read, its label, and what was read.
ReadLine = tuple[str, Text, Text]


@dataclass(frozen=True)
class Stretch:
    """A stretch of a sentence: what was read of it, each under what corrects it; or in doubt."""

    text: str
    read: tuple[ReadLine, ...] = ()
    unsure: bool = False


@dataclass(frozen=True)
class SentenceMarks:
    """A project and the reading of the sentence in which it was told."""

    reading: Reading
    address: ProjectAddress

    def stretches(self) -> list[Stretch]:
        """Return the sentence in stretches, of what is read only what the project still says."""
        text, at = self.reading.text, 0
        doubted = set(self._doubted())
        marked: list[tuple[Span, tuple[ReadLine, ...]]] = [(span, ()) for span in doubted]
        marked += [(span, lines) for span, lines in self._together() if not _meets(span, doubted)]
        stretches: list[Stretch] = []
        for (start, end), lines in sorted(marked, key=itemgetter(0)):
            if start < at:
                continue
            stretches += [Stretch(text[at:start]), Stretch(text[start:end], lines, not lines)]
            at = end
        return [*stretches, Stretch(text[at:])]

    @property
    def corrected(self) -> list[tuple[str, str]]:
        """Return the words that were taken for misspelt, each with the word that was read."""
        return list(self.reading.corrected.items())

    def guess(self, parameter: str) -> str:
        """Return the answer that the sentence hints at to a question, "" for none."""
        guesses = {_parameter(key): value for key, value in self.reading.guesses.items()}
        value = guesses.get(parameter, "")
        return "" if isinstance(value, (list, dict)) else str(value)

    def answers_beside(self) -> list[tuple[str, str]]:
        """Return the parameters of the project that the sentence does not say: they stay beside it."""
        of_sentence = address_pairs(ProjectAddress(sentence_project(self.reading)))
        return [
            pair
            for pair in address_pairs(self.address)
            if pair not in of_sentence and pair[0] not in _NO_ANSWERS
        ]

    def _read(self) -> Iterator[tuple[Span, ReadLine]]:
        stand = {line.parameter: line for line in answer_summary(self.address)}
        as_read = ProjectAddress(sentence_project(self.reading))
        own = {line.parameter: line.answer for line in answer_summary(as_read)}
        for key, spans in self.reading.spans.items():
            name = _parameter(key)
            line = stand.get(name)
            if line is not None and line.answer == own.get(name):
                for span in spans:
                    yield span, (name, line.label, line.answer)

    def _together(self) -> list[tuple[Span, tuple[ReadLine, ...]]]:
        """Return the spans that were read, those that overlap as one, with what was read of each.

        Of a span that holds another the inner one is enough to find the words.
        """
        runs: list[tuple[Span, tuple[ReadLine, ...]]] = []
        read = list(self._read())
        inner = [one for one in read if not any(_holds(one[0], other) for other, _ in read)]
        for (start, end), line in sorted(inner, key=itemgetter(0)):
            if runs and start < runs[-1][0][1]:
                (first, last), lines = runs.pop()
                runs.append(((first, max(last, end)), tuple(dict.fromkeys((*lines, line)))))
            else:
                runs.append(((start, end), (line,)))
        return runs

    def _doubted(self) -> Iterator[Span]:
        """Yield where the words stand that the project still says to be in doubt."""
        for _, words in written_unsure(str(self.address.tree.get(UNSURE, ""))):
            start = self.reading.text.find(words)
            if start >= 0:
                yield start, start + len(words)


def sentence_marks(address: ProjectAddress) -> SentenceMarks | None:
    """Return the sentence of a project with its reading, None where it was not told in one."""
    sentence = str(address.tree.get(OWN_WORDS, ""))
    return SentenceMarks(read_sentence(sentence), address) if sentence else None


def _holds(span: Span, other: Span) -> bool:
    return span != other and span[0] <= other[0] and other[1] <= span[1]


def _meets(span: Span, others: set[Span]) -> bool:
    return any(start < span[1] and span[0] < end for start, end in others)


def _parameter(key: str) -> str:
    return _PARTS.get(key) or (key if key in ("holder", "usages") else key_of_criterion(key))
