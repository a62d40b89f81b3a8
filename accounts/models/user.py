"""The person: one row for everybody who is known here, with or without a sign-in."""

from __future__ import annotations

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.auth.models import PermissionsMixin
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from common.constraints import one_of, together
from common.text import fold_for_search, fold_for_sort, normalise_email


class UserQuerySet(models.QuerySet["User"]):
    """Readable groups of people."""

    def known(self) -> UserQuerySet:
        """People who are neither erased, merged away nor the clock."""
        return self.filter(erased_at__isnull=True, merged_into__isnull=True, is_system=False)


class UserManager(BaseUserManager["User"]):
    """Makes people; the names by which they are sorted and found are filled here and nowhere else."""

    def get_queryset(self) -> UserQuerySet:
        """All people."""
        return UserQuerySet(self.model, using=self._db)

    def known(self) -> UserQuerySet:
        """People who are neither erased, merged away nor the clock."""
        return self.get_queryset().known()

    def create_user(self, email: str | None = None, password: str | None = None, **fields: object) -> User:
        """Store a person; without a password they cannot sign in until they have set one."""
        user = self.build_user(email, password, **fields)
        user.save(using=self._db)
        return user

    def build_user(self, email: str | None = None, password: str | None = None, **fields: object) -> User:
        """A person as `create_user` stores them, not stored yet: for many at once."""
        name = str(fields.pop("name", "") or email or "")
        user = self.model(
            email=normalise_email(email) if email else None,
            name=name,
            sort_name=fold_for_sort(name),
            search_name=fold_for_search(name),
            **fields,
        )
        user.set_password(password)
        return user

    def create_superuser(self, email: str, password: str | None = None, **fields: object) -> User:
        """An operator of the installation: sees the Django admin, learns nothing confidential by it."""
        return self.create_user(email, password, is_staff=True, is_superuser=True, **fields)

    def system(self) -> User:
        """The one user as which the clock acts; made at first need, the database holds that there is one."""
        name = "Supervision"
        user, _made = self.get_queryset().get_or_create(
            is_system=True,
            defaults={
                "name": name,
                "sort_name": fold_for_sort(name),
                "search_name": fold_for_search(name),
                "is_active": False,
                "password": "!",
            },
        )
        return user


class UserLanguage(models.TextChoices):
    """Languages of the interface."""

    BOKMAL = "nb", _("Norwegian bokmål")
    DANISH = "da", _("Danish")
    ENGLISH = "en", _("English")


class User(AbstractBaseUser, PermissionsMixin):
    """A person. May exist before the first sign-in, and without an address."""

    Language = UserLanguage

    # NULL and not '' for "no address": both databases let many rows have none and still hold the rest unique.
    email = models.EmailField(_("E-mail"), max_length=254, unique=True, null=True, blank=True)
    name = models.CharField(_("Name"), max_length=200)
    sort_name = models.CharField(max_length=400, db_index=True, editable=False)
    search_name = models.CharField(max_length=400, db_index=True, editable=False)
    phone = models.CharField(_("Phone"), max_length=40, blank=True)
    language = models.CharField(_("Language"), max_length=2, choices=Language.choices, default=Language.BOKMAL)
    time_zone = models.CharField(_("Time zone"), max_length=64, default="Europe/Oslo")
    supervises_in = models.JSONField(_("Languages to supervise in"), default=list, blank=True)
    is_active = models.BooleanField(default=True)
    is_staff = models.BooleanField(default=False)
    is_system = models.BooleanField(default=False, editable=False)
    date_joined = models.DateTimeField(default=timezone.now, editable=False)
    merged_into = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="merged_from"
    )
    erased_at = models.DateTimeField(null=True, blank=True)
    erased_by = models.ForeignKey("self", on_delete=models.PROTECT, null=True, blank=True, related_name="+")

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: list[str] = []

    objects = UserManager()

    class Meta:
        ordering = ["sort_name", "id"]
        constraints = [
            one_of("language", UserLanguage, name="user_language"),
            together("erased_at", "erased_by", name="user_erased_pair"),
            models.CheckConstraint(condition=~Q(email=""), name="user_email_not_blank"),
            models.CheckConstraint(
                condition=Q(merged_into__isnull=True) | ~Q(merged_into=models.F("id")),
                name="user_not_merged_into_self",
            ),
            models.UniqueConstraint(fields=["is_system"], condition=Q(is_system=True), name="user_one_system"),
        ]

    def __str__(self) -> str:
        return self.name

    def get_full_name(self) -> str:
        """The name as the person writes it."""
        return self.name

    def get_short_name(self) -> str:
        """The first word of the name, for greetings."""
        return self.name.split(" ")[0] if self.name else ""
