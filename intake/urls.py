"""Every page that changes records; those of a person hang under the person."""

from django.urls import path

from intake.views import (
    bulk,
    cadre,
    completeness,
    decision_add,
    decisions,
    duplicates,
    exports,
    files,
    history,
    import_mend,
    import_steps,
    import_undo,
    imports,
    profile,
    proposals,
    records,
    reviews,
)

app_name = "intake"

# (kind, its part of the address, whether it is a period that can be ended)
_ROWS = (
    ("holding", "chuc-vu", True),
    ("membership", "cap-uy", True),
    ("qualification", "van-bang", False),
    ("short_training", "boi-duong", False),
    ("rating", "xep-loai", False),
    ("family", "gia-dinh", False),
    ("work_period", "qua-trinh", False),
    ("affiliation", "doan-the", False),
    ("status", "tinh-trang", False),
    ("salary_step", "luong", False),
    ("allowance", "phu-cap", False),
    ("award", "khen-thuong", False),
    ("discipline", "ky-luat", False),
)


def _pages(kind, part, is_period):
    start, given = f"can-bo/<int:pk>/{part}", {"kind": kind}
    yield path(f"{start}/them/", records.record_add, given, name=f"{kind}_add")
    yield path(f"{start}/<int:row_id>/", records.record_change, given, name=f"{kind}_change")
    yield path(f"{start}/<int:row_id>/go/", profile.record_remove, given, name=f"{kind}_remove")
    draft = f"duyet/<int:pk>/nguoi-moi/<int:item_id>/{part}/"
    yield path(draft, records.new_person_row, given, name=f"new_{kind}")
    if is_period:
        yield path(f"{start}/<int:row_id>/thoi/", records.record_close, given, name=f"{kind}_close")


urlpatterns = [
    path("can-bo/them/", cadre.cadre_add, name="cadre_add"),
    path("can-bo/sua-hang-loat/", bulk.bulk_edit, name="bulk_edit"),
    path("can-bo/<int:pk>/sua/", cadre.cadre_change, name="cadre_change"),
    path(
        "can-bo/<int:pk>/con-thieu/", completeness.person_completeness, name="person_completeness"
    ),
    path("can-bo/<int:pk>/ly-lich/", profile.profile_change, name="profile_change"),
    *(page for row in _ROWS for page in _pages(*row)),
    path("can-bo/<int:pk>/thay-doi/<int:change_id>/huy/", history.change_undo, name="change_undo"),
    path(
        "can-bo/<int:pk>/thay-doi/<int:change_id>/khoi-phuc/",
        history.change_restore,
        name="change_restore",
    ),
    path("can-bo/<int:pk>/ghi-chu/", history.journal_add, name="journal_add"),
    path("duyet/", proposals.inbox, name="inbox"),
    path("duyet/<int:pk>/", proposals.proposal, name="proposal"),
    path("duyet/<int:pk>/gui/", proposals.submit, name="proposal_submit"),
    path("duyet/<int:pk>/xac-nhan/", proposals.confirm, name="proposal_confirm"),
    path("duyet/<int:pk>/tra-lai/", proposals.send_back, name="proposal_send_back"),
    path("duyet/<int:pk>/rut/", proposals.withdraw, name="proposal_withdraw"),
    path("duyet/<int:pk>/lay-lai/", proposals.take_back, name="proposal_take_back"),
    path("duyet/<int:pk>/quyet-dinh/", proposals.decided, name="proposal_decide"),
    path("duyet/<int:pk>/muc/<int:item_id>/bo/", proposals.item_drop, name="item_drop"),
    path("can-bo/<int:pk>/tai-lieu/them/", files.file_add, name="file_add"),
    path("can-bo/<int:pk>/thanh-phan/", files.papers, name="papers"),
    path("can-bo/tep/<slug:key>/bo/", files.file_set_aside, name="file_set_aside"),
    path("can-bo/tep/<slug:key>/lay-lai/", files.file_take_back, name="file_take_back"),
    path("nhap-lieu/", imports.import_file, name="import"),
    path("nhap-lieu/day-du/", completeness.completeness, name="completeness"),
    path("nhap-lieu/day-du/muc/", completeness.completeness_list, name="completeness_list"),
    path("nhap-lieu/ra-soat/", reviews.review_list, name="review_list"),
    path("nhap-lieu/ra-soat/mo/", reviews.review_add, name="review_add"),
    path("nhap-lieu/ra-soat/<int:pk>/", reviews.review, name="review"),
    path("nhap-lieu/ra-soat/<int:pk>/ket-thuc/", reviews.review_close, name="review_close"),
    path("nhap-lieu/ra-soat/don-vi/<int:pk>/", reviews.review_unit, name="review_unit"),
    *(
        path(f"nhap-lieu/ra-soat/don-vi/<int:pk>/{part}/", view, name=view.__name__)
        for part, view in (
            ("danh-dau", reviews.review_check),
            ("gui", reviews.review_send),
            ("xac-nhan", reviews.review_confirm),
            ("tra-lai", reviews.review_send_back),
            ("mo-lai", reviews.review_reopen),
        )
    ),
    path("nhap-lieu/trung-lap/", duplicates.duplicates, name="duplicates"),
    path("nhap-lieu/trung-lap/<int:pk>/<int:other>/", duplicates.merge_people, name="merge"),
    path(
        "nhap-lieu/trung-lap/<int:pk>/<int:other>/khac-nguoi/",
        duplicates.not_same,
        name="not_same",
    ),
    path(
        "nhap-lieu/trung-lap/<int:pk>/<int:other>/xem-lai/",
        duplicates.not_same_back,
        name="not_same_back",
    ),
    path("nhap-lieu/mau/", imports.template, name="template"),
    path("nhap-lieu/xuat/", exports.work_pack, name="work_pack"),
    path("nhap-lieu/quyet-dinh/", decisions.decision_list, name="decision_list"),
    path("nhap-lieu/quyet-dinh/them/", decision_add.decision_add, name="decision_add"),
    path("nhap-lieu/quyet-dinh/<int:pk>/", decisions.decision, name="decision"),
    path(
        "nhap-lieu/quyet-dinh/<int:pk>/bai-bo/", decisions.decision_revoke, name="decision_revoke"
    ),
    path("nhap-lieu/<int:pk>/", imports.import_batch, name="import_batch"),
    path("nhap-lieu/<int:pk>/nhan-dang/", import_steps.import_sheets, name="import_sheets"),
    path("nhap-lieu/<int:pk>/cot/", import_steps.import_columns, name="import_columns"),
    path("nhap-lieu/<int:pk>/nguoi/", import_steps.import_people, name="import_people"),
    path("nhap-lieu/<int:pk>/da-sua/", import_mend.import_repairs, name="import_repairs"),
    path("nhap-lieu/<int:pk>/giu-nguyen/", import_mend.import_keep, name="import_keep"),
    path("nhap-lieu/<int:pk>/sua-o/", import_mend.import_typed, name="import_typed"),
    path("nhap-lieu/<int:pk>/bo-qua/", import_mend.import_skip, name="import_skip"),
    path("nhap-lieu/<int:pk>/tep-loi/", import_mend.import_errors, name="import_errors"),
    path("nhap-lieu/<int:pk>/huy/", import_undo.import_undo, name="import_undo"),
    path("nhap-lieu/<int:pk>/tien-do/", imports.import_progress, name="import_progress"),
    path("nhap-lieu/<int:pk>/kiem-tra/", imports.import_check, name="import_check"),
    path("nhap-lieu/<int:pk>/ghi/", imports.import_confirm, name="import_confirm"),
]
