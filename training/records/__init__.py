"""The tables of the record set about training: a module an area, in the order of the workbook."""

from training.records import catalogue, classes

__all__ = ["catalogue", "classes"]
