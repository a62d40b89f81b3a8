from django.apps import AppConfig


class CertificationConfig(AppConfig):
    name = "certification"

    def ready(self) -> None:
        """Tell the registries who decides a step that waits, and which events a checklist is about.

        Notice kinds and clock acts are in notices.py.
        """
        from certification.policies.acts import WAITING_STEPS
        from certification.readers.occasions import event_occasions
        from certification.readers.relations import (
            checklists_named_by_steps,
            waiting_step_reads,
            waiting_step_relations,
        )
        from checklists import named, occasions
        from checklists.subjects import Where
        from programmes import relations
        from programmes.rights import Relation

        decides = frozenset({Relation.DECIDES_STEP})
        relations.register(WAITING_STEPS, relations.Finder(waiting_step_reads, waiting_step_relations, decides))
        named.register(WAITING_STEPS, named.Finder(waiting_step_reads, checklists_named_by_steps))
        occasions.register(Where.TRAINING_EVENT, event_occasions)
