// Days, places and figures in words.

const MONTHS = ["January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December"];
const WEEKDAYS = ["Sunday", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday"];

const WHERE_PREC = { // UCDP GED codebook, where_prec
  1: "exact place",
  2: "near this place, within about 25 km",
  3: "somewhere in this district",
  4: "somewhere in this province",
  5: "along a line or in a region without clear borders",
  6: "only the country is known",
  7: "at sea or in international airspace",
};

const DATE_PREC = { // UCDP GED codebook, date_prec
  1: "exact day",
  2: "within two to six days",
  3: "the week is known",
  4: "the month is known",
  5: "the year is known, or a longer span",
};

const GEO_PREC = { 1: "exact", 2: "part of a region or near a known place", 3: "a larger region" }; // ACLED codebook

function dayWords(iso, weekday = false) {
  const d = new Date(iso.slice(0, 10) + "T00:00:00Z");
  const words = d.getUTCDate() + " " + MONTHS[d.getUTCMonth()] + " " + d.getUTCFullYear();
  return weekday ? WEEKDAYS[d.getUTCDay()] + ", " + words : words;
}

function shortDay(day) {
  const d = new Date(day * DAY_MS);
  return d.getUTCDate() + " " + MONTHS[d.getUTCMonth()].slice(0, 3) + " " + d.getUTCFullYear();
}

function intervalWords(start, end, kind) {
  if (!start) return "day unknown";
  if (!end || start === end) return dayWords(start, true);
  const [a, b] = [new Date(start + "T00:00:00Z"), new Date(end + "T00:00:00Z")];
  const lastOfMonth = new Date(Date.UTC(b.getUTCFullYear(), b.getUTCMonth() + 1, 0)).getUTCDate();
  const whole = a.getUTCDate() === 1 && b.getUTCDate() === lastOfMonth && a.getUTCFullYear() === b.getUTCFullYear();
  if (kind !== "throughout" && whole && a.getUTCMonth() === b.getUTCMonth()) {
    return "some day in " + MONTHS[a.getUTCMonth()] + " " + a.getUTCFullYear();
  }
  if (kind !== "throughout" && whole && a.getUTCMonth() === 0 && b.getUTCMonth() === 11) return "some day in " + a.getUTCFullYear();
  return kind === "throughout"
    ? "from " + dayWords(start) + " to " + dayWords(end)
    : "one day between " + dayWords(start) + " and " + dayWords(end);
}

function rowDays(incidents, row) {
  const [first, last] = [incidents.first[row], incidents.last[row]];
  if (first <= -UNDATED) return "day unknown";
  return first === last ? shortDay(first) : shortDay(first) + " – " + shortDay(last);
}

// "3", "3 to 5", "about 30", "27 or more"; null where nothing is said, which is not zero. `kind`: "killed", "injured", "incident_killed".
function figure(words, kind) {
  const [low, high, open, about] = ["_low", "_high", "_open_high", "_about"].map((end) => words[kind + end] ?? null);
  if (low === null || high === null) return null;
  return (about ? "about " : "") + (low === high ? String(low) : low + " to " + high) + (open ? " or more" : "");
}

// What sources tell differently begins with the name of a field.
const differing = (text) => text.replace(/^actor1:/, "who did it:").replace(/^actor2:/, "who it was done to:");

let regionNames = null;

function countryName(code) {
  if (!code) return "";
  try {
    regionNames = regionNames ?? new Intl.DisplayNames(["en"], { type: "region" });
    return regionNames.of(code.toUpperCase()) ?? code;
  } catch {
    return code;
  }
}

// "12,345". One formatter for all: making one anew takes longer than drawing a hundred dots.
const numberFormat = new Intl.NumberFormat("en-GB");
const grouped = (n) => numberFormat.format(n);

const plural = (n, one, many) => grouped(n) + " " + (n === 1 ? one : many ?? one + "s");
