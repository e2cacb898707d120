"""Write the Word templates of the papers anew, e.g. after a label of a form has changed.

What the office changed in them by hand is gone then: it is asked for by name.
"""

from django.core.management.base import BaseCommand

from cadres.printing.papers import PAPERS
from cadres.printing.word import template_of
from cadres.printing.word_template import template


class Command(BaseCommand):
    help = "Ghi lại các mẫu Word (2c.docx, 4a.docx) từ khai báo mẫu; sửa đổi bằng tay sẽ mất."

    def handle(self, *args, **options):
        for paper in PAPERS.values():
            template(paper).save(str(template_of(paper)))
            self.stdout.write(f"Đã ghi {template_of(paper).name}")
