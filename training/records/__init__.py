"""The tables of the record set about training: a module an area, in the order of the workbook."""

from training.records import candidates, classes, plans

__all__ = ["candidates", "classes", "plans"]
