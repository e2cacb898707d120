"""Who is signed in, loaded with what almost every page asks for: the commune and the
installation's reference day."""

from allauth.account.auth_backends import AuthenticationBackend
from django.db.models import Subquery

from accounts.models import Installation, User


class WithCommune(AuthenticationBackend):
    def get_user(self, user_id):
        reference_on = Subquery(Installation.objects.values("reference_on")[:1])
        users = User.objects.select_related("commune").annotate(reference_on=reference_on)
        user = users.filter(pk=user_id).first()
        return user if user is not None and self.user_can_authenticate(user) else None
