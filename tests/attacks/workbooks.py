"""Workbooks that are no workbooks, or hold what no office writes: each is refused in words, in its time."""

from __future__ import annotations

import io
import warnings
import zipfile
from collections.abc import Callable
from functools import cache

import workbooks as w
from attacks.attack import Attack

OLD = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 2000
FORM = "multipart/form-data; boundary=x"
ANY = (200, 400, 413, 422)


def posts(make: Callable[[], bytes], *statuses: int, path: str = "/validate") -> Attack:
    """Return the attack of one workbook, made once."""
    made = cache(make)
    return Attack(
        path, lambda _: made(), w.MEDIA, statuses=statuses or (400, 413), seconds=2.0,
        beside={"/healthz": 0.5},
    )  # fmt: skip


def row(cells: str, number: int = 2) -> str:
    """Return titles, then a row with the cells given."""
    return f'{w.TITLES}<row r="{number}">{cells}</row>'


def sheet_with(declaration: str, text: str = "a") -> Callable[[], bytes]:
    """Return a workbook whose sheet begins with a declaration, and has a text in a cell."""
    return lambda: w.package(
        row(f'<c r="A2" t="inlineStr"><is><t>{text}</t></is></c>'),
        head=f'<?xml version="1.0"?>{declaration}',
    )


def twice() -> bytes:
    """Return a workbook that has its sheet twice, of which readers take one or the other."""
    out = io.BytesIO(w.package())
    with zipfile.ZipFile(out, "a") as archive, warnings.catch_warnings():
        warnings.simplefilter("ignore")  # the library would not
        archive.writestr("xl/worksheets/sheet1.xml", "<worksheet/>")
    return out.getvalue()


def lying() -> bytes:
    """Return a workbook whose sheet is larger than it says."""
    whole = bytearray(w.package(w.TITLES + "<row/>" * 50_000))
    at = whole.rfind(b"xl/worksheets/sheet1.xml") - 46
    whole[at + 24 : at + 28] = (100).to_bytes(4, "little")
    return bytes(whole)


def locked() -> bytes:
    """Return a workbook of which each part says that it is enciphered."""
    whole = bytearray(w.package())
    at = whole.find(b"PK\x01\x02")
    while at >= 0:
        whole[at + 8] |= 1
        at = whole.find(b"PK\x01\x02", at + 1)
    return bytes(whole)


def squeezed(method: int) -> bytes:
    """Return a workbook compressed otherwise than spreadsheets do."""
    out = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(w.package())) as given,
        zipfile.ZipFile(out, "w", method) as archive,
    ):
        for name in given.namelist():
            archive.writestr(name, given.read(name))
    return out.getvalue()


LAUGHS = "".join(
    f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' if n else '<!ENTITY l0 "lol">' for n in range(12)
)
ATTACKS = {
    # what grows
    "a part of 600 MB in 580 kB": posts(lambda: w.package(more={"xl/media/a.bin": b"\0" * 600_000_000}), 413),
    "a sheet of 49 MB": posts(lambda: w.package(w.TITLES + "<row/>" * 8_100_000), 413),
    "a million empty rows": posts(lambda: w.package(w.TITLES + "<row/>" * 1_048_575), 413),
    "a row after a million that are left out": posts(lambda: w.package(row('<c r="A1048576"><v>1</v></c>', 1_048_576)), 413),
    "a row of a number that there is not": posts(lambda: w.package(row("<c><v>1</v></c>", 10**12)), 413),
    "a row of 3,000,000 cells": posts(lambda: w.package(row("<c/>" * 3_000_000)), 413),
    "100 rows of 16,000 cells": posts(lambda: w.package(w.TITLES + ("<row>" + "<c/>" * 16_000 + "</row>") * 100), 413),
    "a cell in a column that there is not": posts(lambda: w.package(row('<c r="ZZZZZZZ2"><v>1</v></c>')), *ANY),
    "a million shared strings": posts(lambda: w.package(strings=w.strings(1_000_000)), 413),
    "a shared string of 49 MB": posts(lambda: w.package(row('<c r="A2" t="s"><v>0</v></c>'), strings=w.strings(1).replace("<t>x", "<t>" + "y" * 49_000_000)), *ANY),
    "a title of 1 MB": posts(lambda: w.package(w.TITLES.replace("projet", "p" * 1_000_000)), 413, 422),
    "10,000 titles": posts(lambda: w.package('<row r="1">' + "<c><v>1</v></c>" * 10_000 + "</row>"), 413, 422),
    "20,000 parts": posts(lambda: w.package(more={f"xl/a{n}.xml": "" for n in range(20_000)}), 413),
    "400,000 names of ranges": posts(lambda: w.package(more={"xl/a.xml": "<a>" + "<b/>" * 500_000 + "</a>"}), 413),
    "190,000 formats of cells": posts(lambda: w.package(more={"xl/styles.xml": "<styleSheet>" + '<xf numFmtId="0"/>' * 190_000 + "</styleSheet>"}), 413),
    "50,000 names of ranges": posts(lambda: w.package(more={"xl/a.xml": "<a>" + "<definedName/>" * 50_000 + "</a>"}), 413),
    "a cell that says 300,000 things of itself": posts(lambda: w.package(row("<c " + " ".join(f'a{n}="1"' for n in range(300_000)) + "/>"))),
    "elements in elements, 45,000 deep": posts(lambda: w.package(row("<c>" + "<is>" * 45_000 + "</is>" * 45_000 + "</c>")), *ANY),
    "a sheet that is larger than it says": posts(lying),
    # what is declared
    "entities of entities": posts(sheet_with(f"<!DOCTYPE r [{LAUGHS}]>", "&l11;"), 400),
    "a file by an entity": posts(sheet_with('<!DOCTYPE r [<!ENTITY a SYSTEM "file:///etc/passwd">]>', "&a;"), 400),
    "an address by an entity": posts(sheet_with('<!DOCTYPE r [<!ENTITY a SYSTEM "http://127.0.0.1:9/">]>', "&a;"), 400),
    "a parameter entity": posts(sheet_with('<!DOCTYPE r [<!ENTITY % a SYSTEM "http://127.0.0.1:9/"> %a;]>'), 400),
    "a type of a document elsewhere": posts(sheet_with('<!DOCTYPE r SYSTEM "http://127.0.0.1:9/">'), 400),
    "entities in the shared strings": posts(lambda: w.package(strings=f"<!DOCTYPE r [{LAUGHS}]>" + w.strings(1)), 400),
    "entities in the list of parts": posts(lambda: w.package(more={"[Content_Types].xml": f"<!DOCTYPE r [{LAUGHS}]><Types/>"}), 400),
    "entities in UTF-16": posts(lambda: w.package(more={"xl/worksheets/sheet1.xml": f"<!DOCTYPE r [{LAUGHS}]><worksheet/>".encode("utf-16")}), 400),
    "entities in UTF-7": posts(lambda: w.package(head='<?xml version="1.0" encoding="utf-7"?>+ADw-!DOCTYPE r+AD4-'), 400),
    "an encoding nobody knows": posts(lambda: w.package(head='<?xml version="1.0" encoding="klingon"?>'), 400),
    # what does something
    "macros": posts(lambda: w.package(more={"xl/vbaProject.bin": b"\0" * 100}), 400),
    "a formula": posts(lambda: w.package(row('<c r="A2"><f>HYPERLINK("http://127.0.0.1:9/")</f><v>a</v></c>')), 200),
    "a command by a formula": posts(lambda: w.package(row("<c r=\"A2\"><f>cmd|' /C calc'!A0</f><v>a</v></c>")), 200),
    "a formula as a title": posts(lambda: w.package('<row r="1"><c r="A1"><f>1</f></c></row>'), 422),
    "a formula shared by 90,000 cells": posts(lambda: w.package(w.TITLES + "".join(f'<row><c><f t="shared" si="0">{"A1+" * 20 if n == 0 else ""}A1</f></c></row>' for n in range(20_000))), *ANY),
    "another workbook by a link": posts(lambda: w.package(more={"xl/externalLinks/externalLink1.xml": "<externalLink/>", "xl/externalLinks/_rels/externalLink1.xml.rels": '<a Target="http://127.0.0.1:9/"/>'}), *ANY),
    "text that looks like a formula": posts(lambda: w.workbook(["projet"], ["'=1+1"]), 200),
    # what is no workbook
    "nothing": posts(lambda: b"", 400),
    "bytes that are none": posts(lambda: b"\xff" * 5000, 400),
    "an archive of nothing": posts(lambda: b"PK\x05\x06" + b"\0" * 18, 400),
    "an archive cut short": posts(lambda: w.package()[:-200], 400),
    "an old workbook": posts(lambda: OLD, 400),
    "parts that are enciphered": posts(locked, 400),
    "an archive by bzip2": posts(lambda: squeezed(zipfile.ZIP_BZIP2), 400),
    "an archive by LZMA": posts(lambda: squeezed(zipfile.ZIP_LZMA), 400),
    "a sheet twice": posts(twice, 400),
    "a part named up and up": posts(lambda: w.package(more={"../../../etc/passwd": "x"}), *ANY),
    "a sheet elsewhere": posts(lambda: w.package(more={"xl/_rels/workbook.xml.rels": '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="x/worksheet" Target="file:///etc/passwd" TargetMode="External"/></Relationships>'}), 400, 422),
    "no sheet": posts(lambda: w.package(more={"xl/workbook.xml": f'<workbook xmlns="{w.MAIN}"/>'}), 400, 422),
    "an OpenDocument": posts(lambda: squeezed(zipfile.ZIP_STORED).replace(b"[Content_Types].xml", b"mimetype.0123456789"), 400),
    "a number that is none": posts(lambda: w.package(row('<c r="A2"><v>NaN</v></c>')), 400),
    "a number of 100,000 digits": posts(lambda: w.package(row('<c r="A2"><v>' + "9" * 100_000 + "</v></c>")), *ANY),
    "a day beyond all days": posts(lambda: w.package(row('<c r="A2" t="d"><v>99999-99-99</v></c>')), *ANY),
    "a string that there is not": posts(lambda: w.package(row('<c r="A2" t="s"><v>99999</v></c>')), 400),
    "merged cells": posts(lambda: w.package(after='<mergeCells count="1"><mergeCell ref="A1:XFD1048576"/></mergeCells>'), 422),
    "100,000 merged cells": posts(lambda: w.package(after="<mergeCells>" + '<mergeCell ref="A1:B1"/>' * 90_000 + "</mergeCells>"), 413, 422),
    # other doors
    "assess: a million empty rows": posts(lambda: w.package(w.TITLES + "<row/>" * 1_048_575), 413, path="/assess"),
    "assess: a formula": posts(lambda: w.package(row('<c r="A2"><f>1+1</f><v>2</v></c>')), 400, path="/assess"),
    "what-if: entities of entities": posts(sheet_with(f"<!DOCTYPE r [{LAUGHS}]>", "&l11;"), 400, path="/what-if"),
}  # fmt: skip
