"""People for tests."""

from typing import Any

import factory

from accounts.models import User

PASSWORD = "long enough words"


class PersonFactory(factory.django.DjangoModelFactory):
    """Somebody with an address, who can sign in with PASSWORD; `email=None` for somebody without one."""

    class Meta:
        model = User

    name = factory.Sequence(lambda number: f"Person {number}")
    email = factory.Sequence(lambda number: f"person{number}@example.org")
    password = PASSWORD

    @classmethod
    def _create(cls, model_class: type[User], *args: Any, **fields: Any) -> User:
        return model_class.objects.create_user(fields.pop("email"), fields.pop("password"), **fields)
