"""Tables as plain text (.csv, .tsv): NULs, lines without end, encodings that are not said."""

from collections.abc import Callable, Iterator

from tests.hostile.case import Case, either, refused, told
from tests.hostile.parts import HEAD, PERSON

_TEXT = f"{','.join(HEAD)}\r\n{','.join(PERSON)}\r\n"


def _made(text: str, coding: str = "utf-8") -> Callable[[], bytes]:
    return lambda: text.encode(coding)


def _codings() -> Iterator[Case]:
    for coding in ("utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32"):
        yield either(f"csv: {coding}", "ds.csv", _made(_TEXT, coding))
    old = "Hä vµ tªn,Giíi tÝnh,Ngµy sinh\r\nNguyÔn V¨n Thö,Nam,12/05/1980\r\n"
    yield either("csv: TCVN3 in bytes", "ds.csv", _made(old, "latin-1"))
    yield told(
        "csv: bytes that are no UTF-8",
        "ds.csv",
        lambda: _TEXT.encode().replace("Thử".encode(), b"Th\xff\xfe\xc3("),
    )
    yield told("csv: UTF-16 with half a character", "ds.csv", lambda: _TEXT.encode("utf-16")[:-1])
    yield told(
        "csv: UTF-16 with half of a pair",
        "ds.csv",
        lambda: _TEXT.encode("utf-16-le") + b"\x00\xd8A\x00",
    )
    yield either(
        "csv: a mark of UTF-16 before UTF-8", "ds.csv", lambda: b"\xff\xfe" + _TEXT.encode()
    )
    yield either(
        "csv: UTF-8 twice over", "ds.csv", lambda: _TEXT.encode().decode("latin-1").encode()
    )


def _shapes() -> Iterator[Case]:
    yield either("csv: lines ended by CR", "ds.csv", _made(_TEXT.replace("\r\n", "\r")))
    yield either("csv: lines ended by U+2028", "ds.csv", _made(_TEXT.replace("\r\n", "\u2028")))
    yield told("csv: NULs between the letters", "ds.csv", _made(_TEXT.replace("Thử", "Th\0ử")))
    yield told("csv: only NULs", "ds.csv", lambda: bytes(10_000))
    yield told("csv: a quote that never ends", "ds.csv", _made(_TEXT.replace("Nguyễn", '"Nguyễn')))
    yield told(
        "csv: a quote that never ends, over 3 MB",
        "ds.csv",
        _made(_TEXT + '"' + "Nguyễn Văn Thử,Nam,1980\r\n" * 100_000),
    )
    yield either("csv: quotes in the middle", "ds.csv", _made(_TEXT.replace("Văn", 'V"ă"n')))
    yield told("csv: one line of 10 MB", "ds.csv", _made("Nguyễn" * 1_300_000))
    yield told("csv: one line of 4 MB", "ds.csv", _made("a" * 4_000_000))
    yield told("csv: one cell of 4 MB", "ds.csv", _made(_TEXT.replace("Thử", "T" * 4_000_000)))
    wide = ",".join(f"Cột {n}" for n in range(20_000))
    yield told("csv: 20 000 columns", "ds.csv", _made(f"{wide}\r\n{_TEXT}"), "cột|tiêu đề|nhận ra")
    yield either("csv: a million commas", "ds.csv", _made(_TEXT + "," * 1_000_000))
    yield told("csv: 400 000 rows", "ds.csv", _made(_TEXT + "Lê A,Nam,70\n" * 400_000), "dòng|MB")
    yield either("csv: a million empty rows", "ds.csv", _made(_TEXT + "\n" * 1_000_000))
    yield either(
        "csv: rows of unlike length", "ds.csv", _made(_TEXT + "Lê Văn Hai\r\na,b,c,d,e,f\r\n")
    )
    yield told("csv: only a head", "ds.csv", _made(",".join(HEAD)))
    yield refused("csv: nothing", "ds.csv", lambda: b"", "rỗng")
    yield told("csv: only blanks", "ds.csv", _made(" \r\n \t\r\n"))
    yield told("csv: only a mark of UTF-8", "ds.csv", lambda: b"\xef\xbb\xbf")
    yield told("csv: only commas", "ds.csv", _made(",,,,\r\n" * 100))
    yield told("csv: prose", "ds.csv", _made("Kính gửi: Ủy ban nhân dân huyện. " * 500))
    yield either("csv: parted by semicolons", "ds.csv", _made(_TEXT.replace(",", ";")))
    yield either("csv: parted by tabs", "ds.csv", _made(_TEXT.replace(",", "\t")))
    yield either("tsv: parted by commas", "ds.tsv", _made(_TEXT))
    yield either("csv: parted by bars", "ds.csv", _made(_TEXT.replace(",", "|")))
    yield told("csv: parted in two ways", "ds.csv", _made(_TEXT.replace(",", ";", 1)))
    yield either("csv: sep= in front", "ds.csv", _made(f"sep=,\r\n{_TEXT}"))


def _contents() -> Iterator[Case]:
    for name, text in (
        ("a script", "<script>alert(1)</script>"),
        ("a formula", "=cmd|'/c calc'!A1"),
        ("a control character", "Nguyễn\x08 Văn"),
    ):
        yield told(f"csv: {name} as a name", "ds.csv", _made(_TEXT.replace(PERSON[0], text)))
    yield either(
        "csv: a vertical tab in a name", "ds.csv", _made(_TEXT.replace(PERSON[0], "Nguyễn\x0bVăn"))
    )
    yield either(
        "csv: a name written backwards", "ds.csv", _made(_TEXT.replace("Văn", "\u202eVăn"))
    )
    yield refused("csv: PDF", "ds.csv", lambda: b"%PDF-1.7\n" + bytes(range(256)))
    yield refused("csv: a program", "ds.csv", lambda: b"MZ\x90\x00" + bytes(range(256)) * 4)
    yield refused(
        "csv: a web page", "ds.csv", lambda: b"<!DOCTYPE html><html><body>a,b</body></html>"
    )


def cases() -> Iterator[Case]:
    yield from _codings()
    yield from _shapes()
    yield from _contents()
