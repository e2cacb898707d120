from django.apps import AppConfig


class DaituPortalConfig(AppConfig):
    name = "daitu_portal"
    verbose_name = "Khung"
