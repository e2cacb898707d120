"""What waits for the account that is signed in, and of what it wants to be told."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from accounts import notices
from accounts.access import EVERYONE, allow
from accounts.forms import NoticeChoiceForm
from daitu_portal.addresses import is_key
from daitu_portal.paging import page_of

_UNREAD = "chua-doc"


@allow(*EVERYONE)
@require_safe
def notice_list(request):
    mine = notices.of(request.user)
    only_unread = request.GET.get("xem") == _UNREAD
    page = page_of(request, mine.filter(read_at=None) if only_unread else mine)
    heard = [kind for kind in notices.Kind.values if notices.hears(request.user, kind)]
    unread = getattr(request.user, "unread_notices", 0)
    context = {
        "page": page,
        "unread": unread,
        "active": _UNREAD if only_unread else "",
        "tabs": [
            {"key": "", "label": "Tất cả", "url": request.path, "count": None},
            {"key": _UNREAD, "label": "Chưa đọc", "url": f"?xem={_UNREAD}", "count": unread},
        ],
        "form": NoticeChoiceForm(initial={"kinds": heard}),
    }
    return render(request, "accounts/notice_list.html", context)


@allow(*EVERYONE)
@require_POST
def notice_open(request):
    """Mark one notice read and go where it leads; without one, back to the list."""
    key = request.POST.get("thong_bao", "")
    if not key:
        return redirect("accounts:notice_list")
    mine = notices.of(request.user)
    found = mine.filter(pk=key) if is_key(key) else mine.none()
    notice = found.first()
    if notice is None:
        raise Http404
    notices.mark_read(found)
    return redirect(notice.url or "accounts:notice_list")


@allow(*EVERYONE)
@require_POST
def notices_read(request):
    number = notices.mark_read(notices.of(request.user))
    messages.success(request, f"Đã đánh dấu {number} thông báo là đã đọc.")
    return redirect("accounts:notice_list")


@allow(*EVERYONE)
@require_POST
def notice_choices(request):
    """Of which kinds the account wants to be told; an unknown one changes nothing."""
    form = NoticeChoiceForm(request.POST)
    if form.is_valid():
        notices.choose(request.user, form.cleaned_data["kinds"])
        messages.success(request, "Đã lưu loại thông báo muốn nhận.")
    else:
        messages.error(request, "Chưa lưu: có loại thông báo không có trong danh mục. Chọn lại.")
    return redirect("accounts:notice_list")
