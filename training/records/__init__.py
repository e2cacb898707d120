"""The tables of the record set about training: a module an area, in the order of the workbook."""

from training.records import classes, needs

__all__ = ["classes", "needs"]
