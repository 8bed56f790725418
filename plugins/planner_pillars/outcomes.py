"""Outcome scores in the log: their change since the first ones, and referrals if there is no important change.

There are two scores, AKPS (OUT-01) and the worst pain of a week (OUT-02). The settings hold the points that count as an important change.
A missing score never counts as a good one, and no text promises recovery.
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
"""Whether the scores changed by an important amount; `open` if no score has two dates to compare."""
BEST_AKPS = 100
SINCE_DAYS = 28
"""How many days before the start a score may be to count as a first one."""


class Changes(NamedTuple):
    """Points of AKPS and of worst pain that count as an important change, and the weeks after which to see a professional without one."""

    akps: int
    pain: int
    referral_weeks: tuple[int, ...]


class Score(NamedTuple):
    """The first and last value of a score with their dates, equal if there is only one; `points` count as an important change.

    `better` is 1 if a higher value is better, else -1.
    """

    name: str
    first: int
    since: date
    last: int
    on: date
    points: int
    better: Literal[1, -1]

    @property
    def gain(self) -> int:
        """Improvement in points since the first value; negative if it got worse."""
        return self.better * (self.last - self.first)

    @property
    def room(self) -> bool:
        """Whether the last value leaves room for another important improvement."""
        return (BEST_AKPS - self.last if self.better > 0 else self.last) >= self.points


def scores(brief: Brief, changes: Changes, until: date) -> tuple[Score, ...]:
    """The scores in the log up to a date; one without a value is left out."""
    since = brief.start - timedelta(days=SINCE_DAYS)
    rows = [row for row in rows_so_far(brief) if since <= row.date <= until]
    found = [
        _score("akps", [(row.date, row.akps) for row in rows if row.akps is not None], changes.akps, 1),
        _score("pain", [(row.date, row.knee_worst) for row in rows if row.knee_worst is not None], changes.pain, -1),
    ]
    return tuple([score for score in found if score is not None])


def _score(name: str, told: list[tuple[date, int]], points: int, better: Literal[1, -1]) -> Score | None:
    """The first and last of the logged values, the worst of several on one date; None without values."""
    if not told:
        return None
    (since, on), worst = (told[0][0], told[-1][0]), min if better > 0 else max
    first, last = (worst([value for day, value in told if day == which]) for which in (since, on))
    return Score(name, first, since, last, on, points, better)


def trend(found: tuple[Score, ...]) -> Trend:
    """The trend of all scores: `worse` if any is worse, else `better` if any is better."""
    gains = [(score.gain, score.points) for score in found if score.on > score.since]
    if not gains:
        return "open"
    if any([gain <= -points for gain, points in gains]):
        return "worse"
    return "better" if any([gain >= points for gain, points in gains]) else "same"


def stands_still(brief: Brief, changes: Changes, until: date) -> bool:
    """Whether scores that are better than at first had room but no important change since the second-last referral week (OUT-08)."""
    weeks = sorted(set(changes.referral_weeks))
    now = scores(brief, changes, until)
    if len(weeks) < 2 or trend(now) != "better":
        return False
    then = {score.name: score for score in scores(brief, changes, _end_of(brief, weeks[-2]))}
    seen = [(then[score.name], score) for score in now if score.name in then and score.on > then[score.name].on]
    return bool(seen) and all([score.better * (score.last - before.last) < score.points and score.room for before, score in seen])


def is_old(brief: Brief, changes: Changes, week: int, until: date) -> bool:
    """Whether no score that is better than at first is from after the referral week before `week`, so that nobody knows if it still is
    (OUT-08). The first referral week asks only for a score after the first ones.
    """
    earlier = [one for one in changes.referral_weeks if one < week]
    if not earlier:
        return False
    since = _end_of(brief, max(earlier))
    return not any([score.gain >= score.points and score.on > since for score in scores(brief, changes, until)])


def told(found: tuple[Score, ...]) -> str:
    """The scores in words: `AKPS 62 on 2027-01-04, 75 on 2027-02-14 (better by 13)`."""
    text = _text()
    parts = []
    for score in found:
        way = "one" if score.on == score.since else "up" if score.gain > 0 else "down" if score.gain < 0 else "level"
        parts.append(text[f"{score.name}_{way}"].format(**score._asdict(), by=abs(score.gain)))
    return "; ".join(parts)


def findings(brief: Brief, changes: Changes) -> Iterator[Finding]:
    """Findings on the change since the first scores (OUT-01, OUT-02), and referrals if the due referral week finds none (OUT-08)."""
    if brief.log is None:
        return
    found = scores(brief, changes, brief.as_of)
    due = [week for week in sorted(set(changes.referral_weeks)) if _end_of(brief, week) <= brief.as_of]
    how, where = trend(found), _("week {number}", number=due[-1]) if due else ""
    facts = {"week": due[-1] if due else 0, "scores": told(found), "akps": changes.akps, "pain": changes.pain}
    text, old = _text(), bool(due) and how == "better" and is_old(brief, changes, due[-1], brief.as_of)
    if how == "better":
        won = next(score for score in found if score.gain >= score.points and score.on > score.since)
        source = "OUT-01" if won.name == "akps" else "OUT-02"
        yield Finding(rule="OUT-06", severity="info", where="" if old else where, message=text["better"].format_map(facts), source=source)
    if not due:
        if how in ("same", "worse"):
            severity: Literal["warning", "info"] = "warning" if how == "worse" else "info"
            yield Finding(rule="OUT-06", severity=severity, message=text[f"early_{how}"].format_map(facts), source="OUT-06")
        return
    what = text[f"do_{tone(due[-1], changes)}"]
    still = how == "better" and tone(due[-1], changes) == "plateau" and stands_still(brief, changes, brief.as_of)
    by = "old" if old else "still" if still else how
    if by != "better":
        message = text[f"by_{by}"].format_map({**facts, "what": what})
        yield Finding(rule="OUT-08", severity="warning", where=where, message=message, source="OUT-08")


def tone(week: int, changes: Changes) -> Literal["prompt", "firm", "plateau"]:
    """How firm a referral week is: the first a prompt, the last also about a plateau, those between firm."""
    weeks = sorted(set(changes.referral_weeks))
    return "prompt" if week == weeks[0] else "plateau" if week == weeks[-1] else "firm"


def on_check_up(brief: Brief, changes: Changes, week: int, on: date, *, is_next: bool) -> tuple[list[str], bool]:
    """Lines of the log's scores for the check-in on a date, and whether they already cover the referral prompt of its `week`.

    Past check-ins and the next one show the change so far; later ones only the first scores.
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
        if is_old(brief, changes, week, on):
            return lines, False
        return ([*lines, text["do_plateau"]] if way == "plateau" and stands_still(brief, changes, on) else lines), True
    return [*lines, text[f"do_{way}"]], True


def _end_of(brief: Brief, week: int) -> date:
    return brief.start + timedelta(days=WEEK_DAYS * week - 1)


def _text() -> Mapping[str, str]:
    return cast("Mapping[str, str]", content("assessment")["scores"])
