from importlib import import_module

from django.apps import AppConfig


class TrainingConfig(AppConfig):
    name = "training"
    verbose_name = "Đào tạo"

    def ready(self):
        import_module("training.records")
        import_module("training.merged_tables")
        import_module("training.row_origins")
