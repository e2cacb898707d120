"""The XML inside a workbook: entities, parts that are no XML, sheets that contradict themselves."""

from collections.abc import Callable, Iterator

from tests.hostile.case import Case, bomb, either, read, refused, told
from tests.hostile.parts import (
    DECLARED,
    HEAD,
    MAIN,
    PERSON,
    STYLES,
    book,
    book_of,
    number_cell,
    people,
    row,
    rows,
    sheet,
    text_cell,
    with_cell,
)

_DECLARED_OTHER = DECLARED.replace("UTF-8", "{}")


def _made(xml: str | bytes, **named: str | bytes) -> Callable[[], bytes]:
    return lambda: book(xml, **named)


def _with_doctype(doctype: str, inside: str = "&a;") -> str:
    body = sheet(rows(HEAD, PERSON)).replace(DECLARED, f"{DECLARED}{doctype}")
    return body.replace("Nguyễn Văn Thử", inside)


def _laughs() -> str:
    lines = ['<!ENTITY l0 "ha">']
    lines += [f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 11)]
    return f"<!DOCTYPE x [{''.join(lines)}]>"


def _entities() -> Iterator[Case]:
    quadratic = f'<!DOCTYPE x [<!ENTITY a "{"a" * 50_000}">]>'
    external = '<!DOCTYPE x [<!ENTITY a SYSTEM "{}">]>'
    parameter = '<!DOCTYPE x [<!ENTITY % p SYSTEM "http://127.0.0.1:9/x.dtd"> %p;]>'
    yield bomb("entities: billion laughs", "a.xlsx", _made(_with_doctype(_laughs(), "&l10;")))
    yield bomb("entities: quadratic", "a.xlsx", _made(_with_doctype(quadratic, "&a;" * 20_000)))
    yield refused(
        "entities: a file of the server",
        "a.xlsx",
        _made(_with_doctype(external.format("file:///etc/passwd"))),
    )
    yield refused(
        "entities: an address",
        "a.xlsx",
        _made(_with_doctype(external.format("http://127.0.0.1:9/"))),
    )
    yield refused("entities: of parameters", "a.xlsx", _made(_with_doctype(parameter, "a")))
    yield refused("entities: only a DTD", "a.xlsx", _made(_with_doctype("<!DOCTYPE x>", "a")))
    yield refused(
        "entities: an outer DTD",
        "a.xlsx",
        _made(_with_doctype('<!DOCTYPE x SYSTEM "file:///etc/passwd">', "a")),
    )
    laughing = f'{DECLARED}{_laughs()}<sst xmlns="{MAIN}"><si><t>&l10;</t></si></sst>'
    yield bomb(
        "entities: laughs in shared strings", "a.xlsx", _made(people(PERSON), strings=laughing)
    )
    yield bomb(
        "entities: laughs in the workbook",
        "a.xlsx",
        lambda: book(workbook=f"{DECLARED}{_laughs()}<workbook>&l10;</workbook>"),
    )
    yield bomb(
        "entities: laughs in the styles",
        "a.xlsx",
        lambda: book(styles=f"{DECLARED}{_laughs()}<styleSheet>&l10;</styleSheet>"),
    )
    yield refused("entities: unknown", "a.xlsx", _made(people(PERSON).replace("Thử", "&b;")))


def _broken() -> Iterator[Case]:
    sound = people(PERSON)
    yield refused("sheet: no XML", "a.xlsx", _made("đây không phải XML"))
    yield refused("sheet: empty", "a.xlsx", _made(""))
    yield refused("sheet: ends in the middle", "a.xlsx", _made(sound[: len(sound) // 2]))
    yield refused("sheet: tags crossed", "a.xlsx", _made(sound.replace("</row>", "</rov>", 1)))
    yield refused(
        "sheet: bytes that are no UTF-8",
        "a.xlsx",
        _made(sound.encode().replace("Thử".encode(), b"Th\xff\xfe")),
    )
    # Whoever goes by the names of the tags alone reads what stands there.
    yield either("sheet: of another namespace", "a.xlsx", _made(sound.replace(MAIN, "urn:other")))
    yield either("sheet: of no namespace", "a.xlsx", _made(sound.replace(f' xmlns="{MAIN}"', "")))
    yield told("sheet: HTML", "a.xlsx", _made("<html><body><table/></body></html>"))
    yield either(
        "sheet: said to be UTF-16",
        "a.xlsx",
        _made(sound.replace("UTF-8", "UTF-16").encode("utf-16")),
    )
    yield told(
        "sheet: an encoding that does not exist",
        "a.xlsx",
        _made(sound.replace("UTF-8", "X-NO-SUCH")),
    )
    deep = "<a>" * 100_000 + "</a>" * 100_000
    yield told("sheet: 100 000 tags one in another", "a.xlsx", _made(sheet(deep)))
    yield either(
        "sheet: an attribute of 5 MB",
        "a.xlsx",
        _made(sound.replace("<sheetData>", f'<sheetData x="{"a" * 5_000_000}">')),
    )
    many = "".join(f' a{n}="x"' for n in range(50_000))
    yield either(
        "sheet: 50 000 attributes",
        "a.xlsx",
        _made(sound.replace("<sheetData>", f"<sheetData{many}>")),
    )
    comment = f"<!--{'a' * 3_000_000}-->"
    yield either(
        "sheet: a comment of 3 MB", "a.xlsx", _made(sound.replace("<row", f"{comment}<row", 1))
    )
    yield either(
        "sheet: processing instructions",
        "a.xlsx",
        _made(sound.replace("<row", '<?php system("id"); ?><row', 1)),
    )
    yield told(
        "sheet: an inclusion",
        "a.xlsx",
        _made(
            sound.replace(
                "Nguyễn Văn Thử",
                '</t><xi:include xmlns:xi="http://www.w3.org/2001/XInclude" '
                'href="file:///etc/passwd" parse="text"/><t>',
            )
        ),
    )


def _rows_cases() -> Iterator[Case]:
    def shaped(*numbers: str) -> Callable[[], bytes]:
        first = row(1, HEAD)
        others = "".join(
            row(2, (f"Lê Văn {chr(65 + n)}", "Nam", f"{1970 + n}")).replace(
                'r="2"', f'r="{number}"', 1
            )
            for n, number in enumerate(numbers)
        )
        return _made(sheet(first + others))

    yield refused("rows: one number twice", "a.xlsx", shaped("2", "2"))
    yield refused("rows: backwards", "a.xlsx", shaped("3", "2"))
    yield refused("rows: zero", "a.xlsx", shaped("0"))
    yield refused("rows: negative", "a.xlsx", shaped("-5"))
    yield refused("rows: beyond Excel", "a.xlsx", shaped("99999999999"))
    yield refused("rows: a word", "a.xlsx", shaped("hai"))
    yield refused("rows: a fraction", "a.xlsx", shaped("2.5"))
    unnumbered = people(PERSON).replace('<row r="1">', "<row>").replace('<row r="2">', "<row>")
    yield either("rows: without numbers", "a.xlsx", _made(unnumbered))
    lone = sheet(row(1, HEAD) + row(2, PERSON) + row(19_000, ("Trần Thị Xa", "Nữ", "1971")))
    yield read("rows: a jump over 19 000", "a.xlsx", _made(lone))
    last = lone.replace("19000", "1048576")
    yield told("rows: a cell in the last row of all", "a.xlsx", _made(last), "dòng")


def _cell_places() -> Iterator[Case]:
    def placed(*places: str) -> Callable[[], bytes]:
        cells = "".join(text_cell(p, t) for p, t in zip(places, (*PERSON, "Bốn"), strict=False))
        return _made(sheet(f'{row(1, HEAD)}<row r="2">{cells}</row>'))

    yield refused("cells: one place twice", "a.xlsx", placed("A2", "B2", "C2", "A2"))
    yield either("cells: out of order", "a.xlsx", placed("C2", "B2", "A2"))
    yield refused("cells: of another row", "a.xlsx", placed("A2", "B9", "C2"))
    yield refused("cells: no address at all", "a.xlsx", placed("??", "B2", "C2"))
    yield refused("cells: a column beyond Excel", "a.xlsx", placed("A2", "B2", "ZZZZ2"))
    yield refused("cells: row zero", "a.xlsx", placed("A0", "B2", "C2"))
    yield either("cells: without addresses", "a.xlsx", placed("", "", ""))
    yield either("cells: small letters", "a.xlsx", placed("a2", "b2", "c2"))
    yield told("cells: the last column of all", "a.xlsx", placed("A2", "B2", "C2", "XFD2"), "cột")
    wide = row(1, [*HEAD, *(f"Cột {n}" for n in range(16_381))])
    yield told("cells: 16 384 columns", "a.xlsx", _made(sheet(wide + row(2, PERSON))), "cột")
    for name, dimension in (
        ("a lie", "A1:B1"),
        ("all of Excel", "A1:XFD1048576"),
        ("no range", "x"),
        ("backwards", "Z9:A1"),
    ):
        yield either(
            f"dimension: {name}",
            "a.xlsx",
            _made(sheet(rows(HEAD, PERSON), f'<dimension ref="{dimension}"/>')),
        )


def _empty_many() -> Iterator[Case]:
    def formatted() -> bytes:
        many = "".join(f'<row r="{n}" s="1"><c r="A{n}" s="1"/></row>' for n in range(3, 1_000_000))
        return book(sheet(rows(HEAD, PERSON) + many))

    yield Case(
        "a million rows that are only formatted",
        "a.xlsx",
        formatted,
        ("accepted", "refused"),
        seconds=15,
    )
    column = '<cols><col min="1" max="16384" width="9" hidden="1"/></cols>'
    yield either("all columns hidden", "a.xlsx", _made(sheet(rows(HEAD, PERSON), column)))
    merged = "".join(f'<mergeCell ref="A{n}:XFD{n}"/>' for n in range(10, 30_000))
    yield either(
        "30 000 merged rows",
        "a.xlsx",
        _made(sheet(rows(HEAD, PERSON), after=f"<mergeCells>{merged}</mergeCells>")),
    )
    for name, ref in (
        ("everything", "A1:XFD1048576"),
        ("nothing", ""),
        ("a word", "A:B:C"),
        ("over the head and the people", "A1:C9"),
    ):
        after = f'<mergeCells count="1"><mergeCell ref="{ref}"/></mergeCells>'
        yield either(f"merged: {name}", "a.xlsx", _made(sheet(rows(HEAD, PERSON), after=after)))


def _indexes() -> Iterator[Case]:
    no_number = number_cell("D2", "", ' t="s"')
    yield either("shared string of no number", "a.xlsx", _made(with_cell(no_number)))  # empty
    for index in ("1", "99999999", "-1", "x"):
        yield refused(
            f"shared string {index}",
            "a.xlsx",
            _made(with_cell(number_cell("D2", index, ' t="s"'))),
        )
    for index in ("2", "99999", "-1", "x"):
        yield told(
            f"style {index}", "a.xlsx", _made(with_cell(number_cell("D2", "12", f' s="{index}"')))
        )
    fonts = STYLES.replace('numFmtId="14" fontId="0"', 'numFmtId="9999" fontId="77"')
    yield either(
        "a style of a font that is not there",
        "a.xlsx",
        _made(with_cell(number_cell("D2", "12", ' s="1"')), styles=fonts),
    )
    yield either("styles that are no XML", "a.xlsx", _made(people(PERSON), styles="x"))
    one = f'<numFmts><numFmt numFmtId="200" formatCode="{"[" * 5000}"/></numFmts><fonts'
    formats = STYLES.replace("<fonts", one).replace('"14"', '"200"')
    yield either(
        "a number format of 5 000 brackets",
        "a.xlsx",
        _made(with_cell(number_cell("D2", "12", ' s="1"')), styles=formats),
    )


def _sheets() -> Iterator[Case]:
    sound = people(PERSON)
    yield either("sheets: hidden", "a.xlsx", lambda: book_of([("Hồ sơ", ' state="hidden"', sound)]))
    yield either(
        "sheets: very hidden", "a.xlsx", lambda: book_of([("Hồ sơ", ' state="veryHidden"', sound)])
    )
    yield either(
        "sheets: two that say one thing",
        "a.xlsx",
        lambda: book_of([("Hồ sơ", "", sound), ("Hồ sơ (2)", "", sound)]),
    )
    yield either(
        "sheets: one name twice",
        "a.xlsx",
        lambda: book_of([("Hồ sơ", "", sound), ("Hồ sơ", "", sound)]),
    )
    yield either(
        "sheets: 150 of them",
        "a.xlsx",
        lambda: book_of([(f"T{n}", "", sheet("")) for n in range(150)]),
    )
    for name in (
        "<script>alert(1)</script>",
        "../../etc/passwd",
        "=1+1",
        "{{7*7}}",
        "a" * 5000,
        "Hồ sơ\u202e",
        "' OR 1=1 --",
    ):
        yield either(
            f"sheets: named {name[:24]!a}", "a.xlsx", lambda name=name: book_of([(name, "", sound)])
        )


def cases() -> Iterator[Case]:
    yield from _entities()
    yield from _broken()
    yield from _rows_cases()
    yield from _cell_places()
    yield from _empty_many()
    yield from _indexes()
    yield from _sheets()
