"""The chart's two fonts: Noto Sans JP Regular and Bold, cut down to what the chart can draw.

Licence   SIL Open Font License 1.1 (OFL.txt). The reserved name of the original, "Source", is not used.
Source    npm package @expo-google-fonts/noto-sans-jp 0.4.3, files NotoSansJP_400Regular.ttf and NotoSansJP_700Bold.ttf
Cut by    `python -m tests.local.cut_fonts FOLDER_WITH_TTF`, to `investor_flows.chart.lettering.CHARACTERS`

resvg draws a character that its fonts lack as nothing, without an error: cut again after a change of wording.
"""
