"""The rest of a person's own fields, and rows taken out of the record."""

from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from accounts.access import WRITERS, allow
from accounts.models import AuditEvent
from cadres.actions import remove_record, save_record
from cadres.edits import removing, stored
from cadres.history import plain_of, tell_edits
from cadres.models import Profile
from intake.forms.profile import ProfileForm
from intake.forms.rows import RemoveForm
from intake.models import Proposal, ProposalItem
from intake.views.entry import ITEM, Entry
from intake.views.records import KINDS, Kind, done, person_of, row_of

Action = AuditEvent.Action
OWN = Kind(Profile, ProfileForm, "lý lịch", "cadres:detail")


@allow(*WRITERS)
@require_http_methods(["GET", "HEAD", "POST"])
def profile_change(request, pk):
    """One form a person, whether there is a profile yet or not."""
    person = person_of(request, pk)
    row = Profile.objects.visible_to(request.user).filter(cadre=person).first()
    row = row or Profile(cadre=person)
    row.cadre = person
    entry = Entry(request, person, row, lambda ground: save_record(
        row, ground=ground, version=form.cleaned_data["version"]))  # fmt: skip
    drafted = _drafted(entry)
    if drafted is not None:
        return redirect(f"{request.path}?{ITEM}={drafted.pk}")
    form = OWN.made(request, row, entry.data)
    if entry.is_sent(form):
        saved = entry.save(form)
        if isinstance(saved, ProposalItem):
            return entry.kept(saved)
        if saved is not None:
            return done(request, OWN, saved, "Đã lưu lý lịch.", Action.CHANGE, form.changed_data)
    context = {**entry.context, "form": form, "person": person, "tab": OWN.tab}
    return render(request, "intake/record_form.html", {**context, "title": "Sửa lý lịch"})


def _drafted(entry):
    """The clerk's own draft of a first profile, which a second one would contradict; None where
    there is none, or where the form is about it already."""
    if not entry.proposes or entry.row.pk is not None or entry.item is not None:
        return None
    open_items = ProposalItem.objects.filter(
        proposal__author=entry.request.user, proposal__state__in=Proposal.OPEN,
        cadre=entry.cadre, table="cadres.profile", action="add",
    )  # fmt: skip
    return open_items.exclude(state=ProposalItem.State.APPROVED).first()


@allow(*WRITERS)
@require_http_methods(["GET", "HEAD", "POST"])
def record_remove(request, pk, kind, row_id):
    """Take a row that is wrong out of the record: shown whole first, with basis and reason."""
    person, of = person_of(request, pk), KINDS[kind]
    row = row_of(request, of, person, row_id)
    entry = Entry(request, person, row, lambda ground: _remove(row, form, ground), removes=True)
    form = RemoveForm(request.POST or None, initial={"version": person.version})
    if entry.is_sent(form):
        saved = entry.save(form, edits=[removing(stored(row))])
        if isinstance(saved, ProposalItem):
            return entry.kept(saved)
        if saved is not None:
            words = f"Đã gỡ {of.name}; dòng ấy còn nguyên trong Nhật ký."
            return done(request, of, saved, words, Action.CHANGE, ["removed"])
    (told,) = tell_edits([plain_of(removing(stored(row)))], request.user)
    context = {**entry.context, "form": form, "person": person, "tab": of.tab, "told": told}
    context |= {"title": f"Gỡ {of.name}"}
    return render(request, "intake/record_remove.html", context)


def _remove(row, form, ground):
    remove_record(row, ground=ground, version=form.cleaned_data["version"])
    return row
