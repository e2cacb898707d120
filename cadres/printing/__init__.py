"""The record of people on paper: forms of the State as PDF and Word, one person or many.

`papers` says once what stands on each form, and in which order; `people` loads what is on record,
`curriculum` and `supplement` put it into words, `pdf` and `word` make the files.
"""
