"""A person's pay, next raise and retirement: a tab of the person's pages."""

from django.shortcuts import render
from django.views.decorators.http import require_safe

from accounts.access import DATA, allow
from cadres.field_groups import FieldGroup, sees
from cadres.pay_page import card_of, may_come_early, pay_of
from cadres.pay_records import pay_record_of
from cadres.person_page import person_frame


@allow(*DATA)
@require_safe
def cadre_pay(request, pk):
    context = person_frame(request, pk, "cadres:pay")
    person, day = context["person"], context["day"]
    record = pay_record_of(person, day)
    pay, card = pay_of(record, day), card_of(person, record, day)
    context |= {
        "pay": pay,
        "card": card,
        "may_come_early": may_come_early(pay, card),
        "sees_discipline": sees(request.user, FieldGroup.DISCIPLINE),
    }
    return render(request, "cadres/cadre_pay.html", context)
