"""A person's photo as it stands on paper: 4 × 6 cm, cut to that shape and no larger than print."""

import base64
from io import BytesIO

from PIL import Image, ImageOps, UnidentifiedImageError

from cadres.attachments import read
from cadres.models import Attachment

SIZE = (472, 708)  # dots: 4 × 6 cm at 300 dpi
_SVG = (
    '<svg xmlns="http://www.w3.org/2000/svg" width="{0}" height="{1}" viewBox="0 0 {0} {1}">'
    '<image width="{0}" height="{1}" href="data:image/jpeg;base64,{2}"/></svg>'
)


def photo_of(attachment: Attachment | None) -> bytes | None:
    """The photo as a JPEG of the paper's shape; None where there is none or it cannot be read."""
    data = read(attachment) if attachment else None
    if data is None:
        return None
    try:
        with Image.open(BytesIO(data), formats=("JPEG", "PNG")) as image:
            shape = ImageOps.fit(image.convert("RGB"), SIZE, centering=(0.5, 0.3))
    except (UnidentifiedImageError, OSError, Image.DecompressionBombError):
        return None
    out = BytesIO()
    shape.save(out, "JPEG", quality=85)
    return out.getvalue()


def as_svg(photo: bytes | None) -> str:
    """The photo as the text of an SVG, which is how typst takes a picture from its inputs; "" for
    none. A list of numbers would take fourteen times as long."""
    return _SVG.format(*SIZE, base64.b64encode(photo).decode()) if photo else ""
