from importlib import import_module

from django.apps import AppConfig


class IntakeConfig(AppConfig):
    name = "intake"
    verbose_name = "Nhập liệu"

    def ready(self):
        import_module("intake.merged_tables")
