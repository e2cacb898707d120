"""What a PDF is made of, as far as one must know to keep it: whole, not locked, not active.

Nothing is drawn or run. The names of actions are looked for in the bytes, as Didier Stevens'
pdfid does, with "#4a" read as "J"; beyond it, the object streams in which newer files pack their
objects are unpacked, within limits, and looked through too. It is a sieve for what an office may
be sent unawares, no scanner for viruses: that is why files are only ever handed out as downloads.
"""

import re
import zlib

from daitu_portal.file_problems import ActiveFile, DamagedFile, LockedFile, NotAScan

_HEAD = re.compile(rb"%PDF-(1\.[0-7]|2\.0)[\r\n \t%]")
_TAIL = 2048  # where the end must stand; writers pad it with blanks at most
_ZIP_END, _ZIP_TAIL = b"PK\x05\x06", 22 + 65_535
_HEX = re.compile(rb"#([0-9A-Fa-f]{2})")
_ACTIVE = re.compile(
    rb"/(JavaScript|Launch|EmbeddedFiles?|RichMedia|SubmitForm|ImportData|GoToE|XFA)"
    rb"(?=[\x00\t\n\f\r /<>\[\]()%]|\Z)"
)
_LOCKED = re.compile(rb"/Encrypt(?=[\x00\t\n\f\r /<>\[\]()%]|\Z)")
_STREAM = re.compile(rb"(?<!end)stream\r?\n")
_FILTER = re.compile(rb"/Filter\s*(?:\[\s*)?/FlateDecode\s*(?:\])?\s*(?=/|>)")
_DICTIONARY = 4096  # how far before its stream a dictionary may begin
_MOST_STREAMS = 20_000
_MOST_UNPACKED = 32 * 1024 * 1024
_TOLD = {
    b"JavaScript": "mã JavaScript",
    b"Launch": "lệnh chạy chương trình",
    b"XFA": "biểu mẫu động (XFA)",
    b"SubmitForm": "lệnh gửi dữ liệu đi",
    b"ImportData": "lệnh đọc dữ liệu",
}


def check_pdf(data: bytes) -> None:
    """Raise a FileProblem unless `data` is a whole PDF that is not locked and does nothing."""
    if not _HEAD.match(data):
        raise NotAScan("Tệp bắt đầu như PDF nhưng không phải PDF.")
    end = data[-_TAIL:].rstrip(b"\x00\t\n\f\r ")
    if not end.endswith(b"%%EOF") or b"startxref" not in end:
        raise DamagedFile("Tệp PDF không có phần cuối, hoặc có thứ khác nối vào sau.")
    if _ZIP_END in data[-_ZIP_TAIL:]:
        raise NotAScan("Tệp vừa là PDF vừa là tệp nén.")
    for piece in (data, *_object_streams(data)):
        _refuse_active(_HEX.sub(_unhex, piece))


def _unhex(found: re.Match[bytes]) -> bytes:
    return bytes([int(found[1], 16)])


def _refuse_active(plain: bytes) -> None:
    if _LOCKED.search(plain):
        raise LockedFile("Tệp PDF có mật khẩu hoặc bị khóa.")
    found = _ACTIVE.search(plain)
    if found:
        raise ActiveFile(f"Tệp PDF có {_TOLD.get(found[1], 'tệp khác hoặc nội dung động')}.")


def _object_streams(data: bytes) -> list[bytes]:
    """What the streams unpack to in which objects are packed."""
    unpacked, room = [], _MOST_UNPACKED
    for number, found in enumerate(_STREAM.finditer(data)):
        if number >= _MOST_STREAMS:
            raise ActiveFile("Tệp PDF quá phức tạp để kiểm tra.")
        head = data[max(0, found.start() - _DICTIONARY) : found.start()]
        head = _HEX.sub(_unhex, head[head.rfind(b" obj") + 1 :])
        if b"/ObjStm" not in head:
            continue
        if not _FILTER.search(head) or b"/DecodeParms" in head:
            raise ActiveFile("Tệp PDF đóng gói theo cách không kiểm tra được.")
        unpacked.append(_inflated(data, found.end(), room))
        room -= len(unpacked[-1])
    return unpacked


def _inflated(data: bytes, start: int, most: int) -> bytes:
    worker = zlib.decompressobj()
    try:
        plain = worker.decompress(memoryview(data)[start:], most + 1)
    except zlib.error as error:
        raise DamagedFile("Tệp PDF có phần không giải nén được.") from error
    if len(plain) > most:
        raise ActiveFile("Tệp PDF quá phức tạp để kiểm tra.")
    return plain
