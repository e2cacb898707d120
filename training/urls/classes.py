"""Classes, their sittings and questionnaires."""

from django.urls import path

from training.views import attendance, class_edit, class_page, classes, sittings, survey

urlpatterns = [
    path("dao-tao/", classes.class_list, name="class_list"),
    path("dao-tao/them/", class_edit.class_add, name="class_add"),
    path("dao-tao/<int:pk>/", class_page.training_class, name="class"),
    path("dao-tao/<int:pk>/xuat/", class_page.class_export, name="class_export"),
    path("dao-tao/<int:pk>/sua/", class_edit.class_edit, name="class_edit"),
    path("dao-tao/<int:pk>/buoc/", class_edit.class_move, name="class_move"),
    path("dao-tao/<int:pk>/buoi/", sittings.class_sessions, name="class_sessions"),
    path("dao-tao/<int:pk>/buoi/them/", sittings.sitting_add, name="sitting_add"),
    path("dao-tao/<int:pk>/buoi/loat/", sittings.sitting_series, name="sitting_series"),
    path("dao-tao/<int:pk>/buoi/<int:session_id>/sua/", sittings.sitting_edit, name="sitting_edit"),
    path(
        "dao-tao/<int:pk>/buoi/<int:session_id>/bo/",
        sittings.sitting_remove,
        name="sitting_remove",
    ),
    path("dao-tao/<int:pk>/bang-diem-danh/", attendance.roll_call, name="roll_call"),
    path(
        "dao-tao/<int:pk>/buoi/<int:session_id>/diem-danh/",
        attendance.attendance,
        name="attendance",
    ),
    path(
        "dao-tao/<int:pk>/buoi/<int:session_id>/diem-danh/luu/",
        attendance.attendance_save,
        name="attendance_save",
    ),
    path("dao-tao/<int:pk>/phieu-hoi/", survey.survey, name="survey"),
    path("dao-tao/<int:pk>/phieu-hoi/nhap/", survey.survey_add, name="survey_add"),
    path("dao-tao/<int:pk>/phieu-hoi/mau/", survey.survey_blank, name="survey_blank"),
]
