"""Which problems of a batch its page shows: by sheet, by column, errors or questions, by words."""

from collections.abc import Mapping
from typing import Any

from daitu_portal.text import fold
from intake.models import ImportBatch

KINDS = (("", "Lỗi và câu hỏi"), ("error", "Lỗi"), ("question", "Câu hỏi"))


class ProblemFilter:
    """The problems of a batch that an address asks for; what is not there asks for nothing."""

    def __init__(self, batch: ImportBatch, asked: Mapping[str, str]) -> None:
        problems = batch.problems
        self.sheets = list(dict.fromkeys(each["sheet"] for each in problems))
        self.columns = list(dict.fromkeys(each["column"] for each in problems if each["column"]))
        self.sheet = asked.get("trang_tinh", "")
        self.column = asked.get("cot", "")
        self.kind = asked.get("loai", "")
        self.kinds = KINDS
        self.words = asked.get("tim", "").strip()[:100]
        self.total = len(problems)
        self.found = [each for each in problems if self._fits(each)]

    def _fits(self, problem: Mapping[str, Any]) -> bool:
        kind = "question" if problem.get("is_question") else "error"
        return (
            (not self.sheet or problem["sheet"] == self.sheet)
            and (not self.column or problem["column"] == self.column)
            and (not self.kind or kind == self.kind)
            and (not self.words or fold(self.words) in fold(_text_of(problem)))
        )


def _text_of(problem: Mapping[str, Any]) -> str:
    return f"{problem['message']} {problem['value']} {problem['ref']} {problem['row']}"
