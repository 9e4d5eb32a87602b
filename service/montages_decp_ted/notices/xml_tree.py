"""The XML of a notice as a tree, where nothing can expand: no entities are declared, all is counted."""

from __future__ import annotations

import re
from codecs import BOM_UTF16_BE, BOM_UTF16_LE
from collections.abc import Iterator
from dataclasses import dataclass, field
from xml.parsers import expat

from montages.bilingual import Text, message
from montages.description.parsing.xml_text import check_xml_encoding
from montages.errors import MontagesError, TooLarge, UnreadableInput
from montages.hidden_signs import HIDDEN

# Marks within a sentence: what they hold touches what stands beside it, as in “1re”.
_WITHIN_WORDS = "FT"


@dataclass(eq=False, slots=True)
class NoticeElement:
    """An element, its name without its namespace; its content is filled in as the text is read.

    `number` tells it from others of its name beside it, of which `counts` keeps how many it holds itself.
    """

    name: str
    attributes: dict[str, str]
    parent: NoticeElement | None = None
    content: list[str | NoticeElement] = field(default_factory=list)
    number: int = 1
    counts: dict[str, int] = field(default_factory=dict)

    def add(self, child: NoticeElement) -> None:
        """Take in an element that stands next."""
        self.counts[child.name] = child.number = self.counts.get(child.name, 0) + 1
        self.content.append(child)

    @property
    def children(self) -> list[NoticeElement]:
        """Return the elements that it holds itself."""
        return [part for part in self.content if isinstance(part, NoticeElement)]

    @property
    def text(self) -> str:
        """Return its text and that of all it holds, blanks put right."""
        pieces: list[str] = []
        left: list[str | NoticeElement] = [self]
        while left:
            part = left.pop()
            if isinstance(part, str):
                pieces.append(part)
                continue
            apart = "" if part.name == _WITHIN_WORDS else " "
            left.extend((apart, *reversed(part.content), apart))
        return " ".join("".join(pieces).split())

    @property
    def place(self) -> str:
        """Return the XPath that leads to it, such as `/TED_EXPORT/FORM_SECTION/F02_2014/PROCEDURE`."""
        steps: list[str] = []
        element: NoticeElement | None = self
        while element is not None:
            steps.append(element._step())
            element = element.parent
        return "/" + "/".join(reversed(steps))

    def _step(self) -> str:
        alone = self.parent is None or self.parent.counts.get(self.name, 1) == 1
        return self.name if alone else f"{self.name}[{self.number}]"

    def all(self, path: str) -> list[NoticeElement]:
        """Return the elements that a path of names leads to, in the order in which they stand."""
        level = [self]
        for step in path.split("/"):
            level = [child for element in level for child in element.children if child.name == step]
        return level

    def first(self, *paths: str) -> NoticeElement | None:
        """Return the first element that one of some paths leads to, the paths taken in turn."""
        return next((element for path in paths for element in self.all(path)), None)

    def within(self) -> Iterator[NoticeElement]:
        """Return all that it holds, at any depth, in the order in which it stands."""
        left = list(reversed(self.children))
        while left:
            element = left.pop()
            yield element
            left.extend(reversed(element.children))

    def named(self, *names: str) -> Iterator[NoticeElement]:
        """Return the elements of some names that it holds, at any depth."""
        return (element for element in self.within() if element.name in names)


# The longest notices of TED, with hundreds of lots, are a tenth of these.
MOST_BYTES = 20_000_000
MOST_ELEMENTS = 200_000
MOST_ATTRIBUTES = 64
DEEPEST = 100
LONGEST_NAME = 100
# The vocabularies of notices; what stands in any other is left out.
_OURS = re.compile(
    r"urn:oasis:names:specification:ubl:schema:xsd:[A-Za-z]+-2"
    r"|http://data\.europa\.eu/p27/eforms-[a-z-]+/1"
    r"|(?:http://[a-z.]+\.europa\.eu/(?:resource/schema/)?)?(?:ted|TED_schema)/[\w./-]+"
)
# How a text in UTF-16 begins, with its mark or, as XML allows, without.
_UTF_16 = {
    BOM_UTF16_LE: "utf-16",
    BOM_UTF16_BE: "utf-16",
    "<".encode("utf-16-le"): "utf-16-le",
    "<".encode("utf-16-be"): "utf-16-be",
}
# What old systems wrote of Windows' own letters: the sign U+0092 is an apostrophe.
_WINDOWS = {code: bytes([code]).decode("cp1252", "ignore") or None for code in range(0x80, 0xA0)}


def notice_tree(raw: bytes) -> NoticeElement:
    """Return the root of a notice.

    Raises UnreadableInput for what is no XML in UTF-8 or UTF-16, or declares a document type; TooLarge for
    more bytes, elements, attributes or depth than a notice can have.
    """
    if len(raw) > MOST_BYTES:
        raise _too_large(message("{count} bytes", count=len(raw)), MOST_BYTES)
    text = _text(raw)
    reader = _Reader()
    try:
        reader.parser.Parse(text.encode(), True)
    except expat.ExpatError as error:
        raise UnreadableInput(
            message(
                "Badly written XML, line {lineno}, column {column}: {reason}.",
                lineno=error.lineno,
                column=error.offset + 1,
                reason=expat.ErrorString(error.code),
            )
        ) from error
    assert reader.root is not None
    return reader.root


def _text(raw: bytes) -> str:
    """Return the text of a file; of bytes in UTF-16, what they say of themselves does not count."""
    wide = _UTF_16.get(raw[:2])
    try:
        text = raw.decode(wide or "utf-8-sig")
    except UnicodeDecodeError as error:
        name = "UTF-16" if wide else "UTF-8"
        raise UnreadableInput(
            message(
                "This is not {name} text (byte {start}). Save the notice as UTF-8.",
                name=name,
                start=error.start,
            )
        ) from error
    if wide is None:
        check_xml_encoding(text)
    if not text.lstrip().startswith("<") or "\x00" in text:
        raise UnreadableInput(
            message(
                "This is no XML. Give the XML file of the notice, which TED offers beside the PDF."
            )
        )
    return text


class _Reader:
    """Builds the tree, and stops at what a notice cannot have."""

    def __init__(self) -> None:
        self.root: NoticeElement | None = None
        self.parser = expat.ParserCreate("utf-8", "\n")
        self.parser.buffer_text = True
        self.parser.StartDoctypeDeclHandler = self._declared
        self.parser.EntityDeclHandler = self._declared
        self.parser.StartElementHandler = self._start
        self.parser.EndElementHandler = self._end
        self.parser.CharacterDataHandler = self._characters
        self._open: list[NoticeElement | None] = []
        self._count = 0

    def _declared(self, *declaration: object) -> None:
        raise UnreadableInput(
            message("DOCTYPE and ENTITY declarations are refused: a notice has none.")
        )

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        self._count += 1
        if self._count > MOST_ELEMENTS:
            raise _too_large(message("elements"), MOST_ELEMENTS)
        if len(attributes) > MOST_ATTRIBUTES:
            raise _too_large(message("attributes"), MOST_ATTRIBUTES)
        if len(self._open) >= DEEPEST:
            raise _too_large(message("levels of nesting"), DEEPEST)
        namespace, _, own = name.rpartition("\n")
        parent = self._open[-1] if self._open else None
        foreign = len(own) > LONGEST_NAME or _OURS.fullmatch(namespace) is None
        if foreign or (self._open and parent is None):
            if not self._open:
                raise _no_notice(own[:LONGEST_NAME])
            self._open.append(None)
            return
        own_attributes = {key: value for key, value in attributes.items() if "\n" not in key}
        element = NoticeElement(own, own_attributes, parent)
        if parent is None:
            self.root = element
        else:
            parent.add(element)
        self._open.append(element)

    def _end(self, name: str) -> None:
        self._open.pop()

    def _characters(self, data: str) -> None:
        if self._open[-1] is not None:
            self._open[-1].content.append(readable(data))


def readable(text: str) -> str:
    """Return a text with the letters of Windows as they were meant, and without signs that nobody sees."""
    return HIDDEN.sub("", text.translate(_WINDOWS)) if HIDDEN.search(text) else text


def _no_notice(name: str) -> MontagesError:
    return UnreadableInput(
        message(
            "“{name}” is not the root of a TED notice: ContractNotice, ContractAwardNotice or "
            "PriorInformationNotice (eForms), or TED_EXPORT, is expected, in its own namespace.",
            name=name,
        )
    )


def _too_large(text: Text, limit: int) -> TooLarge:
    return TooLarge(
        message(
            "This notice is beyond what a notice can hold: {text}, at most {limit}.",
            text=text,
            limit=limit,
        ),
        limit=limit,
    )
