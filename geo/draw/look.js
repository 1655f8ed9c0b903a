// Colours of the map in both themes. The event types keep apart for colour-blind readers by lightness as well as hue;
// tests/test_draw.py measures it.

const RAMP_STEPS = 256;
const FADE_STEPS = 36; // over so many the scale begins, from nothing: density has no edge

function ramp(stops) { // steps of [red, green, blue, alpha] as canvas pixels
  return Uint32Array.from({ length: RAMP_STEPS }, (_, i) => {
    const at = (i / (RAMP_STEPS - 1)) * (stops.length - 1);
    const [a, b] = [stops[Math.floor(at)], stops[Math.ceil(at)]];
    const [r, g, bl, full] = a.map((v, k) => Math.round(v + (b[k] - v) * (at % 1)));
    const al = Math.round(full * Math.min(1, i / FADE_STEPS));
    return ((al << 24) | (bl << 16) | (g << 8) | r) >>> 0;
  });
}

const FONT = 'Inter, "Segoe UI", "Helvetica Neue", Roboto, "Noto Sans", "Liberation Sans", Arial, sans-serif';

function themeOf(dark, colours) {
  const common = { dark, font: FONT, types: dark ? colours.dark : colours.light };
  return dark
    ? {
      ...common, rim: "#15181c", hollow: "#20252b", ink: "#e8e6e1", quiet: "#a3a8ad", faint: "#3d444c", grid: "#2e343b",
      brush: "rgba(148,170,190,.14)", spread: "#8a9199", handle: "#c3c9cf", accent: "#6fb1e6",
      land: "#262b31", water: "#171b20", coast: "#4a525b", country: "#6b747e", region: "#3c434b", label: "#a9afb5",
      region_label: "#757d86", water_label: "#5d7689", halo: "#262b31", hatch: 0.5,
      ramp: ramp([[90, 40, 60, 90], [190, 60, 60, 190], [240, 140, 60, 225], [255, 236, 170, 245]]),
    }
    : {
      ...common, rim: "#ffffff", hollow: "#fffdf8", ink: "#22262a", quiet: "#5d646b", faint: "#cfcbc2", grid: "#e6e2d9",
      brush: "rgba(66,96,122,.10)", spread: "#a8a69f", handle: "#3f4a54", accent: "#1f6fb2",
      land: "#f5f2ea", water: "#d3dfe4", coast: "#a9b8bd", country: "#9b958a", region: "#d5cfc2", label: "#4d4a44",
      region_label: "#8a847a", water_label: "#6f8f9e", halo: "#f8f6f0", hatch: 0.55,
      ramp: ramp([[250, 200, 120, 110], [240, 130, 60, 190], [200, 50, 40, 225], [90, 10, 50, 245]]),
    };
}
