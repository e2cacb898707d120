"""The list of stated needs: filtered, with what may be done to each."""

from dataclasses import dataclass
from functools import cached_property
from typing import Any

from accounts.models import Role, User
from cadres.field_groups import FieldGroup, sees
from cadres.models import Cadre, Commune
from daitu_portal.addresses import address
from training.forms.needs import RegisterFilterForm
from training.models import Need
from training.needs import may_withdraw
from training.planning import PLAN_IS_OPEN


@dataclass(frozen=True)
class Register:
    """The needs that an address asks for, in the scope of `user`, as of `day`."""

    user: User
    day: Any
    form: RegisterFilterForm

    @cached_property
    def needs(self) -> Any:
        """By year, the latest first, then by name."""
        form = self.form
        found = Need.objects.visible_to(self.user).with_course(self.day).with_met()
        if year := form.asked("nam"):
            found = found.filter(year=year)
        if programme := form.asked("ct"):
            found = found.filter(programme=programme)
        if answer := form.asked("cach"):
            found = found.filter(answer=answer)
        if text := form.asked("q"):
            people = Cadre.objects.visible_to(self.user).search(text)
            found = found.filter(cadre__in=people.values("pk"))
        loaded = self._in_state(found, form.asked("tt")).select_related(
            "cadre", "commune", "programme", "stated_by", "confirmed_by", "withdrawn_by",
            "plan_line__plan",
        )  # fmt: skip
        return loaded.order_by("-year", "cadre__name_sort_key", "pk")

    def _in_state(self, needs: Any, state: str) -> Any:
        if state == "open":
            return needs.registered().filter(is_served=False)
        if state == "unplanned":
            return needs.unplanned()
        if state == "planned":
            return needs.standing().filter(plan_line__isnull=False)
        return needs.filter(state=state) if state else needs

    @cached_property
    def _line(self) -> set[int]:
        heads = self.user.role == Role.COMMUNE_HEAD
        return set(Commune.objects.line_of_user(self.user)) if heads else set()

    def waiting(self) -> int:
        """How many wait for the confirmation of the user, who is a head. One query."""
        if not self._line:
            return 0
        return Need.objects.filter(state=Need.State.STATED, commune__in=self._line).count()

    def lines(self, needs: Any) -> list[dict[str, Any]]:
        """The needs of a page with what the user may do to each. No query."""
        return [
            {
                "need": need,
                "url": address("cadres:detail", need.cadre_id),
                # what is typed there may tell of discipline
                "exception": need.exception_reason
                if sees(self.user, FieldGroup.DISCIPLINE)
                else need.exception_reason and "lý do do Phòng Nội vụ giữ",
                "may_confirm": need.state == Need.State.STATED and need.commune_id in self._line,
                "may_plan": need.state == Need.State.CONFIRMED
                and need.answer == Need.Answer.SEND
                and need.plan_line_id is None
                and not need.is_served
                and not need.is_met,
                "may_withdraw": self._may_withdraw(need),
            }
            for need in needs
        ]

    def _may_withdraw(self, need: Any) -> bool:
        """By the district's staff out of a plan, too, until it is approved."""
        if need.state == Need.State.WITHDRAWN or need.was_begun:
            return False
        if need.plan_line and not (
            self.user.is_district_hr and need.plan_line.plan.state in PLAN_IS_OPEN
        ):
            return False
        return may_withdraw(need, self.user)
