"""From an upload to the record: receive, check (a dry run), apply in one transaction.

``receiving`` takes a file in, ``check`` reads it and stages its rows with every problem named,
``apply`` writes the good rows, ``marking`` gives the same workbook back with the problems marked.
"""
