"""Sign-in under the names that the library reverses, the administrator's pages, one's notices."""

from allauth.account import views as account
from allauth.mfa.base import views as mfa
from allauth.mfa.recovery_codes import views as recovery
from allauth.mfa.totp import views as totp
from allauth.usersessions import views as sessions
from django.contrib.auth.decorators import login_not_required
from django.http import Http404
from django.urls import include, path

from accounts.views import logs, notices, saved_views, users


@login_not_required
def not_offered(request):
    """Pages whose names the library reverses and that this portal does not have."""
    raise Http404


administration = [
    path("tai-khoan/", users.user_list, name="user_list"),
    path("tai-khoan/them/", users.user_add, name="user_add"),
    path("tai-khoan/<int:pk>/", users.user_change, name="user_change"),
    path("tai-khoan/<int:pk>/khoa/", users.user_active, name="user_active"),
    path("tai-khoan/<int:pk>/mat-khau/", users.user_password, name="user_password"),
    path("tai-khoan/<int:pk>/hai-buoc/", users.user_second_factor, name="user_second_factor"),
    path("nhat-ky/", logs.audit_log, name="audit_log"),
    path("thiet-lap/", logs.installation, name="installation"),
]

own = [
    path("thong-bao/", notices.notice_list, name="notice_list"),
    path("thong-bao/mo/", notices.notice_open, name="notice_open"),
    path("thong-bao/da-doc/", notices.notices_read, name="notices_read"),
    path("thong-bao/chon/", notices.notice_choices, name="notice_choices"),
    path("khung-nhin/", saved_views.saved_view_list, name="saved_view_list"),
    path("khung-nhin/luu/", saved_views.saved_view_add, name="saved_view_add"),
    path("khung-nhin/<int:pk>/", saved_views.saved_view_change, name="saved_view_change"),
    path("khung-nhin/<int:pk>/xoa/", saved_views.saved_view_delete, name="saved_view_delete"),
]

pages = [path("quan-tri/", include(administration)), path("tai-khoan/", include(own))]

urlpatterns = [
    path("", include((pages, "accounts"))),
    path("dang-nhap/", account.login, name="account_login"),
    path("dang-xuat/", account.logout, name="account_logout"),
    path("mat-khau/", account.password_change, name="account_change_password"),
    path("xac-nhan/", account.reauthenticate, name="account_reauthenticate"),
    path("hai-buoc/", mfa.index, name="mfa_index"),
    path("hai-buoc/ma/", mfa.authenticate, name="mfa_authenticate"),
    path("hai-buoc/xac-nhan/", mfa.reauthenticate, name="mfa_reauthenticate"),
    path("hai-buoc/bat/", totp.activate_totp, name="mfa_activate_totp"),
    path("hai-buoc/tat/", totp.deactivate_totp, name="mfa_deactivate_totp"),
    path("hai-buoc/du-phong/", recovery.view_recovery_codes, name="mfa_view_recovery_codes"),
    path(
        "hai-buoc/du-phong/moi/",
        recovery.generate_recovery_codes,
        name="mfa_generate_recovery_codes",
    ),
    path(
        "hai-buoc/du-phong/tai/",
        recovery.download_recovery_codes,
        name="mfa_download_recovery_codes",
    ),
    path("phien/", sessions.list_usersessions, name="usersessions_list"),
    path("dang-ky/", not_offered, name="account_signup"),
    path("quen-mat-khau/", not_offered, name="account_reset_password"),
    path("thu-dien-tu/", not_offered, name="account_email"),
    path("khong-dung/", not_offered, name="account_inactive"),
]
