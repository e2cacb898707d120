"""Gaps and how communes answer them."""

from django.urls import path

from training.views import needs

urlpatterns = [
    path("dao-tao/nhu-cau/", needs.need_list, name="need_list"),
    path("dao-tao/nhu-cau/chon/", needs.need_choose, name="need_choose"),
    path("dao-tao/nhu-cau/lap/", needs.need_add, name="need_add"),
    path("dao-tao/nhu-cau/da-neu/", needs.need_register, name="need_register"),
    path("dao-tao/nhu-cau/xac-nhan/", needs.need_confirm, name="need_confirm"),
    path("dao-tao/nhu-cau/<int:pk>/rut/", needs.need_withdraw, name="need_withdraw"),
]
