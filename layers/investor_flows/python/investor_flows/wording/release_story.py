"""The new week in words: its lead, its profiles of foreigners and individuals, and the other weeks of a release."""

from collections.abc import Iterable
from datetime import date

from investor_flows.summary import SectionWeek, Summary
from investor_flows.wording.leads import Lead, leads
from investor_flows.wording.phrases import Phrases
from investor_flows.wording.story import Fact, Paragraph, Profile

PRESS_SECTION = "TokyoNagoya"
"""What the press quotes; the lead names any other section."""

FACTS = (
    "net",
    "change",
    "direction",
    "run",
    "sum_4_weeks",
    "sum_13_weeks",
    "calendar_year",
    "fiscal_year",
    "largest",
    "rank",
    "share",
    "parts",
    "shares",
)
SECTIONS_TOLD = 8
WEEKS_TOLD = 6


class ReleaseStory:
    """Tells the new week that a message leads with."""

    def __init__(self, summary: Summary, week: SectionWeek, phrases: Phrases) -> None:
        self._summary, self._week, self._phrases = summary, week, phrases
        self._leads = leads(summary, week)
        self._named_section = "" if week.section == PRESS_SECTION else week.section

    def headline(self) -> str:
        """The week and both balances."""
        return self._phrases.say("headline", self._week, self._leads, self._named_section)

    def lead(self) -> list[str]:
        """One line each for foreigners and individuals, and one for which statistics, week and market they are."""
        lines = [self._phrases.say("lead", lead, self._named_section) for lead in self._leads]
        return [*lines, self._phrases.say("scope", self._week, self._leads[0].measure)]

    def profiles(self) -> tuple[Profile, ...]:
        """All facts of foreigners and of individuals."""
        return tuple(self._profile(lead) for lead in self._leads)

    def _profile(self, lead: Lead) -> Profile:
        told = ((name, self._phrases.say(name, lead)) for name in FACTS)
        facts = [Fact(name, self._phrases.label(name), text) for name, text in told if text]
        name = self._phrases.say("investor", lead.investor_type)
        return Profile(name, self._phrases.say("title", lead), (*facts, *self._by_section(lead)))

    def _by_section(self, lead: Lead) -> list[Fact]:
        say = self._phrases.say
        return [
            Fact(each.section, say("section", each.section), say("value", each.value, lead.investor_type))
            for each in self._other_sections()[:SECTIONS_TOLD]
        ]

    def _other_sections(self) -> list[SectionWeek]:
        """Sections of the same week whose value arrived."""
        weeks = (each for each in self._summary.weeks if each.value and each is not self._week)
        return [each for each in weeks if each.end_date == self._week.end_date]

    def paragraphs(self) -> list[Paragraph]:
        """What else happened: the other types, the sections that did not fit, and other weeks."""
        lines = [*self._directions(), *self._movers(), *self._sections_left_out()]
        others = [Paragraph(self._phrases.say("others_title"), tuple(lines))] if lines else []
        return others + self._other_weeks()

    def _directions(self) -> list[str]:
        """Whether foreigners and individuals went the same way."""
        known = all(lead.statistics for lead in self._leads)
        told = self._phrases.say("directions", self._summary.directions) if known else ""
        return [told] if told else []

    def _movers(self) -> list[str]:
        movers = self._summary.movers if self._week.value else ()
        return [self._phrases.say("mover", mover) for mover in movers]

    def _sections_left_out(self) -> list[str]:
        count = len(self._other_sections()) - SECTIONS_TOLD
        return [self._phrases.left_out(count, "sections")] if count > 0 else []

    def _other_weeks(self) -> list[Paragraph]:
        others = _one_a_week(each for each in self._summary.weeks if each.end_date != self._week.end_date)
        lines = [self._phrases.say("other_week", each, leads(self._summary, each)) for each in others[:WEEKS_TOLD]]
        if len(others) > WEEKS_TOLD:
            lines.append(self._phrases.left_out(len(others) - WEEKS_TOLD, "weeks"))
        return [Paragraph(self._phrases.say("other_weeks_title"), tuple(lines))] if lines else []


def _one_a_week(weeks: Iterable[SectionWeek]) -> list[SectionWeek]:
    """The most prominent section of each week."""
    found: dict[date, SectionWeek] = {}
    for week in weeks:
        found.setdefault(week.end_date, week)
    return list(found.values())
