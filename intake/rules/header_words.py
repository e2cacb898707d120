"""The headers of real lists, each with the field that it names. Pure.

Written as they stand in lists, compared by `key`. Sources: the statistical forms of TT
11/2012/TT-BNV (BM03, BM04), form 02/CL.CBCCX, Mẫu 2C-BNV/2008, and the portal's own template and
record set.
"""

import re
from collections.abc import Mapping
from functools import lru_cache
from types import MappingProxyType

from daitu_portal.text import fold

_REWRITES = (
    (re.compile(r"\bngay thang nam\b|\bngay thang\b"), "ngay"),
    (re.compile(r"\bthang nam\b|\bnam thang\b"), "thang"),
    (re.compile(r"\b(va|hoac|cac)\b"), " "),
    (re.compile(r"\b(cccd|cmnd|cmtnd|cmt|can cuoc cong dan|can cuoc|chung minh nhan dan|"
                r"chung minh thu|cmtnd|can cuoc cd)\b( \b(cccd|cmnd|cmtnd|cmt|can cuoc cong dan|"
                r"can cuoc|chung minh nhan dan|chung minh thu)\b)*"), "cccd"),
    (re.compile(r"\b(bao hiem xa hoi)\b"), "bhxh"),
    (re.compile(r"\b(bao hiem y te)\b"), "bhyt"),
    (re.compile(r"\b(ly luan chinh tri|l l c t)\b"), "llct"),
    (re.compile(r"\b(quan ly hanh chinh nha nuoc|quan ly nha nuoc|ql nha nuoc|qlhcnn)\b"), "qlnn"),
    (re.compile(r"\b(quoc phong an ninh|qp an|gdqp an|giao duc qpan|gdqpan)\b"), "qpan"),
    (re.compile(r"\b(cong nghe thong tin)\b"), "cntt"),
    (re.compile(r"\b(dan toc thieu so|dan toc it nguoi)\b"), "dtts"),
    (re.compile(r"\b(quyet dinh|q d)\b"), "qd"),
    (re.compile(r"\b(hoi dong nhan dan)\b"), "hdnd"),
)  # fmt: skip


# Bands of ages and of years: "Dưới 30", "31–40", "nữ 51–55", ">30 năm".
AGES = re.compile(
    r"^(?:nam |nu )?(?:tu |duoi |tren )?\d{1,2}(?: (?:den )?\d{1,2})?(?: tuoi| nam)?(?: tro .*)?$"
)


@lru_cache(maxsize=8192)
def key(text: str) -> str:
    """How headers are compared: without accents, marks and fillers; long words abbreviated.

    >>> key("Ngày, tháng, năm sinh"), key("Họ và tên *")
    ('ngay sinh', 'ho ten')
    """
    found = fold(text)
    for pattern, word in _REWRITES:
        found = pattern.sub(word, found)
    return " ".join(found.split())


_HEADERS: Mapping[str, str] = MappingProxyType({
    "index": "STT|TT|Số TT|Số thứ tự|Thứ tự|S.T.T|T.T|No|Stt.",
    "code": "Số hiệu|Số hiệu CBCC|Số hiệu cán bộ|Số hiệu cán bộ, công chức|Mã cán bộ|Mã CB|Mã CBCC|"
            "Số hiệu công chức",
    "full_name": "Họ và tên|Họ tên|Họ, tên|Họ & tên|Họ và tên khai sinh|Họ tên khai sinh|"
                 "Họ, chữ đệm và tên|Họ, chữ đệm, tên|Họ, đệm, tên|Họ, tên đệm và tên|"
                 "Họ và tên cán bộ|Họ tên cán bộ|Họ và tên CBCC|Họ tên CBCC|Họ và tên công chức|"
                 "Họ và tên cán bộ, công chức|Họ tên cán bộ, công chức|Tên cán bộ|Tên công chức|"
                 "Tên cán bộ, công chức|Họ và tên đồng chí|Họ tên đồng chí|Họ và tên đảng viên|"
                 "Họ và tên cấp ủy viên|Họ và tên người giữ chức vụ|Họ và tên học viên|Full name|"
                 "Họ và tên CBCC, NHĐKCT|Họ và tên (viết chữ in hoa)|Tên đầy đủ|Họ tên đầy đủ|"
                 "Họ tên đầy đủ (chữ in hoa)|Họ và tên người hoạt động không chuyên trách",
    "name.family": "Họ đệm|Họ và đệm|Họ và chữ đệm|Họ, chữ đệm|Họ và tên đệm|Họ, tên đệm|Họ lót|"
                   "Họ và chữ lót|Họ",
    "name.given": "Tên|Tên gọi",
    "other_name": "Tên gọi khác|Tên khác|Bí danh|Các tên gọi khác|Tên thường gọi|Tên thường dùng",
    "sex": "Giới tính|Giới|Nam/Nữ|Nam, nữ|Phái|G.tính|Giới tính (Nam/Nữ)|Nam hay nữ|GT",
    "born_on": "Ngày sinh|Ngày tháng năm sinh|Ngày, tháng, năm sinh|Năm sinh|Sinh ngày|"
               "Ngày tháng sinh|Ngày, tháng, năm, sinh|Sinh năm|NTNS|NT năm sinh|"
               "Ng.sinh|N.sinh|Ngày tháng năm s|Sinh ngày tháng năm|Ngày/tháng/năm sinh|"
               "Ngày sinh nhật",
    "born.day": "Ngày sinh (ngày)",
    "born.month": "Tháng sinh|Ngày sinh (tháng)",
    "born.male": "Nam sinh năm|Năm sinh nam|Năm sinh (nam)",
    "born.female": "Nữ sinh năm|Năm sinh nữ|Ngày sinh nữ|Năm sinh (nữ)",
    "national_id": "Số CCCD|CCCD|CMND|Số CMND|Số CCCD/CMND|Số CMND/CCCD|CMND/CCCD|CCCD/CMND|"
                   "Số căn cước công dân|Căn cước công dân|Số căn cước|Số chứng minh nhân dân|"
                   "Chứng minh nhân dân|Số CMTND|CMTND|Số CMT|Số thẻ căn cước|"
                   "Thẻ căn cước công dân|"
                   "Số định danh cá nhân|Số ĐDCN|Số định danh|Số CCCD (12 số)|Mã số CCCD|"
                   "Số thẻ CCCD|Số định danh cá nhân/CCCD|Số định danh cá nhân/CMND|Số CCCD (che)|"
                   "Số CCCD/ĐDCN|Số giấy CMND|Số giấy CMND/CCCD",
    "phone": "Điện thoại|Số điện thoại|SĐT|Số ĐT|Điện thoại di động|ĐTDĐ|Di động|Số ĐTDĐ|Số máy|"
             "Số điện thoại liên hệ|Điện thoại liên hệ|Số di động|Số điện thoại di động|Tel|Mobile|"
             "ĐT liên hệ|Số ĐT liên hệ|ĐT di động|Điện thoại cá nhân",
    "ethnicity": "Dân tộc|Thành phần dân tộc|Tên dân tộc|D.tộc|Dtộc|Người dân tộc",
    "religion": "Tôn giáo|T.giáo|Theo tôn giáo|Tôn giáo (nếu có)",
    "birthplace": "Nơi sinh|Nơi đăng ký khai sinh|Nơi khai sinh",
    "home_town": "Quê quán|Nguyên quán|Quê quán (xã, huyện, tỉnh)|Quê|Quê gốc",
    "residence": "Nơi ở hiện nay|Nơi ở|Chỗ ở hiện nay|Nơi cư trú|Địa chỉ|Nơi ở hiện tại|Trú quán|"
                 "Nơi ở thường trú|Nơi thường trú|Địa chỉ hiện nay|Chỗ ở|Nơi cư trú hiện nay|"
                 "Địa chỉ nơi ở|Địa chỉ thường trú hiện nay|Địa chỉ liên hệ|"
                 "Nơi ở hiện nay (xóm, xã)",
    "recruited_on": "Ngày tuyển dụng|Ngày được tuyển dụng|Ngày tháng năm tuyển dụng|Năm tuyển dụng|"
                    "Thời gian tuyển dụng|Tháng năm tuyển dụng|Thời điểm tuyển dụng|Ngày vào ngành|"
                    "Ngày tuyển dụng lần đầu|Ngày tuyển dụng vào công chức|"
                    "Ngày tuyển dụng công chức|"
                    "Ngày TD|Ngày tháng tuyển dụng|Thời gian được tuyển dụng",
    "recruited_by": "Cơ quan tuyển dụng|Cơ quan, đơn vị tuyển dụng|Đơn vị tuyển dụng|"
                    "Cơ quan tuyển dụng lần đầu",
    "party_joined_on": "Ngày vào Đảng|Ngày tháng năm vào Đảng|Ngày, tháng, năm vào Đảng|Vào Đảng|"
                       "Ngày kết nạp Đảng|Ngày kết nạp|Năm vào Đảng|Ngày vào Đảng CSVN|"
                       "Ngày vào Đảng Cộng sản Việt Nam|Ngày kết nạp vào Đảng|Thời gian vào Đảng|"
                       "Tháng năm vào Đảng|Kết nạp Đảng|Ngày VĐ|Ngày vào Đảng (dự bị)|"
                       "Ngày vào Đảng dự bị|Dự bị|Ngày dự bị|Ngày kết nạp dự bị|Ngày vào ĐCSVN",
    "party_official_on": "Ngày chính thức|Ngày vào Đảng chính thức|Chính thức|Đảng chính thức|"
                         "Ngày công nhận chính thức|Ngày vào Đảng (chính thức)|"
                         "Ngày chuyển chính thức|"
                         "Ngày công nhận đảng viên chính thức|Ngày chính thức vào Đảng|"
                         "Ngày vào Đảng CSVN chính thức|Ngày công nhận chính thức vào Đảng",
    "note": "Ghi chú|Ghi chú khác|Chú thích|G.chú|Gchú|Note|Ghi chú (nếu có)",
    "mark.party": "Đảng viên|Là đảng viên|ĐV|Đảng viên ĐCSVN|Đảng viên Đảng CSVN|"
    "Là Đảng viên ĐCSVN",
    "mark.ethnic_minority": "Dân tộc thiểu số|DTTS|Dân tộc ít người|Người DTTS|Là người DTTS|"
                            "Người dân tộc thiểu số|Là người dân tộc thiểu số|Cán bộ DTTS",
    "mark.sex.F": "Nữ|Phụ nữ|Cán bộ nữ|Là nữ|Giới tính nữ",
    "mark.sex.M": "Giới tính nam",
    "holding.post": "Chức vụ|Chức danh|Chức vụ, chức danh|Chức danh, chức vụ|"
    "Chức vụ hoặc chức danh|"
                    "Chức vụ hiện nay|Chức vụ hiện tại|Chức vụ đang giữ|Chức vụ/chức danh|"
                    "Chức vụ, chức danh hiện nay|Chức vụ, chức danh đang đảm nhiệm|"
                    "Chức danh hiện nay|"
                    "Chức vụ hoặc chức danh công tác|Chức vụ, chức danh công tác|Chức vụ công tác|"
                    "Chức danh công tác|Chức vụ, chức danh hiện tại|Chức vụ, chức danh đang giữ|"
                    "Chức danh đang đảm nhiệm|Chức danh hiện tại|Chức vụ đang đảm nhiệm|C.vụ|"
                    "Chức vụ, chức danh đảm nhiệm|Chức vụ đảm nhiệm|Mã chức danh|C.danh|"
                    "Chức danh đảm nhiệm|Chức danh, chức vụ hiện nay|Vị trí công tác|"
                    "Chức danh công chức|"
                    "Chức vụ chính|Chức vụ, chức danh chính|Chức danh cán bộ, công chức|"
                    "Chức vụ hiện đang giữ|Chức vụ, chức danh hiện đang đảm nhiệm|Vị trí việc làm|"
                    "Chức vụ chức danh (chính quyền, Đảng, đoàn thể)",
    "holding.commune": "Đơn vị|Đơn vị công tác|Cơ quan công tác|Nơi công tác|Xã, thị trấn|Xã|"
                       "Xã/thị trấn|Tên xã|Tên xã, thị trấn|Tên đơn vị|Cơ quan, đơn vị|Mã đơn vị|"
                       "Cơ quan, đơn vị đang làm việc|Cơ quan, đơn vị công tác|"
                       "Cơ quan đơn vị làm việc|"
                       "Đơn vị đang công tác|Đơn vị công tác hiện nay|Đơn vị công tác hiện tại|"
                       "Nơi làm việc|Xã, phường, thị trấn|Tên xã, phường, thị trấn|Đơn vị xã|ĐVCT|"
                       "Cơ quan|Đơn vị (xã, thị trấn)|Đơn vị làm việc|UBND xã|Đơn vị hành chính|"
                       "Cơ quan, đơn vị đang công tác|Nơi công tác hiện nay|Cơ quan đang công tác|"
                       "Đơn vị xã, thị trấn|Đ.vị|Đ.vị công tác|Thuộc xã|Công tác tại xã|Xã, TT",
    "holding.valid_from": "Giữ từ ngày|Thời gian giữ chức vụ|Thời gian giữ chức vụ, chức danh|"
                          "Ngày bổ nhiệm|Thời gian bổ nhiệm|Ngày giữ chức vụ|Giữ chức vụ từ|"
                          "Thời gian giữ chức vụ hiện tại|Thời điểm giữ chức vụ|Ngày nhận chức vụ|"
                          "Ngày nhận chức|"
                          "Thời gian giữ chức vụ hiện nay|Thời gian đảm nhiệm chức vụ|"
                          "Ngày bổ nhiệm chức vụ|Giữ chức vụ từ ngày|Giữ chức vụ từ tháng, năm|"
                          "Thời gian giữ chức danh|Ngày bổ nhiệm chức vụ hiện nay|"
                          "Thời gian đảm nhiệm|Thời điểm bổ nhiệm|Ngày giữ chức vụ hiện nay|"
                          "Ngày đảm nhiệm chức vụ|Ngày bổ nhiệm, bầu cử|Thời gian giữ CV|"
                          "Thời gian giữ chức vụ, chức danh hiện tại|Giữ chức vụ, chức danh từ|"
                          "Ngày bắt đầu giữ chức vụ|Ngày tháng năm bổ nhiệm|Từ ngày (giữ chức vụ)",
    "holding.valid_to": "Giữ đến hết ngày|Giữ chức vụ đến|Ngày thôi giữ chức vụ|"
    "Thôi giữ chức vụ từ|"
                        "Giữ chức vụ đến ngày",
    "holding.decision_number": "Số quyết định|Quyết định số|QĐ số|Số QĐ|Số quyết định bổ nhiệm|"
                               "Quyết định bổ nhiệm số|Số QĐ bổ nhiệm|Số QĐ bổ nhiệm, phê chuẩn|"
                               "Số hiệu quyết định|Quyết định bổ nhiệm|"
                               "Số quyết định bổ nhiệm, phê chuẩn",
    "rating.year": "Năm xếp loại|Năm đánh giá",
    "rating.level": "Mức xếp loại|Xếp loại|Xếp loại chất lượng|Xếp loại cán bộ, công chức|Đánh giá|"
                    "Kết quả đánh giá|Kết quả xếp loại|Đánh giá xếp loại|Xếp loại cuối năm|"
                    "Kết quả đánh giá, xếp loại|Mức độ hoàn thành nhiệm vụ|Xếp loại công chức|"
                    "Đánh giá, xếp loại chất lượng|Kết quả xếp loại chất lượng|Xếp loại năm|"
                    "Đánh giá cán bộ, công chức|Xếp loại CBCC|Kết quả đánh giá CBCC|"
                    "Đánh giá, xếp loại CBCC|Mức độ hoàn thành công việc|Xếp loại CBCC cuối năm",
    "qualification.text": "Trình độ|Bằng cấp|Trình độ đào tạo|Văn bằng|Văn bằng, chứng chỉ|"
                          "Trình độ, bằng cấp|Bằng cấp, chứng chỉ",
    "profile.national_id_issued_on": "Ngày cấp CCCD|Ngày cấp CMND|Ngày cấp CCCD/CMND|"
                                     "Ngày cấp CMND/CCCD|CCCD ngày cấp|Ngày cấp căn cước",
    "profile.national_id_issued_by": "Nơi cấp CCCD|Nơi cấp CMND|Nơi cấp CCCD/CMND|CCCD nơi cấp|"
                                     "Cơ quan cấp CCCD|Nơi cấp CMND/CCCD",
    "profile.personal_code": "Mã số định danh",
    "profile.insurance_number": "Số sổ BHXH|Số BHXH|Sổ BHXH|Mã số BHXH|Mã BHXH|"
    "Số sổ bảo hiểm xã hội",
    "profile.insured_from": "Tháng bắt đầu đóng BHXH|Tháng, năm bắt đầu BHXH|Ngày đóng BHXH|"
                            "Tháng, năm bắt đầu đóng BHXH|Thời gian đóng BHXH|Đóng BHXH từ|"
                            "Năm đóng BHXH|Ngày tham gia BHXH|Thời gian tham gia BHXH|"
                            "Thời điểm đóng BHXH|Bắt đầu đóng BHXH|Ngày bắt đầu đóng BHXH|"
                            "Thời gian bắt đầu đóng BHXH|Tham gia BHXH từ|Tháng, năm đóng BHXH|"
                            "Tháng năm bắt đầu tham gia BHXH|Tháng, năm tham gia BHXH",
    "profile.health_card_number": "Số thẻ BHYT|Thẻ BHYT|Mã thẻ BHYT|Số BHYT",
    "profile.permanent_residence": "Hộ khẩu thường trú|HKTT|Nơi đăng ký hộ khẩu thường trú|Hộ khẩu|"
                                   "Thường trú|Nơi ĐKHKTT|Nơi đăng ký HKTT|Địa chỉ thường trú|"
                                   "Nơi đăng ký thường trú",
    "profile.email": "Thư điện tử|Email|E-mail|Địa chỉ email|Hộp thư điện tử|Thư điện tử công vụ",
    "profile.schooling": "Lớp, hệ phổ thông",
    "profile.family_class": "Thành phần gia đình|Thành phần gia đình xuất thân|"
    "Thành phần xuất thân",
    "profile.prior_job": "Nghề nghiệp trước khi tuyển dụng|Nghề nghiệp khi được tuyển dụng|"
                         "Nghề nghiệp bản thân trước khi tuyển dụng|Nghề nghiệp trước tuyển dụng",
    "profile.agency_joined_on": "Ngày vào cơ quan hiện nay|Ngày vào cơ quan|"
                                "Ngày vào cơ quan hiện đang công tác|Ngày về cơ quan hiện nay",
    "profile.revolution_joined_on": "Ngày tham gia cách mạng",
    "profile.main_work": "Công việc chính được giao|Công việc chính|Nhiệm vụ được giao|"
                         "Công việc đang làm|Nhiệm vụ được phân công|Công việc được giao|"
                         "Công việc chính đang làm|Công tác chính đang làm|Lĩnh vực phụ trách",
    "profile.longest_work": "Công việc làm lâu nhất|Công việc đã làm lâu nhất",
    "profile.strengths": "Sở trường công tác|Sở trường",
    "profile.academic_title": "Học hàm",
    "profile.academic_title_year": "Năm phong học hàm",
    "profile.honour": "Danh hiệu được phong tặng cao nhất|Danh hiệu được phong tặng|"
    "Danh hiệu được phong",
    "profile.honour_year": "Năm được phong tặng",
    "profile.enlisted_on": "Ngày nhập ngũ|Nhập ngũ|Tháng, năm nhập ngũ|Năm nhập ngũ",
    "profile.discharged_on": "Ngày xuất ngũ|Xuất ngũ|Tháng, năm xuất ngũ|Năm xuất ngũ",
    "profile.military_rank": "Quân hàm cao nhất|Quân hàm|Cấp bậc quân hàm|"
    "Quân hàm, chức vụ cao nhất",
    "profile.war_invalid": "Thương binh hạng|Thương binh|Hạng thương binh|Là thương binh hạng",
    "profile.policy_family": "Gia đình chính sách|Đối tượng chính sách|Con gia đình chính sách|"
                             "Là con gia đình chính sách|Diện chính sách",
    "profile.health": "Tình trạng sức khỏe|Sức khỏe",
    "profile.height_cm": "Chiều cao (cm)|Chiều cao",
    "profile.weight_kg": "Cân nặng (kg)|Cân nặng",
    "profile.blood_type": "Nhóm máu",
    "profile.personal_history": "Đặc điểm lịch sử bản thân|Lịch sử bản thân",
    "profile.foreign_relations": "Quan hệ với nước ngoài",
    "profile.household_economy": "Hoàn cảnh kinh tế gia đình|Kinh tế gia đình",
    "profile.remark": "Nhận xét, đánh giá của cơ quan|Nhận xét của cơ quan",
    "salary.grade_code": "Mã ngạch|Mã số ngạch|Mã ngạch lương|Mã ngạch công chức|Mã số ngạch CC|"
                         "Mã ngạch CC|Ngạch (mã số)|Ngạch (mã)|Mã số ngạch công chức|"
                         "Mã số ngạch lương",
    "salary.grade_name": "Ngạch|Ngạch công chức|Tên ngạch|Ngạch lương|Ngạch CC|Ngạch hiện giữ|"
                         "Ngạch công chức hiện giữ|Ngạch đang giữ|Ngạch CBCC|Tên ngạch công chức",
    "salary.step": "Bậc|Bậc lương|Bậc lương hiện hưởng|Bậc hiện hưởng|Bậc lương hiện nay",
    "salary.coefficient": "Hệ số lương|Hệ số|HSL|HS lương|Hệ số lương hiện hưởng|Hệ số hiện hưởng|"
                          "Lương hệ số|Hệ số lương hiện nay|Hệ số bậc lương|H.số lương",
    "salary.valid_from": "Ngày hưởng lương|Ngày hưởng bậc lương|Thời điểm hưởng lương|Ngày hưởng|"
                         "Thời gian hưởng lương|Hưởng từ ngày|Thời điểm hưởng|Ngày xếp lương|"
                         "Thời gian hưởng|Ngày nâng lương gần nhất|Mốc hưởng lương|Hưởng từ|"
                         "Thời điểm hưởng bậc lương hiện tại|Thời gian hưởng bậc lương|"
                         "Mốc nâng lương|"
                         "Ngày hưởng bậc lương hiện tại|Thời gian hưởng bậc lương hiện tại|"
                         "Ngày nâng lương lần cuối|Thời gian nâng lương lần sau cùng",
    "salary.over_frame_percent": "Vượt khung (%)|Vượt khung|% vượt khung|Phụ cấp vượt khung|"
                                 "Phụ cấp thâm niên vượt khung|Thâm niên vượt khung|PC vượt khung|"
                                 "PCTNVK|TNVK|PC TNVK|Phụ cấp TNVK|"
                                 "Phụ cấp thâm niên vượt khung (%)",
    "allowance.position": "Phụ cấp chức vụ|PCCV|PC chức vụ|Hệ số phụ cấp chức vụ|HSPC chức vụ|"
                          "Phụ cấp chức vụ lãnh đạo|PC CV|Hệ số PCCV",
    "allowance.responsibility": "Phụ cấp trách nhiệm|PC trách nhiệm|PCTN|Phụ cấp TN|PC TN",
    "allowance.area": "Phụ cấp khu vực|PC khu vực|PCKV|Hệ số phụ cấp khu vực|PC KV",
    "allowance.concurrency": "Phụ cấp kiêm nhiệm|PC kiêm nhiệm|PCKN",
    "allowance.public_duty": "Phụ cấp công vụ|PC công vụ|PCCVU",
    "allowance.seniority": "Phụ cấp thâm niên nghề|PC thâm niên nghề|Phụ cấp thâm niên|"
    "PC thâm niên",
    "allowance.other": "Phụ cấp khác|PC khác",
    "info": "Tuổi|Tuổi đời|Độ tuổi|Số tuổi|Tổng số|Tổng cộng|Cộng|Tổng|Thành tiền|Thực lĩnh|"
            "Tổng hệ số|Tổng phụ cấp|Tổng phụ cấp theo %|Tổng PC|Tổng lương|Tổng hệ số lương|"
            "Số năm công tác|Thâm niên công tác|Thâm niên|Thâm niên BHXH|Thâm niên đóng BHXH|"
            "Số năm đóng BHXH|Tuổi Đảng|Tuổi nghề|Năm nghỉ hưu|Thời điểm nghỉ hưu|Ngày nghỉ hưu|"
            "Tuổi nghỉ hưu|Lương cơ sở|Mức lương cơ sở|Đạt chuẩn|Tổng hệ số lương và phụ cấp|"
            "Cấp quản lý|Tổng cộng hệ số|Tiền lương|Mức lương (đồng)|Số tiền|Tổng tiền lương",
})  # fmt: skip

# Known headers for which the portal has no place in a list of one row a person.
_UNSUPPORTED = (
    "Đại biểu HĐND|Tham gia cấp ủy|Tham gia cấp ủy cấp xã|Cấp ủy|Cấp ủy viên|Chức vụ Đảng|"
    "Chức vụ đoàn thể|Chức vụ chính quyền|Kiêm nhiệm|Chức vụ kiêm nhiệm|"
    "Chức danh kiêm nhiệm|Khen thưởng|Kỷ luật|Quy hoạch|Chức danh quy hoạch|"
    "Quá trình công tác|Tình trạng|Tình trạng hôn nhân|Ngày quyết định|Ngày ký|"
    "Ngày ký quyết định|Cơ quan quyết định|Nhiệm kỳ|Ngày vào Đoàn|Số thẻ đảng|"
    "Số thẻ đảng viên|Số tài khoản|Mã số thuế|Phần trăm hưởng|Ngày phê chuẩn|Loại cán bộ|"
    "Bố trí công tác|Trình độ kỹ năng|Chức vụ quy hoạch|Hợp đồng|Nghề nghiệp|Nơi cấp|"
    "Bồi dưỡng|Bồi dưỡng nghiệp vụ|Tổ chức|Hình thức|Lý do|Chữ ký|Ký nhận|Loại đơn vị|"
    "Chi bộ|Nơi sinh hoạt Đảng|Hình thức tuyển dụng|Học hàm, học vị|Danh hiệu"
)
UNSUPPORTED = frozenset(map(key, _UNSUPPORTED.split("|")))
# fmt: skip


def without_notes(text: str) -> str:
    """A header without what stands in parentheses, brackets or after a star."""
    return re.sub(r"\([^)]*\)?|\[[^\]]*\]|\*", " ", text)


def _index(table: Mapping[str, str]) -> Mapping[str, str]:
    found: dict[str, str] = {}
    for target, headers in table.items():
        for header in headers.split("|"):
            if found.setdefault(key(header), target) != target:
                raise ValueError(f"{header} names both {found[key(header)]} and {target}")
    return MappingProxyType(found)


def squeezed(text: str) -> str:
    """A header without its spaces, which are lost and doubled easily."""
    return fold(text).replace(" ", "")


TARGETS = _index(_HEADERS)
# Long ones only: "Họvàtên" is known by them, "TT" is not.
SQUEEZED = MappingProxyType({
    squeezed(header): target
    for target, headers in _HEADERS.items()
    for header in headers.split("|")
    if len(squeezed(header)) > 5
})  # fmt: skip


# Whose names stand in a list beside those of its people.
_OTHERS = frozenset((
    "vợ", "chồng", "cha", "mẹ", "bố", "con", "thân", "lập", "ký", "thay", "nhận", "báo", "giới",
    "họ", "tên", "đệm", "chữ", "lót",
))  # fmt: skip


def is_long_name(text: str) -> bool:
    """“Họ và tên cán bộ, công chức xã Tiên Hội”: a header over names with more than is known.

    >>> is_long_name("Họ tên cán bộ nữ"), is_long_name("Họ tên vợ hoặc chồng")
    (True, False)
    """
    told = re.findall(r"\w+", text.lower())
    more = [word for word in told if word not in ("và", "&")][2:]
    is_name = key(text).split()[:2] == ["ho", "ten"] and 0 < len(more) < 10
    return is_name and not text.isascii() and not _OTHERS & set(more)


def target_of(text: str) -> str | None:
    """The field that a header names by itself; None where it is not known."""
    return TARGETS.get(key(text)) or SQUEEZED.get(squeezed(text))
