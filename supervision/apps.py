from django.apps import AppConfig


class SupervisionConfig(AppConfig):
    name = "supervision"

    def ready(self) -> None:
        """Tell the registries which relations a seat in a session gives, and which sessions a checklist is about."""
        from checklists import occasions
        from checklists.subjects import Where
        from programmes import relations
        from supervision.policies import SEAT_RELATIONS, session_reads, session_relations
        from supervision.readers.occasions import session_occasions

        relations.register("sessions", relations.Finder(session_reads, session_relations, SEAT_RELATIONS))
        occasions.register(Where.SESSION, session_occasions)
