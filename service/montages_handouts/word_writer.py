"""How a paper is written for a word processor: its styles, a link, a table, a footer on every page."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Sequence
from datetime import datetime, time
from typing import Any

from montages.knowledge.law import Passage
from montages.publish.text import checklist
from montages.publish.text.reasons import Reason
from montages.publish.text.typography import colon, day
from montages_handouts.document_extras import library_of
from montages_handouts.handout_source import HandoutHead
from montages_handouts.handout_words import word
from montages_handouts.qr_code import qr_code

# A cell is a text, or reasons or passages, which have links.
Cell = str | Sequence[Reason | Passage]
_ACCENT = "0B5F61"
_FONT = "Arial"
# Nothing in a file of ours tells when it was written: the first day that a zip can tell.
_ZIP_DAY = (1980, 1, 1, 0, 0, 0)
# A footer holds so many signs of an address; the link is whole.
_FOOTER = 160
_LANGUAGES = {"fr": "fr-FR", "en": "en-GB"}


class WordWriter:
    """A document that is written from top to bottom."""

    def __init__(self, head: HandoutHead, title: str) -> None:
        library = library_of("docx")
        self._shared: Any = library.shared
        self._head, self._lang = head, head.lang
        self.colon = colon(head.lang)
        self._document: Any = library.Document()
        self._style()
        self._describe(title)
        self._document.add_paragraph(title, style="Subtitle")
        self._document.add_heading(head.project, 0)
        if head.in_short:
            self.paragraph(" · ".join(head.in_short))

    def heading(self, text: str, level: int = 1) -> None:
        """Write a heading."""
        self._document.add_heading(text, level)

    def paragraph(self, text: str, *, bold: bool = False) -> None:
        """Write a paragraph."""
        self._document.add_paragraph().add_run(text).bold = bold

    def bullets(self, reasons: Sequence[Reason], mark: str = "") -> None:
        """Write a list, a line a reason with its clauses; with a mark of its own, without bullets."""
        for reason in reasons:
            style = None if mark else "List Bullet"
            self._reason(self._document.add_paragraph(mark, style=style), reason)

    def aside(self, text: str) -> None:
        """Write a remark, such as what was left out, if there is one."""
        if text:
            self._document.add_paragraph().add_run(text).italic = True

    def source(self, name: str, url: str | None) -> None:
        """Write a source with its official address, if one is noted."""
        paragraph = self._document.add_paragraph(f"{name} ", style="List Number")
        if url:
            self._link(paragraph, url, url)

    def table(
        self, heads: Sequence[str], rows: Sequence[Sequence[Cell]], widths: Sequence[int]
    ) -> None:
        """Write a table with columns of so many millimetres, whose first row is repeated on each page."""
        table = self._document.add_table(rows=1, cols=len(heads), style="Table Grid")
        for cell, text in zip(table.rows[0].cells, heads, strict=True):
            cell.paragraphs[0].add_run(text).bold = True
        table.rows[0]._tr.get_or_add_trPr().append(self._element("w:tblHeader"))
        for content_row in rows:
            for cell, content in zip(table.add_row().cells, content_row, strict=True):
                self._fill(cell, content)
        table.autofit = False
        for row in table.rows:
            row._tr.get_or_add_trPr().append(self._element("w:cantSplit"))
            for cell, width in zip(row.cells, widths, strict=True):
                cell.width = self._shared.Mm(width)

    def picture(self, png: bytes, words: str, millimetres: int) -> None:
        """Write a picture with the words that stand for it."""
        width = self._shared.Mm(millimetres)
        drawn = self._document.add_picture(io.BytesIO(png), width=width)
        drawn._inline.docPr.set("descr", words)

    def reopening(self) -> None:
        """Write where the project is reopened, and what the paper is worth."""
        head, lang = self._head, self._lang
        if head.address:
            self.heading(word("reopen", lang))
            if code := qr_code(head.address):
                self.picture(code.png(), word("qr", lang), code.millimetres)
            paragraph = self._document.add_paragraph()
            self._link(paragraph, head.address, head.address)
        else:
            self.paragraph(word("no-address-at-all", lang))
        self.paragraph(head.disclaimer, bold=True)
        law = f"{word('law', lang)} {day(head.as_of, lang)}. {word('rules', lang)} {head.rules}."
        last = self._document.add_paragraph(f"{head.scope} {law} ")
        self._link(last, word("contest", lang), head.contest)

    def to_bytes(self) -> bytes:
        """Return the document as a file, without a moment in it."""
        out = io.BytesIO()
        self._document.save(out)
        fixed = io.BytesIO()
        with zipfile.ZipFile(out) as old, zipfile.ZipFile(fixed, "w", zipfile.ZIP_DEFLATED) as new:
            for item in old.infolist():
                entry = zipfile.ZipInfo(item.filename, _ZIP_DAY)
                entry.compress_type = zipfile.ZIP_DEFLATED
                new.writestr(entry, old.read(item))
        return fixed.getvalue()

    def _fill(self, cell: Any, content: Cell) -> None:
        if isinstance(content, str):
            cell.text = content
            return
        for n, one in enumerate(content):
            paragraph = cell.add_paragraph() if n else cell.paragraphs[0]
            if isinstance(one, Reason):
                self._reason(paragraph, one)
            else:
                self._cite(paragraph, one)

    def _reason(self, paragraph: Any, reason: Reason) -> None:
        paragraph.add_run(reason.text)
        for source in reason.sources:
            paragraph.add_run(" [")
            self._cite(paragraph, source)
            paragraph.add_run("]")

    def _cite(self, paragraph: Any, source: Passage) -> None:
        name = checklist.named(source, self._lang)
        if source.url:
            self._link(paragraph, name, source.url)
        else:
            paragraph.add_run(name)

    def _link(self, paragraph: Any, text: str, url: str) -> None:
        """Write a link, which python-docx reads and does not write."""
        kind = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/hyperlink"
        relation = paragraph.part.relate_to(url, kind, is_external=True)
        link = self._element("w:hyperlink", {"r:id": relation})
        run = paragraph.add_run(text)
        run.font.color.rgb = self._shared.RGBColor.from_string(_ACCENT)
        link.append(run._r)
        paragraph._p.append(link)

    def _element(self, name: str, attributes: dict[str, str] | None = None) -> Any:
        from docx.oxml import OxmlElement
        from docx.oxml.ns import qn

        element: Any = OxmlElement(name)
        for key, value in (attributes or {}).items():
            element.set(qn(key), value)
        return element

    def _style(self) -> None:
        from docx.oxml.ns import qn

        section = self._document.sections[0]
        section.page_width, section.page_height = self._shared.Mm(210), self._shared.Mm(297)
        section.left_margin = section.right_margin = self._shared.Mm(17)
        section.top_margin = section.bottom_margin = self._shared.Mm(15)
        sizes = {"Normal": 10, "Title": 18, "Subtitle": 10, "Heading 1": 12, "Heading 2": 10.5}
        for name, size in sizes.items():
            style = self._document.styles[name]
            style.font.name, style.font.size = _FONT, self._shared.Pt(size)
            fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
            for key in ("w:asciiTheme", "w:hAnsiTheme", "w:eastAsiaTheme", "w:cstheme"):
                fonts.attrib.pop(qn(key), None)
            if name not in ("Normal", "Title"):
                style.font.color.rgb = self._shared.RGBColor.from_string(_ACCENT)
        self._document.styles["Title"].font.color.rgb = self._shared.RGBColor(0x1C, 0x25, 0x26)
        self._document.styles["Normal"].paragraph_format.space_after = self._shared.Pt(3)
        language = self._element("w:lang", {"w:val": _LANGUAGES[self._lang]})
        properties = self._document.styles["Normal"].element.get_or_add_rPr()
        properties.append(language)

    def _describe(self, title: str) -> None:
        """Write what the file says of itself, and its footer: the project's address, the page."""
        head, core = self._head, self._document.core_properties
        moment = datetime.combine(head.as_of, time())
        core.title, core.author, core.comments = f"{title} — {head.project}", "", ""
        core.language, core.created, core.modified = _LANGUAGES[self._lang], moment, moment
        core.last_modified_by, core.revision = "", 1
        paragraph = self._document.sections[0].footer.paragraphs[0]
        if head.address:
            short = head.address[:_FOOTER] + "…" * (len(head.address) > _FOOTER)
            self._link(paragraph, short, head.address)
            paragraph.add_run(" · ")
        paragraph.add_run(f"{head.disclaimer} {word('page', self._lang)} ")
        for kind, text in (("begin", ""), ("", "PAGE"), ("end", "")):
            run = paragraph.add_run()._r
            if kind:
                run.append(self._element("w:fldChar", {"w:fldCharType": kind}))
            else:
                field = self._element("w:instrText")
                field.text = text
                run.append(field)
        for run in paragraph.runs:
            run.font.size = self._shared.Pt(7)
