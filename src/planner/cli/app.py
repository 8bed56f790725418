"""The `planner` command: imports each subcommand on demand, and turns errors into sentences and exit codes."""

from __future__ import annotations

import errno
import gc
import os
import sys
from importlib import import_module
from typing import TYPE_CHECKING, Never, cast

import click

from planner import __version__
from planner.digits import whole_number
from planner.errors import OutputError, PlannerError, StopError

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

COMMANDS: dict[str, str] = {
    "new": "Write a commented athlete file to start from.",
    "make": "Make the plan: a calendar, or a page, a sheet, workouts.",
    "log": "Log what you did and how the knee felt.",
    "batch": "Make a plan for each row of a roster, and a report.",
    "simulate": "Try the planner on a crowd of invented runners.",
    "show": "Show the plan here: today first, then week by week.",
    "explain": "Say what decided the length and the day of each session.",
    "handover": "Write one page for a physiotherapist.",
    "check": "Check a plan against every law, with its smallest margins.",
    "pillars": "List what is installed, and its settings.",
    "templates": "List the programmes that can be followed.",
    "plugin": "Start a pillar of your own: planner plugin new NAME.",
    "schema": "Print what a file may hold, for editors and other programs.",
}
"""The one-line help of each command, by the command's name, which is also its module's."""
BUG, NOT_WRITTEN, INTERRUPTED, PIPE_CLOSED = 70, 74, 130, 141
_REFUSAL = ("a place that can be read and written", "Check the name and the disk, or give another place.")
_REFUSALS: dict[int, tuple[str, str]] = {
    errno.ENAMETOOLONG: ("a name that the file system takes", "Give a shorter one."),
    errno.EACCES: ("a place that you may use", "Change its permissions, or give another place."),
    errno.EPERM: ("a place that you may use", "Change its permissions, or give another place."),
    errno.EROFS: ("a place that can be written to", "It is read-only; give another place."),
    errno.ENOSPC: ("room on the disk", "Make room, or give another place."),
    errno.ENOENT: ("a place that is there", "Check the name."),
    errno.ENOTDIR: ("a folder on the way there", "Check the name; a part of it is a file."),
    errno.ELOOP: ("a link that leads to a file", "Check the links on the way there."),
}
"""What was expected and what to do, by the number of an `OSError`; else `_REFUSAL`."""
EXAMPLES = """\b
Examples:
  planner new ana.toml           # answer a few questions
  planner make ana.toml          # writes ana.ics for your calendar
  planner show ana.toml          # the plan, here

Shell completion: eval "$(_PLANNER_COMPLETE=bash_source planner)" in your shell's start-up file; zsh_source for zsh; for fish,
_PLANNER_COMPLETE=fish_source planner | source.

A planning aid, not a diagnosis or treatment."""


class PipeClosedError(Exception):
    """The reader of our output closed the pipe, so nothing more can be reported."""


class Commands(click.Group):
    """A click group that imports its commands lazily and reports errors as sentences on standard error."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002  (the signature in click)
        """Return the command names in the order of `COMMANDS`, not alphabetically."""
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002
        """Import a command from its module; None for an unknown name."""
        if cmd_name not in COMMANDS:
            return None
        command: click.Command = import_module(f"planner.cli.{cmd_name}").command
        return command

    def resolve_command(self, ctx: click.Context, args: list[str]) -> tuple[str | None, click.Command | None, list[str]]:
        """Resolve the command that `args` begin with; fail with the nearest name if it is unknown."""
        if args and args[0] not in COMMANDS and not args[0].startswith("-"):
            from difflib import get_close_matches  # noqa: PLC0415  (only for an unknown command)

            close = get_close_matches(args[0], COMMANDS, n=1)
            offer = f"Did you mean `{close[0]}`?" if close else f"Known here: {', '.join(COMMANDS)}."
            ctx.fail(f'found the command "{args[0]}"; expected a known one. {offer}')
        return super().resolve_command(ctx, args)

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:  # noqa: ARG002
        """List the commands without importing any."""
        with formatter.section("Commands"):
            formatter.write_dl(list(COMMANDS.items()))

    def make_context(self, info_name: str | None, args: list[str], parent: click.Context | None = None, **extra: object) -> click.Context:
        """Create the context with a known terminal width: click's own lookup would import archive formats."""
        make = cast("Callable[..., click.Context]", super().make_context)
        return make(info_name, args, parent, **{"terminal_width": _width(), **extra})

    def invoke(self, ctx: click.Context) -> object:
        """Run the command; report errors as a sentence and an exit code. Raises `PipeClosedError` and click's exceptions."""
        try:
            return super().invoke(ctx)
        except BrokenPipeError as error:
            raise PipeClosedError from error
        except (click.ClickException, click.Abort, click.exceptions.Exit):
            raise
        except StopError as error:
            _complain("\n\n".join(error.messages))
            ctx.exit(error.exit_code)
        except PlannerError as error:
            _complain(_with_notes(error))
            _traceback(ctx, wanted=not isinstance(error.__cause__, PlannerError | None))
            ctx.exit(error.exit_code)
        except OSError as error:
            _traceback(ctx, wanted=True)
            ctx.exit(_failed(error))
        except Exception as error:  # noqa: BLE001  (the last resort: a bug must not look like an athlete's mistake)
            _complain(_bug(error))
            _traceback(ctx, wanted=True)
            ctx.exit(BUG)

    def main(
        self,
        args: Sequence[str] | None = None,
        prog_name: str | None = None,
        complete_var: str | None = None,
        standalone_mode: bool = True,  # noqa: FBT001, FBT002, ARG002  (click's signature; we always exit)
        **extra: object,
    ) -> Never:
        """Run the command line and exit with one of the documented codes."""
        _replace_closed_streams()
        _tolerate_any_terminal()
        run, stdout = cast("Callable[..., object]", super().main), sys.stdout
        try:
            code = run(args, prog_name or "planner", complete_var, standalone_mode=False, **extra)
        except click.ClickException as error:
            code = _usage(error)
        except (click.Abort, KeyboardInterrupt):
            _complain("interrupted; nothing that was there is lost.")
            code = INTERRUPTED
        except PipeClosedError:
            code = PIPE_CLOSED
        except OSError as error:
            code = _failed(error)
        except SystemExit as left:  # shell completion finished; or click replaced stdout because the reader of a help page is gone
            code = left.code if sys.stdout is stdout else PIPE_CLOSED
        sys.exit(_flushed(code if isinstance(code, int) else 0))


def _width() -> int:
    """The width of help pages in columns: the terminal's less 2, from 50 to 118."""
    try:
        columns = whole_number(os.environ.get("COLUMNS", "")) or os.get_terminal_size(1).columns
    except OSError:
        columns = 80
    return max(50, min(columns, 120) - 2)


def _complain(sentence: str) -> None:
    click.echo(f"planner: {sentence}", err=True)


def _with_notes(error: PlannerError) -> str:
    """The error with its notes. Those of an `OutputError` are athletes who must stop: each gets a line, to stand out."""
    notes: list[str] = getattr(error, "__notes__", [])
    if isinstance(error, OutputError):
        return "\n".join([str(error), *notes])
    return " ".join([str(error), *(f"({note})" for note in notes)])


def _failed(error: OSError) -> int:
    """Report that the system refused to read or write something; return the exit code."""
    where, found = error.filename or "standard output", error.strerror or error
    expected, advice = _REFUSALS.get(error.errno or 0, _REFUSAL)
    _complain(f"{where}: {found}; expected {expected}. {advice} Nothing that was there is lost.")
    return NOT_WRITTEN


def _usage(error: click.ClickException) -> int:
    """Report a wrong flag or argument, with the help page to read; return the exit code."""
    context = getattr(error, "ctx", None)
    path = context.command_path if context is not None else "planner"
    message = error.format_message().rstrip(".")
    end = "" if message.endswith("?") else "."
    _complain(f"{message}{end} See `{path} --help`.")
    return error.exit_code


def _bug(error: Exception) -> str:
    problem = f"{type(error).__name__}: {error}" if str(error) else type(error).__name__
    return (
        f"something went wrong inside ({problem}); this is a bug in the planner, not in your file. Please report it with "
        "the command, your athlete file without the names, and what the command says with -v. "
        f"Version {__version__}, Python {sys.version.split()[0]}."
    )


def _traceback(ctx: click.Context, *, wanted: bool) -> None:
    if wanted and ctx.meta.get("planner.verbose"):
        import traceback  # noqa: PLC0415  (only for reports of bugs)

        click.echo(traceback.format_exc(), err=True)


def _replace_closed_streams() -> None:
    """Put the null device in the place of a standard stream that was closed before we started."""
    for name, mode in (("stdin", "r"), ("stdout", "w"), ("stderr", "w")):
        if getattr(sys, name) is None:
            setattr(sys, name, os.fdopen(os.open(os.devnull, os.O_RDWR), mode, encoding="utf-8"))


def _tolerate_any_terminal() -> None:
    """Print a question mark for a character that the terminal cannot encode, instead of crashing."""
    for stream in (sys.stdout, sys.stderr):
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure is not None and (stream.encoding or "").lower().replace("-", "") != "utf8":
            reconfigure(errors="replace")


def _flushed(code: int) -> int:
    """Flush standard output and return the exit code; a failed flush sets its own."""
    try:
        sys.stdout.flush()
    except BrokenPipeError:
        _forget_output()
        return PIPE_CLOSED
    except OSError as error:
        _forget_output()
        return code or _failed(error)
    return code


def _forget_output() -> None:
    """Redirect standard output to the null device, so that the interpreter's flush at exit does not fail again."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


@click.command(
    cls=Commands,
    invoke_without_command=True,
    epilog=EXAMPLES,
    context_settings={"help_option_names": ["-h", "--help"]},
)
@click.version_option(__version__, prog_name="planner")
@click.pass_context
def main(ctx: click.Context) -> None:
    """Plan a return to running with a sore knee: one small file about yourself in, a plan for your calendar out.

    No week and no run grows by more than 10%.
    """
    if ctx.invoked_subcommand is None:
        click.echo(ctx.get_help())


def script() -> Never:
    """Entry point of `planner`. The process is short-lived, so it skips garbage collection, also at exit; this saves 8% of its time."""
    gc.disable()
    try:
        main()
    finally:
        gc.freeze()
    raise SystemExit(0)
