"""Which problems of a batch its page shows: by sheet, by column, errors or questions, by words;
a question that many cells of a column ask in the same words is one line, answered once."""

from collections.abc import Iterable, Mapping
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
        self.is_cell_by_cell = asked.get("gop") == "0"
        found = (each for each in problems if self._fits(each))
        self.found = list(found if self.is_cell_by_cell else _gathered(found))

    def _fits(self, problem: Mapping[str, Any]) -> bool:
        kind = "question" if problem.get("is_question") else "error"
        return (
            (not self.sheet or problem["sheet"] == self.sheet)
            and (not self.column or problem["column"] == self.column)
            and (not self.kind or kind == self.kind)
            and (not self.words or fold(self.words) in fold(_text_of(problem)))
        )


def _gathered(problems: Iterable[Mapping[str, Any]]) -> Iterable[Mapping[str, Any]]:
    """`problems` in order; questions alike of one column as the first of them, which has the cells
    of all as "alike"."""
    lines: dict[Any, dict[str, Any]] = {}
    for number, each in enumerate(problems):
        is_one_of_many = each.get("is_question") and each["ref"]
        said = (each["sheet"], each["column"], each["value"], each["message"], each["remedy"])
        line = lines.setdefault(said if is_one_of_many else number, {**each, "alike": []})
        line["alike"].append(each["ref"])
    return lines.values()


def _text_of(problem: Mapping[str, Any]) -> str:
    return f"{problem['message']} {problem['value']} {problem['ref']} {problem['row']}"
