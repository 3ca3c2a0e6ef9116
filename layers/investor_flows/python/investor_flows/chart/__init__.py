"""The chart: 52 weeks of net buying by foreigners (above) and individuals (below), as SVG and as PNG.

series.py     the data of the picture, read from the message document
scale.py      y axes whose zeros share a level; columns.py: weeks and months along x
panel.py      one investor type in pixels; header.py: the words above it
words.py      what a language must say; languages.py: how; figures.py: axis labels and dates; lettering.py: what fits
"""

from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from typing import Any

from jinja2 import Environment, StrictUndefined, Template

from investor_flows.chart.columns import LEFT, RIGHT, Columns
from investor_flows.chart.languages import LANGUAGES
from investor_flows.chart.lettering import ems, fit
from investor_flows.chart.panel import Panel
from investor_flows.chart.series import INVESTOR_TYPES, Series
from investor_flows.chart.words import Words
from investor_flows.template_loader import templates

TEMPLATE = "chart.svg.j2"
WIDTH, HEIGHT, MARGIN = 1200, 675, 40
TOPS = (146, 392)
FONT, FONT_FILES = "Noto Sans JP", ("NotoSansJP-Regular.ttf", "NotoSansJP-Bold.ttf")
TITLE_SIZE, FOOTER_SIZE = 32, 16


def draw(series: Mapping[str, Any], language: str) -> bytes:
    """The chart as a PNG of 1200 x 675. `series` is the part of that name in the message document."""
    # Here, not above: only the function that posts has the chart layer, but others may import this package.
    from resvg_py import svg_to_bytes

    fonts = [str(files("chart_fonts") / name) for name in FONT_FILES]
    return svg_to_bytes(svg(series, language), skip_system_fonts=True, font_files=fonts, font_family=FONT)


def svg(series: Mapping[str, Any], language: str) -> str:
    """The chart as an SVG, every text in it escaped."""
    data, words = Series.read(series), LANGUAGES[language]
    columns = Columns.of([week.end_date for week in data.weeks])
    return _template().render(
        size=(WIDTH, HEIGHT),
        edges=(MARGIN, LEFT, RIGHT, WIDTH - MARGIN),
        font=FONT,
        sizes={"title": TITLE_SIZE, "footer": FOOTER_SIZE},
        title=_title(data, words),
        period=_period(data, words),
        legend=_legend(data, words),
        panels=[Panel.of(kind, data, columns, words, top) for kind, top in zip(INVESTOR_TYPES, TOPS, strict=True)],
        columns=columns,
        newest=words.newest,
        newest_x=columns.x(columns.slots[-1]),
        revised=[columns.x(slot) for slot, week in zip(columns.slots, data.weeks, strict=True) if week.revised],
        months=[
            (tick.x, words.months[tick.month - 1], tick.year and words.year.format(tick.year))
            for tick in columns.months()
        ],
        source=_source(data, words),
        note=_note(data, words),
    )


def alt_text(series: Mapping[str, Any], language: str) -> str:
    """What the chart shows, in one sentence, for those who hear it."""
    data, words = Series.read(series), LANGUAGES[language]
    say, note = words.sentence, _note(data, words)
    return say["whole"].format(
        title=_title(data, words),
        period=_period(data, words),
        newest=words.period(data.newest.start_date, data.newest.end_date),
        facts=say["joint"].join(_fact(kind, data, words) for kind in INVESTOR_TYPES),
        revised=say["revised"].format(data.revised_count) if data.revised_count else "",
        note=say["note"].format(note) if note else "",
    )


def _fact(investor_type: str, data: Series, words: Words) -> str:
    total = data.total(investor_type)
    return words.sentence["unknown" if total is None else "fact"].format(
        name=words.investor_types[investor_type],
        newest=words.phrase(data.newest.balances[investor_type], data.measure),
        weeks=data.published_count(investor_type),
        total=words.phrase(total, data.measure),
    )


def _period(data: Series, words: Words) -> str:
    return words.period(data.weeks[0].start_date, data.newest.end_date)


def _title(data: Series, words: Words) -> str:
    """The title. The name of a section that nobody has seen before is cut to the room that is left."""
    parts = {"measure": words.measures[data.measure], "unit": words.units[data.measure]}
    room = (WIDTH - 2 * MARGIN) / TITLE_SIZE - ems(words.title.format(section="", **parts))
    return words.title.format(section=words.sections.get(data.section) or fit(data.section, room), **parts)


def _source(data: Series, words: Words) -> str:
    return words.source.format(rounding=words.rounding[data.measure])


def _note(data: Series, words: Words) -> str:
    """The note, cut to the room that the source line leaves."""
    return fit(data.note, (WIDTH - 2 * MARGIN) / FOOTER_SIZE - ems(_source(data, words)) - 2)


def _legend(data: Series, words: Words) -> list[tuple[str, str, str]]:
    """The marks that occur: name, sign, label."""
    occurs = {"revised": data.revised_count, "missing": data.missing_count}
    return [(mark, label[0], label[2:]) for mark, label in words.legend.items() if occurs.get(mark, True)]


def environment() -> Environment:
    """What the chart's template is rendered in."""
    return Environment(loader=templates(), undefined=StrictUndefined, autoescape=True)


@cache
def _template() -> Template:
    return environment().get_template(TEMPLATE)
