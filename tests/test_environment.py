"""The environment is read strictly: each odd value is refused with a sentence that names the variable."""

import re
from pathlib import Path

import pytest

from config.environment import Environment, Refused, kept_secret

GOOD_KEY = "k7fJq2-9xLmPz4vRt8wYb3nHc6sDg1aEu5oKi0QXZTCVBNM_jkl"


def reading(tmp_path: Path, **values: str) -> Environment:
    """The environment with just these values."""
    return Environment(values, var_dir=tmp_path)


@pytest.mark.parametrize("value", ["maybe", "2", "ja", "truе"])
def test_a_flag_is_never_guessed(tmp_path, value):
    with pytest.raises(Refused, match="DEBUG"):
        reading(tmp_path, DEBUG=value).flag("DEBUG")


def test_flags_in_words(tmp_path):
    env = reading(tmp_path, A="1", B="Yes", C="off", D="")
    assert [env.flag(name) for name in "ABCDE"] == [True, True, False, False, False]


@pytest.mark.parametrize(
    "value", ["example.org", "ftp://a", "https://a/path", "https://u:p@a", "http://a:x", "https://"]
)
def test_site_url_is_scheme_and_host(tmp_path, value):
    with pytest.raises(Refused, match="SITE_URL"):
        reading(tmp_path, SITE_URL=value).site_url()


def test_http_off_loopback_must_be_asked_for(tmp_path):
    with pytest.raises(Refused, match="ALLOW_HTTP=1"):
        reading(tmp_path, SITE_URL="http://supervision.example.org").site_url()
    assert reading(tmp_path, SITE_URL="http://intra:80/", ALLOW_HTTP="1").site_url() == "http://intra:80"


def test_hosts_follow_the_address(tmp_path):
    assert reading(tmp_path).allowed_hosts("a.example") == ["a.example"]
    assert "127.0.0.1" in reading(tmp_path).allowed_hosts("localhost")
    with pytest.raises(Refused, match="ALLOWED_HOSTS"):
        reading(tmp_path, ALLOWED_HOSTS="*").allowed_hosts("a.example")


@pytest.mark.parametrize("value", ["", "short", "x" * 60, "change-me-please-change-me-please-change-me-please-12345"])
def test_a_weak_key_is_refused_off_loopback(tmp_path, value):
    with pytest.raises(Refused, match="SECRET_KEY"):
        reading(tmp_path, SECRET_KEY=value).secret_key(loopback=False)


def test_a_key_is_made_once_on_loopback(tmp_path):
    first = reading(tmp_path).secret_key(loopback=True)
    assert first == reading(tmp_path).secret_key(loopback=True) == kept_secret(tmp_path / "secret_key")
    assert len(first) >= 50
    assert (tmp_path / "secret_key").stat().st_mode & 0o077 == 0
    assert reading(tmp_path, SECRET_KEY=GOOD_KEY).secret_key(loopback=False) == GOOD_KEY


@pytest.mark.parametrize("value", ["mysql://a/b", "sqlite://:memory:", "sqlite:///", "db.sqlite3", "postgres://host/"])
def test_only_our_two_databases(tmp_path, value):
    with pytest.raises(Refused, match="DATABASE_URL"):
        reading(tmp_path, DATABASE_URL=value).database()


@pytest.mark.parametrize(
    ("name", "value", "method"),
    [
        ("CACHE_URL", "locmemcache://", "cache"),
        ("CELERY_BROKER_URL", "amqp://guest@localhost//", "broker"),
        ("EMAIL_URL", "mail.example.org", "email"),
        ("EMAIL_URL", "smtp+tls://", "email"),
        ("DEFAULT_FROM_EMAIL", "nobody", "from_address"),
        ("DEFAULT_FROM_EMAIL", "a@b.no\nBcc: c@d.no", "from_address"),
        ("TIME_ZONE", "Europe/Atlantis", "time_zone"),
        ("STORAGE_URL", "s3://bucket", "media_root"),
    ],
)
def test_an_odd_value_is_refused_by_name(tmp_path, name, value, method):
    with pytest.raises(Refused, match=name):
        getattr(reading(tmp_path, **{name: value}), method)()


def test_the_folder_of_uploads_is_said_once(tmp_path):
    assert reading(tmp_path, STORAGE_URL="file:///srv/media").media_root() == Path("/srv/media")
    with pytest.raises(Refused, match="both set"):
        reading(tmp_path, STORAGE_URL="file:///srv/media", MEDIA_ROOT="/srv").media_root()


def test_broker_prefix_is_taken_out_of_the_address(tmp_path):
    assert reading(tmp_path).broker() == ("filesystem://", "")
    env = reading(tmp_path, CELERY_BROKER_URL="redis://127.0.0.1:6379/3?prefix=mine:")
    assert env.broker() == ("redis://127.0.0.1:6379/3", "mine:")


def test_mail_ports_follow_the_scheme(tmp_path):
    config = reading(tmp_path, EMAIL_URL="smtp+ssl://u:p%40@mail.example.org").email()
    assert (config["EMAIL_PORT"], config["EMAIL_USE_SSL"], config["EMAIL_HOST_PASSWORD"]) == (465, True, "p@")
    assert reading(tmp_path).email()["EMAIL_BACKEND"] == "notices.mail_files.EmailBackend"


ROOT = Path(__file__).resolve().parent.parent
READERS = r'(?:env|self|Environment\([^)]*\))\.(?:text|flag|number|one_of)\(\s*"([A-Z_]+)"'
SCRIPT_ONLY = r'os\.environ\.get\("(HOST|PORT)"'


def read_by_code() -> set[str]:
    """Every variable that the product reads."""
    files = [*(ROOT / "config").rglob("*.py"), ROOT / "script/inside/serve.py"]
    code = "\n".join(file.read_text() for file in files)
    return set(re.findall(READERS, code)) | set(re.findall(SCRIPT_ONLY, code))


def rows_of(document: str) -> dict[str, list[str]]:
    """The cells of each table row that begins with variables, by variable."""
    found = {}
    for line in (ROOT / document).read_text().splitlines():
        cells = [cell.strip() for cell in line.strip("|").split(" | ")] if line.startswith("| `") else []
        for name in re.findall(r"`([A-Z_]{4,})`", cells[0]) if cells else []:
            found[name] = cells
    return found


def test_the_documents_name_every_variable_and_no_other():
    names, documented = read_by_code(), rows_of("docs/environment.md")
    assert {"DATABASE_URL", "TRUSTED_PROXIES", "SEED_DEMO", "PORT"} <= names  # the search finds what is there
    assert set(documented) == names
    assert [name for name, cells in documented.items() if len(cells) != 4 or not all(cells)] == []
    assert set(rows_of("README.md")) == names - {"TEST_DB_SUFFIX"}
