"""Who is signed in, loaded with what almost every page asks for: the commune, the installation's
reference day, and how many notices wait."""

from functools import cache

from allauth.account.auth_backends import AuthenticationBackend
from django.db.models import Subquery

from accounts.models import Installation, User
from accounts.notices import unread_of_account


@cache
def _accounts():
    """Built once: every request asks it."""
    reference_on = Subquery(Installation.objects.values("reference_on")[:1])
    return User.objects.select_related("commune").annotate(
        reference_on=reference_on, unread_notices=unread_of_account()
    )


class WithCommune(AuthenticationBackend):
    def get_user(self, user_id):
        user = _accounts().filter(pk=user_id).first()
        return user if user is not None and self.user_can_authenticate(user) else None
