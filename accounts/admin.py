"""What the libraries bring to the Django admin and nobody needs there.

Addresses are confidential (rights.md: "phone, address") and change through the person's own page or the coordinator;
rights come from memberships, never from groups.
"""

from allauth.account.models import EmailAddress
from django.contrib import admin
from django.contrib.auth.models import Group

admin.site.unregister([EmailAddress, Group])
