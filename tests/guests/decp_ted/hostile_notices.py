"""Notices of TED that are made to do harm: what each may lead to, and in how much time."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

NS = "http://publications.europa.eu/resource/schema/ted/R2.0.9/publication"
UBL = "urn:oasis:names:specification:ubl:schema:xsd"
CBC = f'xmlns:cbc="{UBL}:CommonBasicComponents-2"'
CAC = f'xmlns:cac="{UBL}:CommonAggregateComponents-2"'
HEAD = '<?xml version="1.0" encoding="UTF-8"?>\n'
# What a notice that is read may lead to, and what it may be refused as.
READ, REFUSED = "read", "refused"


@dataclass(frozen=True)
class NoticeAttack:
    """A notice, what becomes of it, and within how many seconds of processor."""

    make: Callable[[], str | bytes]
    end: str = REFUSED
    seconds: float = 1.0


def form(inside: str, within: str = "OBJECT_CONTRACT", more: str = "") -> str:
    """Return a notice in form F02 with something in one of its sections."""
    return (
        f'{HEAD}<TED_EXPORT xmlns="{NS}" DOC_ID="1-2024"><FORM_SECTION><F02_2014 CATEGORY="ORIGINAL">'
        f"<{within}>{inside}</{within}>{more}</F02_2014></FORM_SECTION></TED_EXPORT>"
    )


def eforms(inside: str, attributes: str = "") -> str:
    """Return a notice in eForms with something in it."""
    return f'{HEAD}<ContractNotice xmlns="{UBL}:ContractNotice-2" {CBC} {CAC} {attributes}>{inside}</ContractNotice>'


def declared(declaration: str, use: str = "&x;") -> str:
    """Return a notice with a document type before it, whose title uses what that declares."""
    return form(f"<TITLE><P>{use}</P></TITLE>").replace(
        HEAD, f"{HEAD}<!DOCTYPE TED_EXPORT {declaration}>"
    )


def laughs() -> str:
    """Return entities that each hold ten of the one before."""
    entities = "".join(
        f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' if n else '<!ENTITY l0 "lol">' for n in range(12)
    )
    return declared(f"[{entities}]", "&l11;")


def amount(number: str, currency: str = "EUR") -> NoticeAttack:
    """Return a value that is written to cost time or to be believed."""
    return NoticeAttack(
        lambda: form(
            f'<TITLE><P>x</P></TITLE><VAL_TOTAL CURRENCY="{currency}">{number}</VAL_TOTAL>'
        ),
        READ,
    )


def lasting(duration: str) -> NoticeAttack:
    """Return a lot with a period."""
    return NoticeAttack(lambda: form(f"<OBJECT_DESCR>{duration}</OBJECT_DESCR>"), READ)


def many_lots(count: int) -> str:
    """Return lots that are awarded each, in an order that looks each of them up."""
    lots = "".join(f"<OBJECT_DESCR><LOT_NO>{n}</LOT_NO></OBJECT_DESCR>" for n in range(count))
    awards = "".join(
        f"<AWARD_CONTRACT><LOT_NO>{n}</LOT_NO><AWARDED_CONTRACT/></AWARD_CONTRACT>"
        for n in range(count)
    )
    return form(lots, more=awards)


def many_results(count: int) -> str:
    """Return lots and results in eForms, each of which looks the other up."""
    lots = "".join(
        f"<cac:ProcurementProjectLot><cbc:ID>L{n}</cbc:ID></cac:ProcurementProjectLot>"
        for n in range(count)
    )
    names = {"efac": "aggregate-components", "efbc": "basic-components"}
    spaces = " ".join(
        f'xmlns:{short}="http://data.europa.eu/p27/eforms-ubl-extension-{name}/1"'
        for short, name in names.items()
    )
    results = "".join(
        f"<efac:LotResult><efac:TenderLot><cbc:ID>L{n}</cbc:ID></efac:TenderLot></efac:LotResult>"
        for n in range(count)
    )
    extension = (
        f'<e:UBLExtensions xmlns:e="{UBL}:CommonExtensionComponents-2"><e:UBLExtension><e:ExtensionContent>'
        '<x:EformsExtension xmlns:x="http://data.europa.eu/p27/eforms-ubl-extensions/1"><efac:NoticeResult>'
        f"{results}</efac:NoticeResult></x:EformsExtension></e:ExtensionContent></e:UBLExtension></e:UBLExtensions>"
    )
    return eforms(extension + lots, spaces)


TITLE = "<TITLE><P>x</P></TITLE>"
NOTICES = {
    "entities: billion laughs": NoticeAttack(laughs),
    "entities: quadratic blow-up": NoticeAttack(
        lambda: declared(f'[<!ENTITY x "{"a" * 100_000}">]', "&x;" * 50_000)
    ),
    "entities: a file": NoticeAttack(lambda: declared('[<!ENTITY x SYSTEM "file:///etc/hostname">]')),
    "entities: an address": NoticeAttack(lambda: declared('[<!ENTITY x SYSTEM "http://127.0.0.1:9/">]')),
    "entities: of parameters": NoticeAttack(
        lambda: declared('[<!ENTITY % p SYSTEM "http://127.0.0.1:9/"> %p;]', "")
    ),
    "entities: one in itself": NoticeAttack(lambda: declared('[<!ENTITY x "&x;">]')),
    "entities: one nobody declared": NoticeAttack(lambda: form("<TITLE><P>&x;</P></TITLE>")),
    "document type: elsewhere": NoticeAttack(lambda: declared('SYSTEM "http://127.0.0.1:9/a.dtd"', "")),
    "document type: public": NoticeAttack(lambda: declared('PUBLIC "-//x//y" "file:///etc/passwd"', "")),
    "document type: empty": NoticeAttack(lambda: declared("[]", "")),
    "document type: default attributes": NoticeAttack(
        lambda: declared('[<!ATTLIST P a CDATA "x">]', "")
    ),
    "depth: 100,000 levels": NoticeAttack(lambda: form("<P>" * 100_000 + "</P>" * 100_000)),
    "depth: 101 levels": NoticeAttack(lambda: form("<P>" * 98 + "</P>" * 98)),
    "attributes: 100,000 of one element": NoticeAttack(
        lambda: form("<P " + " ".join(f'a{n}="x"' for n in range(100_000)) + "/>")
    ),
    "attributes: one of 10 MB": NoticeAttack(lambda: form(f'<CPV_CODE CODE="{"7" * 10_000_000}"/>'), READ, 2.0),
    "attributes: one twice": NoticeAttack(lambda: form('<P a="1" a="2"/>')),
    "elements: 300,000": NoticeAttack(lambda: form("<P/>" * 300_000)),
    "elements: 190,000 that tell something": NoticeAttack(
        lambda: form("<OPTIONS/>" * 190_000, "OBJECT_DESCR"), READ, 4.0
    ),
    "elements: 60,000 unknown procedures": NoticeAttack(
        lambda: form("".join(f"<PT_{n}/>" for n in range(60_000)), "PROCEDURE"), READ, 4.0
    ),
    "elements: a name of 10 MB": NoticeAttack(lambda: form(f"<{'a' * 10_000_000}/>"), READ),
    "text: 10 MB of title": NoticeAttack(lambda: form(f"<TITLE><P>{'dsp ' * 2_500_000}</P></TITLE>"), READ, 2.0),
    "text: 10 MB of marks within words": NoticeAttack(
        lambda: form(f"<TITLE><P>{'<FT>x</FT>' * 100_000}</P></TITLE>"), READ, 3.0
    ),
    "text: 10 MB of blanks": NoticeAttack(lambda: form(f"<TITLE><P>{' ' * 10_000_000}</P></TITLE>"), READ),
    "text: a comment of 10 MB": NoticeAttack(lambda: form(f"<!--{'x' * 10_000_000}-->"), READ),
    "text: 100,000 sections of plain characters": NoticeAttack(
        lambda: form(f"<TITLE><P>{'<![CDATA[x]]>' * 100_000}</P></TITLE>"), READ, 2.0
    ),
    "text: 100,000 instructions": NoticeAttack(lambda: form("<?x y?>" * 100_000), READ),
    "text: signs nobody sees": NoticeAttack(
        lambda: form("<TITLE><P>a&#x202E;b&#x92;c&#x85;&#x2066;</P></TITLE>"), READ
    ),
    "text: a character that XML does not have": NoticeAttack(lambda: form("<TITLE><P>&#0;</P></TITLE>")),
    "text: formulas": NoticeAttack(lambda: form("<TITLE><P>=cmd|' /C calc'!A0</P></TITLE>"), READ),
    "text: markup": NoticeAttack(lambda: form("<TITLE><P>&lt;script&gt;x&lt;/script&gt;</P></TITLE>"), READ),
    "size: 20 MB and one byte": NoticeAttack(lambda: b"<" + b" " * 20_000_000),
    "size: nothing": NoticeAttack(lambda: b""),
    "size: blanks": NoticeAttack(lambda: b"  \n"),
    "encoding: UTF-16 with its mark": NoticeAttack(lambda: form(TITLE).encode("utf-16"), READ),
    "encoding: UTF-16 without": NoticeAttack(lambda: form(TITLE).encode("utf-16-le"), READ),
    "encoding: UTF-32": NoticeAttack(lambda: form(TITLE).encode("utf-32")),
    "encoding: UTF-7, declared": NoticeAttack(
        lambda: form("<TITLE><P>+ADw-script+AD4-</P></TITLE>").replace("UTF-8", "UTF-7")
    ),
    "encoding: Latin 1, declared": NoticeAttack(
        lambda: form("<TITLE><P>é</P></TITLE>").replace("UTF-8", "ISO-8859-1").encode("latin-1")
    ),
    "encoding: EBCDIC, declared": NoticeAttack(lambda: form(TITLE).replace("UTF-8", "cp037")),
    "encoding: one nobody knows": NoticeAttack(lambda: form(TITLE).replace("UTF-8", "x-klingon")),
    "encoding: bytes that are no UTF-8": NoticeAttack(lambda: form(TITLE).encode() + b"\xff\xfe"),
    "encoding: NUL": NoticeAttack(lambda: form(TITLE).encode() + b"\x00"),
    "names: no namespace": NoticeAttack(lambda: form(TITLE).replace(f' xmlns="{NS}"', "")),
    "names: another namespace": NoticeAttack(lambda: form(TITLE).replace(NS, "http://example.org/ted/")),
    "names: one that only ends like ours": NoticeAttack(
        lambda: form(TITLE).replace(NS, "http://evil.example/?http://publications.europa.eu/ted/R2.0.9")
    ),
    "names: a title of another namespace": NoticeAttack(
        lambda: form('<x:TITLE xmlns:x="urn:x"><P>x</P></x:TITLE>'), READ
    ),
    "names: another root": NoticeAttack(lambda: f'{HEAD}<Invoice xmlns="{UBL}:Invoice-2"/>'),
    "names: inclusion": NoticeAttack(
        lambda: form('<i:include xmlns:i="http://www.w3.org/2001/XInclude" href="file:///etc/hostname"/>'), READ
    ),
    "names: a style sheet": NoticeAttack(
        lambda: form(TITLE).replace(HEAD, f'{HEAD}<?xml-stylesheet href="http://127.0.0.1:9/"?>'), READ
    ),
    "names: 50,000 prefixes": NoticeAttack(
        lambda: eforms("", " ".join(f'xmlns:a{n}="urn:{n}"' for n in range(50_000))), READ
    ),
    "names: no contract": NoticeAttack(
        lambda: f'{HEAD}<TED_EXPORT xmlns="{NS}"><FORM_SECTION/></TED_EXPORT>'
    ),
    "names: a form nobody knows": NoticeAttack(lambda: form(TITLE).replace("F02_2014", "F99_2014"), READ),
    "names: an identifier with a path": NoticeAttack(
        lambda: form(TITLE).replace("1-2024", "../../etc/passwd"), READ
    ),
    "end: in the middle": NoticeAttack(lambda: form(TITLE)[:-30]),
    "end: twice": NoticeAttack(lambda: form(TITLE) + form(TITLE)),
    "end: no XML": NoticeAttack(lambda: '{"a": 1}'),
    "end: a compressed file": NoticeAttack(lambda: b"\x1f\x8b\x08\x00" + b"\x00" * 100),
    "number: a million digits": amount("9" * 1_000_000),
    "number: a huge exponent": amount("1E999999999"),
    "number: a tiny exponent": amount("1E-999999999"),
    "number: none": amount("NaN"),
    "number: infinity": amount("Infinity"),
    "number: below nothing": amount("-1"),
    "number: underscores": amount("1_000_000"),
    "number: digits of another script": amount("١٢٣٤٥٦٧"),
    "number: a currency of 1 MB": amount("100000", "E" * 1_000_000),
    "period: 10^30 months": lasting('<DURATION TYPE="MONTH">1000000000000000000000000000000</DURATION>'),
    "period: less than nothing": lasting('<DURATION TYPE="DAY">-5</DURATION>'),
    "period: a unit nobody knows": lasting('<DURATION TYPE="EON">1</DURATION>'),
    "period: backwards": lasting("<DATE_START>2034-12-31</DATE_START><DATE_END>2023-01-01</DATE_END>"),
    "period: years 0022 and 9999": lasting("<DATE_START>0022-01-01</DATE_START><DATE_END>9999-12-31</DATE_END>"),
    "period: a day that is none": lasting("<DATE_START>2024-02-30</DATE_START><DATE_END>2024-13-01</DATE_END>"),
    "lots: 20,000, each awarded": NoticeAttack(lambda: many_lots(20_000), READ, 6.0),
    "lots: 25,000 results in eForms": NoticeAttack(lambda: many_results(25_000), READ, 6.0),
}  # fmt: skip
