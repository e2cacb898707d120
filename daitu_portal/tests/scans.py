"""Small real files for tests: what a scanner and a telephone write."""

import struct
import zlib
from io import BytesIO

from PIL import Image


def pdf(body=b"", *, version=b"1.7", extra=b""):
    """A PDF of one empty page; `body` are more objects, `extra` goes into its catalogue."""
    head = b"%PDF-" + version + b"\n%\xe2\xe3\xcf\xd3\n"
    objects = [
        b"1 0 obj\n<< /Type /Catalog /Pages 2 0 R " + extra + b">>\nendobj\n",
        b"2 0 obj\n<< /Type /Pages /Kids [3 0 R] /Count 1 >>\nendobj\n",
        b"3 0 obj\n<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] >>\nendobj\n",
    ]
    out, places = head, []
    for each in objects:
        places.append(len(out))
        out += each
    out += body
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    start = len(out)
    out += b"xref\n0 4\n0000000000 65535 f \n" + table
    return out + b"trailer\n<< /Size 4 /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n" % start


def object_stream(plain, *, head=b"/Type /ObjStm /N 1 /First 4 /Filter /FlateDecode"):
    """Objects packed as newer files pack them."""
    packed = zlib.compress(plain)
    length = b" /Length %d " % len(packed)
    return b"9 0 obj\n<< " + head + length + b">>\nstream\n" + packed + b"\nendstream\nendobj\n"


def image(kind="JPEG", size=(120, 180), *, mode="RGB", colour="navy", **more):
    """A picture of one colour."""
    out = BytesIO()
    Image.new(mode, size, colour).save(out, kind, **more)
    return out.getvalue()


def jpeg_of_phone(*, orientation=1, secret=b"21.5944N 105.8412E", size=(120, 180)):
    """A JPEG with EXIF, a comment and something behind its end."""
    exif = Image.Exif()
    exif[0x0112] = orientation
    exif[0x010E] = secret.decode()
    return image(size=size, exif=exif, comment=secret) + b"<script>" + secret


def chunk(name, body):
    return struct.pack(">I", len(body)) + name + body + struct.pack(">I", zlib.crc32(name + body))


def png_of_size(width, height):
    """A PNG that says it has so many dots, and has next to none."""
    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    dots = chunk(b"IDAT", zlib.compress(b"\0" * 100))
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + dots + chunk(b"IEND", b"")


def jpeg_of_many_scans(number):
    """A progressive JPEG whose last pass over the dots is written `number` times more."""
    whole = image("JPEG", (64, 64), progressive=True)
    last = whole.rindex(b"\xff\xda")
    return whole[:-2] + whole[last:-2] * number + whole[-2:]
