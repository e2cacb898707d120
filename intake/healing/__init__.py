"""Old lists of communes made rows of the record: what a workbook that follows no template says.

`recipe` is what its sender decided, `sheets` finds the list in a sheet, `values` reads a cell as
its column means it, `rows` makes the records, `staging` keeps what was found beside the file.
"""
