// What the report's page is drawn with; report.js imports it, and both are written into one script.
/** An element with its attributes and what is in it. */
export function el(name, attributes = {}, ...children) {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) {
    if (key.startsWith("on")) made.addEventListener(key.slice(2), value);
    else if (value !== null && value !== false) made.setAttribute(key, value === true ? "" : value);
  }
  made.append(...children.filter((child) => child !== null));
  return made;
}

export function svg(name, attributes, ...children) {
  const made = document.createElementNS("http://www.w3.org/2000/svg", name);
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
  made.append(...children);
  return made;
}

export const share = (value) => (value === null || value === undefined ? "–" : value.toFixed(3));
export const percent = (value) =>
  value === null || value === undefined ? "–" : `${(value * 100).toFixed(1)}\u00a0%`;
export const range = (pair) => (pair ? `${pair[0].toFixed(2)}–${pair[1].toFixed(2)}` : "–");
export const grade = (value) =>
  value === null ? "" : value >= 0.9 ? "good" : value >= 0.75 ? "fair" : "bad";

/** A chart of points from 0 to 1 on both sides. */
export function chart(points, { x, y, diagonal, top }) {
  const [left, right, width, height] = [36, 330, 340, 220];
  const across = (value) => left + value * (right - left);
  const up = (value) => 190 - (value / top) * 180;
  const parts = [0, 0.25, 0.5, 0.75, 1].flatMap((tick) => [
    svg("line", { x1: left, x2: right, y1: up(tick * top), y2: up(tick * top), stroke: "var(--line)" }),
    svg("text", { x: 0, y: up(tick * top) + 4, fill: "var(--soft)" }, (tick * top).toFixed(2)),
    svg("text", { x: across(tick) - 8, y: 206, fill: "var(--soft)" }, String(tick)),
  ]);
  if (diagonal)
    parts.push(
      svg("line", {
        x1: left,
        y1: up(0),
        x2: right,
        y2: up(1),
        stroke: "var(--soft)",
        "stroke-dasharray": "4 4",
      }),
    );
  const line = points.map((point) => `${across(point.x)},${up(point.y)}`).join(" ");
  parts.push(svg("polyline", { points: line, fill: "none", stroke: "var(--accent)", "stroke-width": 2 }));
  for (const point of points) {
    const dot = svg("circle", {
      cx: across(point.x),
      cy: up(point.y),
      r: point.r ?? 3.5,
      fill: "var(--accent)",
    });
    dot.append(svg("title", {}, point.title));
    parts.push(dot);
  }
  parts.push(
    svg("text", { x: right - 70, y: 219, fill: "var(--soft)" }, x),
    svg("text", { x: left, y: 9, fill: "var(--soft)" }, y),
  );
  return svg("svg", { viewBox: `0 0 ${width} ${height}`, class: "chart", role: "img" }, ...parts);
}
