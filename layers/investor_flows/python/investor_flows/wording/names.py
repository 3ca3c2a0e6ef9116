"""Names of sections, investor types, measures and figures: as JPX prints them in Japanese, and in English."""

from investor_flows.corrections import BOTH
from investor_flows.model import Measure

LONGEST = 40
"""Characters of a name that is not known; rows.py holds rows with longer ones."""

INVESTOR_TYPES = {
    "ja": {
        "Proprietary": "自己",
        "Brokerage": "委託",
        "Total": "総計",
        "Individuals": "個人",
        "Foreigners": "海外投資家",
        "SecuritiesCos": "証券会社",
        "InvestmentTrusts": "投資信託",
        "BusinessCos": "事業法人",
        "OtherCos": "その他法人",
        "InsuranceCos": "生保・損保",
        "CityBKsRegionalBKsEtc": "都銀・地銀等",
        "TrustBanks": "信託銀行",
        "OtherFinancialInstitutions": "その他金融",
        "IndividualCash": "個人（現金）",
        "IndividualMargin": "個人（信用）",
        "ProprietaryCash": "自己（現金）",
        "ProprietaryMargin": "自己（信用）",
        "ForeignInstitutions": "海外（法人）",
        "ForeignIndividuals": "海外（個人）",
        BOTH: "海外投資家と個人",
    },
    "en": {
        "Proprietary": "Proprietary",
        "Brokerage": "Brokerage",
        "Total": "Total",
        "Individuals": "Individuals",
        "Foreigners": "Foreigners",
        "SecuritiesCos": "Securities companies",
        "InvestmentTrusts": "Investment trusts",
        "BusinessCos": "Business companies",
        "OtherCos": "Other companies",
        "InsuranceCos": "Insurers",
        "CityBKsRegionalBKsEtc": "City and regional banks",
        "TrustBanks": "Trust banks",
        "OtherFinancialInstitutions": "Other financials",
        "IndividualCash": "Individuals (cash)",
        "IndividualMargin": "Individuals (margin)",
        "ProprietaryCash": "Proprietary (cash)",
        "ProprietaryMargin": "Proprietary (margin)",
        "ForeignInstitutions": "Foreign institutions",
        "ForeignIndividuals": "Foreign individuals",
        BOTH: "Foreigners and individuals",
    },
}

PARTS = {
    "ja": {
        "ForeignInstitutions": "法人",
        "ForeignIndividuals": "個人",
        "IndividualCash": "現金",
        "IndividualMargin": "信用",
    },
    "en": {
        "ForeignInstitutions": "institutions",
        "ForeignIndividuals": "individuals",
        "IndividualCash": "cash",
        "IndividualMargin": "margin",
    },
}
"""Sub-groups where the group is named already."""

SECTIONS = {
    "ja": {
        "TokyoNagoya": "東証・名証二市場",
        "TSEPrime": "東証プライム",
        "TSEStandard": "東証スタンダード",
        "TSEGrowth": "東証グロース",
        "TSE1st": "東証一部",
        "TSE2nd": "東証二部",
        "TSEMothers": "東証マザーズ",
        "TSEJASDAQ": "東証JASDAQ",
    },
    "en": {
        "TokyoNagoya": "Tokyo and Nagoya",
        "TSEPrime": "TSE Prime",
        "TSEStandard": "TSE Standard",
        "TSEGrowth": "TSE Growth",
        "TSE1st": "TSE 1st Section",
        "TSE2nd": "TSE 2nd Section",
        "TSEMothers": "TSE Mothers",
        "TSEJASDAQ": "TSE JASDAQ",
    },
}

MEASURES = {
    "ja": {Measure.VALUE: "金額", Measure.VOLUME: "株数"},
    "en": {Measure.VALUE: "value", Measure.VOLUME: "volume"},
}

FIGURES = {
    "ja": {"sales": "売り", "purchases": "買い", "total": "合計", "balance": "差引き"},
    "en": {"sales": "sales", "purchases": "purchases", "total": "turnover", "balance": "balance"},
}


def section_name(section: str, language: str) -> str:
    """A section's name; one that nobody has seen before keeps its own, on one line and not endlessly."""
    return SECTIONS[language].get(section) or shortened(section)


def shortened(text: str, limit: int = LONGEST) -> str:
    """Outside text as one line of printable characters, cut to a limit."""
    line = "".join(character if character.isprintable() else " " for character in text)
    return line if len(line) <= limit else f"{line[: limit - 1]}…"


def ascii_section(section: str) -> str:
    """A section's short name for the subject of an e-mail: ASCII, one line, and short."""
    short = section.removeprefix("TSE") if section in SECTIONS["en"] else section
    printable = "".join(character if " " <= character <= "~" else "?" for character in short)
    return printable[:20]
