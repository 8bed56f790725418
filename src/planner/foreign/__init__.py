"""Plans that somebody else made, read for the audit: tables (CSV) and calendars (.ics).

What is said in words is read word by word and shown; what cannot be read is listed, never guessed.
"""
