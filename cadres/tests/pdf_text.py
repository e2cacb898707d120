"""Reads the text of a PDF back, as a reader of screens or a copy to the clipboard gets it.

For the files that typst makes: letters are looked up in the fonts' own tables (ToUnicode), so that
a letter without one, or with a wrong one, is seen.
"""

import re
import zlib

_OBJECT = re.compile(rb"(\d+) 0 obj\s(.*?)\sendobj", re.DOTALL)
_SHOWN = re.compile(
    rb"(?P<place>[-\d.]+ [-\d.]+) cm|/(?P<font>f\d+) [\d.]+ Tf|(?P<text>\[[^\]]*\]TJ|<\w*>Tj)"
)
_STEP = re.compile(rb"\\([0-7]{1,3}|.)|[()]|[^()\\]+", re.DOTALL)
_PLAIN = {b"n": b"\n", b"r": b"\r", b"t": b"\t", b"b": b"\b", b"f": b"\f"}


def pages_of(content):
    """The text of each page; what stands on one line is one line."""
    objects = {int(m[1]): m[2] for m in _OBJECT.finditer(content)}
    (tree,) = (body for body in objects.values() if b"/Type/Pages" in body)
    pages = [objects[int(n)] for n in re.findall(rb"(\d+) 0 R", _after(tree, b"/Kids"))]
    return [_text(objects, page) for page in pages]


def fonts_of(content):
    """The families in the file: "Libertinus Serif" of ABCDEF+LibertinusSerif-Bold."""
    return {
        re.sub(r"([a-z])([A-Z])", r"\1 \2", name.decode()).split("-")[0]
        for name in re.findall(rb"/BaseFont/[A-Z]{6}\+([\w-]+)", content)
    }


def _after(body, name):
    return body.split(name, 1)[1].split(b"]", 1)[0]


def _ref(body, name):
    return int(re.search(name + rb" (\d+) 0 R", body)[1])


def _stream(body):
    packed = body.split(b"stream", 1)[1].lstrip(b"\r\n")
    return zlib.decompressobj().decompress(packed) if b"FlateDecode" in body else packed


def _text(objects, page):
    resources = objects[_ref(page, b"/Resources")]
    fonts = {
        name: _letters(_stream(objects[_ref(objects[int(number)], b"/ToUnicode")]))
        for name, number in re.findall(rb"/(f\d+) (\d+) 0 R", resources)
    }
    lines, height, letters = [], None, {}
    for found in _SHOWN.finditer(_in_hexadecimal(_stream(objects[_ref(page, b"/Contents")]))):
        if found["place"]:
            if (at := found["place"].split()[1]) != height:
                lines.append("")
                height = at
        elif found["font"]:
            letters = fonts[found["font"]]
        else:
            glyphs = "".join(
                each.decode().lower() for each in re.findall(rb"<(\w*)>", found["text"])
            )
            lines[-1] += "".join(letters[glyphs[at : at + 4]] for at in range(0, len(glyphs), 4))
    return "\n".join(lines)


def _in_hexadecimal(stream):
    """`stream` with each string (in brackets, which may hold brackets) as <hexadecimal>."""
    made, depth = [], 0
    for step in _STEP.finditer(stream):
        part, escaped = step[0], step[1]
        if part == b"(":
            depth += 1
            made.append(b"<" if depth == 1 else b"28")
        elif part == b")":
            depth -= 1
            made.append(b"29" if depth else b">")
        elif escaped:
            code = bytes([int(escaped, 8)]) if escaped.isdigit() else _PLAIN.get(escaped, escaped)
            made.append(code.hex().encode())
        else:
            made.append(part.hex().encode() if depth else part)
    return b"".join(made)


def _letters(table):
    """What each glyph means: bfchar lines and bfrange lines of a CMap."""
    found = {}
    for glyph, letter in re.findall(rb"^<([0-9A-F]{4})> <([0-9A-F]+)>$", table, re.MULTILINE):
        found[glyph.decode().lower()] = bytes.fromhex(letter.decode()).decode("utf-16-be")
    ranges = re.findall(rb"^<(\w{4})> <(\w{4})> <(\w{4})>$", table, re.MULTILINE)
    for first, last, letter in ([int(each, 16) for each in line] for line in ranges):
        for step in range(last - first + 1):
            found[f"{first + step:04x}"] = chr(letter + step)
    return found
