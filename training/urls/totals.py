"""Participations and people, hours, the result template."""

from django.urls import path

from training.views import totals

urlpatterns = [
    path("dao-tao/tong-hop/", totals.totals, name="totals"),
    path("dao-tao/tong-hop/nguoi/", totals.learned_people, name="learned_people"),
    path("dao-tao/tong-hop/nguoi/xuat/", totals.learned_export, name="learned_export"),
    path("dao-tao/gio-hoc/", totals.hours_list, name="hours_list"),
    path("dao-tao/gio-hoc/xuat/", totals.hours_export, name="hours_export"),
    path("dao-tao/chua-hoc/", totals.untrained, name="untrained"),
    path("dao-tao/chua-hoc/xuat/", totals.untrained_export, name="untrained_export"),
]
