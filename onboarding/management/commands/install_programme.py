"""Install a shipped programme in a network, or renew it."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser, no_translations

from accounts.models import User
from common.errors import DomainError
from onboarding.actions.install import Installation, install_programme
from programmes.models import Programme
from programmes.readers.networks import network_named
from programmes.shipped import KEYS, load_pack, pack_path


class Command(BaseCommand):
    """A shipped pack becomes a programme of a network; a second run brings in what has changed."""

    help = f"Install a shipped programme in a network, or renew it. KEY is one of: {', '.join(KEYS)}."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("key", metavar="KEY")
        parser.add_argument("--organisation", metavar="ROOT", help="The network; may be left out when there is one.")
        parser.add_argument(
            "--language", choices=Programme.Language.values, help="The programme's own language (new: nb)."
        )

    @no_translations
    def handle(self, *args: Any, **options: Any) -> None:
        try:
            pack = load_pack(pack_path(options["key"]))
            network = network_named(options["organisation"])
            done = install_programme(
                network=network, pack=pack, by=User.objects.system(), language=options["language"]
            )
        except DomainError as error:
            raise CommandError(str(error)) from error
        self.stdout.write(_sentence(done))


def _sentence(done: Installation) -> str:
    name, network = done.programme.names["en"], done.programme.network.name
    if not done.changed:
        return f"{name} is up to date in {network}; nothing was changed."
    made = ", ".join(f"{what} {count}" for what, count in done.versions.items())
    if done.is_new:
        return f"{name} is installed in {network}, with versions of: {made}."
    return f"{name} is renewed in {network}, with new versions of: {made}."
