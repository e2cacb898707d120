"""The marks of a sitting as a form: a choice a learner, and what the page showed."""

import re

from django import forms

from training.models import Attendance

_LETTERS = {"p": "present", "l": "late", "e": "excused", "a": "absent"}
_MARKS = {mark: letter for letter, mark in _LETTERS.items()}
CHOICES = [("", "—"), *Attendance.Mark.choices]
_TYPED = re.compile(r"d_([1-9][0-9]{0,8})")
_SEEN = re.compile(r"([1-9][0-9]{0,8})([plea])")


def told(marks: dict[int, str]) -> str:
    """Marks by key of the enrolment in one short text, as the page carries them: "12p,13a"."""
    return ",".join(f"{key}{_MARKS[mark]}" for key, mark in marks.items())


class MarksForm(forms.Form):
    """What was chosen on the page, and for whoever was left without a mark (`con_lai`)."""

    con_lai = forms.ChoiceField(choices=CHOICES, required=False)
    seen = forms.CharField(required=False, max_length=100_000)

    def seen_marks(self) -> dict[int, str]:
        found = _SEEN.findall(self.cleaned_data["seen"])
        return {int(key): _LETTERS[letter] for key, letter in found}

    def typed(self) -> dict[int, str]:
        """The mark by key of each learner of the page; "" for none. What is no mark is left out."""
        rest, found = self.cleaned_data["con_lai"], {}
        for name in self.data:
            match = _TYPED.fullmatch(name)
            mark = self.data.get(name, "")
            if match and (not mark or mark in _MARKS):
                found[int(match[1])] = mark or rest
        return found
