"""`manage.py prepare`: once, and the demo only where passwords that everybody knows do no harm."""

import json

import pytest
from django.core.management import call_command

from config.management.commands import prepare

DEMO = {"networks": [{"name": "N", "accounts": [{"role": "mentor", "email": "m@n.example", "password": "p"}]}]}

pytestmark = pytest.mark.django_db


@pytest.fixture
def seeded(monkeypatch, settings, tmp_path):
    """How often the demo was asked for; everything else of the command is as in life, in a folder of its own."""
    calls = []

    def pretend(name, **options):
        if name == "seed_demo":
            calls.append(options["force"])
            options["stdout"].write(json.dumps(DEMO))

    monkeypatch.setattr(prepare, "call_command", pretend)
    settings.VAR_DIR, settings.STATIC_ROOT = tmp_path, tmp_path
    monkeypatch.delenv("SEED_DEMO", raising=False)
    monkeypatch.delenv("HOST", raising=False)
    return calls


def test_an_empty_database_on_loopback_gets_the_demo(seeded, settings):
    call_command("prepare")
    assert seeded == [False]
    assert json.loads((settings.VAR_DIR / "demo.json").read_text()) == DEMO
    assert (settings.VAR_DIR / "demo.json").stat().st_mode & 0o077 == 0


@pytest.mark.parametrize("place", ["site", "host"])
def test_no_demo_where_others_can_reach_it(seeded, settings, monkeypatch, capsys, place):
    if place == "site":
        settings.SITE_IS_LOOPBACK = False
    else:
        monkeypatch.setenv("HOST", "0.0.0.0")
    call_command("prepare")
    assert seeded == []
    told = capsys.readouterr().out
    assert "create_network" in told
    assert "install_programme" in told


def test_the_demo_elsewhere_must_be_asked_for(seeded, settings, monkeypatch):
    settings.SITE_IS_LOOPBACK = False
    monkeypatch.setenv("SEED_DEMO", "1")
    call_command("prepare")
    assert seeded == [True]


def test_another_database_does_not_show_these_sign_ins(seeded, settings, monkeypatch):
    call_command("prepare")
    monkeypatch.setenv("SEED_DEMO", "0")
    other = settings.VAR_DIR / "demo" / "other.json"
    monkeypatch.setattr(prepare.Command, "kept_sign_ins", lambda self: other)
    call_command("prepare")
    assert not (settings.VAR_DIR / "demo.json").exists()


def test_static_files_are_collected_only_when_one_changed(seeded, settings, monkeypatch):
    collected = []
    monkeypatch.setattr(prepare, "call_command", lambda name, **options: collected.append(name))
    monkeypatch.setenv("SEED_DEMO", "0")
    (settings.STATIC_ROOT / "something.css").touch()
    call_command("prepare")
    call_command("prepare")
    assert collected.count("collectstatic") == 1
