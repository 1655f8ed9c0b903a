// The panel beside the map: one incident with all that its sources say, or a list of incidents.

const PATIENCE_MS = 60; // details that take longer are announced by what is known already
const WIDE_KM = 5;
const MAX_LISTED = 400; // a longer list is cut and says so

class Panel {
  constructor(acts) {
    this.acts = acts; // {select(row), close(), report(row), zoomTo(rows), show(row)}
    this.body = el("div", { class: "cm-panel-body", tabindex: "-1" });
    this.head = el("div", { class: "cm-panel-head" });
    this.node = el("aside", { class: "cm-panel", "aria-label": "Details", hidden: true }, this.head, this.body);
    this.row = -1;
    this.turn = 0;
  }

  get open() {
    return !this.node.hidden;
  }

  close() {
    this.node.hidden = true;
    this.row = -1;
    this.turn++;
  }

  async incident(incidents, row, canReport) {
    const turn = ++this.turn;
    this.row = row;
    const coming = incidents.details.of(row);
    const soon = await Promise.race([coming, new Promise((done) => setTimeout(done, PATIENCE_MS))]);
    if (turn !== this.turn) return; // another one was chosen meanwhile
    this._show(incidents, row, soon, canReport);
    if (soon) return;
    const words = await coming;
    if (turn === this.turn) this._show(incidents, row, words, canReport);
  }

  _show(incidents, row, words, canReport) {
    const order = incidents.visibleByTime();
    const at = order.indexOf(row);
    const step = (to, label, path) => button(label, {
      class: "cm-icon", disabled: to === undefined, onclick: () => this.acts.select(to),
    }, icon(path));
    this.head.replaceChildren(...[
      step(order[at - 1], "Previous in time", ICONS.previous),
      step(order[at + 1], "Next in time", ICONS.next),
      el("span", { class: "cm-count", text: at < 0 ? "outside the filter" : grouped((at + 1)) + " of " + grouped(order.length) }),
      el("span", { class: "cm-space" }),
      canReport && button("Report an error", { class: "cm-icon", onclick: () => this.acts.report(row) }, icon(ICONS.flag)),
      button("Close", { class: "cm-icon", onclick: () => this.acts.close() }, icon(ICONS.close)),
    ].filter(Boolean));
    this.body.replaceChildren(...(words ? details(words, incidents, row) : sparse(incidents, row)));
    this._near(incidents, row);
    this.node.hidden = false;
    this.body.scrollTop = 0;
  }

  // Neighbours on the ground, because the next report of the same event often lies beside it.
  _near(incidents, row) {
    const near = neighbours(incidents, row, 25);
    if (!near.length) return;
    const nearest = near.slice(0, 6).map(({ row: other, km }) => this._item(incidents, other, km < 0.5 ? "same place" : Math.round(km) + " km"));
    this.body.append(el("section", {}, el("h3", { text: near.length > 6 ? "Nearby, the nearest 6 of " + near.length : "Nearby, within 25 km" }),
      el("ul", { class: "cm-list" }, nearest)));
  }

  list(incidents, rows, title, zoomable) {
    this.turn++;
    this.row = -1;
    const shown = rows.slice(0, MAX_LISTED);
    this.head.replaceChildren(...[
      el("strong", { text: title }),
      el("span", { class: "cm-space" }),
      zoomable && button("Zoom to these", { class: "cm-icon", onclick: () => this.acts.zoomTo(rows) }, icon(ICONS.fit)),
      button("Close", { class: "cm-icon", onclick: () => this.acts.close() }, icon(ICONS.close)),
    ].filter(Boolean));
    this.body.replaceChildren(
      el("ul", { class: "cm-list" }, shown.map((row) => this._item(incidents, row))),
      ...(rows.length > shown.length ? [el("p", { class: "cm-note", text: "The first " + MAX_LISTED + " of " + grouped(rows.length) + ". Zoom in or narrow the time window to see the others." })] : []),
      ...(rows.length ? [] : [el("p", { class: "cm-note", text: "No incident in this window. Widen the time window or clear a filter." })]),
    );
    this.node.hidden = false;
    this.body.scrollTop = 0;
  }

  _item(incidents, row, aside) {
    const place = incidents.places[incidents.place[row]] ?? "place unknown";
    const type = incidents.types[incidents.type[row]] ?? "Other";
    const title = el("span", { class: "cm-item-title", text: type + ", " + place });
    incidents.details.of(row).then((w) => { if (w && w.title) title.textContent = w.title; });
    const possible = incidents.state[row] === POSSIBLE;
    return el("li", {}, el("button", { type: "button", class: "cm-item", onclick: () => this.acts.select(row) },
      el("span", { class: "cm-dot" + (possible ? " cm-hollow" : ""), style: "--c:var(--t" + incidents.type[row] + ")" }),
      el("span", { class: "cm-item-text" }, title,
        el("span", { class: "cm-item-sub", text: rowDays(incidents, row) + " · " + place + (aside ? " · " + aside : "") }))));
  }
}

function sparse(incidents, row) {
  return [
    el("h2", { text: incidents.types[incidents.type[row]] ?? "Incident" }),
    fact("When", el("p", { text: rowDays(incidents, row) })),
    fact("Where", el("p", { text: incidents.places[incidents.place[row]] ?? "unknown" })),
    el("p", { class: "cm-note", role: "status", text: "Fetching its sources …" }),
  ];
}

function details(w, incidents, row) {
  return [
    el("div", { class: "cm-kind", style: "--c:var(--t" + incidents.type[row] + ")" },
      el("span", { class: "cm-dot", style: "--c:var(--t" + incidents.type[row] + ")" }),
      [w.event_type, w.sub_event_type].filter(Boolean).join(" · ")),
    el("h2", { text: w.title || w.sub_event_type || w.event_type || "Incident" }),
    fact("When", el("p", { text: intervalWords(w.date_start, w.date_end, w.date_kind) }),
      el("p", { class: "cm-fine", text: [DATE_PREC[w.date_prec], w.date_edtf && "EDTF " + w.date_edtf].filter(Boolean).join(" · ") })),
    fact("Where", where(w)),
    fact("Killed", tolls(w)),
    fact("Actors", actors(w)),
    w.weapon ? fact("Weapon", el("p", { text: w.weapon })) : null,
    w.grade || w.status ? fact("Grade", el("p", { text: [w.grade, w.status].filter(Boolean).join(" · ") })) : null,
    w.disagreements && w.disagreements.length
      ? el("section", { class: "cm-disagree" }, el("h3", { text: "The sources disagree" }), el("ul", {}, w.disagreements.map((d) => el("li", { text: differing(d) }))))
      : null,
    sources(w),
    w.why && w.why.length && (w.source_count ?? 0) > 1
      ? el("details", {}, el("summary", { text: "Why these reports are one incident" }), el("ul", {}, w.why.map((d) => el("li", { text: d }))))
      : null,
  ].filter(Boolean);
}

function fact(name, ...content) {
  const full = content.flat().filter((c) => c && c.textContent);
  return full.length ? el("div", { class: "cm-fact" }, el("h3", { text: name }), el("div", {}, full)) : null;
}

function where(w) {
  const parts = [w.place || w.place_as_written, w.admin1, countryName(w.country)].filter((p, i, all) => p && all.indexOf(p) === i);
  if (!parts.length) return [el("p", { text: "The place is not known." })];
  const km = Number(w.radius_km) || 0;
  const wide = w.where_prec === 1 && km >= WIDE_KM; // a base or a city is one place and no point
  const precision = wide ? "at this place, which reaches about " + grouped(km) + " km" : [WHERE_PREC[w.where_prec], km ? "±" + grouped(km) + " km" : ""].filter(Boolean).join(", ");
  const codes = [w.where_prec && "UCDP precision " + w.where_prec + " of 7", w.geo_precision && "ACLED " + w.geo_precision + " of 3"].filter(Boolean).join(" · ");
  const spot = w._lat_lon ? w._lat_lon.map((v) => v.toFixed(4)).join(", ") : "";
  return [
    el("p", { text: parts.join(", ") }),
    el("p", { class: "cm-fine", text: w._lat_lon || w.place_id ? precision : "Not on the map: the name is not resolved to one place." }),
    el("p", { class: "cm-fine", text: [codes, spot].filter(Boolean).join(" · ") }),
    resolution(w),
  ];
}

function resolution(w) {
  const lines = [];
  if (w.place_as_written) lines.push("Written as “" + w.place_as_written + "”" + (w.place && w.place !== w.place_as_written ? ", resolved to " + w.place : ""));
  if (w.place_inferred) lines.push(String(w.place_inferred));
  if (w.place_source) lines.push("Coordinates: " + w.place_source);
  for (const [reason, weight] of w.place_evidence ?? []) {
    lines.push(reason + (typeof weight === "number" ? " (" + (weight > 0 ? "+" : "") + Math.round(weight * 100) / 100 + ")" : ""));
  }
  const rivals = (w.rivals ?? []).map((r) => r.name + (r.country ? ", " + countryName(r.country) : "") + (typeof r.score === "number" ? " (" + r.score.toFixed(2) + ")" : ""));
  if (!lines.length && !rivals.length) return null;
  return el("details", {}, el("summary", { text: rivals.length ? "How it was resolved, and " + plural(rivals.length, "rival") : "How it was resolved" }),
    el("ul", {}, lines.map((t) => el("li", { text: t }))),
    rivals.length ? [el("p", { class: "cm-fine", text: "Other places of that name that lost:" }), el("ul", {}, rivals.map((t) => el("li", { text: t })))] : null);
}

function tolls(w) {
  const killed = figure(w, "killed");
  const injured = figure(w, "injured");
  const best = w.killed_best !== null && w.killed_best !== undefined && w.killed_low !== w.killed_high ? ", best estimate " + w.killed_best : "";
  const total = figure(w, "incident_killed");
  return [
    el("p", { text: killed === null ? "No figure given" : killed + best }),
    w.killed_civilians !== null && w.killed_civilians !== undefined ? el("p", { class: "cm-fine", text: w.killed_civilians + " of them civilians" }) : null,
    w.killed_names?.length ? el("p", { class: "cm-fine", text: "Named among the dead: " + w.killed_names.join(", ") }) : null,
    injured === null ? null : el("p", { class: "cm-fine", text: "Injured: " + injured }),
    total !== null && total !== killed ? el("p", { class: "cm-fine", text: "All sites of this incident together: " + total + " killed" }) : null,
  ];
}

function actors(w) {
  const inferred = w.inferred ?? [];
  return [
    w.actor1 ? el("p", { text: w.actor1 }) : null,
    w.actor2 ? el("p", { text: (w.actor1 ? "against " : "") + w.actor2 }) : null,
    inferred.length ? el("p", { class: "cm-fine", text: inferred.map((side) => w[side]).join(" and ") + ": inferred from what the article is about; its passage does not say so" }) : null,
  ];
}

function sources(w) {
  const list = w.sources ?? [];
  return el("section", { class: "cm-sources" }, el("h3", { text: plural(list.length, "source") }), list.map((s) => source(s, list.length > 1)));
}

function source(s, several) {
  const link = webAddress(s.url);
  const title = s.title || s.article_id || "Untitled";
  const published = s.published ? (s.published.length === 10 ? dayWords(s.published) : monthWords(s.published)) : "day of publication unknown";
  const says = [...["killed", "injured"].map((kind) => figure(s, kind) && figure(s, kind) + " " + kind),
    s.date_start && intervalWords(s.date_start, s.date_end, "within"), s.place_as_written].filter(Boolean).join(" · ");
  return el("article", { class: "cm-source" },
    el("div", { class: "cm-source-title" }, link ? el("a", { href: link, target: "_blank", rel: "noopener noreferrer", text: title }) : title),
    el("div", { class: "cm-fine", text: [s.publisher, s.author, published].filter(Boolean).join(" · ") }),
    several && says ? el("div", { class: "cm-says", text: "Says: " + says }) : null,
    s.quote ? el("blockquote", { class: s.kind === "brief" ? "cm-brief" : "" },
      s.kind === "brief" ? el("span", { class: "cm-label", text: "Our paraphrase of " + (s.publisher || title) }) : null,
      highlighted(s)) : null,
    (s.hedges ?? []).length ? el("div", { class: "cm-fine", text: "Said with reserve: " + s.hedges.join(", ") }) : null);
}

function monthWords(value) {
  const [year, month] = value.split("-");
  return month ? MONTHS[Number(month) - 1] + " " + year : year;
}

const FIELD_WORDS = { event: "what", date: "when", place: "where", killed: "killed", injured: "injured", actor1: "actor", actor2: "actor", weapon: "weapon" };

// The quoted sentence with the words that state each field marked; words that stand elsewhere follow it.
function highlighted(s) {
  const letters = Array.from(s.quote); // offsets count code points, not UTF-16 units
  const marks = [];
  const elsewhere = [];
  for (const [field, spans] of Object.entries(s.evidence ?? {})) {
    for (const span of spans ?? []) {
      const at = span.start - s.start;
      const fits = at >= 0 && at + span.end - span.start <= letters.length
        && letters.slice(at, at + span.end - span.start).join("") === span.quote;
      if (fits) marks.push({ from: at, to: at + span.end - span.start, field });
      else if (span.quote) elsewhere.push({ field, quote: span.quote });
    }
  }
  marks.sort((a, b) => a.from - b.from || b.to - a.to);
  const out = el("p", { class: "cm-quote", dir: "auto" });
  let done = 0;
  for (const m of marks) {
    if (m.from < done) continue;
    out.append(letters.slice(done, m.from).join(""));
    out.append(el("mark", { class: "cm-w-" + m.field, title: "says " + (FIELD_WORDS[m.field] ?? m.field), text: letters.slice(m.from, m.to).join("") }));
    done = m.to;
  }
  out.append(letters.slice(done).join(""));
  const rest = elsewhere.map((e) => el("span", { class: "cm-elsewhere" }, (FIELD_WORDS[e.field] ?? e.field) + ": ", el("mark", { class: "cm-w-" + e.field, text: e.quote })));
  return rest.length ? [out, el("p", { class: "cm-fine" }, "Elsewhere in the text: ", rest)] : out;
}

function neighbours(incidents, row, km) {
  if (row >= incidents.points || incidents.points > 300000) return [];
  const here = incidents.position(row);
  const { lat } = unproject(here.x, here.y);
  const world = 40075 * Math.cos(lat * Math.PI / 180); // km around the world at this latitude
  const out = [];
  const reach = km / world * 4294967296;
  const [x, y] = [incidents.x[row], incidents.y[row]];
  for (let other = 0; other < incidents.points; other++) {
    if (!incidents.state[other] || other === row) continue;
    const [dx, dy] = [incidents.x[other] - x, incidents.y[other] - y];
    if (dx > reach || dx < -reach || dy > reach || dy < -reach) continue;
    const away = Math.hypot(dx, dy) / 4294967296 * world;
    if (away <= km) out.push({ row: other, km: away });
  }
  return out.sort((a, b) => a.km - b.km || a.row - b.row);
}
