"""Reads plans that other people or programs made, as tables (CSV) or calendars (.ics), for the audit.

Workouts in words are parsed word by word and shown as read; what cannot be read is listed, never guessed.
"""
