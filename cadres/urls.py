"""The people list and the pages of a person that are read."""

from django.urls import path

from cadres.views import files, handover, history, pay, people, person, printing

app_name = "cadres"
urlpatterns = [
    path("", people.cadre_list, name="list"),
    path("xuat/", people.cadre_export, name="export"),
    path("tim/", people.search, name="search"),
    path("tim-so/", people.search_number, name="search_number"),
    path("in/", printing.print_batch, name="print_batch"),
    path("bo-du-lieu/", people.record_set, name="record_set"),
    path("thay-doi/", history.change_list, name="changes"),
    path("<int:pk>/", person.cadre_detail, name="detail"),
    path("<int:pk>/so-cccd/", person.cadre_number, name="number"),
    path("<int:pk>/trinh-do/", person.cadre_qualifications, name="qualifications"),
    path("<int:pk>/cong-tac/", person.cadre_career, name="career"),
    path("<int:pk>/nhat-ky/", history.cadre_history, name="history"),
    path("<int:pk>/ai-da-xem/", history.cadre_viewers, name="viewers"),
    path("<int:pk>/danh-gia/", person.cadre_ratings, name="ratings"),
    path("<int:pk>/khen-thuong-ky-luat/", person.cadre_merits, name="merits"),
    path("<int:pk>/luong-nghi-huu/", pay.cadre_pay, name="pay"),
    path("<int:pk>/in/", printing.print_cadre, name="print"),
    path("<int:pk>/tai-lieu/", files.documents, name="documents"),
    path("<int:pk>/anh/", files.photo, name="photo"),
    path("<int:pk>/ban-giao/", handover.handover, name="handover"),
    path("<int:pk>/ban-giao/word/", handover.handover_word, name="handover_word"),
    path("tep/<slug:key>/", files.file, name="file"),
    path("ho-so-giay/", files.paper_list, name="paper_list"),
]
