from django.apps import AppConfig
from django.core.validators import ProhibitNullCharactersValidator


class DaituPortalConfig(AppConfig):
    name = "daitu_portal"
    verbose_name = "Khung"

    def ready(self) -> None:
        # Django's Vietnamese catalogue has no words for this one, and every text field asks it.
        ProhibitNullCharactersValidator.message = "Bỏ ký tự không nhìn thấy U+0000 (NUL)."
