// What the page does in the browser beside Streamlit: its language, pictures of charts, printing, names of menus.
// It stands in the page shell (asgi.py), fetches only the page's own font, and needs nothing from another machine.
(() => {
  const SVG = "http://www.w3.org/2000/svg";
  const MARGIN = 16, LINE = 20, SCALE = 2;
  const FONT = '"Source Sans", sans-serif';

  // The language of the page follows the address, which follows the reader's choice.
  const speak = () => {
    const asked = new URLSearchParams(location.search).get("lang");
    document.documentElement.lang = asked === "en" ? "en" : "vi";
  };
  for (const name of ["pushState", "replaceState"]) {
    const original = history[name];
    history[name] = function (...given) {
      original.apply(this, given);
      speak();
    };
  }
  addEventListener("popstate", speak);

  // The sign-in leads back to the first page. The page that was wanted is kept in this tab, at most as long as a sign-in
  // may take, and opened instead; only a path of this very site counts, whoever wrote it there.
  const WANTED = "td-wanted", SIGN_IN_MS = 15 * 60 * 1000;
  const ownPath = (path) => {
    if (typeof path !== "string" || !/^\/(?![/\\])/.test(path)) return null;
    const found = new URL(path, location.origin);
    return found.origin === location.origin ? found.pathname + found.search : null;
  };
  const keepWanted = () => {
    const wanted = { path: location.pathname + location.search, at: Date.now() };
    sessionStorage.setItem(WANTED, JSON.stringify(wanted));
  };
  const openWanted = () => {
    const kept = sessionStorage.getItem(WANTED);
    if (!kept || location.pathname !== "/" || location.search) return;
    sessionStorage.removeItem(WANTED);
    const { path, at } = JSON.parse(kept);
    const own = Math.abs(Date.now() - at) < SIGN_IN_MS ? ownPath(path) : null;
    if (own) history.replaceState(history.state, "", own);
  };
  try {
    openWanted();
  } catch { /* A browser that keeps nothing, or what is kept is broken: the first page it is. */ }
  addEventListener("click", (event) => {
    if (!event.target.closest?.(".st-key-sign_in_button button")) return;
    try {
      keepWanted();
    } catch { /* As above. */ }
  }, true);

  // Streamlit's narrow menu is a list whose items are no children of it: to a screen reader, a row of links is true.
  const mendMenu = () => {
    for (const list of document.querySelectorAll("ul[data-testid=stSidebarNavItems]:not([role])")) {
      list.setAttribute("role", "presentation");
    }
    for (const item of document.querySelectorAll("[data-testid=stSidebarNavItems] li:not([role])")) {
      item.setAttribute("role", "presentation");
    }
  };

  // Streamlit's own names of its controls are English only; a screen reader would read them as Vietnamese.
  const NAMES = {
    "Skip to main content": "Đến nội dung chính", "Main menu": "Trình đơn của trang",
    "Link to heading": "Liên kết đến đề mục", "Fullscreen": "Toàn màn hình",
    "Close fullscreen": "Thoát toàn màn hình", "Show/hide columns": "Ẩn, hiện cột",
    "Download as CSV": "Tải bảng này dạng CSV", "Search": "Tìm trong bảng", "Close": "Đóng",
  };
  const nameControls = () => {
    const isVietnamese = document.documentElement.lang === "vi";
    const named = "button[aria-label], a[aria-label], [data-testid=stSkipToContent]";
    for (const control of document.querySelectorAll(named)) {
      const said = control.getAttribute("aria-label") ?? control.textContent;
      if (!isVietnamese && control.dataset.english) {
        control.setAttribute("aria-label", control.dataset.english);
        delete control.dataset.english;
      } else if (isVietnamese) {
        const [name, ...about] = said.split(": ");
        if (!(name in NAMES)) continue;
        control.dataset.english = said;
        control.setAttribute("aria-label", [NAMES[name], ...about].join(": "));
      }
    }
  };

  const element = (name, attributes, text = "") => {
    const made = document.createElementNS(SVG, name);
    for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
    made.textContent = text;
    return made;
  };

  const width = (text, font) => {
    const context = document.createElement("canvas").getContext("2d");
    context.font = font;
    return context.measureText(text).width;
  };

  const wrapped = (text, room, font) => {
    const lines = [""];
    for (const word of text.split(/\s+/)) {
      const longer = `${lines.at(-1)} ${word}`.trim();
      if (lines.at(-1) && width(longer, font) > room) lines.push(word);
      else lines[lines.length - 1] = longer;
    }
    return lines;
  };

  const base64 = async (address) => {
    const bytes = new Uint8Array(await (await fetch(address)).arrayBuffer());
    let text = "";
    for (let at = 0; at < bytes.length; at += 32768) text += String.fromCharCode(...bytes.subarray(at, at + 32768));
    return btoa(text);
  };

  // A picture knows nothing of the page's fonts, so the one that charts are written in goes inside.
  let font;
  const fontRule = () => (font ??= (async () => {
    for (const sheet of document.styleSheets) {
      for (const rule of sheet.cssRules) {
        if (!(rule instanceof CSSFontFaceRule) || !/Source Sans/.test(rule.style.fontFamily)) continue;
        if (/Mono|Serif|italic/i.test(rule.style.fontFamily + rule.style.fontStyle)) continue;
        const address = new URL(rule.style.src.match(/url\("?([^")]+)/)[1], sheet.href ?? location.href);
        return `@font-face{font-family:"Source Sans";font-weight:200 900;src:url(data:font/woff2;base64,${await base64(address)})}`;
      }
    }
    return "";
  })().catch(() => ""));

  const layers = (chart) =>
    [...chart.querySelectorAll(".main-svg, .gl-container canvas")].filter((each) => !each.closest(".modebar"));

  // Title above, day and version below, "simulated" across: all inside, so that the picture can be traced alone.
  const picture = async (chart, about) => {
    const room = chart.clientWidth, height = chart.clientHeight;
    const title = wrapped(about.title, room, `600 15px ${FONT}`);
    const note = wrapped([about.simulated, about.note].filter(Boolean).join(" · "), room, `12px ${FONT}`);
    const top = MARGIN + title.length * LINE + 6;
    const size = { width: room + 2 * MARGIN, height: top + height + note.length * 16 + 2 * MARGIN };
    const root = element("svg", { xmlns: SVG, viewBox: `0 0 ${size.width} ${size.height}`, ...size });
    root.append(element("title", {}, about.title), element("style", {}, await fontRule()));
    root.append(element("rect", { width: size.width, height: size.height, fill: "#ffffff" }));
    const text = (line, x, y, more) => root.append(element("text", { x, y, "font-family": FONT, ...more }, line));
    title.forEach((line, row) =>
      text(line, MARGIN, MARGIN + 14 + row * LINE, { "font-size": 15, "font-weight": 600, fill: "#1F2933" }));
    for (const layer of layers(chart)) {
      const box = { x: MARGIN, y: top, width: room, height };
      if (layer instanceof SVGElement) {
        const copy = layer.cloneNode(true);
        for (const [key, value] of Object.entries(box)) copy.setAttribute(key, value);
        copy.removeAttribute("style");
        root.append(copy);
      } else if (layer.width) root.append(element("image", { ...box, href: layer.toDataURL() }));
    }
    if (about.simulated) {
      const middle = [size.width / 2, top + height / 2];
      text(about.simulated, ...middle, {
        "text-anchor": "middle", "font-size": Math.max(22, room / 14), "font-weight": 700, fill: "#9B1C1C",
        "fill-opacity": 0.13, transform: `rotate(-18 ${middle})`,
      });
    }
    note.forEach((line, row) =>
      text(line, MARGIN, top + height + MARGIN + 8 + row * 16, { "font-size": 12, fill: "#5B6670" }));
    return { root, size };
  };

  const save = (blob, name) => {
    const link = document.createElement("a");
    link.href = URL.createObjectURL(blob);
    link.download = name;
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 60000);
  };

  const drawn = async (svg, size) => {
    const image = new Image();
    image.src = URL.createObjectURL(svg);
    await image.decode();
    const canvas = Object.assign(document.createElement("canvas"), {
      width: size.width * SCALE, height: size.height * SCALE,
    });
    canvas.getContext("2d").drawImage(image, 0, 0, canvas.width, canvas.height);
    URL.revokeObjectURL(image.src);
    return new Promise((resolve) => canvas.toBlob(resolve, "image/png"));
  };

  document.addEventListener("click", async (event) => {
    const button = event.target.closest?.("button.td-picture");
    const chart = button?.closest("[class*=st-key-picture_]")?.querySelector(".js-plotly-plot");
    if (!chart) return;
    const about = button.parentElement.dataset;
    const { root, size } = await picture(chart, about);
    const svg = new Blob([new XMLSerializer().serializeToString(root)], { type: "image/svg+xml" });
    const page = location.pathname.split("/").filter(Boolean).at(-1) ?? "tong-quan";
    const name = `${page}_${about.stem}.${button.dataset.format}`;
    save(button.dataset.format === "svg" ? svg : await drawn(svg, size), name);
  });

  // Ctrl+P asks for the sheet: tables whole, charts as wide as the paper. It prints itself once it is complete.
  const printing = () => document.querySelector(".td-print-view");
  document.addEventListener("keydown", (event) => {
    const button = document.querySelector(".st-key-print_view button");
    if (!(event.ctrlKey || event.metaKey) || event.key.toLowerCase() !== "p" || printing() || !button) return;
    event.preventDefault();
    button.click();
  });
  const isComplete = () =>
    document.querySelector("[data-testid=stApp]")?.dataset.testScriptState === "notRunning"
    && document.querySelector(".td-footer") && !document.querySelector("[data-stale=true]")
    && [...document.querySelectorAll("[class*=st-key-picture_]")].every((chart) => chart.querySelector(".main-svg"));
  const fitTables = () => {
    for (const table of document.querySelectorAll("table.td-plain")) {
      table.style.zoom = Math.min(1, table.parentElement.clientWidth / table.scrollWidth);
    }
  };
  let timer = null, calm = 0;
  const printWhenComplete = () => {
    if (!printing()) {
      clearInterval(timer);
      timer = null;
    } else if (timer === null) {
      calm = 0;
      timer = setInterval(() => {
        calm = isComplete() ? calm + 1 : 0;
        if (calm === 5) {
          fitTables();
          print();
        }
      }, 200);
    }
  };

  // Printed from the browser's own menu, charts are at least shrunk to the paper instead of cut off.
  const PAPER = 700;
  addEventListener("beforeprint", () => {
    for (const chart of document.querySelectorAll("[data-testid=stPlotlyChart]")) {
      const wide = chart.querySelector(".main-svg")?.clientWidth ?? 0;
      if (wide > PAPER) chart.style.zoom = PAPER / wide;
    }
  });
  addEventListener("afterprint", () => {
    for (const chart of document.querySelectorAll("[data-testid=stPlotlyChart]")) chart.style.zoom = "";
  });

  let isPlanned = false;
  addEventListener("DOMContentLoaded", () => {
    speak();
    new MutationObserver(() => {
      if (isPlanned) return;
      isPlanned = true;
      requestAnimationFrame(() => {
        isPlanned = false;
        mendMenu();
        nameControls();
        printWhenComplete();
      });
    }).observe(document.body, { childList: true, subtree: true });
  });
})();
