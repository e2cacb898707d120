"""What an elected post or seat waits for: by the kind of organisation that it belongs to. Pure.

UBND and HĐND: phê chuẩn (Luật Tổ chức chính quyền địa phương 2015); the Party: chuẩn y (Điều lệ
Đảng); MTTQ and the organisations: công nhận (their charters).
"""

from enum import StrEnum

from daitu_portal.text import fold


class Confirmation(StrEnum):
    """By its name on screen."""

    RATIFIED = "phê chuẩn"
    APPROVED = "chuẩn y"
    RECOGNISED = "công nhận"


ANY = ", ".join(Confirmation)
_OF_TERMS = {
    "dang_bo": Confirmation.APPROVED,
    "hdnd": Confirmation.RATIFIED,
    "ubnd": Confirmation.RATIFIED,
    "mttq": Confirmation.RECOGNISED,
    "doan": Confirmation.RECOGNISED,
    "phu_nu": Confirmation.RECOGNISED,
    "nong_dan": Confirmation.RECOGNISED,
    "ccb": Confirmation.RECOGNISED,
}
# Words in the names of posts, the surest first: "hội đồng" is no "hội".
_OF_WORDS = (
    (("dang uy", "bi thu chi bo", "dang bo"), Confirmation.APPROVED),
    (("hoi dong nhan dan", "uy ban nhan dan", "hdnd", "ubnd"), Confirmation.RATIFIED),
    (("mat tran", "mttq", "doan tncs", "doan thanh nien", "hoi "), Confirmation.RECOGNISED),
)


def confirmation_of(post: str, organisation: str = "") -> Confirmation | None:
    """How the election to a post is confirmed: by the post's name, else by the organisation of
    the term (`Term.Organisation`). None where neither says."""
    name = f" {fold(post)} "
    for words, confirmation in _OF_WORDS:
        if any(f" {word}" in name for word in words):
            return confirmation
    return _OF_TERMS.get(organisation)


def fits_term(post: str, organisation: str) -> bool:
    """Whether a term of `organisation` may be that of the post; HĐND and UBND share theirs."""
    by_post = confirmation_of(post)
    return by_post is None or _OF_TERMS.get(organisation, by_post) == by_post


def pending_words(confirmation: Confirmation | None) -> str:
    """How pages flag what is not confirmed yet, e.g. "chưa phê chuẩn"."""
    return f"chưa {confirmation or 'phê chuẩn, chuẩn y'}"
