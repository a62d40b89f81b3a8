"""What the environment says, read strictly: an odd value is refused with a sentence that says what would do."""

import os
import secrets
from collections.abc import Mapping
from email.utils import parseaddr
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, urlencode, urlsplit, urlunsplit
from zoneinfo import available_timezones

import environ
from django.core.exceptions import ImproperlyConfigured


class Refused(ImproperlyConfigured):
    """An environment variable holds an odd value; the message says which and what would do."""


LOOPBACK_HOSTS = ("127.0.0.1", "localhost", "::1")
TRUE_WORDS = ("1", "true", "yes", "on")
FALSE_WORDS = ("0", "false", "no", "off", "")


class Environment:
    """Typed readings of one mapping of environment variables; each raises Refused with a sentence."""

    def __init__(self, values: Mapping[str, str], *, var_dir: Path) -> None:
        self.values = values
        self.var_dir = var_dir

    def text(self, name: str, default: str) -> str:
        """The value without blanks around it, or the default where it is unset or empty."""
        value = self.values.get(name, "").strip()
        if any(ord(char) < 32 for char in value):
            raise Refused(f"{name} holds a control character. Give it as one line of plain text.")
        return value or default

    def flag(self, name: str, *, default: bool = False) -> bool:
        """1 or 0 (also true/false, yes/no, on/off); anything else is refused, never taken for "no"."""
        value = self.values.get(name, "1" if default else "0").strip().lower()
        if value in TRUE_WORDS:
            return True
        if value in FALSE_WORDS:
            return False
        raise Refused(f"{name} is {value!r}. Write 1 or 0.")

    def number(self, name: str, default: int, *, least: int, most: int) -> int:
        """A whole number within the bounds given."""
        value = self.text(name, str(default))
        if not value.isascii() or not value.isdigit() or not least <= int(value) <= most:
            raise Refused(f"{name} is {value!r}. Write a whole number from {least} to {most}.")
        return int(value)

    def one_of(self, name: str, default: str, choices: tuple[str, ...]) -> str:
        """One word of a fixed list."""
        value = self.text(name, default)
        if value not in choices:
            raise Refused(f"{name} is {value!r}. Choose one of: {', '.join(choices)}.")
        return value

    def time_zone(self) -> str:
        """TIME_ZONE as the zone database names it."""
        value = self.text("TIME_ZONE", "Europe/Oslo")
        if value not in available_timezones():
            raise Refused(f"TIME_ZONE is {value!r}, which is no known zone. Write one such as Europe/Oslo.")
        return value

    def site_url(self) -> str:
        """The public address without a slash at the end; http off loopback only with ALLOW_HTTP=1."""
        value = self.text("SITE_URL", "http://127.0.0.1:8000").rstrip("/")
        parts = _split("SITE_URL", value)
        if parts.scheme not in ("http", "https") or not parts.hostname or parts.path or parts.query or parts.username:
            raise Refused(
                f"SITE_URL is {value!r}. Write scheme and host only, such as https://supervision.example.org."
            )
        if parts.scheme == "http" and parts.hostname not in LOOPBACK_HOSTS and not self.flag("ALLOW_HTTP"):
            raise Refused(
                f"SITE_URL is {value!r}: passwords would travel unencrypted. Use an https address, or set ALLOW_HTTP=1"
                " where the network itself is trusted."
            )
        return value

    def allowed_hosts(self, site_host: str) -> list[str]:
        """ALLOWED_HOSTS, separated by commas; by default the host of SITE_URL and, on loopback, its other names."""
        default = ["127.0.0.1", "localhost", "[::1]"] if site_host in LOOPBACK_HOSTS else [site_host]
        hosts = [host.strip() for host in self.text("ALLOWED_HOSTS", ",".join(default)).split(",") if host.strip()]
        if "*" in hosts:
            raise Refused("ALLOWED_HOSTS holds '*', which lets anybody forge links. Name the hosts.")
        return hosts

    def secret_key(self, *, loopback: bool) -> str:
        """SECRET_KEY of at least 50 characters; on loopback one is made in var/secret_key."""
        value = self.text("SECRET_KEY", "")
        if not value and loopback:
            return kept_secret(self.var_dir / "secret_key")
        if len(value) < 50 or len(set(value)) < 10 or "insecure" in value or "change" in value.lower():
            raise Refused(
                "SECRET_KEY is missing, too short or an example. Give at least 50 random characters: "
                "python3 -c 'import secrets; print(secrets.token_urlsafe(50))'"
            )
        return value

    def database(self) -> dict[str, Any]:
        """DATABASE_URL: PostgreSQL, or SQLite in a file (never in memory: several processes share it)."""
        value = self.text("DATABASE_URL", f"sqlite:///{self.var_dir / 'supervision.sqlite3'}")
        scheme = _split("DATABASE_URL", value).scheme
        if scheme not in ("postgres", "postgresql", "sqlite"):
            raise Refused(
                f"DATABASE_URL begins with {scheme!r}. Write postgres://user:password@host/name or sqlite:////path/file."
            )
        config: dict[str, Any] = environ.Env.db_url_config(value)
        name = str(config["NAME"])
        if scheme == "sqlite" and (name == ":memory:" or not name.startswith("/")):
            raise Refused("DATABASE_URL names no absolute file. Write sqlite:////path/file (four slashes).")
        if not name:
            raise Refused("DATABASE_URL names no database. Write postgres://user:password@host/name.")
        return config

    def cache(self) -> dict[str, Any]:
        """CACHE_URL: a table of the database (default) or Redis, since limits must hold over processes."""
        value = self.text("CACHE_URL", "dbcache://cache_entries")
        scheme = _split("CACHE_URL", value).scheme
        if scheme not in ("dbcache", "redis", "rediss"):
            raise Refused(
                f"CACHE_URL begins with {scheme!r}. Sign-in limits must hold over all processes: "
                "write dbcache://table or redis://host:6379/0."
            )
        config: dict[str, Any] = environ.Env.cache_url_config(value)
        return config

    def broker(self) -> tuple[str, str]:
        """CELERY_BROKER_URL and the prefix of its keys: an embedded folder, or Redis with ?prefix=…."""
        value = self.text("CELERY_BROKER_URL", "filesystem://")
        parts = _split("CELERY_BROKER_URL", value)
        if parts.scheme not in ("filesystem", "redis", "rediss"):
            raise Refused(
                f"CELERY_BROKER_URL begins with {parts.scheme!r}. "
                "Write redis://host:6379/0, or filesystem:// for one machine."
            )
        query = dict(parse_qsl(parts.query))
        prefix = query.pop("prefix", "")
        return urlunsplit(parts._replace(query=urlencode(query))) if parts.netloc else "filesystem://", prefix

    def email(self) -> dict[str, Any]:
        """EMAIL_URL as Django's EMAIL_… settings: files in var/mail by default; TLS never falls back to clear text."""
        value = self.text("EMAIL_URL", f"filemail:///{self.var_dir / 'mail'}")
        scheme = _split("EMAIL_URL", value).scheme
        if scheme not in ("smtp", "smtp+tls", "smtp+ssl", "filemail", "consolemail"):
            raise Refused(
                f"EMAIL_URL begins with {scheme!r}. Write smtp+ssl://user:password@host:465, smtp+tls://…:587, smtp://…"
                " (loopback or trusted network), filemail:////folder or consolemail://."
            )
        config: dict[str, Any] = environ.Env.email_url_config(value)
        if scheme == "filemail":
            config["EMAIL_BACKEND"] = "notices.mail_files.EmailBackend"
        if scheme.startswith("smtp") and not config["EMAIL_HOST"]:
            raise Refused("EMAIL_URL names no mail server. Write smtp+tls://user:password@host:587.")
        config["EMAIL_PORT"] = config["EMAIL_PORT"] or {"smtp+tls": 587, "smtp+ssl": 465}.get(scheme, 25)
        config["EMAIL_HOST_USER"] = config["EMAIL_HOST_USER"] or ""
        config["EMAIL_HOST_PASSWORD"] = config["EMAIL_HOST_PASSWORD"] or ""
        return config

    def from_address(self) -> str:
        """DEFAULT_FROM_EMAIL, one address with or without a name."""
        value = self.text("DEFAULT_FROM_EMAIL", "Supervision <supervision@localhost>")
        if "@" not in parseaddr(value)[1]:
            raise Refused(
                f"DEFAULT_FROM_EMAIL is {value!r}. Write one address, such as Supervision <post@example.org>."
            )
        return value

    def media_root(self) -> Path:
        """The folder of uploads: MEDIA_ROOT, or STORAGE_URL=file:///folder; never both, no other scheme yet."""
        url = self.text("STORAGE_URL", "")
        if not url:
            return Path(self.text("MEDIA_ROOT", str(self.var_dir / "media")))
        if self.values.get("MEDIA_ROOT"):
            raise Refused("MEDIA_ROOT and STORAGE_URL are both set. Keep one of them.")
        parts = _split("STORAGE_URL", url)
        if parts.scheme != "file" or parts.netloc or not parts.path:
            raise Refused(f"STORAGE_URL is {url!r}. Only file:///folder is known.")
        return Path(parts.path)


def kept_secret(path: Path) -> str:
    """The secret in the file, made on first use, for its owner only; safe when two processes start at once."""
    path.parent.mkdir(parents=True, exist_ok=True)
    if not path.exists():
        draft = path.with_name(f"{path.name}.{os.getpid()}")
        draft.touch(mode=0o600)
        draft.write_text(secrets.token_urlsafe(50))
        try:
            os.link(draft, path)
        except FileExistsError:
            pass
        finally:
            draft.unlink()
    return path.read_text().strip()


def _split(name: str, value: str) -> Any:
    """urlsplit that refuses a broken port or bracket with our own sentence."""
    try:
        parts = urlsplit(value)
        _ = parts.port
    except ValueError as error:
        raise Refused(f"{name} is {value!r}, which is no address: {error}.") from error
    return parts
