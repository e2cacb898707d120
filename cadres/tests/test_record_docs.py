"""The page that lists the workbook's headers is the workbook's."""

from pathlib import Path

from cadres.management.commands.describe_records import described

PAGE = Path(__file__).resolve().parents[2] / "docs" / "record-set.md"


def test_the_listed_headers_are_those_of_the_workbook():
    assert PAGE.read_text(encoding="utf-8") == described(), "run manage.py describe_records"
