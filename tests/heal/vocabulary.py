"""How offices write what they mean: {canonical text: ways of writing it}. From public lists."""

ETHNIC_WEIGHTS = {
    "Kinh": 60,
    "Tày": 14,
    "Nùng": 9,
    "Sán Dìu": 6,
    "Sán Chay": 5,
    "Dao": 4,
    "Mông": 2,
}
ETHNIC = {
    "Kinh": ("Kinh", "kinh", "KINH"),
    "Tày": ("Tày", "tày", "TÀY"),
    "Nùng": ("Nùng", "nùng"),
    "Sán Dìu": ("Sán Dìu", "Sán dìu", "SÁN DÌU", "Sán Dìu "),
    "Sán Chay": ("Sán Chay", "Sán chay", "Sán Chí", "Cao Lan"),
    "Dao": ("Dao", "dao"),
    "Mông": ("Mông", "H'Mông", "Hmông", "H.Mông"),
}
RELIGIONS = ("Không", "Không", "Không", "Không", "Không", "Công giáo", "Phật giáo")
SEX = {"Nam": ("Nam", "nam", "NAM"), "Nữ": ("Nữ", "nữ", "NỮ")}

# Without capitals that have a tone: old fonts cannot keep them.
HAMLETS = (
    "Xóm Đồng", "Xóm Trung", "Xóm 3", "Xóm 12", "Xóm Làng Thượng", "Xóm Đầm Mua", "Xóm Gò",
    "Xóm Cầu Trà", "Xóm Suối Cái", "Xóm Khuôn", "Xóm Hòa Bình", "Tổ dân phố Chợ", "Xóm Tân Lập",
)  # fmt: skip
PLACES = (
    "Đại Từ, Thái Nguyên", "Phú Lương, Thái Nguyên", "Kiến Xương, Thái Bình",
    "Phú Bình, Thái Nguyên",
    "Vĩnh Tường, Vĩnh Phúc", "Lý Nhân, Hà Nam", "Hiệp Hòa, Bắc Giang", "Nam Trực, Nam Định",
    "Chợ Mới, Bắc Kạn", "Sơn Dương, Tuyên Quang",
)  # fmt: skip
NOTES = (
    "Đang học cao cấp lý luận", "Nghỉ thai sản từ tháng 3", "Kiêm phụ trách kế toán",
    "Luân chuyển từ huyện về", "Hồ sơ còn thiếu bằng gốc", "Được cử đi học lớp trung cấp",
)  # fmt: skip

SCHOOLING = {"12/12": "THPT", "10/10": "THPT", "9/12": "THCS", "7/10": "THCS"}
GENERAL = {"THPT": ("THPT", "Cấp III", "cấp 3", "PTTH"), "THCS": ("THCS", "Cấp II", "cấp 2")}
MAJORS = (
    "Luật", "Kế toán", "Quản trị kinh doanh", "Hành chính học", "Nông học", "Quản lý đất đai",
    "Văn thư lưu trữ", "Công tác xã hội", "Lâm nghiệp", "Sư phạm Toán", "Quân sự cơ sở",
)  # fmt: skip
PROFESSIONAL = {
    "Chưa qua đào tạo": ("Chưa qua đào tạo", "Chưa qua ĐT"),
    "Sơ cấp": ("Sơ cấp", "SC"),
    "Trung cấp": ("Trung cấp", "TC", "trung cấp", "T.cấp", "THCN"),
    "Cao đẳng": ("Cao đẳng", "CĐ", "cao đẳng"),
    "Đại học": ("Đại học", "ĐH", "đại học", "Cử nhân", "Đ.học"),
    "Thạc sĩ": ("Thạc sĩ", "ThS", "Thạc sỹ", "Th.S", "Ths"),
}
POLITICAL = {
    "Sơ cấp": ("Sơ cấp", "SC", "sơ cấp", "Sơ cấp LLCT"),
    "Trung cấp": ("Trung cấp", "TC", "trung cấp", "TC LLCT", "T.cấp", "TCLLCT"),
    "Cao cấp": ("Cao cấp", "CC", "cao cấp", "CC LLCT", "CCCT"),
}
STATE_MANAGEMENT = {
    "Cán sự": ("Cán sự", "CS", "cán sự"),
    "Chuyên viên": ("Chuyên viên", "CV", "chuyên viên", "QLNN ngạch CV", "Ch.viên"),
    "Chuyên viên chính": ("Chuyên viên chính", "CVC"),
}
IT = {
    "Chứng chỉ A, B, C": ("B", "A", "Tin học B", "CC B", "Chứng chỉ A", "Trình độ B"),
    "CNTT cơ bản": ("CNTT cơ bản", "ƯDCNTT cơ bản", "CNTTCB", "Ứng dụng CNTT cơ bản"),
    "Trung cấp": ("Trung cấp", "TC", "TC tin học"),
}
LANGUAGE = {
    "Bậc 1 (A1, A)": ("Anh A", "A tiếng Anh", "Anh văn A", "A1 tiếng Anh"),
    "Bậc 2 (A2, B)": ("Anh B", "B tiếng Anh", "Anh văn B", "A2 tiếng Anh"),
    "Bậc 3 (B1, C)": ("Anh C", "C tiếng Anh", "B1 tiếng Anh", "Anh văn B1"),
}
LANGUAGE_LETTER = {"Bậc 1 (A1, A)": "A", "Bậc 2 (A2, B)": "B", "Bậc 3 (B1, C)": "C"}
DEFENCE = {
    "Đối tượng 3": ("Đối tượng 3", "ĐT3", "đối tượng 3", "ĐT 3"),
    "Đối tượng 4": ("Đối tượng 4", "ĐT4", "đối tượng 4", "ĐT 4"),
}
LEVELS = {
    "professional": PROFESSIONAL,
    "political": POLITICAL,
    "state_management": STATE_MANAGEMENT,
    "it": IT,
    "language": LANGUAGE,
    "defence": DEFENCE,
    "general": GENERAL,
}
RATING = {
    "Hoàn thành nhiệm vụ": ("Hoàn thành nhiệm vụ", "HTNV"),
    "Hoàn thành tốt nhiệm vụ": ("Hoàn thành tốt nhiệm vụ", "HTTNV", "HT tốt NV"),
    "Hoàn thành xuất sắc nhiệm vụ": ("Hoàn thành xuất sắc nhiệm vụ", "HTXSNV", "HTXS nhiệm vụ"),
}

POSTS = {
    "CB01": ("Bí thư Đảng ủy", "BT Đảng ủy", "BTĐU", "Bí thư ĐU", "Bí thư Đảng uỷ"),
    "CB02": ("Phó Bí thư Đảng ủy", "PBT Đảng ủy", "Phó BT Đảng ủy", "PBTĐU", "P. Bí thư Đảng ủy"),
    "CB03": ("Chủ tịch HĐND", "CT HĐND", "CTHĐND", "Chủ tịch Hội đồng nhân dân xã"),
    "CB04": ("Phó Chủ tịch HĐND", "PCT HĐND", "P.CT HĐND", "Phó CT HĐND"),
    "CB05": ("Chủ tịch UBND", "CT UBND", "CTUBND", "Chủ tịch Ủy ban nhân dân", "Chủ tịch UBND xã"),
    "CB06": ("Phó Chủ tịch UBND", "PCT UBND", "P.CT UBND", "Phó CT UBND", "PCTUBND"),
    "CB07": ("Chủ tịch UBMTTQ", "CT MTTQ", "CT UBMTTQ", "Chủ tịch Ủy ban MTTQ"),
    "CB08": ("Bí thư Đoàn TNCS HCM", "BT Đoàn TN", "Bí thư Đoàn TN", "Bí thư Đoàn thanh niên"),
    "CB09": ("Chủ tịch Hội LHPN", "CT HPN", "CT Hội Phụ nữ", "CT HLHPN", "Chủ tịch Hội phụ nữ"),
    "CB10": ("Chủ tịch Hội Nông dân", "CT HND", "CT Hội ND", "Chủ tịch Hội nông dân"),
    "CB11": ("Chủ tịch Hội CCB", "CT HCCB", "CT Hội CCB", "Chủ tịch Hội cựu chiến binh"),
    "CC02": ("Chỉ huy trưởng Quân sự", "CHT QS", "CHT BCHQS", "Chỉ huy trưởng BCH Quân sự"),
    "CC03": ("Văn phòng - Thống kê", "VP - TK", "VP-TK", "Văn phòng thống kê", "CC VP-TK"),
    "CC04A": ("Địa chính - Xây dựng - Đô thị và Môi trường", "ĐC-XD-ĐT&MT", "ĐC-XD-ĐT-MT"),
    "CC04B": ("Địa chính - Nông nghiệp - Xây dựng và Môi trường", "ĐC-NN-XD&MT", "ĐC-NN-XD-MT"),
    "CC05": ("Tài chính - Kế toán", "TC-KT", "TC - KT", "Tài chính kế toán", "CC TC-KT"),
    "CC06": ("Tư pháp - Hộ tịch", "TP-HT", "TP - HT", "Tư pháp hộ tịch", "CC TP-HT"),
    "CC07": ("Văn hóa - Xã hội", "VH-XH", "VH - XH", "Văn hóa xã hội", "Văn hoá - Xã hội"),
    "NK01": ("Phó Chủ tịch UBMTTQ", "PCT MTTQ", "PCT UBMTTQ", "Phó CT MTTQ"),
    "NK02": ("Phó Bí thư Đoàn TNCS HCM", "PBT Đoàn TN", "Phó BT Đoàn", "Phó Bí thư Đoàn TN"),
    "NK03": ("Phó Chủ tịch Hội LHPN", "PCT HPN", "PCT Hội LHPN", "Phó CT Hội Phụ nữ"),
    "NK04": ("Phó Chủ tịch Hội Nông dân", "PCT HND", "PCT Hội ND", "Phó CT Hội Nông dân"),
    "NK05": ("Phó Chủ tịch Hội CCB", "PCT HCCB", "PCT Hội CCB", "Phó CT Hội CCB"),
}
TITLE_WORDS = {"Nam": ("Ông ", "Đ/c ", "ông "), "Nữ": ("Bà ", "Đ/c ", "bà ")}
DITTO = ("nt", "-nt-", "như trên", '"', "Nt")
MARKS = ("x", "X", "x", "x", "×", "x ")

# {target: ways in which a column is headed}
HEADS = {
    "index": ("STT", "TT", "Số TT", "Stt", "SỐ TT"),
    "full_name": ("Họ và tên", "Họ tên", "HỌ VÀ TÊN", "Họ và tên CBCC", "Họ, tên"),
    "name.family": ("Họ và đệm", "Họ đệm", "Họ và tên đệm", "Họ"),
    "name.given": ("Tên", "TÊN"),
    "sex": ("Giới tính", "Nam/Nữ", "Nam, nữ", "GIỚI TÍNH", "Phái"),
    "born_on": ("Ngày sinh", "Ngày tháng năm sinh", "Ngày, tháng, năm sinh", "Năm sinh", "N.sinh"),
    "national_id": ("Số CCCD", "CCCD", "Số CMND/CCCD", "Căn cước công dân", "Số căn cước"),
    "phone": ("Số điện thoại", "SĐT", "Điện thoại", "Số ĐT", "ĐTDĐ"),
    "ethnicity": ("Dân tộc", "DÂN TỘC", "D.tộc"),
    "religion": ("Tôn giáo", "TÔN GIÁO"),
    "residence": ("Nơi ở hiện nay", "Chỗ ở hiện nay", "Nơi ở", "Địa chỉ hiện nay"),
    "home_town": ("Quê quán", "QUÊ QUÁN", "Nguyên quán"),
    "birthplace": ("Nơi sinh",),
    "recruited_on": ("Ngày tuyển dụng", "Thời gian tuyển dụng", "Ngày tháng năm tuyển dụng"),
    "party_joined_on": ("Ngày vào Đảng", "Ngày kết nạp Đảng", "Vào Đảng", "Ngày vào ĐCSVN"),
    "party_official_on": ("Ngày chính thức", "Chính thức", "Ngày vào Đảng chính thức"),
    "profile.insured_from": ("Tháng, năm bắt đầu đóng BHXH", "Bắt đầu đóng BHXH", "Đóng BHXH từ"),
    "holding.post": ("Chức vụ", "Chức danh", "Chức vụ, chức danh", "Chức vụ công tác", "CHỨC VỤ"),
    "holding.commune": ("Đơn vị", "Đơn vị công tác", "Cơ quan, đơn vị đang làm việc", "Xã, TT"),
    "holding.valid_from": (
        "Thời gian giữ chức vụ, chức danh",
        "Giữ chức vụ từ",
        "Ngày giữ chức vụ",
    ),
    "general.text": ("Văn hóa", "Trình độ văn hóa", "Văn hoá", "Học vấn", "TĐVH"),
    "professional.text": ("Chuyên môn", "Trình độ chuyên môn", "CM", "Chuyên môn, nghiệp vụ"),
    "political.text": ("LLCT", "Lý luận chính trị", "Chính trị", "Trình độ LLCT"),
    "state_management.text": ("QLNN", "Quản lý nhà nước", "QL nhà nước"),
    "it.text": ("Tin học", "TIN HỌC"),
    "language.text": ("Ngoại ngữ", "N.ngữ", "NGOẠI NGỮ"),
    "defence.text": ("QP-AN", "Quốc phòng - An ninh", "QPAN", "Bồi dưỡng QP-AN"),
    "salary.grade_code": ("Mã ngạch", "Mã số ngạch", "Ngạch (mã số)"),
    "salary.coefficient": ("Hệ số lương", "Hệ số", "HSL"),
    "salary.step": ("Bậc lương", "Bậc"),
    "allowance.position": ("Chức vụ", "PC chức vụ", "PCCV"),
    "allowance.responsibility": ("Trách nhiệm", "PC trách nhiệm"),
    "allowance.area": ("Khu vực", "PC khu vực"),
    "rating.level": ("Xếp loại năm 2022", "Xếp loại CBCC năm 2022", "Đánh giá, xếp loại năm 2022"),
    "note": ("Ghi chú", "GHI CHÚ", "Ghi chú khác"),
}
GROUP_HEADS = {
    "birth": ("Ngày sinh", "Ngày tháng năm sinh", "Ngày, tháng, năm sinh", "Năm sinh"),
    "learning": ("Trình độ", "TRÌNH ĐỘ", "Trình độ đào tạo"),
    "general": ("Văn hóa", "Trình độ văn hóa", "Văn hoá"),
    "professional": ("Chuyên môn", "Trình độ chuyên môn", "Chuyên môn nghiệp vụ"),
    "political": ("Lý luận chính trị", "LLCT", "Chính trị"),
    "state_management": ("Quản lý nhà nước", "QLNN"),
    "it": ("Tin học", "Trình độ tin học"),
    "language": ("Ngoại ngữ", "Trình độ ngoại ngữ"),
    "salary": ("Mức lương hiện hưởng", "Lương hiện hưởng", "Mức lương"),
    "allowance": ("Phụ cấp", "Các khoản phụ cấp", "Phụ cấp lương"),
    "name": ("Họ và tên", "Họ tên"),
}
