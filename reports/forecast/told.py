"""What is to be minded with the numbers of a forecast, in plain words."""

from collections.abc import Collection, Iterator, Sequence
from datetime import date

from cadres.models import Commune
from reports.forecast.members import Gathered
from reports.forecast.plan import Kind

_MOST_NAMED = 10  # communes in one sentence
_ASSUMED = {
    Kind.HIRES: "Người tuyển mới chưa rõ tuổi và ngành học: quy định nào hỏi đến thì tính vào "
    "thiếu dữ liệu.",
    Kind.RULE: "Quy định giả định thay mọi yêu cầu về cùng nội dung của nhóm ấy, không có chuyển "
    "tiếp và không có sàn miền núi; yêu cầu về nội dung khác giữ nguyên.",
    Kind.TERM: "Hết nhiệm kỳ chỉ kết thúc chức vụ, chân cấp ủy mà hồ sơ ghi thuộc nhiệm kỳ ấy; "
    "người kế nhiệm không được giả định.",
}


def told_of(gathered: Gathered, communes: Sequence[Commune], known: Collection[str]) -> list[str]:
    """The sentences beneath the numbers. `communes` are those of the base day, `known` the codes of
    the indicators that could be asked."""
    plan = gathered.plan
    absent = sorted(set(plan.codes) - set(known))
    found = [*_ends(communes, plan.until), *_people(gathered)]
    found += [words for kind, words in _ASSUMED.items() if plan.of(kind)]
    if absent:
        found.append(f"Chỉ tiêu không có trong thời gian này: {', '.join(absent)}.")
    return found


def _ends(communes: Sequence[Commune], until: date) -> Iterator[str]:
    """Communes that end before the forecast does (mergers of 01/12/2024, 01/07/2025)."""
    ends: dict[date, list[str]] = {}
    for commune in communes:
        if commune.valid_to and commune.valid_to <= until:
            ends.setdefault(commune.valid_to, []).append(commune.short_name)
    for day in sorted(ends):
        names = ends[day]
        listed = ", ".join(names) if len(names) <= _MOST_NAMED else f"{len(names)} xã, thị trấn"
        yield (
            f"Từ {day:%d/%m/%Y} không còn: {listed}. Sau ngày ấy chỉ tính chức vụ mà hồ sơ ghi còn "
            "giữ; việc sắp xếp lại người không được dự báo."
        )


def _people(gathered: Gathered) -> Iterator[str]:
    counts = (
        (gathered.absent, "người được chọn không có hồ sơ xem được: bỏ qua."),
        (gathered.twice, "người có trong hai lớp trở lên: đạt lớp nào tính lớp ấy, nhưng mỗi đơn "
                         "vị đếm chỉ vào tử số một lần."),
        (gathered.overdue, "người đã quá tuổi nghỉ hưu mà còn giữ chức vụ: coi như nghỉ ngay sau "
                           "ngày gốc."),
        (gathered.unknown_age, "người chưa có ngày sinh nên không biết khi nào nghỉ: coi như ở "
                               "lại."),
    )  # fmt: skip
    return (f"{number} {words}" for number, words in counts if number)
