"""The one real row that this project has: the sample on the API's page (FACTS 2), with the suffix that v2 added."""

_FIGURES = {
    "Proprietary": (1311271004, 1453326508, 2764597512, 142055504),
    "Brokerage": (7165529005, 7030019854, 14195548859, -135509151),
    "Total": (8476800009, 8483346362, 16960146371, 6546353),
    "Individuals": (1401711615, 1161801155, 2563512770, -239910460),
    "Foreigners": (5094891735, 5317151774, 10412043509, 222260039),
    "SecuritiesCos": (76381455, 61700100, 138081555, -14681355),
    "InvestmentTrusts": (168705109, 124389642, 293094751, -44315467),
    "BusinessCos": (71217959, 63526641, 134744600, -7691318),
    "OtherCos": (10745152, 15687836, 26432988, 4942684),
    "InsuranceCos": (15926202, 9831555, 25757757, -6094647),
    "CityBKsRegionalBKsEtc": (10606789, 8843871, 19450660, -1762918),
    "TrustBanks": (292932297, 245322795, 538255092, -47609502),
    "OtherFinancialInstitutions": (22410692, 21764485, 44175177, -646207),
}

DOCUMENTED_ROW: dict[str, object] = {
    "Section": "TSE1st",
    "PublishedDate": "2017-01-13",
    "StartDate": "2017-01-04",
    "EndDate": "2017-01-06",
} | {
    f"{name}{figure}Value": number
    for name, numbers in _FIGURES.items()
    for figure, number in zip(("Sales", "Purchases", "Total", "Balance"), numbers, strict=True)
}
