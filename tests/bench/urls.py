"""The portal, and the page it is measured against: 50 plain rows and a count, signed in."""

from django.shortcuts import render
from django.urls import path

from cadres.models import Post
from daitu_portal.urls import handler500
from daitu_portal.urls import urlpatterns as portal

__all__ = ["handler500", "urlpatterns"]


def yardstick(request):
    rows = list(Post.objects.order_by("pk").values_list("code", "name", "group", "order")) * 3
    context = {"rows": rows[:50], "count": Post.objects.count()}
    return render(request, "yardstick.html", context)


urlpatterns = [path("thuoc-do/", yardstick), *portal]
