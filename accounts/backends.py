"""Who is signed in, loaded with the commune, which every page of a commune's user prints."""

from allauth.account.auth_backends import AuthenticationBackend

from accounts.models import User


class WithCommune(AuthenticationBackend):
    def get_user(self, user_id):
        user = User.objects.select_related("commune").filter(pk=user_id).first()
        return user if user is not None and self.user_can_authenticate(user) else None
