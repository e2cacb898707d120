"""Write the whole record set to a workbook."""

from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from cadres.records import write_record_set


class Command(BaseCommand):
    help = "Ghi toàn bộ bộ dữ liệu ra một tệp Excel, mỗi bảng một trang."

    def add_arguments(self, parser):
        parser.add_argument("file", type=Path, help="tệp .xlsx sẽ ghi")

    def handle(self, *args, file, **options):
        if file.suffix.lower() != ".xlsx":
            raise CommandError("Tên tệp phải kết thúc bằng .xlsx.")
        unfinished = file.with_name(f".{file.name}.part")
        try:
            with unfinished.open("wb") as out:
                counts = write_record_set(out)
            unfinished.replace(file)
        except OSError as error:
            raise CommandError(f"Không ghi được tệp {file}: {error.strerror}.") from error
        finally:
            unfinished.unlink(missing_ok=True)
        for sheet, rows in counts.items():
            self.stdout.write(f"{sheet}: {rows}")
