"""Batch: a roster in, every athlete's plan out, on one machine or on many.

`rows` are read by the sources (CSV, XLSX, JSON lines, a folder, standard input), one at a time; `recipe` turns a row into an athlete;
`chunk` makes the plans of a few rows and writes them; `run` hands chunks to workers and keeps the manifest and the report.
"""
