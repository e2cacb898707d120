"""What stands in cells: formulas, numbers that are none, days that never were, attacks."""

from collections.abc import Callable, Iterator

from tests.hostile.case import Case, either, read, refused, told
from tests.hostile.parts import (
    HEAD,
    MAIN,
    PERSON,
    book,
    number_cell,
    people,
    row,
    rows,
    sheet,
    text_cell,
    with_cell,
)


def _book(xml: str, **named: str) -> Callable[[], bytes]:
    return lambda: book(xml, **named)


def _formula(inside: str, value: str = "") -> str:
    return f'<c r="D2"><f{inside}</f>{value}</c>'


def _with_name(cell: str) -> str:
    """A sheet whose only person has this cell as the name."""
    others = "".join(text_cell(f"{c}2", t) for c, t in zip("BC", PERSON[1:], strict=True))
    return sheet(f'{row(1, HEAD)}<row r="2">{cell}{others}</row>')


def _formulas() -> Iterator[Case]:
    yield told(
        "formula: in the name",
        "a.xlsx",
        _book(_with_name('<c r="A2"><f>B2&amp;C2</f></c>')),
        "công thức",
    )
    yield told(
        "formula: that calls a program",
        "a.xlsx",
        _book(_with_name('<c r="A2"><f>cmd|"/c calc"!A1</f></c>')),
        "công thức",
    )
    yield told(
        "formula: that opens an address",
        "a.xlsx",
        _book(_with_name('<c r="A2"><f>WEBSERVICE("http://127.0.0.1:9/")</f></c>')),
        "công thức",
    )
    yield told(
        "formula: array, in the name",
        "a.xlsx",
        _book(_with_name('<c r="A2"><f t="array" ref="A2:A9">B2:B9</f></c>')),
        "công thức",
    )
    yield told(
        "formula: shared, without its first",
        "a.xlsx",
        _book(_with_name('<c r="A2"><f t="shared" si="7"/></c>')),
        "công thức",
    )
    yield either(
        "formula: with its value, beside the people",
        "a.xlsx",
        _book(with_cell(_formula(">1+1", "<v>2</v>"))),
    )
    yield either(
        "formula: a table of data",
        "a.xlsx",
        _book(with_cell(_formula(' t="dataTable" ref="D2:D9" r1="A1">'))),
    )
    yield either("formula: 8 000 brackets", "a.xlsx", _book(with_cell(_formula(f">{'(' * 8000}"))))
    for error in ("#N/A", "#REF!", "#DIV/0!", "#NAME?", "#KHÔNG!"):
        yield told(
            f"error value {error} as a name",
            "a.xlsx",
            _book(_with_name(f'<c r="A2" t="e"><v>{error}</v></c>')),
        )


def _numbers() -> Iterator[Case]:
    for value in (
        "NaN",
        "INF",
        "-INF",
        "1e308",
        "1e999",
        "-0",
        "1,5",
        "0x10",
        "1_000",
        "٣",
        "9" * 400,
        "",
    ):
        yield either(
            f"number {value[:12] or 'empty'!a}",
            "a.xlsx",
            _book(with_cell(number_cell("D2", value))),
        )
    for value in ("NaN", "1e999", "-1", "1e308", "2958466", "99999999"):
        yield told(f"day {value}", "a.xlsx", _book(_born(number_cell("C2", value, ' s="1"'))))
    for value in ("0", "60", "0.5"):
        yield either(f"day {value}", "a.xlsx", _book(_born(number_cell("C2", value, ' s="1"'))))
    for text in ("31/02/1975", "00/00/0000", "32/13/1970", "12/05/9999", "-1/5/1970", "năm sau"):
        yield told(f"day as text {text}", "a.xlsx", _book(_born(text_cell("C2", text))))
    yield either(
        "day of its own kind", "a.xlsx", _book(_born('<c r="C2" t="d"><v>1980-05-12</v></c>'))
    )
    yield told(
        "day of its own kind, never",
        "a.xlsx",
        _book(_born('<c r="C2" t="d"><v>1980-13-45</v></c>')),
    )
    for kind, value in (("b", "7"), ("b", "x"), ("zz", "1"), ("str", "chữ"), ("n", "chữ")):
        yield either(
            f"kind {kind} that says {value}",
            "a.xlsx",
            _book(with_cell(number_cell("D2", value, f' t="{kind}"'))),
        )


def _born(cell: str) -> str:
    others = "".join(text_cell(f"{c}2", t) for c, t in zip("AB", PERSON, strict=False))
    return sheet(f'{row(1, HEAD)}<row r="2">{others}{cell}</row>')


_ATTACKS = {
    "a script": "<script>alert(1)</script>",
    "an image that acts": '"><img src=x onerror=alert(1)>',
    "a template": "{{ 7*7 }}{% debug %}",
    "a query": "'; DROP TABLE cadres_cadre; --",
    "a path": "../../../../etc/passwd",
    "a path of Windows": "C:\\Windows\\System32\\config",
    "a formula": '=HYPERLINK("http://127.0.0.1:9/","xem")',
    "a formula after a sign": "+1+cmd|' /C calc'!A0",
    "an at sign": "@SUM(1+1)",
    "written backwards": "Nguyễn \u202eaV năV\u202c",
    "joined by what is not seen": "Nguyễn\u200b\u2060 Văn\ufeff A",
    "in Cyrillic": "Nguуеn Vаn А",
    "a format": "%s%n%x{0}{__class__}",
    "of signs piled up": "Z" + "\u0301" * 500,
    "an emoji": "Nguyễn Văn \U0001f600",
    "only blanks": " \u00a0\u3000\u200b ",
    "a word of the reader": "None",
    "of one letter a thousand times": "A" * 1000,
    "a private character": "Nguyễn \ue000\uf8ff",
    "no character at all": "Nguyễn \ufffe Văn",
}


def _texts() -> Iterator[Case]:
    """As a name: what no name has is told, and what is not seen is at most taken out."""
    for name, text in _ATTACKS.items():
        yield either(f"name: {name}", "a.xlsx", _book(people((text, "Nam", "12/05/1980"))))
    for name, text in (
        ("a script", "<script>alert(1)</script>"),
        ("a query", "'; DROP TABLE x; --"),
        ("a formula", "=1+1"),
        ("in Cyrillic", "Nguуеn Vаn А"),
    ):
        yield told(f"name told: {name}", "a.xlsx", _book(people((text, "Nam", "12/05/1980"))))
    for name, head in (
        ("a script", "<script>alert(1)</script>"),
        ("30 000 letters", "Cột" * 10_000),
    ):
        yield either(f"head: {name}", "a.xlsx", _book(sheet(rows([*HEAD, head], [*PERSON, "x"]))))
    yield told("name: 32 768 letters", "a.xlsx", _book(people(("Ă" * 32_768, "Nam", "1980"))))
    yield told("name: 4 million letters", "a.xlsx", _book(people(("Ă" * 4_000_000, "Nam", "1980"))))
    for code in (0x00, 0x01, 0x08, 0x0B, 0x1F):
        yield refused(
            f"name: control character {code:02X}",
            "a.xlsx",
            _book(people((f"Nguyễn{chr(code)} Văn", "Nam", "1980"))),
        )
        yield either(
            f"name: control character _x{code:04X}_",
            "a.xlsx",
            _book(people((f"Nguyễn _x{code:04X}_ Văn", "Nam", "1980"))),
        )
    yield either(
        "name: escaped half of a pair",
        "a.xlsx",
        _book(people(("Nguyễn _xD800_ Văn", "Nam", "1980"))),
    )
    lone = people(("Nguyễn @@ Văn", "Nam", "1980"))
    yield refused("name: half of a pair by number", "a.xlsx", _book(lone.replace("@@", "&#xD800;")))
    yield refused(
        "name: half of a pair in bytes",
        "a.xlsx",
        lambda: book(lone.encode().replace(b"@@", b"\xed\xa0\x80")),
    )
    yield refused("name: NUL by number", "a.xlsx", _book(lone.replace("@@", "&#0;")))


def _runs(*texts: tuple[str, str]) -> str:
    inside = "".join(
        f'<r><rPr><rFont val="{font}"/></rPr><t xml:space="preserve">{text}</t></r>'
        for font, text in texts
    )
    return f'<c r="A2" t="inlineStr"><is>{inside}</is></c>'


def _mixed() -> Iterator[Case]:
    """Old fonts beside Unicode: read right, or told of."""
    yield either(
        "encodings: two in one name",
        "a.xlsx",
        _book(_with_name(_runs((".VnTime", "NguyÔn V¨n "), ("Arial", "Thử")))),
    )
    yield either(
        "encodings: TCVN3 and VNI in one name",
        "a.xlsx",
        _book(_with_name(_runs((".VnTime", "NguyÔn "), ("VNI-Times", "Vaên Thöû")))),
    )
    lines = [
        ("NguyÔn V¨n Thö", "Nam", "1980"),
        ("Traàn Thò Maãu", "Nữ", "1981"),
        ("Lê Văn Sáu", "Nam", "1982"),
        ("Nguyê\u0303n Va\u0306n Ba\u0309y", "Nam", "1983"),
    ]
    yield either("encodings: four in one column, without fonts", "a.xlsx", _book(people(*lines)))
    yield either(
        "encodings: the name told twice in two ways",
        "a.xlsx",
        _book(people(("NguyÔn Nguyễn Nguyeãn", "Nam", "1980"))),
    )
    yield either(
        "a run without a font, and one of 5 000 letters",
        "a.xlsx",
        _book(_with_name(_runs(("", "Nguyễn "), ("A" * 5000, "Văn Thử")))),
    )
    yield either(
        "20 000 runs in a cell", "a.xlsx", _book(_with_name(_runs(*[("Arial", "a")] * 20_000)))
    )
    phonetic = (
        '<c r="A2" t="inlineStr"><is><t>Nguyễn Văn Thử</t><rPh sb="0" eb="1"><t>BÍ MẬT</t>'
        "</rPh></is></c>"
    )
    yield either("a reading aid beside the name", "a.xlsx", _book(_with_name(phonetic)))


def _heads() -> Iterator[Case]:
    yield told("only a head", "a.xlsx", _book(sheet(rows(HEAD))))
    yield told("nothing at all", "a.xlsx", _book(sheet("")))
    yield told("no head, only people", "a.xlsx", _book(sheet(rows(PERSON, PERSON))))
    yield told(
        "the head twice over", "a.xlsx", _book(sheet(rows([*HEAD, *HEAD], [*PERSON, *PERSON])))
    )
    yield told(
        "two columns of names",
        "a.xlsx",
        _book(sheet(rows(["Họ và tên", *HEAD], ["Lê Thị Khác", *PERSON]))),
    )
    yield either(
        "the head again in the middle",
        "a.xlsx",
        _book(sheet(rows(HEAD, PERSON, HEAD, ("Lê Thị Hai", "Nữ", "1970")))),
    )
    yield told(
        "a head of nothing known", "a.xlsx", _book(sheet(rows(["Xe", "Biển số"], ["Honda", "20A"])))
    )
    yield either("one person 500 times", "a.xlsx", _book(people(*[PERSON] * 500)))
    yield read("one sound person", "a.xlsx", _book(people(PERSON)))
    yield read("the file's name is a path", "../../etc/cron.d/x.xlsx", _book(people(PERSON)))
    yield either(
        "the file's name is a script", "<script>alert(1)</script>.xlsx", _book(people(PERSON))
    )
    yield either("the file's name has 300 letters", f"{'a' * 300}.xlsx", _book(people(PERSON)))
    many = [(f"Nguyễn Thị {chr(65 + n % 26)}", "Nữ", str(1950 + n % 50)) for n in range(19_000)]
    yield Case(
        "19 000 people",
        "a.xlsx",
        lambda: book(people(*many)),
        ("accepted", "refused", "problems"),
        seconds=30,
    )
    strings = f'<sst xmlns="{MAIN}">{"<si><t>chữ</t></si>" * 300_000}</sst>'
    yield either("300 000 shared strings", "a.xlsx", _book(people(PERSON), strings=strings))


def cases() -> Iterator[Case]:
    yield from _formulas()
    yield from _numbers()
    yield from _texts()
    yield from _mixed()
    yield from _heads()
