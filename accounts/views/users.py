"""The administrator's pages of accounts."""

from allauth.mfa.models import Authenticator
from django.apps import apps
from django.contrib import messages
from django.db.models import Exists, OuterRef
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts import actions
from accounts.access import ADMIN, allow
from accounts.as_of import as_of
from accounts.forms import ReasonForm, UserFilterForm, UserForm
from accounts.models import User
from daitu_portal.paging import page_of
from daitu_portal.tables import sorted_by
from daitu_portal.text import fold, has_word

_SORTS = {"ten": "username", "vai_tro": ("role", "username"), "tao": "created_at"}


def _communes(day):
    # By name: this app is below the one that has the units.
    return apps.get_model("cadres", "Commune").objects.on(day).order_by("kind", "sort_key")


@allow(*ADMIN)
@require_safe
def user_list(request):
    form = UserFilterForm(request.GET)
    users = User.objects.select_related("commune").annotate(
        has_second_factor=Exists(Authenticator.objects.filter(user=OuterRef("pk")))
    )
    if form.is_valid():
        asked = form.cleaned_data
        if asked["q"] and not has_word(asked["q"]):
            users = users.none()
        for word in fold(asked["q"]).split():
            users = users.filter(search_text__contains=f" {word}") | users.filter(
                username__contains=word
            )
        if asked["vai_tro"]:
            users = users.filter(role=asked["vai_tro"])
        if asked["dung"]:
            users = users.filter(is_active=asked["dung"] == "co")
    page = page_of(request, sorted_by(request, users, _SORTS, "ten"))
    return render(request, "accounts/user_list.html", {"form": form, "page": page})


@allow(*ADMIN)
@require_http_methods(["GET", "HEAD", "POST"])
def user_add(request):
    form = UserForm(request.POST or None, communes=_communes(as_of(request)))
    if request.method == "POST" and form.is_valid():
        user = form.save(commit=False)
        password = actions.add_user(request, user, reason=form.cleaned_data["reason"])
        return _told_password(request, user, password)
    return render(request, "accounts/user_form.html", {"form": form, "account": None})


@allow(*ADMIN)
@require_http_methods(["GET", "HEAD", "POST"])
def user_change(request, pk):
    account = get_object_or_404(User, pk=pk)
    form = UserForm(request.POST or None, instance=account, communes=_communes(as_of(request)))
    if request.method == "POST" and form.is_valid():
        try:
            actions.change_user(request, form.instance, reason=form.cleaned_data["reason"])
        except actions.Refused as refusal:
            form.add_error("role", str(refusal))
        else:
            messages.success(request, f"Đã lưu tài khoản {account.username}.")
            return redirect("accounts:user_change", pk)
    context = {"form": form, "account": account, "reason_form": ReasonForm(prefix="viec")}
    return render(request, "accounts/user_form.html", context)


def _told_password(request, user, password):
    """The one page that ever shows a password; it is stored nowhere in clear."""
    context = {"account": user, "password": password}
    return render(request, "accounts/user_password.html", context)


def _reason(request, pk):
    """The reason typed beside a button, or None (told) where it is missing."""
    get_object_or_404(User, pk=pk)
    form = ReasonForm(request.POST, prefix="viec")
    if form.is_valid():
        return form.cleaned_data["reason"]
    messages.error(request, "Chưa làm gì: hãy ghi lý do rồi bấm lại.")
    return None


@allow(*ADMIN)
@require_POST
def user_active(request, pk):
    reason = _reason(request, pk)
    if reason:
        is_active = request.POST.get("bat") == "1"
        try:
            user = actions.set_active(request, pk, is_active=is_active, reason=reason)
            messages.success(
                request, f"Đã {'mở lại' if is_active else 'khóa'} tài khoản {user.username}."
            )
        except actions.Refused as refusal:
            messages.error(request, str(refusal))
    return redirect("accounts:user_change", pk)


@allow(*ADMIN)
@require_POST
def user_password(request, pk):
    reason = _reason(request, pk)
    if not reason:
        return redirect("accounts:user_change", pk)
    user, password = actions.give_password(request, pk, reason=reason)
    return _told_password(request, user, password)


@allow(*ADMIN)
@require_POST
def user_second_factor(request, pk):
    reason = _reason(request, pk)
    if reason:
        user = actions.forget_second_factor(request, pk, reason=reason)
        messages.success(request, f"Đã bỏ xác thực hai bước của {user.username}.")
    return redirect("accounts:user_change", pk)
