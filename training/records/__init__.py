"""The tables of the record set about training: a module an area, in the order of the workbook."""

from training.records import candidates, catalogue, classes, needs, plans, results, studies

__all__ = ["candidates", "catalogue", "classes", "needs", "plans", "results", "studies"]
