from django.apps import AppConfig
from django.utils.module_loading import autodiscover_modules


class NoticesConfig(AppConfig):
    name = "notices"

    def ready(self) -> None:
        """Let each app register its kinds and clock acts: its file ``notices.py`` is imported, as the admin does."""
        autodiscover_modules("notices")
