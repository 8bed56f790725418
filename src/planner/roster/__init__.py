"""Batch planning: reads a roster and writes a plan for every athlete, on one machine or on a cluster.

The sources (CSV, XLSX, JSON lines, a folder, standard input) yield `rows` one at a time; `recipe` turns a row into an athlete; `chunk`
plans a few rows and writes their files; `run` hands chunks to workers and keeps the manifest and the report.
"""
