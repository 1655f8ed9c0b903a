// Small makers of page elements. Text always goes in as text, never as markup: it comes from articles and places.

function el(tag, attributes = {}, ...children) {
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (value === null || value === undefined || value === false) continue;
    if (name === "text") node.textContent = value;
    else if (name.startsWith("on")) node.addEventListener(name.slice(2), value);
    else node.setAttribute(name, value === true ? "" : value);
  }
  for (const child of children.flat(Infinity)) {
    if (child !== null && child !== undefined && child !== false) node.append(child);
  }
  return node;
}

const SVG = "http://www.w3.org/2000/svg";

// A line icon from path data of this project's own, 16 by 16.
function icon(path) {
  const svg = document.createElementNS(SVG, "svg");
  svg.setAttribute("viewBox", "0 0 16 16");
  svg.setAttribute("aria-hidden", "true");
  const line = document.createElementNS(SVG, "path");
  line.setAttribute("d", path);
  svg.append(line);
  return svg;
}

const ICONS = {
  play: "M5 3 L13 8 L5 13 Z",
  pause: "M5 3 V13 M11 3 V13",
  close: "M4 4 L12 12 M12 4 L4 12",
  previous: "M10 3 L5 8 L10 13",
  next: "M6 3 L11 8 L6 13",
  list: "M3 4 H13 M3 8 H13 M3 12 H13",
  box: "M3 5 V3 H5 M11 3 H13 V5 M13 11 V13 H11 M5 13 H3 V11 M6.5 6.5 H9.5 V9.5 H6.5 Z",
  link: "M7 9 L9 7 M6.5 5.5 L8.5 3.5 A2.8 2.8 0 0 1 12.5 7.5 L10.5 9.5 M9.5 10.5 L7.5 12.5 A2.8 2.8 0 0 1 3.5 8.5 L5.5 6.5",
  out: "M6 3 H3 V13 H13 V10 M9 3 H13 V7 M13 3 L7.5 8.5",
  flag: "M4 14 V3 H12 L10 6 L12 9 H4",
  fit: "M2.5 6 V2.5 H6 M10 2.5 H13.5 V6 M13.5 10 V13.5 H10 M6 13.5 H2.5 V10",
  filter: "M2 4 H14 M4.5 8 H11.5 M6.5 12 H9.5",
};

function button(label, attributes, ...children) {
  return el("button", { type: "button", "aria-label": label, title: label, ...attributes }, ...children);
}

// Sets a text only where it differs: an unchanged text costs no layout.
function setText(node, text) {
  if (node.textContent !== text) node.textContent = text;
}

// A link only to the web: a source's address is other people's text and could carry a script.
function webAddress(url) {
  try {
    const parsed = new URL(url);
    return parsed.protocol === "https:" || parsed.protocol === "http:" ? parsed.href : null;
  } catch {
    return null;
  }
}
