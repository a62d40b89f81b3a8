from django.apps import AppConfig


class SupervisionConfig(AppConfig):
    name = "supervision"

    def ready(self) -> None:
        """Tell the registry which relations a seat in a session gives."""
        from programmes import relations
        from supervision.policies import session_relations

        relations.register("sessions", session_relations)
