"""Whether it gets better by the log: outcome scores against the first ones, and what follows where nothing that matters has changed.

Two scores are kept, AKPS (OUT-01) and the worst pain of a week (OUT-02). A difference is important from the points that the evidence
names; a score that is missing is never a good one. Nothing here promises anything.
"""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Literal, NamedTuple, TypeAlias, cast

from planner import Finding, _
from planner_pillars.content import content
from planner_pillars.log_weeks import WEEK_DAYS, rows_so_far

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from datetime import date

    from planner import Brief

Trend: TypeAlias = Literal["better", "same", "worse", "open"]
"""By an important amount, or not; `open`: there are not two scores to compare."""
BEST_AKPS = 100
SINCE_DAYS = 28
"""How far before the start a score is still one of the beginning."""


class Changes(NamedTuple):
    """Points that count as an important change, of AKPS and of worst pain; and the weeks after which to see somebody without one."""

    akps: int
    pain: int
    referral_weeks: tuple[int, ...]


class Score(NamedTuple):
    """The first and the last of one score, with their dates; the same where there is one only. `points` are those that matter."""

    name: str
    first: int
    since: date
    last: int
    on: date
    points: int
    better: Literal[1, -1]

    @property
    def gain(self) -> int:
        """Points for the better since the first."""
        return self.better * (self.last - self.first)

    @property
    def room(self) -> bool:
        """Whether the last score leaves room for one more important change."""
        return (BEST_AKPS - self.last if self.better > 0 else self.last) >= self.points


def scores(brief: Brief, changes: Changes, until: date) -> tuple[Score, ...]:
    """The scores that the log has up to a date."""
    since = brief.start - timedelta(days=SINCE_DAYS)
    rows = [row for row in rows_so_far(brief) if since <= row.date <= until]
    found = [
        _score("akps", [(row.date, row.akps) for row in rows if row.akps is not None], changes.akps, 1),
        _score("pain", [(row.date, row.knee_worst) for row in rows if row.knee_worst is not None], changes.pain, -1),
    ]
    return tuple([score for score in found if score is not None])


def _score(name: str, told: list[tuple[date, int]], points: int, better: Literal[1, -1]) -> Score | None:
    """The first and the last of what was told; of several on one date the worst counts."""
    if not told:
        return None
    (since, on), worst = (told[0][0], told[-1][0]), min if better > 0 else max
    first, last = (worst([value for day, value in told if day == which]) for which in (since, on))
    return Score(name, first, since, last, on, points, better)


def trend(found: tuple[Score, ...]) -> Trend:
    """What the scores say together: worse where one is, whatever the other says; better where one is."""
    gains = [(score.gain, score.points) for score in found if score.on > score.since]
    if not gains:
        return "open"
    if any([gain <= -points for gain, points in gains]):
        return "worse"
    return "better" if any([gain >= points for gain, points in gains]) else "same"


def stands_still(brief: Brief, changes: Changes, until: date) -> bool:
    """OUT-08, the last of the weeks: better than at first, but by nothing that matters since the referral week before, with room left."""
    weeks = sorted(set(changes.referral_weeks))
    now = scores(brief, changes, until)
    if len(weeks) < 2 or trend(now) != "better":
        return False
    then = {score.name: score for score in scores(brief, changes, _end_of(brief, weeks[-2]))}
    seen = [(then[score.name], score) for score in now if score.name in then and score.on > then[score.name].on]
    return bool(seen) and all([score.better * (score.last - before.last) < score.points and score.room for before, score in seen])


def told(found: tuple[Score, ...]) -> str:
    """Scores in words: `AKPS 62 on 2027-01-04, 75 on 2027-02-14 (better by 13)`."""
    text = _text()
    parts = []
    for score in found:
        way = "one" if score.on == score.since else "up" if score.gain > 0 else "down" if score.gain < 0 else "level"
        parts.append(text[f"{score.name}_{way}"].format(**score._asdict(), by=abs(score.gain)))
    return "; ".join(parts)


def findings(brief: Brief, changes: Changes) -> Iterator[Finding]:
    """How the scores have changed since the first (OUT-01, OUT-02), and what follows where by week 6, 8, 12 none matters (OUT-08)."""
    if brief.log is None:
        return
    found = scores(brief, changes, brief.as_of)
    due = [week for week in sorted(set(changes.referral_weeks)) if _end_of(brief, week) <= brief.as_of]
    how, where = trend(found), _("week {number}", number=due[-1]) if due else ""
    facts = {"week": due[-1] if due else 0, "scores": told(found), "akps": changes.akps, "pain": changes.pain}
    text = _text()
    if how == "better":
        won = next(score for score in found if score.gain >= score.points and score.on > score.since)
        source = "OUT-01" if won.name == "akps" else "OUT-02"
        yield Finding(rule="OUT-06", severity="info", where=where, message=text["better"].format_map(facts), source=source)
    if not due:
        if how in ("same", "worse"):
            severity: Literal["warning", "info"] = "warning" if how == "worse" else "info"
            yield Finding(rule="OUT-06", severity=severity, message=text[f"early_{how}"].format_map(facts), source="OUT-06")
        return
    what = text[f"do_{tone(due[-1], changes)}"]
    still = how == "better" and tone(due[-1], changes) == "plateau" and stands_still(brief, changes, brief.as_of)
    if still or how != "better":
        message = text["by_still" if still else f"by_{how}"].format_map({**facts, "what": what})
        yield Finding(rule="OUT-08", severity="warning", where=where, message=message, source="OUT-08")


def tone(week: int, changes: Changes) -> Literal["prompt", "firm", "plateau"]:
    """How firmly a referral week asks: first a prompt, then firmly, at last also for standing still."""
    weeks = sorted(set(changes.referral_weeks))
    return "prompt" if week == weeks[0] else "plateau" if week == weeks[-1] else "firm"


def on_check_up(brief: Brief, changes: Changes, week: int, on: date, *, is_next: bool) -> tuple[list[str], bool]:
    """Lines for the check-up on a date by the log, and whether they say what the referral prompt of its `week` would ask.

    The next check-up, and past ones, say how it stands; those after it only what today is compared with.
    """
    if brief.log is None:
        return [], False
    found, text = scores(brief, changes, min(brief.as_of, on)), _text()
    if not is_next:
        return [text["first"].format(scores=told(tuple([s._replace(last=s.first, on=s.since) for s in found])))] if found else [], False
    how = trend(found)
    if how == "open":
        return [text["open"].format(scores=told(found))] if found else [text["none"]], False
    facts = {"scores": told(found), "akps": changes.akps, "pain": changes.pain}
    lines = [text[f"so_far_{how}"].format_map(facts)]
    if week not in changes.referral_weeks:
        return lines, False
    way = tone(week, changes)
    if how == "better":
        return ([*lines, text["do_plateau"]] if way == "plateau" and stands_still(brief, changes, on) else lines), True
    return [*lines, text[f"do_{way}"]], True


def _end_of(brief: Brief, week: int) -> date:
    return brief.start + timedelta(days=WEEK_DAYS * week - 1)


def _text() -> Mapping[str, str]:
    return cast("Mapping[str, str]", content("assessment")["scores"])
