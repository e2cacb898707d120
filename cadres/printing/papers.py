"""The forms, part by part, in the order and the words of the printed ones."""

from types import MappingProxyType

from cadres.printing.layout import Column, Heading, Line, Paper, Signature, Slot, Table, Text

DAY = "…../…../……"
_OFFICE = Line((Slot("Cơ quan, đơn vị có thẩm quyền quản lý CBCC:", "managing_agency"),))
_UNIT = Line((Slot("Cơ quan, đơn vị sử dụng CBCC:", "using_agency"),))
_CODE = Line((Slot("Số hiệu cán bộ, công chức:", "code"),))
_REST_OF_BIRTH = (
    Slot("tháng", "born_month", blank="……"),
    Slot("năm", "born_year", blank="………"),
    Slot("Giới tính (nam, nữ):", "sex", blank="………"),
)
_PLACE_AND_DAY = "……………, ngày …… tháng …… năm 20……"

_IDENTITY = (
    Line((Slot("1) Họ và tên khai sinh (viết chữ in hoa):", "full_name"),)),
    Line((Slot("2) Tên gọi khác:", "other_name"),)),
    Line((Slot("3) Sinh ngày", "born_day", blank="……"), *_REST_OF_BIRTH)),
    Line((Slot("4) Nơi sinh:", "birthplace"),)),
    Line((Slot("5) Quê quán:", "home_town"),)),
    Line((Slot("6) Dân tộc:", "ethnicity"), Slot("7) Tôn giáo:", "religion"))),
    Line(
        (Slot("8) Nơi đăng ký hộ khẩu thường trú:", "permanent_residence"),),
        "(Số nhà, đường phố, thành phố; xóm, thôn, xã, huyện, tỉnh)",
    ),
    Line(
        (Slot("9) Nơi ở hiện nay:", "residence"),),
        "(Số nhà, đường phố, thành phố; xóm, thôn, xã, huyện, tỉnh)",
    ),
    Line((Slot("10) Nghề nghiệp khi được tuyển dụng:", "prior_job"),)),
    Line(
        (
            Slot("11) Ngày tuyển dụng:", "recruited_on", blank=DAY),
            Slot("Cơ quan tuyển dụng:", "recruited_by"),
        )
    ),
)
_SERVICE = (
    Line(
        (Slot("12) Chức vụ (chức danh) hiện tại:", "posts"),),
        "(Về chính quyền hoặc Đảng, đoàn thể, kể cả chức vụ kiêm nhiệm)",
    ),
    Line((Slot("13) Công việc chính được giao:", "main_work"),)),
    Line(
        (
            Slot("14) Ngạch công chức (viên chức):", "grade_name", 8),
            Slot("Mã ngạch:", "grade_code", 4),
        )
    ),
    Line(
        (
            Slot("Bậc lương:", "step", 3),
            Slot("Hệ số:", "coefficient", 4),
            Slot("Ngày hưởng:", "paid_from", blank=DAY),
        )
    ),
    Line(
        (
            Slot("Phụ cấp chức vụ:", "position_allowance"),
            Slot("Phụ cấp khác:", "other_allowances"),
        )
    ),
    Line(
        (
            Slot(
                "15.1- Trình độ giáo dục phổ thông (đã tốt nghiệp lớp mấy/thuộc hệ nào):",
                "general_education",
            ),
        )
    ),
    Line(
        (Slot("15.2- Trình độ chuyên môn cao nhất:", "profession"),),
        "(TSKH, TS, ThS, cử nhân, kỹ sư, cao đẳng, trung cấp, sơ cấp; chuyên ngành)",
    ),
    Line(
        (
            Slot("15.3- Lý luận chính trị:", "political_theory"),
            Slot("15.4- Quản lý nhà nước:", "state_management"),
        ),
        "(Cao cấp, trung cấp, sơ cấp và tương đương; chuyên viên cao cấp, chuyên viên chính, "
        "chuyên viên, cán sự…)",
    ),
    Line(
        (Slot("15.5- Ngoại ngữ:", "languages"), Slot("15.6- Tin học:", "computing")),
        "(Tên ngoại ngữ và trình độ; trình độ tin học)",
    ),
)
_MERITS = (
    Line(
        (
            Slot("16) Ngày vào Đảng Cộng sản Việt Nam:", "party_joined_on", blank=DAY),
            Slot("Ngày chính thức:", "party_official_on", blank=DAY),
        )
    ),
    Line(
        (Slot("17) Ngày tham gia tổ chức chính trị – xã hội:", "affiliations"),),
        "(Ngày tham gia tổ chức: Đoàn, Hội… và làm việc gì trong tổ chức đó)",
    ),
    Line(
        (
            Slot("18) Ngày nhập ngũ:", "enlisted_on", blank=DAY),
            Slot("Ngày xuất ngũ:", "discharged_on", blank=DAY),
        )
    ),
    Line((Slot("Quân hàm cao nhất:", "military_rank"),)),
    Line(
        (Slot("19) Danh hiệu được phong tặng cao nhất:", "honour"),),
        "(Anh hùng lao động, anh hùng lực lượng vũ trang; nhà giáo, thầy thuốc, nghệ sĩ nhân dân, "
        "ưu tú…)",
    ),
    Line((Slot("20) Sở trường công tác:", "strengths"),)),
    Line((Slot("21) Khen thưởng:", "awards"),), "(Hình thức cao nhất, năm nào)"),
    Line(
        (Slot("22) Kỷ luật:", "disciplines"),),
        "(Về Đảng, chính quyền, đoàn thể: hình thức cao nhất, năm nào)",
    ),
    Line(
        (
            Slot("23) Tình trạng sức khỏe:", "health", 6),
            Slot("Chiều cao:", "height", 3),
            Slot("Cân nặng:", "weight", 3),
            Slot("Nhóm máu:", "blood_type", 2),
        )
    ),
    Line(
        (
            Slot("24) Là thương binh hạng:", "war_invalid", 3),
            Slot("Là con gia đình chính sách:", "policy_family", 8),
        ),
        "(Con thương binh, con liệt sĩ, người nhiễm chất độc da cam/dioxin)",
    ),
    Line(
        (
            Slot("25) Số chứng minh nhân dân (CCCD):", "national_id"),
            Slot("Ngày cấp:", "national_id_issued_on", blank=DAY),
        )
    ),
    Line((Slot("26) Số sổ BHXH:", "insurance_number"),)),
)
_LEARNED = (
    Column("Tên trường", "school", 24),
    Column("Chuyên ngành đào tạo, bồi dưỡng", "subject", 24),
    Column("Từ tháng, năm – đến tháng, năm", "period", 17),
    Column("Hình thức đào tạo", "form", 14),
    Column("Văn bằng, chứng chỉ, trình độ gì", "outcome", 21),
)
_RELATION, _NAME = Column("Mối quan hệ", "relation", 13), Column("Họ và tên", "full_name", 22)
_RELATIVES = (
    _RELATION,
    _NAME,
    Column("Năm sinh", "year", 10),
    Column(
        "Quê quán, nghề nghiệp, chức danh, chức vụ, đơn vị công tác, học tập, nơi ở (trong, ngoài "
        "nước); thành viên các tổ chức chính trị – xã hội",
        "detail",
        55,
    ),
)
PAY_CELLS = 7
_PAY = (
    Column("", "label", 20),
    *(Column("", f"cell_{n}", 12) for n in range(1, PAY_CELLS + 1)),
)
_STORY = (
    Table(
        "27) Đào tạo, bồi dưỡng về chuyên môn, nghiệp vụ, lý luận chính trị, ngoại ngữ, tin học",
        "learning", _LEARNED, 4,
        note="Ghi chú: Hình thức đào tạo: chính quy, tại chức, chuyên tu, bồi dưỡng… Văn bằng: "
        "TSKH, TS, ThS, cử nhân, kỹ sư…",
    ),
    Table(
        "28) Tóm tắt quá trình công tác",
        "work",
        (
            Column("Từ tháng, năm đến tháng, năm", "period", 24),
            Column(
                "Chức danh, chức vụ, đơn vị công tác (Đảng, chính quyền, đoàn thể, tổ chức xã "
                "hội), kể cả thời gian được đào tạo, bồi dưỡng về chuyên môn, nghiệp vụ…",
                "what",
                76,
            ),
        ),
        5,
    ),
    Heading("29) Đặc điểm lịch sử bản thân:"),
    Text(
        "– Khai rõ: bị bắt, bị tù (từ ngày tháng năm nào đến ngày tháng năm nào, ở đâu), đã khai "
        "báo cho ai, những vấn đề gì? Bản thân có làm việc trong chế độ cũ (cơ quan, đơn vị nào, "
        "địa điểm, chức danh, chức vụ, thời gian làm việc…):",
        "personal_history",
    ),
    Text(
        "– Tham gia hoặc có quan hệ với các tổ chức chính trị, kinh tế, xã hội nào ở nước ngoài "
        "(làm gì, tổ chức nào, đặt trụ sở ở đâu…?):",
        "foreign_relations",
    ),
    Text(
        "– Có thân nhân (cha, mẹ, vợ, chồng, con, anh chị em ruột) ở nước ngoài (làm gì, địa "
        "chỉ…)?:",
        "relatives_abroad",
    ),
    Heading("30) Quan hệ gia đình"),
    Table(
        "a) Về bản thân: Cha, Mẹ, Vợ (hoặc chồng), các con, anh chị em ruột",
        "own_family", _RELATIVES, 5,
    ),
    Table(
        "b) Về bên vợ (hoặc chồng): Cha, Mẹ, anh chị em ruột", "spouse_family", _RELATIVES, 4,
    ),
    Table(
        "31) Diễn biến quá trình lương của cán bộ, công chức", "pay", _PAY, 0,
        has_head=False, together=3,
    ),
    Text(
        "32) Nhận xét, đánh giá của cơ quan, đơn vị quản lý và sử dụng cán bộ, công chức",
        "remark", 3,
    ),
)  # fmt: skip

CURRICULUM = Paper(
    code="2c",
    name="Sơ yếu lý lịch (2C-BNV/2008)",
    number="Mẫu 2C-BNV/2008 ban hành kèm theo Quyết định số 02/2008/QĐ-BNV ngày 06/10/2008 của "
    "Bộ trưởng Bộ Nội vụ",
    title="SƠ YẾU LÝ LỊCH CÁN BỘ, CÔNG CHỨC",
    head=(_OFFICE, _UNIT, _CODE),
    parts=(*_IDENTITY, *_SERVICE, *_MERITS, *_STORY),
    signatures=(
        Signature(
            "Người khai",
            "Tôi xin cam đoan những lời khai trên đây là đúng sự thật",
            "(Ký tên, ghi rõ họ tên)",
        ),
        Signature(
            "Thủ trưởng cơ quan, đơn vị quản lý và sử dụng CBCC",
            how="(Ký tên, đóng dấu)",
            place=_PLACE_AND_DAY,
        ),
    ),
    beside_photo=5,
)

_CHANGES = (
    Column("Thời gian", "period", 22),
    Column("Nội dung thay đổi", "what", 53),
    Column("Số quyết định", "decision", 25),
)
_CHANGED_RELATIVES = (
    _RELATION,
    _NAME,
    Column("Ngày, tháng, năm sinh", "born", 16),
    Column("Nghề nghiệp, chức danh, đơn vị công tác, nơi ở; thay đổi", "detail", 49),
)
SUPPLEMENT = Paper(
    code="4a",
    name="Phiếu bổ sung lý lịch hằng năm (4a-BNV/2007)",
    number="Mẫu 4a-BNV/2007 ban hành kèm theo Quyết định số 06/2007/QĐ-BNV ngày 18/6/2007 của "
    "Bộ trưởng Bộ Nội vụ",
    title="PHIẾU BỔ SUNG LÝ LỊCH CÁN BỘ, CÔNG CHỨC",
    head=(_OFFICE, _UNIT, _CODE),
    parts=(
        Line((Slot("1) Họ và tên khai sinh (viết chữ in hoa):", "full_name"),)),
        Line((Slot("2) Tên gọi khác:", "other_name"),)),
        Line((Slot("3) Sinh ngày", "born_day", blank="……"), *_REST_OF_BIRTH)),
        Line((Slot("4) Quê quán:", "home_town"),)),
        Line((Slot("5) Nơi ở hiện nay:", "residence"),)),
        Line((Slot("6) Chức vụ, chức danh, đơn vị công tác hiện tại:", "posts"),)),
        Line(
            (
                Slot("7) Ngạch:", "grade_name", 8),
                Slot("Mã ngạch:", "grade_code", 4),
                Slot("Bậc:", "step", 2),
                Slot("Hệ số:", "coefficient", 3),
            )
        ),
        Heading("NHỮNG THAY ĐỔI, BỔ SUNG TRONG NĂM", is_bold=True),
        Table(
            "1. Về chức vụ, chức danh, đơn vị công tác, tình trạng công tác", "career_changes",
            _CHANGES, 3, 1,
        ),
        Table(
            "2. Về đào tạo, bồi dưỡng, văn bằng, chứng chỉ", "learning", _LEARNED, 3, 1,
        ),
        Table(
            "3. Về tiền lương và phụ cấp",
            "pay_changes",
            (
                Column("Từ ngày", "period", 14),
                Column("Mã ngạch/bậc hoặc loại phụ cấp", "what", 28),
                Column("Hệ số, tỷ lệ", "amount", 18),
                Column("Lý do", "why", 20),
                Column("Số quyết định", "decision", 20),
            ),
            2,
            1,
        ),
        Table("4. Khen thưởng", "award_changes", _CHANGES, 2, 1),
        Table("5. Kỷ luật", "discipline_changes", _CHANGES, 2, 1),
        Line((Slot("6. Đánh giá, xếp loại chất lượng năm:", "rating"),)),
        Table("7. Về Đảng, đoàn thể, đại biểu HĐND", "body_changes", _CHANGES, 2, 1),
        Table(
            "8. Về gia đình (sinh con, kết hôn, thay đổi công tác, nơi ở của người thân; có người "
            "mất…)",
            "family_changes", _CHANGED_RELATIVES, 3, 2,
        ),
        Text("9. Về hoàn cảnh kinh tế gia đình (thu nhập, nhà, đất, tài sản có giá trị lớn):",
             "household_economy", 3),
        Text("10. Về sức khỏe và những thay đổi khác:", "other_changes", 3),
    ),
    signatures=(
        Signature(
            "Xác nhận của cơ quan, đơn vị quản lý và sử dụng CBCC",
            how="(Ký tên, đóng dấu)",
            place=_PLACE_AND_DAY,
        ),
        Signature(
            "Người khai bổ sung",
            "Tôi xin cam đoan những lời khai trên đây là đúng sự thật",
            "(Ký tên, ghi rõ họ tên)",
            place=_PLACE_AND_DAY,
        ),
    ),
    has_motto=True,
    is_yearly=True,
)  # fmt: skip

PAPERS = MappingProxyType({paper.code: paper for paper in (CURRICULUM, SUPPLEMENT)})
