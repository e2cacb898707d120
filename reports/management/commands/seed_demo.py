"""Fill an empty portal with the demo district, or with a larger one of the same shape."""

from datetime import date

from django.core.management.base import BaseCommand, CommandError
from django.db import transaction

import accounts.demo
import cadres.demo.larger
import cadres.demo.seed
import intake.demo
import training.demo
from cadres.models import Cadre, Commune
from daitu_portal.planner import tell_sizes
from reports.management.commands.load_catalogue import load_all

DAY = date(2023, 6, 8)


class Command(BaseCommand):
    help = "Ghi dữ liệu mẫu vào cổng còn trống: huyện mẫu, hoặc bộ lớn hơn cùng dạng."

    def add_arguments(self, parser):
        parser.add_argument("--people", type=int, help="số người của bộ lớn")
        parser.add_argument("--communes", type=int, help="số xã của bộ lớn")
        parser.add_argument("--participations", type=int, help="số lượt học của bộ lớn")

    def handle(self, *args, people, communes, participations, **options):
        if Cadre.objects.exists():
            raise CommandError("Cổng đã có người: dữ liệu mẫu chỉ ghi vào cổng còn trống.")
        if (people is None) != (communes is None):
            raise CommandError("Nêu cả --people và --communes, hoặc không nêu số nào.")
        with transaction.atomic():
            load_all()
            if people is None:
                cadres.demo.seed.seed()
                training.demo.seed()
            else:
                cadres.demo.larger.seed(people, communes)
                training.demo.seed_larger(participations or 0)
            accounts.demo.refer_to(DAY)
            file = accounts.demo.seed(dict(Commune.objects.on(DAY).values_list("code", "pk")))
            if people is None:
                intake.demo.seed()
                training.demo.seed_by_accounts()
        tell_sizes()  # so that the planner knows them from the first page on
        self.stdout.write(f"Đã ghi dữ liệu mẫu: {Cadre.objects.count()} người.")
        self.stdout.write(f"Tài khoản mẫu và mật khẩu: tệp {file.name} trong thư mục dữ liệu.")
