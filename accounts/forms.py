"""Forms of sign-in, in the words of the office, and of the administrator's pages."""

from allauth.account.forms import ChangePasswordForm, LoginForm, ReauthenticateForm
from allauth.mfa.base.forms import AuthenticateForm
from allauth.mfa.totp.forms import ActivateTOTPForm
from crispy_forms.helper import FormHelper
from crispy_forms.layout import Column, Layout, Row
from django import forms

from accounts.models import COMMUNE_ROLES, AuditEvent, Notice, Role, SavedView, User
from accounts.saved_views import shares_of
from daitu_portal.fields import DayField, field_of

_CODE_HELP = "Sáu chữ số trên ứng dụng xác thực, hoặc một mã dự phòng."


def _label(form, **labels):
    for name, label in labels.items():
        form.fields[name].label = label
        form.fields[name].widget.attrs.pop("placeholder", None)
        form.fields[name].help_text = ""


class SignInForm(LoginForm):
    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        _label(self, login="Tên đăng nhập", password="Mật khẩu")
        self.fields["login"].widget.attrs["autofocus"] = True


class OwnPasswordForm(ChangePasswordForm):
    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        _label(
            self,
            oldpassword="Mật khẩu đang dùng",
            password1="Mật khẩu mới",
            password2="Gõ lại mật khẩu mới",
        )
        self.fields["password1"].help_text = "Ít nhất 14 ký tự; một câu dễ nhớ là tốt nhất."


class AgainForm(ReauthenticateForm):
    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        _label(self, password="Mật khẩu")


class CodeForm(AuthenticateForm):
    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        _label(self, code="Mã xác thực")
        self.fields["code"].help_text = _CODE_HELP


class ActivateForm(ActivateTOTPForm):
    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        _label(self, code="Mã trên ứng dụng")
        self.fields["code"].help_text = "Sáu chữ số mà ứng dụng xác thực đang hiện."


class UserForm(forms.ModelForm):
    """An account: who, what role, where. The reason is kept in the audit log."""

    reason = forms.CharField(label="Lý do", max_length=200)

    class Meta:
        model = User
        fields = ["username", "full_name", "role", "commune", "email"]

    def __init__(self, *args, communes, **kwargs):
        super().__init__(*args, **kwargs)
        field_of(self, "role", forms.ChoiceField).choices = [("", "Chọn…"), *Role.choices]
        field_of(self, "commune", forms.ModelChoiceField).queryset = communes
        self.fields["commune"].help_text = "Chỉ với văn phòng – thống kê xã và người đứng đầu xã."
        if self.instance.pk:
            self.fields["username"].disabled = True
        self.helper = FormHelper()
        self.helper.form_tag = False
        self.helper.disable_csrf = True
        self.helper.layout = Layout(
            Row(
                Column("username", css_class="col-md-6"), Column("full_name", css_class="col-md-6")
            ),
            Row(Column("role", css_class="col-md-6"), Column("commune", css_class="col-md-6")),
            Row(Column("email", css_class="col-md-6"), Column("reason", css_class="col-md-6")),
        )

    def clean(self):
        super().clean()
        cleaned = self.cleaned_data
        role, commune = cleaned.get("role"), cleaned.get("commune")
        if role in COMMUNE_ROLES and commune is None:
            self.add_error("commune", "Vai trò này thuộc một xã, thị trấn; chọn đơn vị.")
        if role and role not in COMMUNE_ROLES:
            cleaned["commune"] = None
        return cleaned

    def _post_clean(self):
        if not self.errors:
            super()._post_clean()  # type: ignore[misc]  # the stub leaves this hook out


class ReasonForm(forms.Form):
    """Why something is done to an account."""

    reason = forms.CharField(label="Lý do", max_length=200)


class UserFilterForm(forms.Form):
    q = forms.CharField(label="Tên", required=False, max_length=100)
    vai_tro = forms.ChoiceField(
        label="Vai trò", required=False, choices=[("", "Tất cả"), *Role.choices]
    )
    dung = forms.ChoiceField(
        label="Tình trạng",
        required=False,
        choices=[("", "Tất cả"), ("co", "Đang dùng"), ("khong", "Đã khóa")],
    )


class AuditFilterForm(forms.Form):
    viec = forms.ChoiceField(
        label="Việc", required=False, choices=[("", "Tất cả"), *AuditEvent.Action.choices]
    )
    ai = forms.CharField(label="Tên đăng nhập", required=False, max_length=60)
    tu = DayField(label="Từ ngày", required=False)
    den = DayField(label="Đến hết ngày", required=False)


class InstallationForm(forms.Form):
    reference_on = DayField(
        label="Ngày tham chiếu",
        required=False,
        help_text="Ngày mà mọi trang lấy làm mặc định; để trống là hôm nay.",
    )
    head_confirms = forms.BooleanField(
        label="Người đứng đầu xã xác nhận trước khi đề nghị tới huyện",
        required=False,
        help_text="Chỉ bật khi mỗi xã đã có tài khoản của người đứng đầu.",
    )
    reason = forms.CharField(label="Lý do", max_length=200)


class NoticeChoiceForm(forms.Form):
    """The kinds of notices that an account wants."""

    kinds = forms.MultipleChoiceField(
        label="Báo cho tôi khi có",
        required=False,
        choices=Notice.Kind.choices,
        widget=forms.CheckboxSelectMultiple,
    )


class SavedViewForm(forms.ModelForm):
    """The name of a kept list, whom it is for, and whether it opens first."""

    class Meta:
        model = SavedView
        fields = ["name", "shared", "is_default"]
        labels = {"name": "Tên khung nhìn", "is_default": "Mở sẵn khi vào danh sách"}

    def __init__(self, *args, user, **kwargs):
        super().__init__(*args, **kwargs)
        field_of(self, "shared", forms.ChoiceField).choices = shares_of(user)
