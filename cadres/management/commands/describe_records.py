"""Write docs/record-set.md: every sheet and header of the exported workbook."""

from django.core.management.base import BaseCommand

from cadres.records import tables

HEAD = """# The record set

What `manage.py export_cadres FILE.xlsx` writes, one sheet a table, and what an import reads back
(the sheets marked so). Made by `manage.py describe_records`; a test fails when it is stale. Days
are the first and the *last* day of a period. A column marked (đọc) is not read back. In the
workbook “Giải thích” explains each column, “Danh mục” holds the longer lists of its drop-downs.
"""


def described() -> str:
    """The whole page as Markdown."""
    parts = [HEAD]
    for table in tables():
        read = "; được đọc lại khi nhập" if table.is_imported else ""
        parts.append(f"\n## {table.sheet} (`{table.code}`{read})\n\n{table.note}\n")
        parts.append("\n| tiêu đề | mã | loại | bắt buộc |\n|---|---|---|---|\n")
        for field in table.fields:
            header = f"{field.header} (đọc)" if field.is_info else field.header
            needed = "có" if field.is_required else ""
            parts.append(f"| {header} | `{field.code}` | {field.kind.value} | {needed} |\n")
    return "".join(parts)


class Command(BaseCommand):
    help = "In docs/record-set.md: các trang và tiêu đề của bộ dữ liệu."

    def handle(self, *args, **options):
        self.stdout.write(described(), ending="")
