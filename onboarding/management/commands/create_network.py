"""Start a network."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser, no_translations

from accounts.models import User
from common.errors import DomainError
from programmes.actions.networks import create_network
from programmes.shipped import KEYS


class Command(BaseCommand):
    """Make a root organisation with its first coordinator."""

    help = "Start a network: its root organisation and its first coordinator, who is invited by e-mail."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("name", metavar="NAME")
        parser.add_argument("--coordinator", metavar="EMAIL", required=True)
        parser.add_argument(
            "--language",
            choices=User.Language.values,
            default="",
            help="The language in which the coordinator is invited; LANGUAGE_CODE of the installation unless said.",
        )
        parser.add_argument(
            "--another", action="store_true", help="It is another network than the one with nearly the same name."
        )

    @no_translations
    def handle(self, *args: Any, **options: Any) -> None:
        try:
            network = create_network(
                name=options["name"],
                coordinator_email=options["coordinator"],
                by=User.objects.system(),
                language=options["language"],
                another=options["another"],
            )
        except DomainError as error:
            hint = " Run it again with --another." if error.code == "name_near" else ""
            raise CommandError(f"{error}{hint}") from error
        person = network.first_coordinator
        invited = "signs in already" if person.has_usable_password() else "is invited by e-mail"
        self.stdout.write(f"The network {network.name} is made. Its coordinator {person.email} {invited}.")
        self.stdout.write(f"Install a programme in it: manage.py install_programme {'|'.join(KEYS)}")
