"""Cuts the chart's fonts to the characters that the chart can draw: `python -m tests.local.cut_fonts FOLDER_WITH_TTF`.

The folder is an unpacked `npm pack @expo-google-fonts/noto-sans-jp`; the two files are found anywhere below it.
The same fonts and the same characters give the same bytes.
"""

import sys
from importlib.resources import files
from pathlib import Path

from fontTools.subset import Options, Subsetter
from fontTools.ttLib import TTFont
from investor_flows.chart import FONT_FILES
from investor_flows.chart.lettering import CHARACTERS

SOURCES = dict(zip(("NotoSansJP_400Regular.ttf", "NotoSansJP_700Bold.ttf"), FONT_FILES, strict=True))
# For type set from top to bottom and for choosing a style: the pixels are the same without them.
UNUSED_TABLES = ["vhea", "vmtx", "BASE", "STAT"]


def cut(source: Path, target: Path) -> None:
    """Write a font with nothing but CHARACTERS."""
    font = TTFont(source, recalcTimestamp=False)
    options = Options(hinting=False, layout_features=["kern", "mark", "ccmp"], name_IDs=[0, 1, 2, 4, 6, 13, 14])
    options.drop_tables += UNUSED_TABLES
    subsetter = Subsetter(options)
    subsetter.populate(unicodes=map(ord, CHARACTERS))
    subsetter.subset(font)
    font.save(target)


def main(folder: Path) -> None:
    """Cut both fonts into the chart layer."""
    for name, target_name in SOURCES.items():
        [source] = folder.rglob(name)
        target = Path(str(files("chart_fonts") / target_name))
        cut(source, target)
        print(f"{target}: {len(CHARACTERS)} characters, {target.stat().st_size} bytes")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
