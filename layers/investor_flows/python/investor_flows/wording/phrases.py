"""The phrases of one language: macros of `templates/phrases.<language>.j2`, called by name."""

from jinja2 import Environment, StrictUndefined

from investor_flows.model import Measure
from investor_flows.template_loader import templates
from investor_flows.wording.names import FIGURES, INVESTOR_TYPES, MEASURES, PARTS, section_name, shortened
from investor_flows.wording.numerals import NUMERALS
from investor_flows.wording.periods import PERIODS

LONGEST_REASON = 200


class Phrases:
    """Says facts in one language."""

    def __init__(self, language: str) -> None:
        self.language = language
        self.numerals = NUMERALS[language]
        self.environment = _environment(language)
        self._module = self.environment.get_template(f"phrases.{language}.j2").module

    def say(self, phrase: str, *values: object) -> str:
        """One phrase on one line; empty where there is nothing to say."""
        return str(getattr(self._module, phrase)(*values)).strip()

    def label(self, name: str) -> str:
        """What a fact is called."""
        return str(self._module.labels[name])  # type: ignore[attr-defined] # set in the template

    def absent(self, name: str) -> str:
        """What stands in a table for a fact that only the other investor type has."""
        return str(self._module.absences.get(name, self.numerals.none))  # type: ignore[attr-defined] # set in the template

    def left_out(self, count: int, what: str) -> str:
        """How many more there are of what a list was cut from."""
        return self.say("left_out", count, what)


def _environment(language: str) -> Environment:
    environment = Environment(
        loader=templates(),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        autoescape=False,  # noqa: S701 - plain text only: e-mail body, Slack plain_text; blocks.py escapes
    )
    numerals, periods = NUMERALS[language], PERIODS[language]
    environment.filters |= {
        "amount": lambda figure, measure=Measure.VALUE: numerals.amount(figure, Measure(measure)),
        "size": lambda figure, measure=Measure.VALUE: numerals.size(figure, Measure(measure)),
        "exact": numerals.exact,
        "exact_delta": numerals.exact_delta,
        "week": periods.week,
        "days": periods.days,
        "dated": periods.dated,
        "week_of": periods.week_of,
        "section": lambda section: section_name(section, language),
        "line": lambda text: shortened(text, LONGEST_REASON),
        "investor": lambda name: INVESTOR_TYPES[language][name],
        "part": lambda name: PARTS[language][name],
        "measure": lambda measure: MEASURES[language][measure],
        "figure": lambda figure: FIGURES[language][figure],
    }
    return environment
