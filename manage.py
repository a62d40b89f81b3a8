#!/usr/bin/env python
"""Django's command line for this project."""

import os
import sys


def main() -> None:
    """Run the management command named in the arguments."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    from django.core.management import execute_from_command_line

    from config.environment import Refused

    try:
        execute_from_command_line(sys.argv)
    except Refused as refusal:
        sys.exit(f"{refusal}")


if __name__ == "__main__":
    main()
