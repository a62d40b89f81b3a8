"""Makes the wiring an app of its own, so that its system checks run with everybody else's."""

from importlib import import_module

from django.apps import AppConfig


class WiringConfig(AppConfig):
    """Registers the checks of config/checks.py."""

    name = "config"
    verbose_name = "Wiring"

    def ready(self) -> None:
        """Load the checks and the stamp that each sign-in leaves in its session; loading registers them."""
        import_module("common.middleware")
        import_module("config.checks")
