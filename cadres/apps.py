from importlib import import_module

from django.apps import AppConfig


class CadresConfig(AppConfig):
    name = "cadres"
    verbose_name = "Cán bộ"

    def ready(self):
        import_module("cadres.records_units")
        import_module("cadres.records_people")
        import_module("cadres.records_profile")
        import_module("cadres.records_service")
        import_module("cadres.merged_tables")
        import_module("cadres.kinds")
