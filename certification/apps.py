from django.apps import AppConfig


class CertificationConfig(AppConfig):
    name = "certification"

    def ready(self) -> None:
        """Tell the registry who decides a step that waits. Notice kinds and clock acts are in notices.py."""
        from certification.readers.relations import waiting_step_relations
        from programmes import relations

        relations.register("waiting steps", waiting_step_relations)
