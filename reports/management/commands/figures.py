"""Print every figure of a day, for all communes and the district."""

import json

from django.core.management.base import BaseCommand, CommandError

from accounts.as_of import default_day, parse_day
from reports.figure_export import ratio_words
from reports.queries import Matrix, matrix


class Command(BaseCommand):
    help = "In mọi chỉ tiêu của một ngày: toàn huyện và từng xã, thị trấn."

    def add_arguments(self, parser):
        parser.add_argument("--as-of", default="", help="ngày tính, ví dụ 2023-06-08")
        parser.add_argument("--format", choices=["table", "json"], default="table")

    def handle(self, *args, as_of, **options):
        day = parse_day(as_of) if as_of else default_day()
        if day is None:
            raise CommandError(f"“{as_of}” không phải ngày; ví dụ 2023-06-08.")
        found = matrix(None, day, every=True)
        if options["format"] == "json":
            self.stdout.write(json.dumps(_rows(found), ensure_ascii=False, indent=1))
        else:
            self._print_table(found)

    def _print_table(self, found: Matrix):
        self.stdout.write(f"Số liệu tính đến {found.day:%d/%m/%Y}")
        for indicator in found.indicators:
            whole = ratio_words(found.ratio(indicator.code))
            self.stdout.write(f"\n{indicator.name} ({indicator.get_unit_display()}): {whole}")
            for commune in found.communes:
                ratio = found.ratio(indicator.code, commune.pk)
                self.stdout.write(f"  {commune.code} {commune.name}: {ratio_words(ratio)}")


def _rows(found: Matrix) -> list[dict]:
    return [
        {
            "indicator": indicator.code,
            "commune": code,
            "numerator": ratio.numerator,
            "denominator": ratio.denominator,
            "unknown": ratio.unknown,
        }
        for indicator in found.indicators
        for code, key in [(None, None), *((c.code, c.pk) for c in found.communes)]
        for ratio in [found.ratio(indicator.code, key)]
    ]
