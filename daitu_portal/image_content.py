"""Pictures as they may be kept: whole, not too many dots, without what a camera wrote beside them.

A scan keeps its dots as they are: only the pieces that hold text, place, thumbnails or anything
behind the end are left out. Where the camera was held sideways, and for photos of people, the
picture is drawn anew.
"""

import struct
import warnings
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from io import BytesIO

from PIL import Image

from daitu_portal.file_problems import DamagedFile, NotAScan, TooLargeFile

PNG_START, JPEG_START = b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff"
MOST_DOTS = 36_000_000  # A4 at 600 dots an inch
PAGE_SIZE = (
    3508,
    3508,
)  # A4 at 300, any way round: as fine as a page is kept that must be drawn anew
PHOTO_SIZE = (945, 1417)  # 4×6 cm at 600 dots an inch
SMALL_SIZE = (160, 240)
_TOO_MANY = "Ảnh có quá nhiều điểm ảnh"
_ORIENTATION = 0x0112
_TURNS = {  # how a camera was held, and what sets the picture upright
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_270,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_90,
}
_BROKEN = (
    OSError,
    SyntaxError,
    ValueError,
    KeyError,
    TypeError,
    EOFError,
    struct.error,
    zlib.error,
)
_QUALITY = 90
_KEPT_CHUNKS = {b"IHDR", b"PLTE", b"IDAT", b"IEND", b"tRNS", b"gAMA", b"cHRM", b"sRGB", b"pHYs"}
_KEPT_SEGMENTS = {0xE0, 0xEE}  # JFIF, Adobe: how the dots are to be read
_SCAN, _END = 0xDA, 0xD9
_MOST_SCANS = 100  # of a progressive picture, which needs about ten; each is a pass over all dots


def clean_scan(data: bytes) -> bytes:
    """`data`, a PNG or JPEG, without metadata. Raises a FileProblem if it is not sound."""
    if data.startswith(PNG_START):
        with _opened(data) as image:
            image.load()
        return _bare_png(data)
    bare = _bare_jpeg(data)
    with _opened(data) as image:
        turn = _turn(image)
        if turn is not None:
            image.thumbnail(PAGE_SIZE)
            return _drawn(image.transpose(turn))
        image.draft(None, (1, 1))  # at an eighth of its size: only its soundness is asked
        image.load()
        return bare


def clean_photo(data: bytes) -> bytes:
    """The photo drawn anew as a JPEG no larger than print needs. Raises a FileProblem."""
    if data.startswith(JPEG_START):
        _bare_jpeg(data)
    with _opened(data) as image:
        turn = _turn(image)
        image.draft(None, PHOTO_SIZE)
        photo = image if turn is None else image.transpose(turn)
        photo.thumbnail(PHOTO_SIZE)
        return _drawn(photo)


def small_photo(data: bytes) -> bytes:
    """A kept photo as small as a page shows it."""
    with _opened(data) as photo:
        photo.draft(None, SMALL_SIZE)
        photo.thumbnail(SMALL_SIZE)
        return _drawn(photo)


@contextmanager
def _opened(data: bytes) -> Iterator[Image.Image]:
    """The picture, not unpacked yet; what turns out to be wrong with it is a FileProblem."""
    kind = "PNG" if data.startswith(PNG_START) else "JPEG"
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # of dots, which are counted below; of odd metadata
            with Image.open(BytesIO(data), formats=[kind]) as image:
                if image.width * image.height > MOST_DOTS:
                    raise TooLargeFile(
                        f"{_TOO_MANY}: {image.width} × {image.height}.",
                        remedy="Quét lại ở 300 dpi, mỗi trang một tệp.",
                    )
                yield image
    except Image.DecompressionBombError as error:
        raise TooLargeFile(f"{_TOO_MANY}.", remedy="Quét lại ở 300 dpi.") from error
    except _BROKEN as error:
        raise DamagedFile(f"Ảnh {kind} không mở được.") from error


def _turn(image: Image.Image) -> Image.Transpose | None:
    """What sets the picture upright, or None where it is or nothing readable says otherwise."""
    try:
        return _TURNS.get(image.getexif().get(_ORIENTATION, 1))
    except _BROKEN:
        return None


def _drawn(image: Image.Image) -> bytes:
    """A JPEG of the dots alone; what is transparent becomes white paper."""
    if image.mode in ("RGBA", "LA", "PA") or "transparency" in image.info:
        paper = Image.new("RGB", image.size, "white")
        seen = image.convert("RGBA")
        paper.paste(seen, mask=seen)
        image = paper
    dots, out = image if image.mode == "RGB" else image.convert("RGB"), BytesIO()
    dots.info.clear()  # else a comment or a profile goes along
    dots.save(out, "JPEG", quality=_QUALITY, optimize=True)
    return out.getvalue()


def _bare_png(data: bytes) -> bytes:
    """The chunks that make the picture, up to its end."""
    kept, at = [PNG_START], len(PNG_START)
    while at + 12 <= len(data):
        (length,) = struct.unpack(">I", data[at : at + 4])
        name, end = data[at + 4 : at + 8], at + 12 + length
        if name in _KEPT_CHUNKS:
            kept.append(data[at:end])
        at = end
        if name == b"IEND":
            return b"".join(kept)
    raise DamagedFile("Ảnh PNG không có phần cuối.")


def _bare_jpeg(data: bytes) -> bytes:
    """The segments that make the picture, and its dots, up to its end."""
    kept, scans = [data[:2]], 0
    for marker, start, end in _segments(data):
        scans += marker == _SCAN
        if scans > _MOST_SCANS:
            raise TooLargeFile("Ảnh JPEG được dựng qua quá nhiều lượt.")
        if not (0xE0 <= marker <= 0xEF or marker == 0xFE) or marker in _KEPT_SEGMENTS:
            kept.append(data[start:end])
    return b"".join(kept)


def _segments(data: bytes) -> Iterator[tuple[int, int, int]]:
    """(marker, start, end) of each segment; a scan of dots goes on to the next segment."""
    at = 2
    while at + 4 <= len(data):
        if data[at] != 0xFF:
            raise NotAScan("Ảnh JPEG có phần lạ ở giữa.")
        marker = data[at + 1]
        if marker == 0xFF:  # a fill byte
            at += 1
            continue
        end = at + 2 + int.from_bytes(data[at + 2 : at + 4], "big")
        if marker == _SCAN:
            end = _end_of_dots(data, end)
        yield marker, at, end
        at = end
        if data[at : at + 2] == bytes([0xFF, _END]):
            yield _END, at, at + 2
            return
    raise DamagedFile("Ảnh JPEG không có phần cuối.")


def _end_of_dots(data: bytes, at: int) -> int:
    """Where the next marker stands: 0xFF in the dots is followed by 0 or a restart."""
    while True:
        at = data.find(b"\xff", at)
        if at < 0 or at + 1 >= len(data):
            raise DamagedFile("Ảnh JPEG không có phần cuối.")
        following = data[at + 1]
        if following != 0 and following != 0xFF and not 0xD0 <= following <= 0xD7:
            return at
        at += 1 if following == 0xFF else 2
