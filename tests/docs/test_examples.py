"""Every example in the documentation does what its page says."""

from __future__ import annotations

from pathlib import Path

import pytest
from docs_tools.blocks import RUN, blocks_of
from docs_tools.examples import DOCS, README, ExampleError, pages, run_page
from icalendar import Calendar

from tests.cli.helpers import example, run

MOST_LEFT_OUT = 7
"""How many blocks may be left out here in all: those that install are run by .ci/docs."""


@pytest.mark.parametrize("page", pages(), ids=lambda page: page.relative_to(README.parent).as_posix())
def test_a_page_does_what_it_says(page: Path, tmp_path: Path) -> None:
    run_page(page, tmp_path)


def test_blocks_that_are_not_run_are_few_and_say_why() -> None:
    blocks = [block for page in pages() for block in blocks_of(page) if block.language in RUN]
    left_out = [block for block in blocks if "not run" in block.marks]
    assert all(len(block.marks["not run"]) > 10 for block in left_out), "a reason is a few words"
    assert len(left_out) <= MOST_LEFT_OUT
    assert len(blocks) > 5 * len(left_out)


def test_the_run_in_the_readme_reads_as_in_the_calendar(capsys: pytest.CaptureFixture[str]) -> None:
    (shown,) = (block.text for block in blocks_of(README) if "GREEN" in block.text)
    head, *lines = shown.splitlines()
    (entry,) = (
        event
        for event in Calendar.from_ical(run(capsys, "make", *example("ana"), "-o", "-", "-q").out).walk("VEVENT")
        if head.startswith(event["SUMMARY"]) and head.endswith(f"{event.start:%a} {event.start.day} {event.start:%b %Y}")
    )
    said = iter(entry["DESCRIPTION"].splitlines())
    assert [line for line in lines if not line.strip().startswith("...") and line not in said] == [], "these, and in this order"


def test_every_block_names_a_language() -> None:
    bare = [block.place for page in (README, *DOCS.rglob("*.md")) for block in blocks_of(page) if not block.language]
    assert bare == []


def write(folder: Path, text: str) -> Path:
    path = folder / "page.md"
    path.write_text(text, encoding="utf-8")
    return path


def test_blocks_run_in_order_in_one_folder_and_hand_on_their_environment(tmp_path: Path) -> None:
    page = write(
        tmp_path,
        "<!-- file: a.toml -->\n```toml\nx = 1\n```\n```sh\nexport WORD=bye\nmkdir -p b/c\ncd b\n```\n"
        "```sh\ncat ../a.toml\necho $WORD\nls\n```\n<!-- prints -->\n```text\nx = 1\n...\nc\n```\n",
    )
    folder = tmp_path / "folder"
    folder.mkdir()
    assert run_page(page, folder).run == 2


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("```sh\nfalse\n```\n", "found exit code 1; expected 0"),
        ("```sh\nfalse\ntrue\n```\n", "found exit code 1"),
        ("<!-- exit: 4 -->\n```sh\ntrue\n```\n", "found exit code 0; expected 4"),
        ("```sh\necho a\n```\n<!-- prints -->\n```text\nb\n```\n", "but what was printed is\na"),
        ("```sh\necho a; echo b\n```\n<!-- prints -->\n```text\na\n```\n", "but what was printed is"),
        ("```sh\necho a b c\n```\n<!-- prints: wrapped -->\n```text\na\n  b\n```\n", "but what was printed is"),
        ("```python\nraise ValueError(3)\n```\n", "ValueError: 3"),
    ],
)
def test_a_page_that_says_something_else_is_told_with_its_line(tmp_path: Path, text: str, words: str) -> None:
    folder = tmp_path / "folder"
    folder.mkdir()
    with pytest.raises(ExampleError) as caught:
        run_page(write(tmp_path, f"# Page\n\n{text}"), folder)
    assert words in str(caught.value)
    assert str(caught.value).startswith("page.md, line ")


def test_long_lines_may_be_broken_to_fit_the_page(tmp_path: Path) -> None:
    page = write(tmp_path, "```sh\necho a b c; echo d\n```\n<!-- prints: wrapped -->\n```text\na b\n  c\n...\n```\n")
    folder = tmp_path / "folder"
    folder.mkdir()
    assert run_page(page, folder).run == 1


def test_what_is_not_run_is_counted_with_its_reason(tmp_path: Path) -> None:
    page = write(tmp_path, "<!-- not run: it needs a telephone -->\n```sh\nfalse\n```\n<!-- fresh -->\n```sh\nfalse\n```\n")
    folder = tmp_path / "folder"
    folder.mkdir()
    count = run_page(page, folder)
    assert count.run == 0
    assert [why.partition(": ")[2] for why in count.left_out] == ["it needs a telephone", "installs"]


@pytest.mark.parametrize(
    "text",
    ["<!-- prints -->\n```sh\ntrue\n```\n", "<!-- exit: 4 -->\nWords.\n```sh\ntrue\n```\n", "<!-- prints: folded -->\n```text\na\n```\n"],
)
def test_a_mark_that_stands_on_the_wrong_thing_is_an_error(tmp_path: Path, text: str) -> None:
    with pytest.raises(LookupError):
        blocks_of(write(tmp_path, text))
