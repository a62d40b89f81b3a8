from django.apps import AppConfig


class CoachesConfig(AppConfig):
    name = "coaches"

    def ready(self) -> None:
        """Tell the registry which relations placements give."""
        from coaches.policies import PLACEMENT_RELATIONS, placement_reads, placement_relations
        from programmes import relations

        relations.register("placements", relations.Finder(placement_reads, placement_relations, PLACEMENT_RELATIONS))
