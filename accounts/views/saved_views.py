"""Lists that were kept by a name: saved, renamed, shared, deleted by their owner alone."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts import audit, saved_views
from accounts.access import DATA, allow
from accounts.forms import SavedViewForm
from accounts.models import AuditEvent, SavedView

Action = AuditEvent.Action


@allow(*DATA)
@require_safe
def saved_view_list(request):
    """The views of the account, and those that others share with it, page by page."""
    menus = [saved_views.Menu(page, request.user, QueryDict()) for page in saved_views.PAGES]
    context = {"lists": [(saved_views.PAGES[menu.page], menu) for menu in menus]}
    return render(request, "accounts/saved_view_list.html", context)


@allow(*DATA)
@require_POST
def saved_view_add(request):
    """Keep the address in `loc` of the page in `page`; then the page as it was kept."""
    page = request.POST.get("page", "")
    if page not in saved_views.PAGES:
        raise Http404
    asked = QueryDict(request.POST.get("loc", ""))
    view = SavedView(
        owner=request.user, page=page,
        query=saved_views.kept_query(asked, with_day=bool(request.POST.get("giu_ngay"))),
    )  # fmt: skip
    form = SavedViewForm(request.POST, instance=view, user=request.user)
    if not _kept(request, form, Action.CREATE):
        messages.error(request, f"Chưa lưu khung nhìn: {_faults(form)}")
        return redirect(f"{reverse(page)}?{asked.urlencode() or saved_views.PLAIN[page]}")
    messages.success(request, f"Đã lưu khung nhìn “{view.name}”.")
    return redirect(saved_views.url_of(view))


def _kept(request, form, action):
    """Whether the view was saved; else what forbids it stands on the form."""
    form.instance.owner_id = request.user.pk
    if not form.is_valid():
        return False
    try:
        view = saved_views.keep(form.instance, by=request.user)
    except ValidationError as error:
        form.add_error(None, error.messages)
        return False
    audit.record(request, action, subject_type="saved_view", subjects=[view.pk])
    return True


def _faults(form):
    return " ".join(message for messages_ in form.errors.values() for message in messages_)


def _own(request, pk):
    """The user's own view; anyone else's, shared or not, is not there to be changed."""
    return get_object_or_404(SavedView.objects.filter(owner=request.user), pk=pk)


@allow(*DATA)
@require_http_methods(["GET", "HEAD", "POST"])
def saved_view_change(request, pk):
    view = _own(request, pk)
    data = request.POST if request.method == "POST" else None
    form = SavedViewForm(data, instance=view, user=request.user)
    if data is not None and _kept(request, form, Action.CHANGE):
        messages.success(request, f"Đã sửa khung nhìn “{view.name}”.")
        return redirect("accounts:saved_view_list")
    context = {"form": form, "view": view, "url": saved_views.url_of(view)}
    return render(request, "accounts/saved_view_form.html", context)


@allow(*DATA)
@require_POST
def saved_view_delete(request, pk):
    view = _own(request, pk)
    audit.record(
        request, Action.CHANGE, subject_type="saved_view", subjects=[pk], detail={"what": "delete"}
    )
    view.delete()
    messages.success(request, f"Đã xóa khung nhìn “{view.name}”. Danh sách và hồ sơ còn nguyên.")
    return redirect("accounts:saved_view_list")
