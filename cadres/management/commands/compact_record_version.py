"""Put the parts of the record's version together: one row instead of one a transaction."""

from django.core.management.base import BaseCommand

from cadres.record_version import compact


class Command(BaseCommand):
    help = "Gộp các dòng phiên bản hồ sơ (PostgreSQL); phiên bản không đổi. Chạy khi khởi động."

    def handle(self, *args, **options):
        compact()
