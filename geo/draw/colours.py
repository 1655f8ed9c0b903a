"""The colours of ACLED's event types, told apart by lightness as well as hue so that colour-blind readers can."""

from __future__ import annotations

COLOURS = {  # on light paper
    "Battles": "#af2e13",
    "Explosions/Remote violence": "#f78a21",
    "Violence against civilians": "#582db3",
    "Protests": "#198cc2",
    "Riots": "#3ccfc9",
    "Strategic developments": "#605c62",
}
DARK_COLOURS = {  # the same hues, lighter, on dark land
    "Battles": "#dd3741",
    "Explosions/Remote violence": "#f7a246",
    "Violence against civilians": "#907fbf",
    "Protests": "#4087f5",
    "Riots": "#74eaf7",
    "Strategic developments": "#999599",
}
OTHER_COLOUR = "#8c8c8c"
