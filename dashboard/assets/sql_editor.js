// A text area over its own highlighted copy: small enough to read, nothing fetched.
// Python sends `text` anew only with another `revision`, so that a rerun never moves the cursor.

const KEYWORDS = new Set(
  ("all and any as asc between by case cast cross cube current_date date day desc describe distinct else end except " +
    "exists extract false filter first following for from full group grouping having ilike in inner intersect " +
    "interval is join lateral last left like limit month natural not null nulls offset on or order outer over " +
    "partition pivot preceding qualify range recursive right rollup row rows select sets show summarize table then " +
    "timestamp true unbounded union unnest unpivot using values when where window with year").split(" ")
);
const TOKEN =
  /--[^\n]*|\/\*[\s\S]*?(?:\*\/|$)|'(?:[^']|'')*(?:'|$)|"[^"]*(?:"|$)|\b\d+(?:\.\d+)?\b|[\p{L}_][\p{L}\p{N}_]*/gu;

function kindOf(token, rest) {
  if (token.startsWith("--") || token.startsWith("/*")) return "comment";
  if (token[0] === "'") return "string";
  if (token[0] === '"') return "name";
  if (/^\d/.test(token)) return "number";
  if (KEYWORDS.has(token.toLowerCase())) return "keyword";
  return /^\s*\(/.test(rest) ? "function" : "";
}

// Coloured pieces of the text, line by line: [[text, kind], …] per line.
function lines(text) {
  const found = [[]];
  const add = (piece, kind) =>
    piece.split("\n").forEach((part, number) => {
      if (number) found.push([]);
      if (part) found[found.length - 1].push([part, kind]);
    });
  let at = 0;
  for (const match of text.matchAll(TOKEN)) {
    const end = match.index + match[0].length;
    add(text.slice(at, match.index), "");
    add(match[0], kindOf(match[0], text.slice(end, end + 8)));
    at = end;
  }
  add(text.slice(at), "");
  return found;
}

function paint(copy, text, fault) {
  copy.replaceChildren(
    ...lines(text).map((pieces, number) => {
      const line = document.createElement("div");
      line.className = number + 1 === fault ? "line fault" : "line";
      line.append(
        ...pieces.map(([part, kind]) => {
          const span = document.createElement("span");
          span.className = kind;
          span.textContent = part;
          return span;
        }),
        "\u200b"
      );
      return line;
    })
  );
}

const known = new WeakMap();

export default function (component) {
  const { data, parentElement, setStateValue, setTriggerValue } = component;
  const area = parentElement.querySelector("textarea");
  const copy = parentElement.querySelector(".copy");
  const state = known.get(parentElement) ?? { revision: null, sent: null, fault: 0 };
  known.set(parentElement, state);

  const show = () => {
    paint(copy, area.value, state.fault);
    area.style.height = `${copy.scrollHeight}px`;
    area.style.width = `${copy.scrollWidth}px`;
  };
  const send = () => {
    if (area.value === state.sent) return;
    state.sent = area.value;
    setStateValue("text", area.value);
  };

  if (state.revision !== data.revision) {
    state.revision = data.revision;
    state.sent = area.value = data.text;
  }
  state.fault = area.value === data.faulty ? data.fault : 0;
  area.setAttribute("aria-label", data.label);
  parentElement.querySelector(".hint").textContent = data.hint;
  area.oninput = () => {
    state.fault = 0;
    show();
  };
  area.onblur = send;
  area.onkeydown = (event) => {
    if (event.key !== "Enter" || !(event.ctrlKey || event.metaKey)) return;
    event.preventDefault();
    state.sent = area.value;
    setTriggerValue("run", area.value);
  };
  show();
}
