"""Write the whole record set to a workbook, or the work-pack of one unit."""

from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from accounts.as_of import default_day, parse_day
from cadres.models import Commune
from cadres.records import write_record_set
from daitu_portal.excel import write_book
from intake.work_pack import Pack


class Command(BaseCommand):
    help = (
        "Ghi toàn bộ bộ dữ liệu ra một tệp Excel, mỗi bảng một trang; với --commune thì ghi gói "
        "dữ liệu của một đơn vị, mỗi người một dòng."
    )

    def add_arguments(self, parser):
        parser.add_argument("file", type=Path, help="tệp .xlsx sẽ ghi")
        parser.add_argument("--commune", default="", help="mã đơn vị: chỉ gói dữ liệu của đơn vị")
        parser.add_argument("--as-of", default="", help="ngày của gói dữ liệu, như 2023-06-08")

    def handle(self, *args, file, commune, as_of, **options):
        if file.suffix.lower() != ".xlsx":
            raise CommandError("Tên tệp phải kết thúc bằng .xlsx.")
        if as_of and not commune:
            raise CommandError("--as-of chỉ dùng cùng --commune: bộ dữ liệu có mọi ngày.")
        pack = _pack(commune, as_of) if commune else None
        unfinished = file.with_name(f".{file.name}.part")
        try:
            with unfinished.open("wb") as out:
                counts = (
                    write_book(pack.sheets(pack.people()), out) if pack else write_record_set(out)
                )
            unfinished.replace(file)
        except OSError as error:
            raise CommandError(f"Không ghi được tệp {file}: {error.strerror}.") from error
        finally:
            unfinished.unlink(missing_ok=True)
        for sheet, rows in counts.items():
            self.stdout.write(f"{sheet}: {rows}")


def _pack(code, as_of):
    day = parse_day(as_of) if as_of else default_day()
    if day is None:
        raise CommandError(f"Không đọc được ngày “{as_of}”: ghi như 2023-06-08.")
    found = Commune.objects.on(day).filter(code=code).first()
    if found is None:
        raise CommandError(f"Ngày {day:%d/%m/%Y} không có đơn vị mang mã {code}.")
    return Pack(found, day)
