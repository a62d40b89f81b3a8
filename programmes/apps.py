from django.apps import AppConfig


class ProgrammesConfig(AppConfig):
    name = "programmes"

    def ready(self) -> None:
        """Tell the registry which relations memberships give."""
        from programmes import relations
        from programmes.policies import membership_relations

        relations.register("memberships", membership_relations)
