"""Amounts as text, one class a language. Figures are thousand yen (value) or thousand shares (volume).

Japanese truncates toward zero in 億円 and 百万株, as the press does; English rounds half up, on the magnitude, to
¥0.1bn and to a million shares. A sign says net buying or a rise; exactly zero has none. None is "not published",
never 0.
"""

from typing import Protocol

from investor_flows.model import Measure

OKU = 100_000  # thousand yen
TENTH_OF_A_BILLION = 100_000  # thousand yen
MILLION_SHARES = 1_000  # thousand shares
CHO = 10_000  # 億
_SEN = {Measure.VALUE: "千円", Measure.VOLUME: "千株"}


class Numerals(Protocol):
    """How a language writes amounts."""

    none: str

    def amount(self, figure: int | None, measure: Measure = Measure.VALUE) -> str:
        """A figure with sign and unit."""
        ...

    def size(self, figure: int, measure: Measure = Measure.VALUE) -> str:
        """A figure's magnitude with its unit, for sentences whose verb carries the sign."""
        ...

    def exact(self, figure: int | None, measure: Measure) -> str:
        """A figure to the last thousand, with its unit."""
        ...

    def exact_delta(self, figure: int | None, measure: Measure) -> str:
        """A difference to the last thousand, with sign and unit."""
        ...


class Japanese:
    """+5,123億円, ▲3,310億円, +1兆2,040億円, +182百万株."""

    none = "−"

    def amount(self, figure: int | None, measure: Measure = Measure.VALUE) -> str:
        """A figure with sign and unit: 1億円未満 where it would truncate to nothing."""
        return self.none if figure is None else _sign(figure, "▲") + self.size(figure, measure)

    def size(self, figure: int, measure: Measure = Measure.VALUE) -> str:
        """A figure's magnitude with its unit."""
        return _oku_yen(abs(figure)) if measure is Measure.VALUE else _million_shares(abs(figure))

    def exact(self, figure: int | None, measure: Measure) -> str:
        """12,345,678千円."""
        if figure is None:
            return self.none
        return f"{'▲' if figure < 0 else ''}{abs(figure):,}{_SEN[measure]}"

    def exact_delta(self, figure: int | None, measure: Measure) -> str:
        """+12,345千円."""
        return self.none if figure is None else f"{_sign(figure, '▲')}{abs(figure):,}{_SEN[measure]}"


class English:
    """+¥512.3bn, -¥331.0bn, +182m shares."""

    none = "n/a"

    def amount(self, figure: int | None, measure: Measure = Measure.VALUE) -> str:
        """A figure with sign and unit; +¥0.0bn keeps the sign of what rounds to nothing."""
        return self.none if figure is None else _sign(figure, "-") + _rounded(abs(figure), measure)

    def size(self, figure: int, measure: Measure = Measure.VALUE) -> str:
        """A figure's magnitude with its unit."""
        if 0 < 2 * abs(figure) < (TENTH_OF_A_BILLION if measure is Measure.VALUE else MILLION_SHARES):
            return "less than ¥0.05bn" if measure is Measure.VALUE else "less than 0.5m shares"
        return _rounded(abs(figure), measure)

    def exact(self, figure: int | None, measure: Measure) -> str:
        """¥12,345,678k."""
        return self.none if figure is None else ("-" if figure < 0 else "") + _thousands(abs(figure), measure)

    def exact_delta(self, figure: int | None, measure: Measure) -> str:
        """+¥12,345k."""
        return self.none if figure is None else _sign(figure, "-") + _thousands(abs(figure), measure)


NUMERALS: dict[str, Numerals] = {"ja": Japanese(), "en": English()}


def net_oku(thousand_yen: int) -> int:
    """Whole 億円, truncated toward zero, for filter policies."""
    return thousand_yen // OKU if thousand_yen >= 0 else -(-thousand_yen // OKU)


def ascii_amount(figure: int | None, measure: Measure = Measure.VALUE) -> str:
    """+512.3bn, for the subject of an e-mail, which SNS takes in ASCII only."""
    if figure == 0:
        return "flat"
    text = NUMERALS["en"].amount(figure, measure)
    return text.replace("¥", "").replace("m shares", "m sh")


def ascii_exact_delta(figure: int, measure: Measure) -> str:
    """+12,345k yen, in ASCII."""
    text = NUMERALS["en"].exact_delta(figure, measure)
    return f"{text.replace('¥', '')} yen" if measure is Measure.VALUE else text


def _sign(figure: int, minus: str) -> str:
    return "+" if figure > 0 else minus if figure else ""


def _oku_yen(magnitude: int) -> str:
    if 0 < magnitude < OKU:
        return "1億円未満"
    cho, oku = divmod(magnitude // OKU, CHO)
    return (f"{cho:,}兆" if cho else "") + (f"{oku:,}億" if oku or not cho else "") + "円"


def _million_shares(magnitude: int) -> str:
    return "100万株未満" if 0 < magnitude < MILLION_SHARES else f"{magnitude // MILLION_SHARES:,}百万株"


def _thousands(magnitude: int, measure: Measure) -> str:
    return f"¥{magnitude:,}k" if measure is Measure.VALUE else f"{magnitude:,}k shares"


def _rounded(magnitude: int, measure: Measure) -> str:
    if measure is Measure.VOLUME:
        return f"{(magnitude + MILLION_SHARES // 2) // MILLION_SHARES:,}m shares"
    billions, tenth = divmod((magnitude + TENTH_OF_A_BILLION // 2) // TENTH_OF_A_BILLION, 10)
    return f"¥{billions:,}.{tenth}bn" if magnitude else "¥0"
