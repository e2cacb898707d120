"""What a line of the log is made of."""

import logging


class RefusalsInOneLine(logging.Filter):
    """A request answered with 4xx is no fault of the portal: one line without a traceback, and,
    where it was a page that refused, as information."""

    def filter(self, record: logging.LogRecord) -> bool:
        if not 400 <= getattr(record, "status_code", 500) < 500:
            return True
        record.exc_info = record.exc_text = None
        if record.name == "django.request":
            record.levelno, record.levelname = logging.INFO, "INFO"
        return logging.getLogger().isEnabledFor(record.levelno)
