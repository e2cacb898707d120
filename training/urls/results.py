"""Results, certificates, and what is printed of a class."""

from django.urls import path

from training.views import credits, prints, results

urlpatterns = [
    path("dao-tao/ket-qua/", credits.credit_list, name="credit_list"),
    path("dao-tao/ket-qua/ghi/", credits.credit_decide, name="credit_decide"),
    path("dao-tao/<int:pk>/ket-qua/", results.class_results, name="class_results"),
    path("dao-tao/<int:pk>/danh-sach-cu-hoc/", prints.class_annex, name="class_annex"),
    path("dao-tao/<int:pk>/chung-chi/", prints.class_certificates, name="class_certificates"),
    path("dao-tao/<int:pk>/bao-cao/", prints.class_report, name="class_report"),
]
