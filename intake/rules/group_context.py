"""What the group rows above a person say of the person: post and commune. Pure."""

import re
from collections.abc import Callable, Mapping, Sequence

from intake.rules.row_words import bare_name

Named = Callable[[str], bool]
# "(5 đồng chí)", ": 05 người", "– 12 người" behind the name of a group.
_COUNT = re.compile(
    r"\s*[:(\[–-]*\s*\(?(?:tổng số|có|gồm)?\s*:?\s*\d+\s*(?:người|đ/c|đồng chí|cán bộ|công chức|"
    r"cbcc)?\s*[)\]]?\s*$",
    re.IGNORECASE,
)


def context_values(context: Sequence[str], is_post: Named, is_commune: Named) -> Mapping[str, str]:
    """The targets that group rows give: {"holding.post": text, "holding.commune": text}.

    `context`: group rows, outermost first; `is_post`, `is_commune` say whether a text names one
    post, one commune. The innermost that does is taken; “Khối Đảng” gives nothing.
    """
    found: dict[str, str] = {}
    for text in context:
        for target, is_named in (("holding.commune", is_commune), ("holding.post", is_post)):
            told = next((each for each in _forms(text) if is_named(each)), None)
            if told:
                found[target] = told
                break
    return found


def _forms(text: str) -> tuple[str, ...]:
    """A group's text as it stands, without its number, and without a count of people."""
    bare = bare_name(text)
    return tuple(dict.fromkeys((text.strip(), bare, _COUNT.sub("", bare).strip(" :.-–"))))
