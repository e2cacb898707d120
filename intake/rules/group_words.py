"""Headers that stand over others, what they make of the headers below, and names of levels. "
"Pure."""

import re
from collections.abc import Iterator, Mapping
from types import MappingProxyType

from cadres.rules.levels import Strand
from intake.rules.header_words import key, target_of, without_notes

LONGEST_HEADER = 120  # letters; what is longer is a sentence


def _keys(words: str) -> frozenset[str]:
    return frozenset(map(key, words.split("|")))


def _table(words: Mapping[str, str]) -> Mapping[str, str]:
    return MappingProxyType({each: value for value, text in words.items() for each in _keys(text)})


# Groups that add nothing: what stands below means what it says.
NEUTRAL = _keys(
    "Trình độ|Trình độ đào tạo|Thông tin cá nhân|Thông tin chung|Thông tin|Sơ yếu lý lịch|Lý lịch|"
    "Trong đó|Chia ra|Bản thân|Văn bằng, chứng chỉ|Trình độ, bồi dưỡng|Trình độ đào tạo, bồi dưỡng|"
    "Trình độ hiện nay|Trình độ được đào tạo|Công tác|Thông tin công tác|Hiện nay|Trình độ các mặt|"
    "Chức vụ, đơn vị công tác hiện nay|Trình độ cao nhất|Liên hệ|Thông tin liên hệ|Nội dung|"
    "Trình độ bằng cấp|Đào tạo|Đào tạo, bồi dưỡng|Trình độ học vấn, chuyên môn|Thông tin cơ bản|"
    "Trình độ đã qua đào tạo|Trình độ, đào tạo|Chia theo trình độ đào tạo|Chất lượng|"
    "Ngày tháng năm|"
    "Chia theo trình độ|Thông tin CBCC|Phân theo trình độ|Chỉ tiêu|Thông tin về cán bộ"
)

# Groups that speak of others than the person of the row as it is today: nothing below is read.
FOREIGN = _keys(
    "Vợ|Chồng|Vợ (chồng)|Vợ hoặc chồng|Cha|Mẹ|Bố|Bố đẻ|Mẹ đẻ|Cha, mẹ|Con|Người thân|Thân nhân|"
    "Gia đình|Quan hệ gia đình|Quy hoạch|Nhu cầu đào tạo|Nhu cầu đào tạo, bồi dưỡng|Đề nghị|"
    "Dự kiến|"
    "Nhân sự dự kiến|Nhân sự|Dự kiến bố trí|Đề nghị nâng lương|Đề nghị xếp lương|Người thay thế|"
    "Lương mới|Lương đề nghị|Lương cũ|Nâng lương|Mức lương đề nghị|Kết quả nâng bậc lương|"
    "Đang theo học|Đang học|Kế hoạch đào tạo|Người giới thiệu|Khen thưởng|Kỷ luật|"
    "Quy hoạch chức danh|"
    "Kế hoạch|Trước khi nâng|Sau khi nâng|Lương trước|Lương sau|Người liên hệ|Thủ trưởng|Hồ sơ|"
    "Nhiệm kỳ 2015-2020|Nhiệm kỳ 2020-2025|Nhiệm kỳ 2025-2030|Thông tin vợ, chồng|Người báo tin"
)

DERIVED = _keys(
    "Tuổi|Tuổi đời|Độ tuổi|Chia theo độ tuổi|Thâm niên BHXH|Thâm niên đóng BHXH|Thâm niên|"
    "Tuổi Đảng|"
    "Nhóm tuổi|Cơ cấu độ tuổi|Thâm niên công tác|Tuổi đời, thâm niên|Thời gian đóng BHXH (năm)|"
    "Trong đó tuổi|Phân theo độ tuổi|51-60|Từ 51-60|Từ 51 đến 60|Thời gian tham gia BHXH (năm)"
)

STRANDS = _table({
    Strand.GENERAL: "Văn hóa|Trình độ văn hóa|Học vấn|Trình độ học vấn|Giáo dục phổ thông|GDPT|"
                    "Trình độ giáo dục phổ thông|Phổ thông|Trình độ GDPT|TĐVH|Trình độ phổ thông|"
                    "Trình độ VH|VH|T.độ văn hóa|TĐ văn hóa|Học vấn phổ thông|"
                    "Trình độ học vấn phổ thông|"
                    "GD phổ thông|Văn hóa phổ thông|Trình độ văn hóa phổ thông|"
                    "Trình độ văn hóa (lớp)|"
                    "Trình độ GDPT (lớp)|Trình độ PT",
    Strand.PROFESSIONAL: "Chuyên môn|Trình độ chuyên môn|Chuyên môn nghiệp vụ|CMNV|TĐCM|"
                         "Bằng chuyên môn|"
                         "Trình độ chuyên môn nghiệp vụ|Trình độ CM|Trình độ CMNV|CM|Học vị|"
                         "Trình độ CM NV|"
                         "T.độ chuyên môn|TĐ chuyên môn|Trình độ chuyên môn cao nhất|"
                         "Chuyên môn cao nhất|"
                         "Trình độ chuyên môn đào tạo|Trình độ chuyên môn, kỹ thuật|Trình độ CĐT|"
                         "CMKT|"
                         "Chuyên môn đào tạo|Chuyên môn, kỹ thuật|Đào tạo chuyên môn|"
                         "Trình độ CM cao nhất|"
                         "Chuyên môn, nghiệp vụ đào tạo|TĐ CMNV|Trình độ chuyên môn hiện nay|"
                         "Chuyên môn kỹ thuật",
    Strand.POLITICAL: "LLCT|Lý luận chính trị|Chính trị|Trình độ LLCT|Trình độ chính trị|TĐCT|"
                      "LL chính trị|"
                      "Trình độ lý luận chính trị|Lý luận CT|Trình độ lý luận|TĐ LLCT|"
                      "Trình độ LL chính trị|"
                      "T.độ LLCT|TĐ chính trị|TĐLLCT|Lý luận|Cao nhất về LLCT|L.luận chính trị|"
                      "Tr.độ LLCT",
    Strand.STATE_MANAGEMENT: "QLNN|Quản lý nhà nước|Trình độ QLNN|Trình độ quản lý nhà nước|"
                             "QL nhà nước|"
                             "Quản lý hành chính nhà nước|BD QLNN|Bồi dưỡng QLNN|Quản lý HCNN|"
                             "QLHCNN|"
                             "TĐ QLNN|Chứng chỉ QLNN|Kiến thức QLNN|Bồi dưỡng kiến thức QLNN|"
                             "Trình độ QLHCNN|"
                             "Kiến thức quản lý nhà nước|QLNN (ngạch)|Bồi dưỡng quản lý nhà nước",
    Strand.IT: "Tin học|Trình độ tin học|CNTT|Trình độ CNTT|Công nghệ thông tin|TH|"
               "Chứng chỉ tin học|"
               "TĐ tin học|Trình độ TH|Tin học văn phòng|T.học|Trình độ công nghệ thông tin",
    Strand.LANGUAGE: "Ngoại ngữ|Trình độ ngoại ngữ|Anh văn|Tiếng Anh|NN|Chứng chỉ ngoại ngữ|"
                     "Trình độ NN|"
                     "Ngoại ngữ khác|Anh|TĐ ngoại ngữ|Trình độ tiếng Anh|Ng.ngữ|N.ngữ|"
                     "Ngoại ngữ (Anh)",
    Strand.ETHNIC_LANGUAGE: "Tiếng dân tộc|Tiếng dân tộc thiểu số|Tiếng DTTS|"
                            "Chứng chỉ tiếng dân tộc|Tiếng DT|"
                            "Chứng chỉ tiếng dân tộc thiểu số|Trình độ tiếng dân tộc",
    Strand.DEFENCE: "QPAN|QP-AN|Quốc phòng an ninh|GDQPAN|Quốc phòng – an ninh|GDQP-AN|QP|"
                    "Bồi dưỡng QPAN|"
                    "Giáo dục quốc phòng an ninh|Bồi dưỡng kiến thức QPAN|Kiến thức QPAN|BD QPAN|"
                    "Quốc phòng|"
                    "Kiến thức quốc phòng an ninh|Chứng chỉ QPAN|Trình độ QPAN|"
                    "Bồi dưỡng quốc phòng an ninh",
})  # fmt: skip

# What a header below (or behind) the name of a strand says of the qualification.
PARTS = _table({
    "rank": "Mức",
    "text": "Trình độ|Bằng cấp|Văn bằng|Loại bằng|Trình độ đào tạo|Bằng|Trình độ, chuyên ngành|Bậc|"
            "Bằng cấp, chuyên ngành|Trình độ chuyên môn|Cấp độ|Chứng chỉ (ghi rõ)|Cao nhất|Loại|Hệ|"
            "Lớp|"
            "Trình độ cao nhất|Cấp|Bậc đào tạo",
    "major": "Chuyên ngành|Ngành|Chuyên ngành đào tạo|Ngành đào tạo|Ngành học|Ngành, chuyên ngành|"
             "Chuyên ngành, ngành|Chuyên ngành học|Ngành, nghề|Chuyên ngành (ghi rõ)|"
             "Ngành/chuyên ngành",
    "field": "Nhóm ngành|Mã nhóm ngành",
    "institution": "Cơ sở đào tạo|Nơi đào tạo|Trường|Trường đào tạo|Tên trường|Cơ sở ĐT|Nơi học|"
                   "Trường/Cơ sở đào tạo|Tên cơ sở đào tạo|Trường, cơ sở đào tạo|Trường học",
    "study_form": "Hình thức đào tạo|Hệ đào tạo|Hình thức|Loại hình đào tạo|Hình thức học|"
    "Loại hình|HTĐT|"
                  "Hình thức đào tạo (CQ, TC, TX)",
    "awarded_on": "Ngày cấp|Năm tốt nghiệp|Năm cấp|Ngày tốt nghiệp|Năm TN|Thời gian tốt nghiệp|"
    "Năm cấp bằng|"
                  "Ngày cấp bằng|Tháng, năm tốt nghiệp|Ngày cấp văn bằng|Thời điểm cấp",
    "evidence_number": "Số văn bằng|Số hiệu văn bằng|Số bằng|Số hiệu bằng|Số chứng chỉ|Số hiệu|"
                       "Số hiệu giấy tờ|Số văn bằng, chứng chỉ|Số hiệu văn bằng, chứng chỉ|Số",
    "language": "Thứ tiếng|Tên ngoại ngữ|Ngôn ngữ|Loại ngoại ngữ|Tiếng|Tên tiếng|Loại tiếng",
})  # fmt: skip
# Those that speak of the degree where no strand stands over them.
LONE_PARTS = _keys(
    "Chuyên ngành|Chuyên ngành đào tạo|Ngành đào tạo|Ngành học|Ngành, chuyên ngành|Nhóm ngành|"
    "Cơ sở đào tạo|Nơi đào tạo|Trường đào tạo|Hình thức đào tạo|Hệ đào tạo|Loại hình đào tạo|"
    "Năm tốt nghiệp|Ngày tốt nghiệp|Năm cấp bằng|Ngày cấp bằng|Số văn bằng|Số hiệu văn bằng|"
    "Số bằng|"
    "Ngành, chuyên ngành đào tạo|Tên trường|Năm TN|Tháng, năm tốt nghiệp|Trường, cơ sở đào tạo"
)


def _levels(*names: str) -> Mapping[str, int]:
    return MappingProxyType({k: rank for rank, text in enumerate(names) for k in _keys(text)})


_NONE = "Chưa qua đào tạo|Chưa qua ĐT|Chưa ĐT|CQĐT|Chưa đào tạo|Chưa qua|Chưa có|Chưa"
_PRIMARY = "Sơ cấp|SC"
_MIDDLE = "Trung cấp|TC|Trung học|THCN|Trung cấp chuyên nghiệp|TCCN|T.cấp"
_COLLEGE = "Cao đẳng|CĐ|C.đẳng"
_DEGREE = "Đại học|ĐH|Đ.học|Cử nhân, kỹ sư"
LEVELS: Mapping[str, Mapping[str, int]] = MappingProxyType({
    Strand.GENERAL: _levels("Chưa học hết tiểu học|Chưa tốt nghiệp tiểu học", "Tiểu học|TH|Cấp I|"
                            "Cấp 1",
                            "THCS|Trung học cơ sở|Cấp II|Cấp 2",
                            "THPT|Trung học phổ thông|Cấp III|Cấp 3|PTTH|Phổ thông trung học"),
    Strand.PROFESSIONAL: _levels(_NONE, _PRIMARY, _MIDDLE, _COLLEGE, _DEGREE,
                                 "Thạc sĩ|ThS|Thạc sỹ|Th.sĩ|Th.s", "Tiến sĩ|TS|Tiến sỹ",
                                 "Tiến sĩ khoa học|TSKH"),
    Strand.POLITICAL: _levels(_NONE + "|Chưa qua bồi dưỡng", _PRIMARY, "Trung cấp|TC|T.cấp",
                              "Cao cấp|CC|C.cấp", "Cử nhân|CN"),
    Strand.STATE_MANAGEMENT: _levels(
        _NONE + "|Chưa qua bồi dưỡng|Chưa qua BD",
        "Cán sự|CS|Cán sự và tương đương|CS&TĐ|Cán sự & TĐ",
        "Chuyên viên|CV|CV&TĐ|CV và TĐ|Chuyên viên và tương đương|Chuyên viên & TĐ|CV TĐ",
        "Chuyên viên chính|CVC|CVC&TĐ|CVC và TĐ|Chuyên viên chính và tương đương|CVC TĐ",
        "Chuyên viên cao cấp|CVCC|CVCC&TĐ|CVCC và TĐ|Chuyên viên cao cấp và tương đương|CVCC TĐ"),
    Strand.IT: _levels("Chưa có chứng chỉ|Chưa có|Chưa", "CC (A,B,C)|CC(A, B, C)|Chứng chỉ A, B, C|"
                       "Chứng chỉ (A,B,C)|CC A,B,C|A|B|C|A, B, C|Chứng chỉ A|Chứng chỉ B|"
                       "Chứng chỉ C|"
                       "Trình độ A|Trình độ B|Trình độ C|Chứng chỉ (A, B, C)",
                       "CNTT cơ bản|Cơ bản|Ứng dụng CNTT cơ bản|UDCNTT cơ bản|"
                       "Chứng chỉ CNTT cơ bản",
                       "CNTT nâng cao|Nâng cao|Ứng dụng CNTT nâng cao|UDCNTT nâng cao",
                       "Trung cấp|TC|T.cấp", _COLLEGE, _DEGREE + "|Đại học trở lên|ĐH trở lên"),
    Strand.LANGUAGE: _levels("Chưa có chứng chỉ|Chưa có|Chưa", "A|A1|Bậc 1|Chứng chỉ A|Trình độ A",
                             "B|A2|Bậc 2|Chứng chỉ B|Trình độ B", "C|B1|Bậc 3|Chứng chỉ C|"
                             "Trình độ C",
                             "B2|Bậc 4", "C1|Bậc 5", "C2|Bậc 6|" + _DEGREE),
    Strand.ETHNIC_LANGUAGE: _levels("Chưa có chứng chỉ|Chưa có", "Chứng chỉ|CC|Có chứng chỉ|Có"),
    Strand.DEFENCE: _levels("Chưa qua bồi dưỡng|Chưa qua", "Đối tượng 4|ĐT4|ĐT 4", "Đối tượng 3|"
                            "ĐT3|ĐT 3",
                            "Đối tượng 2|ĐT2|ĐT 2"),
})  # fmt: skip
# Headers that hold several levels: an x below says no more than the lowest of them, so it is asked.
LOWEST_LEVELS: Mapping[str, Mapping[str, int]] = MappingProxyType({
    Strand.PROFESSIONAL: MappingProxyType({**dict.fromkeys(_keys(
        "ThS-TS|ThS, TS|Ths/TS|Thạc sĩ, tiến sĩ|Trên đại học|Sau đại học|Trên ĐH|SĐH|TĐH|Sau ĐH|"
        "ThS trở lên|Thạc sĩ trở lên|Thạc sĩ - Tiến sĩ"), 5),
        **dict.fromkeys(_keys("Đại học trở lên|ĐH trở lên|Từ đại học trở lên|ĐH, SĐH"), 4)}),
    Strand.POLITICAL: MappingProxyType(dict.fromkeys(_keys(
        "Cao cấp, cử nhân|CC, CN|CN, CC|Cử nhân, cao cấp|Cao cấp trở lên|CC-CN|CC/CN"), 3)),
    Strand.IT: MappingProxyType({**dict.fromkeys(_keys("Chứng chỉ|CC|Có chứng chỉ"), 1),
        **dict.fromkeys(_keys("Trung cấp trở lên|TC trở lên"), 4)}),
    Strand.LANGUAGE: MappingProxyType(dict.fromkeys(_keys(
        "CC (A,B,C)|CC(A, B, C)|Chứng chỉ|CC|Chứng chỉ (A,B,C)|Chứng chỉ A, B, C|A, B, C|"
        "CC A,B,C"), 1)),
})  # fmt: skip

# Other groups: what the header below means, by the name of the group.
_DOMAINS: Mapping[str, tuple[str, Mapping[str, str]]] = MappingProxyType({
    "born": ("Ngày sinh|Ngày tháng năm sinh|Năm sinh|Sinh ngày|Ngày tháng sinh|Sinh|Tháng năm sinh|"
             "Sinh năm|Nam, nữ", {
        "born.male": "Nam", "born.female": "Nữ", "born.day": "Ngày", "born.month": "Tháng"}),
    "sex": ("Giới tính|Giới|Phái", {"mark.sex.M": "Nam", "mark.sex.F": "Nữ"}),
    "party": ("Ngày vào Đảng|Đảng|Vào Đảng|Đảng viên|Ngày tháng năm vào Đảng|Đảng CSVN|"
              "Ngày vào Đảng CSVN|Thời gian vào Đảng|Ngày, tháng, năm vào Đảng CSVN|Kết nạp Đảng|"
              "Ngày kết nạp Đảng|Ngày tháng vào Đảng|Năm vào Đảng", {
        "party_joined_on": "Dự bị|Ngày vào|Kết nạp|Ngày kết nạp|Vào Đảng|Ngày dự bị|DB|"
        "Ngày vào Đảng|"
                           "Ngày vào dự bị|Ngày kết nạp dự bị|Dự bị ngày|Vào",
        "party_official_on": "Chính thức|CT|Ngày chính thức|Công nhận chính thức|Chính thức ngày"}),
    "identity": ("CCCD|CMND|CCCD/CMND|Căn cước công dân|Số CCCD|Số CMND|CMND/CCCD|Giấy CMND|"
    "Thẻ CCCD|"
                 "Số CCCD/CMND|Chứng minh nhân dân|Thẻ căn cước|Giấy tờ tùy thân", {
        "national_id": "Số|Số CCCD|Số thẻ|Số CMND|Mã số",
        "profile.national_id_issued_on": "Ngày cấp|Ngày, tháng, năm cấp|Cấp ngày",
        "profile.national_id_issued_by": "Nơi cấp|Cơ quan cấp"}),
    "insurance": ("BHXH|Bảo hiểm xã hội|Đóng BHXH|Tham gia BHXH", {
        "profile.insurance_number": "Số sổ|Số|Mã số|Số BHXH",
        "profile.insured_from": "Từ tháng, năm|Ngày đóng|Bắt đầu|Tháng, năm bắt đầu|Từ|Từ ngày|"
        "Ngày tham gia|"
                                "Bắt đầu đóng|Thời gian bắt đầu"}),
    "salary": ("Lương|Tiền lương|Mức lương hiện hưởng|Lương hiện hưởng|Ngạch lương|"
    "Ngạch, bậc lương|"
               "Hệ số lương hiện hưởng|Ngạch công chức|Ngạch, bậc, hệ số|Mức lương|Lương hiện nay|"
               "Hệ số lương|Lương ngạch bậc|Ngạch, bậc|Chế độ tiền lương|Lương, phụ cấp|"
               "Ngạch bậc lương hiện hưởng|Ngạch|Tiền lương hiện hưởng|Lương hiện tại|Hiện hưởng|"
               "Lương và phụ cấp|Mức lương hiện nay|Mức lương hiện tại|Xếp lương|Bậc lương|"
               "Mức lương đang hưởng|Lương đang hưởng|Hệ số|Ngạch, bậc lương hiện hưởng", {
        "salary.grade_code": "Mã ngạch|Mã số ngạch|Mã số|Mã|Ngạch (mã số)|Mã số ngạch CC",
        "salary.grade_name": "Ngạch|Tên ngạch|Ngạch công chức|Ngạch lương|Tên",
        "salary.step": "Bậc|Bậc lương", "salary.coefficient": "Hệ số|Hệ số lương|HSL|HS|Lương",
        "salary.valid_from": "Ngày hưởng|Từ ngày|Thời điểm hưởng|Hưởng từ|Hưởng từ ngày|"
        "Thời gian hưởng|"
                             "Từ tháng, năm|Ngày xếp|Thời gian|Mốc hưởng|Mốc nâng lương|"
                             "Ngày, tháng hưởng",
        "salary.over_frame_percent": "Vượt khung|% vượt khung|Vượt khung (%)|Phụ cấp vượt khung|"
        "TNVK",
        "allowance.position": "Phụ cấp chức vụ|PCCV", "info": "Tổng|Tổng số|Cộng|Tổng cộng|"
        "Thành tiền"}),
    "allowance": ("Phụ cấp|Các loại phụ cấp|Phụ cấp lương|Phụ cấp hiện hưởng|PC|Các khoản phụ cấp|"
                  "Hệ số phụ cấp|Mức phụ cấp|Phụ cấp (hệ số)|Các phụ cấp|Phụ cấp được hưởng", {
        "allowance.position": "Chức vụ|CV|PCCV|Phụ cấp chức vụ", "allowance.area": "Khu vực|KV|"
        "PCKV",
        "allowance.responsibility": "Trách nhiệm|TN|PCTN", "allowance.concurrency": "Kiêm nhiệm|KN",
        "allowance.public_duty": "Công vụ|PC công vụ", "allowance.other": "Khác|Phụ cấp khác",
        "allowance.seniority": "Thâm niên|Thâm niên nghề|TN nghề",
        "salary.over_frame_percent": "Vượt khung|Thâm niên vượt khung|% vượt khung|Vượt khung (%)|"
        "TNVK|"
                                     "Vượt khung %",
        "info": "Tổng|Tổng số|Tổng phụ cấp theo %|Cộng|Tổng phụ cấp|Tổng cộng|"
        "Tổng phụ cấp theo tỷ lệ %"}),
    "decision": ("Quyết định|Quyết định bổ nhiệm|QĐ|QĐ bổ nhiệm|Quyết định bổ nhiệm, phê chuẩn|"
                 "Quyết định phê chuẩn|Quyết định bổ nhiệm, chuẩn y", {
        "holding.decision_number": "Số|Số QĐ|Số quyết định|Số hiệu|Quyết định số"}),
    "post": ("Chức vụ, chức danh|Chức vụ|Chức danh|Thời gian giữ chức vụ|Giữ chức vụ|Bổ nhiệm|"
             "Thời gian giữ chức vụ, chức danh|Chức vụ hiện nay|Chức vụ, chức danh hiện nay|"
             "Thời gian giữ chức vụ hiện nay|Chức vụ hiện tại", {
        "holding.post": "Tên chức vụ|Chức danh|Chức vụ|Tên chức danh|Tên|Chức vụ, chức danh",
        "holding.valid_from": "Từ|Từ ngày|Từ tháng, năm|Ngày bổ nhiệm|Thời gian bổ nhiệm|Ngày giữ|"
                              "Thời gian giữ|Từ tháng|Thời điểm bổ nhiệm|Ngày bắt đầu|"
                              "Ngày nhận chức",
        "holding.valid_to": "Đến|Đến ngày|Đến hết ngày|Đến tháng, năm",
        "holding.decision_number": "Số quyết định|Số QĐ|Quyết định số",
        "holding.commune": "Đơn vị|Đơn vị công tác|Nơi công tác"}),
    "name": ("Họ và tên|Họ tên|Họ, tên|Họ và tên cán bộ", {
        "name.family": "Họ|Họ đệm|Họ và đệm|Họ và chữ đệm|Họ lót|Họ, đệm|Họ và tên đệm",
        "name.given": "Tên", "full_name": "Khai sinh"}),
    "rating": ("Xếp loại|Đánh giá, xếp loại|Kết quả đánh giá|Kết quả đánh giá, xếp loại|"
    "Xếp loại CBCC|"
               "Đánh giá|Xếp loại chất lượng", {
        "rating.year": "Năm|Năm đánh giá", "rating.level": "Mức|Mức xếp loại|Xếp loại|Kết quả"}),
    "council": ("Đại biểu HĐND|Đại biểu hội đồng nhân dân|ĐB HĐND|HĐND|Tham gia HĐND", {}),
    "committee": ("Tham gia cấp ủy|Cấp ủy|Tham gia cấp ủy các cấp", {}),
    "military": ("Quân đội|Nhập ngũ, xuất ngũ|Nghĩa vụ quân sự|Quân ngũ", {
        "profile.enlisted_on": "Nhập ngũ|Ngày nhập ngũ", "profile.discharged_on": "Xuất ngũ|"
        "Ngày xuất ngũ",
        "profile.military_rank": "Quân hàm|Cấp bậc"}),
    "address": ("Địa chỉ|Nơi ở", {"profile.permanent_residence": "Thường trú|Hộ khẩu",
                                  "residence": "Hiện nay|Hiện tại|Tạm trú"}),
})  # fmt: skip

DOMAIN_OF = _table({name: words for name, (words, _) in _DOMAINS.items()})
DOMAIN_LEAVES = MappingProxyType({name: _table(leaves) for name, (_, leaves) in _DOMAINS.items()})


def is_group(text: str) -> bool:
    """Whether a header is known to stand over others."""
    names = (NEUTRAL, FOREIGN, DERIVED, STRANDS, DOMAIN_OF)
    return any(each in names_of for names_of in names for each in (key(text), _bare(text)))


def _bare(text: str) -> str:
    return key(without_notes(text))


def parted(header: str) -> Iterator[tuple[str, ...]]:
    """Groups and header that stand in one cell: “Trình độ - Chuyên môn”, “Ngày sinh Nam”."""
    if len(header) > LONGEST_HEADER:
        return
    parts = [part.strip() for part in re.split(r"\s+[-–>/]\s+|\s*:\s+", header) if part.strip()]
    if 1 < len(parts) < 4:
        yield tuple(parts)
    words = header.split()
    for at in range(len(words) - 1, 0, -1):
        group, leaf = " ".join(words[:at]), " ".join(words[at:])
        if is_group(group):
            yield group, leaf
            yield from ((group, *rest) for rest in parted(leaf))


def belongs(group: str, leaf: str) -> bool:
    """Whether a header may stand below a group: not one that is known and means something else.

    >>> belongs("Phụ cấp", "Chức vụ"), belongs("Phụ cấp", "Quê quán")
    (True, False)
    """
    words = {key(leaf), _bare(leaf)}
    for each in (key(group), _bare(group)):
        if each in STRANDS:
            strand = STRANDS[each]
            own = {*LEVELS[strand], *LOWEST_LEVELS.get(strand, ()), *PARTS, *STRANDS}
            return bool(words & own) or target_of(leaf) is None
        if each in DOMAIN_OF:
            leaves = DOMAIN_LEAVES[DOMAIN_OF[each]]
            is_own = bool(words & {*leaves, "nam"}) or target_of(leaf) in leaves.values()
            return is_own or target_of(leaf) is None
        if each in DERIVED:
            return target_of(leaf) in (None, "info")
    return True
