"""What every write to the record moves: by it a reader knows whether anything was written."""

from django.db import models


class RecordVersion(models.Model):
    """A part of the version; the version is the sum of all tokens. Written by triggers alone.

    SQLite: one row, whose token each write renews. PostgreSQL: a row for each transaction that
    wrote, so that no writer waits for another's; a reader sees it when it sees what was written.
    """

    id = models.BigIntegerField("giao dịch", primary_key=True)
    token = models.BigIntegerField("dấu")

    class Meta:
        verbose_name = "phiên bản của hồ sơ"

    def __str__(self):
        return f"{self.token}"
