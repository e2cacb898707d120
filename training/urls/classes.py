"""Classes, their sittings and questionnaires, hands-on sessions."""

from django.urls import path

from training.views import attendance, class_edit, class_page, classes, sittings, survey

urlpatterns = [
    path("dao-tao/", classes.class_list, name="class_list"),
    path("dao-tao/tap-huan/", classes.session_list, name="session_list"),
    path("dao-tao/them/", class_edit.class_add, name="class_add"),
    path("dao-tao/<int:pk>/", class_page.training_class, name="class"),
    path("dao-tao/<int:pk>/xuat/", class_page.class_export, name="class_export"),
    path("dao-tao/<int:pk>/sua/", class_edit.class_edit, name="class_edit"),
    path("dao-tao/<int:pk>/buoc/", class_edit.class_move, name="class_move"),
    path("dao-tao/<int:pk>/buoi/", sittings.class_sessions, name="class_sessions"),
    path("dao-tao/<int:pk>/buoi/them/", sittings.session_add, name="session_add"),
    path("dao-tao/<int:pk>/buoi/loat/", sittings.session_series, name="session_series"),
    path("dao-tao/<int:pk>/buoi/<int:session_id>/sua/", sittings.session_edit, name="session_edit"),
    path(
        "dao-tao/<int:pk>/buoi/<int:session_id>/bo/",
        sittings.session_remove,
        name="session_remove",
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
