"""People chosen on one page and carried in an address to the next: `?nguoi=12&nguoi=h7`."""

import re
from collections.abc import Iterable
from urllib.parse import urlencode

MOST = 500
_KEY = re.compile(r"[ch]?[1-9][0-9]{0,8}")


def people_in(texts: Iterable[str]) -> list[str]:
    """The keys of people in `texts`, each once, as they came; at most MOST. Anything else is left
    out."""
    words = (word for text in texts for word in re.split(r"[,\s]+", text))
    return list(dict.fromkeys(word for word in words if _KEY.fullmatch(word)))[:MOST]


def query_of(people: Iterable[str]) -> str:
    """The same as the end of an address; "" for nobody."""
    told = list(people)
    return "?" + urlencode({"nguoi": told}, doseq=True) if told else ""
