"""The tables of the record set about sources of cadres: who was introduced, what became of them."""

from cadres.models import Cadre
from cadres.records import Field, Kind, Table, register
from training.models import Candidate, CandidateStep

_STATES = dict(Candidate.State.choices)

CANDIDATES = Table(
    code="candidates",
    sheet="Nguồn cán bộ",
    model=Candidate,
    key=("id",),
    order=("commune__sort_key", "name_sort_key", "pk"),
    related=("commune", "programme", "cadre"),
    note="Người được chi bộ, Mặt trận, đoàn thể của xã giới thiệu; không phải quy hoạch.",
    fields=(
        Field("id", "Mã nguồn cán bộ", Kind.IDENTIFIER, attr="pk"),
        Field("full_name", "Họ và tên", width=26),
        Field("sex", "Giới tính", Kind.CHOICE, choices=dict(Cadre.Sex.choices), width=10),
        Field("born_on", "Ngày sinh", Kind.PARTIAL, width=13),
        Field("kind", "Đang là", Kind.CHOICE, choices=dict(Candidate.Kind.choices), width=30),
        Field("commune_code", "Mã đơn vị", Kind.IDENTIFIER, attr="commune.code"),
        Field("commune_from", "Đơn vị có từ ngày", Kind.DAY, attr="commune.valid_from"),
        Field("commune_name", "Đơn vị", attr="commune.name", is_info=True, width=24),
        Field(
            "body", "Tổ chức giới thiệu", Kind.CHOICE, choices=dict(Candidate.Body.choices),
            width=22,
        ),
        Field("body_name", "Tên tổ chức", width=28),
        Field("introduced_on", "Ngày giới thiệu", Kind.DAY, width=13),
        Field("strengths", "Điểm mạnh", width=34),
        Field("training_agreed", "Hướng bồi dưỡng", width=34),
        Field("programme", "Mã chương trình", Kind.IDENTIFIER, attr="programme.code"),
        Field("cadre", "Số hiệu", Kind.PERSON, attr="cadre.code"),
        Field("state", "Tình trạng", Kind.CHOICE, choices=_STATES, is_info=True),
        Field("state_on", "Tình trạng từ ngày", Kind.DAY, is_info=True, width=13),
    ),
)  # fmt: skip


class _Withdrawn(Field):
    def value_of(self, row):
        return row.withdrawn_at is not None


STEPS = Table(
    code="candidate_steps",
    sheet="Diễn biến nguồn",
    model=CandidateStep,
    key=("id",),
    order=("candidate", "on", "pk"),
    related=("candidate",),
    note="Từng bước của nguồn cán bộ; bước đã rút không tính.",
    fields=(
        Field("id", "Mã bước", Kind.IDENTIFIER, attr="pk"),
        Field("candidate", "Mã nguồn cán bộ", Kind.IDENTIFIER, attr="candidate_id"),
        Field("name", "Họ và tên", attr="candidate.full_name", is_info=True, width=26),
        Field("state", "Tình trạng", Kind.CHOICE, choices=_STATES),
        Field("on", "Từ ngày", Kind.DAY, width=13),
        Field("note", "Ghi chú", Kind.NOTE, width=30),
        _Withdrawn("withdrawn", "Đã rút", Kind.YES_NO, width=10),
    ),
)

register(CANDIDATES, STEPS)
