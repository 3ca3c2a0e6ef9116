"""The wording of the chart in Japanese and English."""

from investor_flows.chart import figures
from investor_flows.chart.words import Words
from investor_flows.wording.numerals import NUMERALS

JAPANESE = Words(
    title="投資部門別 週次売買差額（{section}、{measure}、{unit}）",
    source="出所: JPX 投資部門別売買状況（J-Quants Pro）　{rounding}",
    total="{weeks}週累計",
    newest="最新",
    year="{}年",
    minus="▲",
    months=tuple(f"{month}月" for month in range(1, 13)),
    sections={
        "TokyoNagoya": "東証・名証二市場",
        "TSEPrime": "東証プライム",
        "TSEStandard": "東証スタンダード",
        "TSEGrowth": "東証グロース",
        "TSE1st": "東証一部",
        "TSE2nd": "東証二部",
        "TSEMothers": "東証マザーズ",
        "TSEJASDAQ": "東証JASDAQ",
    },
    measures={"value": "金額ベース", "volume": "株数ベース"},
    units={"value": "億円", "volume": "百万株"},
    rounding={"value": "億円未満切り捨て", "volume": "百万株未満切り捨て"},
    investor_types={"Foreigners": "海外投資家", "Individuals": "個人"},
    directions={"buying": "買い越し", "selling": "売り越し", "flat": "差し引きゼロ", "missing": "公表なし"},
    legend={
        "buying": "■ 買い越し",
        "selling": "■ 売り越し",
        "line": "━ 累計（右軸）",
        "revised": "◇ 訂正された週",
        "missing": "■ 公表なし",
    },
    phrases={
        "buying": "{}の買い越し",
        "selling": "{}の売り越し",
        "flat": "差し引きゼロ",
        "missing": "公表なし",
    },
    sentence={
        "whole": "{title}の週ごとの棒と累計の線（{period}）で、最新週（{newest}）は{facts}{revised}{note}。",
        "fact": "{name}が{newest}（{weeks}週累計は{total}）",
        "unknown": "{name}が公表なし",
        "joint": "、",
        "revised": "、訂正された週は{}",
        "note": "（{}）",
    },
    numerals=NUMERALS["ja"],
    ticks={"value": figures.ticks((10_000, "兆"), (1, "")), "volume": figures.ticks((1_000_000, "兆"), (1, ""))},
    period=figures.period_ja,
    week=figures.week_ja,
)

ENGLISH = Words(
    title="Weekly net buying by investor type ({section}, {measure}, {unit})",
    source="Source: JPX trading by type of investors (J-Quants Pro). {rounding}",
    total="{weeks}-week total",
    newest="latest",
    year="{}",
    minus="−",
    months=figures.MONTHS,
    sections={
        "TokyoNagoya": "Tokyo & Nagoya",
        "TSEPrime": "TSE Prime",
        "TSEStandard": "TSE Standard",
        "TSEGrowth": "TSE Growth",
        "TSE1st": "TSE 1st Section",
        "TSE2nd": "TSE 2nd Section",
        "TSEMothers": "TSE Mothers",
        "TSEJASDAQ": "TSE JASDAQ",
    },
    measures={"value": "value", "volume": "volume"},
    units={"value": "¥bn", "volume": "m shares"},
    rounding={"value": "Rounded to ¥0.1bn.", "volume": "Rounded to 1m shares."},
    investor_types={"Foreigners": "Foreigners", "Individuals": "Individuals"},
    directions={"buying": "net buying", "selling": "net selling", "flat": "flat", "missing": "not published"},
    legend={
        "buying": "■ net buying",
        "selling": "■ net selling",
        "line": "━ cumulative (right)",
        "revised": "◇ revised week",
        "missing": "■ not published",
    },
    phrases={"buying": "net buying of {}", "selling": "net selling of {}", "flat": "flat", "missing": "not published"},
    sentence={
        "whole": "{title}, weekly bars and cumulative line, {period}; newest week ({newest}), {facts}{revised}{note}.",
        "fact": "{name}: {newest} ({weeks}-week total: {total})",
        "unknown": "{name}: not published",
        "joint": "; ",
        "revised": "; weeks revised: {}",
        "note": " ({})",
    },
    numerals=NUMERALS["en"],
    ticks={"value": figures.ticks((10_000, "tn"), (10, "")), "volume": figures.ticks((1_000_000, "tn"), (1, ""))},
    period=figures.period_en,
    week=figures.week_en,
)

LANGUAGES = {"ja": JAPANESE, "en": ENGLISH}
