"""The command line: one module per command, which `app` imports on demand."""
