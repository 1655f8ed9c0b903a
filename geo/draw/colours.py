"""The colours of ACLED's event types, told apart by lightness as well as hue so that colour-blind readers can."""

from __future__ import annotations

COLOURS = {  # on light paper
    "Battles": "#b2182b",
    "Explosions/Remote violence": "#f08a24",
    "Violence against civilians": "#6a3d9a",
    "Protests": "#1f78b4",
    "Riots": "#45b6c4",
    "Strategic developments": "#6f7478",
}
DARK_COLOURS = {  # the same hues, lighter, on dark land
    "Battles": "#e0495a",
    "Explosions/Remote violence": "#f7a04b",
    "Violence against civilians": "#a985d6",
    "Protests": "#4a9fdc",
    "Riots": "#6fd3df",
    "Strategic developments": "#9aa0a5",
}
OTHER_COLOUR = "#8c8c8c"
