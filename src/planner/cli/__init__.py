"""The command line: one file a command; `app` imports none of them until it is asked for."""
