/* The page of a map. Text from documents only ever becomes text: it is set through textContent or drawn on the canvas. */
"use strict";
(() => {
  const byId = (id) => document.getElementById(id);
  const data = JSON.parse(byId("map-data").textContent);
  const { organisations, initiatives, types, strings } = data;
  const collator = new Intl.Collator(document.documentElement.lang);
  const FAINT = 0.12;
  const LINE = "#8A97A6";

  /* ---- the facts, joined once ---- */

  const edges = new Map(data.edges.map((edge) => [edge.id, edge]));
  const placeOf = new Map(organisations.map((organisation, place) => [organisation.iri, place]));
  organisations.forEach((organisation, place) => {
    Object.assign(organisation, { place, label: data.nodes[place].label, edges: [], parts: [] });
  });
  for (const edge of edges.values()) {
    organisations[edge.from].edges.push(edge);
    organisations[edge.to].edges.push(edge);
  }
  for (const initiative of initiatives) {
    for (const part of initiative.parts) organisations[part.node].parts.push({ initiative, part });
  }
  const other = (edge, place) => organisations[edge.from === place ? edge.to : edge.from];
  const years = initiatives.flatMap((item) => [item.start, item.end]).filter(Boolean);
  const firstYear = years.length ? years.reduce((a, b) => Math.min(a, b)) : 0;
  const lastYear = years.length ? years.reduce((a, b) => Math.max(a, b)) : 0;
  const weights = data.edges.map((edge) => edge.weight);
  const lightest = weights.length ? weights.reduce((a, b) => Math.min(a, b)) : 0;
  const heaviest = weights.length ? weights.reduce((a, b) => Math.max(a, b)) : 0;
  const round = (number) => String(Math.round(number * 100) / 100);

  /* ---- elements ---- */

  function make(tag, properties = {}, ...children) {
    const element = Object.assign(document.createElement(tag), properties);
    element.append(...children);
    return element;
  }
  const link = (text, hash) =>
    make("button", { type: "button", className: "link", textContent: text, onclick: () => { go(hash); look(); } });
  const count = (number, one, many) => `${number} ${number === 1 ? one : many}`;
  const initiativeCount = (number) => count(number, strings.initiative, strings.initiatives);

  const CORNERS = {
    square: "2,2 16,2 16,16 2,16",
    triangle: "9,1.5 17,16 1,16",
    triangleDown: "1,2 17,2 9,16.5",
    diamond: "9,1 17,9 9,17 1,9",
    hexagon: "5,2 13,2 17,9 13,16 5,16 1,9",
    star: "9,1 11.2,6.6 17,7 12.5,10.8 14,16.8 9,13.5 4,16.8 5.5,10.8 1,7 6.8,6.6",
  };
  function symbol(type) {
    const svg = document.createElementNS("http://www.w3.org/2000/svg", "svg");
    const dot = type.shape === "dot";
    const shape = document.createElementNS(svg.namespaceURI, dot ? "circle" : "polygon");
    const attributes = dot ? { cx: 9, cy: 9, r: 7.5 } : { points: CORNERS[type.shape] };
    for (const [name, value] of Object.entries({ ...attributes, fill: type.colour, stroke: "#3D4A58" })) shape.setAttribute(name, value);
    svg.setAttribute("viewBox", "0 0 18 18");
    svg.setAttribute("class", "symbol");
    svg.setAttribute("aria-hidden", "true");
    svg.append(shape);
    return svg;
  }

  /* ---- filters ---- */

  const filter = {};
  function resetFilter() {
    Object.assign(filter, { types: new Set(types.keys()), minimum: lightest, from: firstYear, to: lastYear });
  }
  const wholePeriod = () => filter.from <= firstYear && filter.to >= lastYear;
  function inPeriod(initiative) {
    if (wholePeriod()) return true;
    const start = initiative.start ?? initiative.end;
    const end = initiative.end ?? initiative.start;
    return start !== undefined && start <= filter.to && end >= filter.from;
  }
  function weightOf(edge) {
    if (wholePeriod() || !edge.initiatives.length) return edge.weight;
    return edge.initiatives.map((item) => initiatives[item]).filter(inPeriod)
      .reduce((sum, initiative) => sum + (initiative.share ?? 1), 0);
  }
  const typeShown = (place) => filter.types.has(organisations[place].type);
  function edgeShown(edge) {
    const weight = weightOf(edge);
    return weight > 0 && weight >= filter.minimum - 1e-9 && typeShown(edge.from) && typeShown(edge.to);
  }
  function nodeShown(place) {
    const narrowed = !wholePeriod() || filter.minimum > lightest;
    return typeShown(place) && (!narrowed || organisations[place].edges.some((edge) => !edge.hidden));
  }

  /* ---- the map ---- */

  const nodeSet = new vis.DataSet(data.nodes.map(({ label, ...node }) => node));
  const edgeSet = new vis.DataSet(data.edges.map((edge) => ({
    id: edge.id, from: edge.from, to: edge.to, width: edge.width, color: { color: LINE, opacity: 0.5 },
  })));
  if (data.edges.length > 3000) data.options.interaction.hideEdgesOnDrag = true;
  const network = new vis.Network(byId("map"), { nodes: nodeSet, edges: edgeSet }, data.options);
  const usual = Math.min(0.75, Math.max(0.1, 16 / Math.sqrt(data.edges.length + 1)));
  let selection = null; // {node} or {edge}
  let hovered = null;

  function lit() {
    if (!selection) return null;
    if (selection.edge) return new Set([selection.edge.from, selection.edge.to]);
    const near = selection.node.edges.filter((edge) => !edge.hidden).map((edge) => other(edge, selection.node.place).place);
    return new Set([selection.node.place, ...near]);
  }
  let bright = null;
  function paint() {
    for (const edge of edges.values()) edge.hidden = !edgeShown(edge);
    for (const organisation of organisations) organisation.hidden = !nodeShown(organisation.place);
    bright = lit();
    nodeSet.update(organisations.map(({ place, hidden }) => ({
      id: place, hidden, opacity: !bright || bright.has(place) ? 1 : FAINT,
    })));
    edgeSet.update([...edges.values()].map((edge) => ({ id: edge.id, hidden: edge.hidden, color: edgeColour(edge) })));
    byId("status").textContent = strings.shown
      .replace("{nodes}", organisations.filter((item) => !item.hidden).length)
      .replace("{edges}", [...edges.values()].filter((edge) => !edge.hidden).length);
  }
  function edgeColour(edge) {
    const chosen = selection && (selection.edge === edge
      || (selection.node && (edge.from === selection.node.place || edge.to === selection.node.place)));
    if (chosen) return { color: "#33475B", highlight: "#33475B", hover: "#33475B", opacity: 0.6 };
    return { color: LINE, highlight: "#33475B", hover: "#33475B", opacity: selection ? 0.06 : usual };
  }

  /* ---- labels: the larger nodes first, none over another, more of them as one zooms in ---- */

  const FONT = 12.5;
  const SMALLEST = 5; // pixels: a node drawn smaller than this has no label until one zooms in …
  const ALWAYS = 40; // … unless it is one of so many largest
  const CERTAIN = 25; // so many may cover smaller nodes where there is no room beside them
  const CROWD = 600; // with more nodes in view, labels may cover nodes
  const ranked = [...organisations].sort((a, b) => b.count - a.count || b.edges.length - a.edges.length || a.place - b.place);
  const widths = new Map();
  const short = (text) => (text.length > 34 ? `${text.slice(0, 32).trimEnd()}…` : text);
  function widthOf(context, text) {
    if (!widths.has(text)) widths.set(text, context.measureText(text).width);
    return widths.get(text);
  }
  const apart = (a, b) => a.right < b.left || a.left > b.right || a.bottom < b.top || a.top > b.bottom;
  const clear = (box, boxes) => boxes.every((other) => apart(box, other));
  function labelOrder() {
    const first = [hovered, selection?.node?.place, selection?.edge?.from, selection?.edge?.to];
    const forced = [...new Set(first.filter((place) => Number.isInteger(place)))].map((place) => organisations[place]);
    const rest = ranked.filter((item) => !forced.includes(item) && (!bright || bright.has(item.place)));
    return { forced, all: [...forced, ...rest].filter((item) => !item.hidden) };
  }
  function onScreen() { // in pixels from the middle of the map's own coordinates
    const { width, height } = byId("map").getBoundingClientRect();
    const { x, y } = network.getViewPosition();
    const scale = network.getScale();
    const [middle, centre] = [x * scale, y * scale];
    return { left: middle - width / 2, right: middle + width / 2, top: centre - height / 2, bottom: centre + height / 2 };
  }
  function symbolBoxes(items) {
    const scale = network.getScale();
    const positions = network.getPositions();
    const view = onScreen();
    const boxes = items.map(({ place }) => {
      const [x, y, r] = [positions[place].x * scale, positions[place].y * scale, data.nodes[place].size * scale];
      return { place, x, y, r, left: x - r, right: x + r, top: y - r, bottom: y + r };
    });
    return boxes.filter((box) => !apart(box, view));
  }
  function places(box, width) { // below, above, right, left
    const half = width / 2 + 4;
    const at = (x, y) => ({ x, y, left: x - half, right: x + half, top: y - 2, bottom: y + FONT + 3 });
    const middle = box.y - FONT / 2;
    return [at(box.x, box.bottom + 3), at(box.x, box.top - FONT - 4), at(box.right + half, middle), at(box.left - half, middle)];
  }
  function drawLabels(context) {
    const scale = network.getScale();
    const { forced, all } = labelOrder();
    const symbols = symbolBoxes(all);
    const obstacles = symbols.length > CROWD ? [] : symbols;
    const boxes = [];
    const waiting = [];
    context.save();
    context.font = `${FONT}px system-ui, "Segoe UI", Roboto, "Liberation Sans", sans-serif`;
    symbols.forEach((box, rank) => {
      const must = forced.some((item) => item.place === box.place);
      if (!must && rank >= ALWAYS && box.r < SMALLEST) return;
      const { label } = organisations[box.place];
      const text = must ? label : short(label);
      const free = places(box, widthOf(context, text)).filter((place) => must || clear(place, boxes));
      const found = free.find((place) => clear(place, obstacles)) ?? (must || rank < CERTAIN || !obstacles.length ? free[0] : undefined);
      if (!found) return;
      boxes.push(found);
      waiting.push([text, found.x, found.y]);
    });
    context.scale(1 / scale, 1 / scale);
    Object.assign(context, { textAlign: "center", textBaseline: "top", lineJoin: "round", lineWidth: 4 });
    context.strokeStyle = "rgba(255, 255, 255, .9)";
    context.fillStyle = "#1b2733";
    for (const [text, x, y] of waiting) {
      context.strokeText(text, x, y);
      context.fillText(text, x, y);
    }
    context.restore();
  }
  function drawGround(context) { // a PNG without it would be transparent
    context.save();
    context.setTransform(1, 0, 0, 1, 0, 0);
    context.fillStyle = "#fff";
    context.fillRect(0, 0, context.canvas.width, context.canvas.height);
    context.restore();
  }

  /* ---- the card under the pointer ---- */

  const card = byId("card");
  function showCard(lines, pointer) {
    card.replaceChildren(...lines.map((line, number) => make(number ? "span" : "b", { textContent: line })));
    card.hidden = false;
    const room = byId("stage").getBoundingClientRect();
    const left = Math.min(pointer.x + 16, room.width - card.offsetWidth - 8);
    const top = pointer.y + 18 + card.offsetHeight > room.height ? pointer.y - card.offsetHeight - 12 : pointer.y + 18;
    Object.assign(card.style, { left: `${Math.max(left, 4)}px`, top: `${Math.max(top, 4)}px` });
  }
  const nodeLines = (item) => [
    item.label,
    types[item.type].label,
    `${initiativeCount(item.count)} · ${count(item.edges.length, strings.partner, strings.partnersCount)}`,
  ];
  const edgeLines = (edge) => [
    `${organisations[edge.from].label} – ${organisations[edge.to].label}`,
    `${strings.shared}: ${edge.initiatives.length} · ${strings.weight}: ${round(edge.weight)}`,
  ];

  /* ---- the panel ---- */

  const panel = byId("panel");
  const nodeHash = (place) => `#node=${encodeURIComponent(organisations[place].iri)}`;
  const edgeHash = (edge) =>
    `#edge=${encodeURIComponent(organisations[edge.from].iri)},${encodeURIComponent(organisations[edge.to].iri)}`;
  function showPanel(...children) {
    const close = make("button", { type: "button", className: "close", textContent: strings.close, onclick: () => { go("#"); } });
    panel.replaceChildren(close, ...children);
    panel.hidden = false;
    panel.scrollTop = 0;
  }
  const span = (item) => {
    const start = item.start ?? item.end;
    if (start === undefined) return item.published ? `${strings.published} ${item.published}` : "";
    return item.end && item.end !== start ? `${start}–${item.end}` : String(start);
  };
  const roleNames = (part) => part.roles.map((role) => strings[`role.${role}`] ?? role).join(", ");
  function initiativeItem(initiative, parts, named) {
    const facts = [strings[`kind.${initiative.kind}`] ?? initiative.kind, initiative.code, span(initiative)];
    const item = make("li", { className: "initiative" },
      make("b", { textContent: initiative.title ?? initiative.code ?? "" }),
      make("div", { className: "facts", textContent: facts.filter(Boolean).join(" · ") }));
    for (const part of parts) {
      const name = named ? `${organisations[part.node].label}: ` : "";
      item.append(make("div", { className: "part", textContent: name + roleNames(part) }));
      if (!part.quote) continue;
      const quote = make("blockquote", { textContent: part.quote });
      if (part.document) quote.append(make("cite", { textContent: part.document }));
      item.append(quote);
    }
    return item;
  }
  const byYear = (a, b) => (b.start ?? b.end ?? 0) - (a.start ?? a.end ?? 0) || collator.compare(a.title, b.title);
  function partnerItem(edge, place) {
    const partner = other(edge, place);
    return make("li", { className: "partner" },
      link(partner.label, nodeHash(partner.place)),
      link(initiativeCount(edge.initiatives.length), edgeHash(edge)));
  }
  function showNode(item) {
    const partners = item.edges.filter((edge) => !edge.hidden).sort((a, b) =>
      b.weight - a.weight || collator.compare(other(a, item.place).label, other(b, item.place).label));
    const parts = item.parts.filter(({ initiative }) => inPeriod(initiative))
      .sort((a, b) => byYear(a.initiative, b.initiative));
    const lines = nodeLines(item).slice(1).map((line) => make("p", { textContent: line }));
    if (item.owner) lines.push(make("p", { textContent: `${strings.unitOf}: ${item.owner}` }));
    showPanel(make("h2", { textContent: item.label }), ...lines,
      make("h3", { textContent: `${strings.partners} (${partners.length})` }),
      make("ul", {}, ...partners.map((edge) => partnerItem(edge, item.place))),
      make("h3", { textContent: `${strings.initiativesHeading} (${parts.length})` }),
      make("ul", {}, ...parts.map(({ initiative, part }) => initiativeItem(initiative, [part], false))));
  }
  function showEdge(edge) {
    const ends = [edge.from, edge.to];
    const shared = edge.initiatives.map((number) => initiatives[number]).filter(inPeriod).sort(byYear);
    const items = shared.map((initiative) =>
      initiativeItem(initiative, ends.flatMap((end) => initiative.parts.filter((part) => part.node === end)), true));
    showPanel(
      make("h2", {}, link(organisations[edge.from].label, nodeHash(edge.from)), " – ",
        link(organisations[edge.to].label, nodeHash(edge.to))),
      make("p", { textContent: `${strings.weight}: ${round(weightOf(edge))}` }),
      make("h3", { textContent: `${strings.shared} (${shared.length})` }),
      make("ul", {}, ...items));
  }

  /* ---- the table ---- */

  const table = byId("table");
  function tableRow(item) {
    const partners = item.edges.map((edge) => other(edge, item.place).label).sort(collator.compare);
    return make("tr", {},
      make("th", { scope: "row" }, link(item.label, nodeHash(item.place))),
      make("td", { textContent: types[item.type].label }),
      make("td", { className: "number", textContent: item.count }),
      make("td", { className: "number", textContent: partners.length }),
      make("td", { className: "partners", textContent: partners.join("; ") }));
  }
  function buildTable() {
    const names = [strings.organisation, strings.type, strings.initiativesHeading, strings.partners];
    const head = names.map((name, place) => make("th", { scope: "col", textContent: name, colSpan: place === 3 ? 2 : 1 }));
    const rows = [...organisations].sort((a, b) => collator.compare(a.label, b.label) || a.place - b.place);
    table.replaceChildren(make("table", {},
      make("thead", {}, make("tr", {}, ...head)), make("tbody", {}, ...rows.map(tableRow))));
  }
  function showTable(on) {
    if (on && !table.firstChild) buildTable();
    table.hidden = !on;
    byId("stage").hidden = on;
    byId("toggle").textContent = on ? strings.showMap : strings.showTable;
    byId("toggle").setAttribute("aria-pressed", String(on));
    if (on) table.focus();
  }

  /* ---- the address says what is shown, so that a view can be linked to and the way back works ---- */

  function go(hash) {
    if (location.hash !== hash && !(hash === "#" && !location.hash)) location.hash = hash;
    follow(); // at once; the event that the new address fires changes nothing more
  }
  function parse() {
    const [name, value = ""] = location.hash.slice(1).split("=");
    const places = value.split(",").map((part) => {
      try { return placeOf.get(decodeURIComponent(part)); } catch { return undefined; }
    });
    if (name === "node" && places[0] !== undefined) return { node: organisations[places[0]] };
    if (name !== "edge") return null;
    const edge = data.edges.find((item) => places.includes(item.from) && places.includes(item.to));
    return edge ? { edge } : null;
  }
  function follow() {
    if (location.hash === "#table") showTable(true);
    selection = parse();
    paint();
    network.selectNodes(selection?.node ? [selection.node.place] : []);
    if (selection?.edge) network.selectEdges([selection.edge.id]);
    if (selection?.node) showNode(selection.node);
    else if (selection?.edge) showEdge(selection.edge);
    else panel.hidden = true;
  }
  function look() { // at what is selected and all around it
    if (!table.hidden || !bright) return;
    network.setSize("100%", "100%"); // the panel may just have taken room
    network.fit({ nodes: [...bright], maxZoomLevel: 1.1, animation: false });
  }

  /* ---- controls ---- */

  function buildTypes() {
    const counts = types.map((_, number) => organisations.filter((item) => item.type === number).length);
    byId("types").replaceChildren(...types.map((type, number) => {
      const box = make("input", { type: "checkbox", checked: filter.types.has(number) });
      box.addEventListener("change", () => {
        if (box.checked) filter.types.add(number); else filter.types.delete(number);
        refresh();
      });
      return make("li", {}, make("label", {}, box, symbol(type),
        make("span", { className: "name", textContent: type.label }),
        make("span", { className: "number", textContent: counts[number] })));
    }));
  }
  function setRange(id, least, most, value, step) {
    Object.assign(byId(id), { min: least, max: most, step }).value = value;
  }
  function buildControls() {
    resetFilter();
    buildTypes();
    const whole = weights.every(Number.isInteger);
    setRange("minimum", whole ? lightest : 0, heaviest, whole ? lightest : 0, whole ? 1 : "any");
    setRange("from", firstYear, lastYear, firstYear, 1);
    setRange("to", firstYear, lastYear, lastYear, 1);
    byId("minimum-group").hidden = lightest === heaviest;
    byId("period-group").hidden = firstYear === lastYear;
    sayFilters();
  }
  function sayFilters() {
    byId("minimum-value").textContent = round(Math.max(filter.minimum, lightest));
    byId("period-value").textContent = `${filter.from}–${filter.to}`;
  }
  function refresh() {
    sayFilters();
    follow();
  }
  function search() {
    const wanted = byId("search").value.trim().toLocaleLowerCase();
    const names = organisations.map((item) => item.label.toLocaleLowerCase());
    const found = [names.indexOf(wanted), names.findIndex((n) => n.startsWith(wanted)), names.findIndex((n) => n.includes(wanted))]
      .find((place) => place >= 0);
    const missing = !wanted || found === undefined;
    byId("search-result").textContent = wanted && missing ? strings.notFound : "";
    if (missing) return;
    filter.types.add(organisations[found].type);
    buildTypes();
    go(nodeHash(found));
    look();
  }
  function save() {
    const address = byId("map").querySelector("canvas").toDataURL("image/png");
    make("a", { href: address, download: `${document.title.replace(/[^\p{L}\p{N}]+/gu, "-").slice(0, 60) || "map"}.png` }).click();
  }

  function listen() {
    byId("controls").addEventListener("submit", (event) => { event.preventDefault(); search(); });
    byId("search").addEventListener("change", search);
    byId("minimum").addEventListener("input", (event) => { filter.minimum = Math.max(Number(event.target.value), lightest); refresh(); });
    byId("from").addEventListener("input", (event) => {
      filter.from = Number(event.target.value);
      if (filter.to < filter.from) byId("to").value = filter.to = filter.from;
      refresh();
    });
    byId("to").addEventListener("input", (event) => {
      filter.to = Number(event.target.value);
      if (filter.from > filter.to) byId("from").value = filter.from = filter.to;
      refresh();
    });
    byId("reset").addEventListener("click", () => { buildControls(); go("#"); fitAll(); });
    byId("fit").addEventListener("click", fitAll);
    byId("toggle").addEventListener("click", () => {
      const on = table.hidden;
      showTable(on);
      if (on !== (location.hash === "#table")) go(on ? "#table" : "#");
    });
    byId("save").addEventListener("click", save);
    document.addEventListener("keydown", (event) => { if (event.key === "Escape") go("#"); });
    window.addEventListener("hashchange", follow);
    network.on("click", ({ nodes, edges: lines }) => {
      go(nodes.length ? nodeHash(nodes[0]) : lines.length ? edgeHash(edges.get(lines[0])) : "#");
    });
    network.on("hoverNode", ({ node, pointer }) => { hovered = node; showCard(nodeLines(organisations[node]), pointer.DOM); });
    network.on("hoverEdge", ({ edge, pointer }) => { showCard(edgeLines(edges.get(edge)), pointer.DOM); });
    for (const event of ["blurNode", "blurEdge", "dragStart", "zoom"]) {
      network.on(event, () => { hovered = null; card.hidden = true; });
    }
    // The view is fitted again when the page settles or its window changes, until the reader moves it.
    for (const event of ["dragStart", "zoom"]) network.on(event, () => { moved = true; });
    network.on("resize", () => { if (!moved) requestAnimationFrame(fitAll); });
    network.on("beforeDrawing", drawGround);
    network.on("afterDrawing", drawLabels);
  }

  // vis-network's own fit leaves out the room that labels take and, before the first drawing, the size of nodes.
  let moved = false;
  function fitAll() {
    moved = false;
    const shown = organisations.filter((item) => !item.hidden).map((item) => item.place);
    const points = Object.values(network.getPositions(shown));
    if (!points.length) return;
    const xs = points.map((point) => point.x), ys = points.map((point) => point.y);
    const [left, right, top, bottom] = [Math.min(...xs), Math.max(...xs), Math.min(...ys), Math.max(...ys)];
    const { width, height } = byId("map").getBoundingClientRect();
    const scale = Math.min(2, (width - 180) / Math.max(1, right - left), (height - 120) / Math.max(1, bottom - top));
    network.moveTo({ position: { x: (left + right) / 2, y: (top + bottom) / 2 }, scale, animation: false });
  }

  byId("names").append(...organisations.map((item) => make("option", { value: item.label })));
  buildControls();
  listen();
  fitAll();
  follow();
  look();
  document.documentElement.dataset.ready = "yes";
})();
