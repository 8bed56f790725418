"""`python -m docs_tools` writes the generated files; with `--check` it only names those that are out of date (exit 1)."""

from __future__ import annotations

import sys

import click

from docs_tools.generated import ROOT, stale, write_all


@click.command()
@click.option("--check", is_flag=True, help="Write nothing; exit 1 where a file is not current.")
def main(check: bool) -> None:  # noqa: FBT001  (click passes flags so)
    """Write the generated pages and schemas, or check them."""
    if not check:
        for path in write_all():
            click.echo(f"wrote {path.relative_to(ROOT)}")
        return
    found = stale()
    for path in found:
        click.echo(f"{path.relative_to(ROOT)}: not current; expected what the code says. Run: python -m docs_tools", err=True)
    sys.exit(1 if found else 0)


if __name__ == "__main__":
    main()
