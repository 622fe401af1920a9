"use strict";
// Sorting, filters, search and permalinks. The page is whole without this; state lives in the address's fragment.
(() => {
  const all = (selector, inside = document) => [...inside.querySelectorAll(selector)];
  const get = (id) => document.getElementById(id);
  const settings = all("select[data-setting]");
  const toggles = all(".columns input");
  const fields = { q: get("q"), slice: get("slice") };
  for (const each of settings) fields[each.dataset.setting] = each;
  const tables = all("table.results");
  const collator = new Intl.Collator("en", { numeric: true });
  const original = new Map(tables.map((table) => [table, [...table.tBodies[0].rows]]));

  // State is {field: value}, {columns: "a,b"} and {sort: "column" or "-column"}; what is not there is as it was at first.
  const isState = () => location.hash === "" || location.hash.includes("=");
  const read = () => Object.fromEntries(new URLSearchParams(location.hash.slice(1)));
  let state = {};

  function write(change, replace = false) {
    const next = { ...state, ...change };
    for (const key of Object.keys(next)) if (!next[key]) delete next[key];
    const hash = `#${new URLSearchParams(next)}`;
    if (replace) history.replaceState(null, "", hash);
    else history.pushState(null, "", hash);
    apply(next);
  }

  const nameOf = (row) => row.querySelector("th a").textContent;
  const valueOf = (row, column) => row.cells[column].dataset.v ?? nameOf(row);

  function compare(column, down) {
    return (a, b) => {
      const [x, y] = [valueOf(a, column), valueOf(b, column)];
      if (x === "" || y === "") return (x === "") - (y === ""); // what is missing comes last, whichever way
      const numbers = isFinite(x) && isFinite(y);
      const order = numbers ? x - y : collator.compare(x, y);
      return down ? -order : order;
    };
  }

  function sort(table, wanted) {
    const name = wanted.replace(/^-/, "") || "rank";
    const heads = [...table.tHead.rows[0].cells];
    const column = heads.findIndex((head) => head.dataset.column === name);
    const rows = [...original.get(table)];
    if (wanted && column >= 0) rows.sort(compare(column, wanted.startsWith("-")));
    table.tBodies[0].append(...rows);
    heads.forEach((head, at) => {
      if (at === (column < 0 ? 0 : column)) head.ariaSort = wanted.startsWith("-") ? "descending" : "ascending";
      else head.ariaSort = null;
    });
  }

  function apply(next) {
    state = next;
    for (const [name, field] of Object.entries(fields)) {
      if (field.value !== (state[name] ?? "")) field.value = state[name] ?? "";
    }
    const columns = (state.columns ?? "").split(",");
    for (const each of toggles) each.checked = columns.includes(each.value);
    for (const table of tables) sort(table, state.sort ?? "");
    const words = (state.q ?? "").toLowerCase().split(/\s+/);
    let shown = 0;
    for (const board of all("section.board")) {
      const fits = settings.every((each) => [undefined, board.getAttribute(`data-${each.dataset.setting}`)].includes(state[each.dataset.setting]));
      const slices = all(".slice", board);
      const chosen = slices.find((each) => each.dataset.slice === (state.slice ?? ""));
      board.hidden = !fits || !chosen;
      for (const each of slices) {
        each.hidden = Boolean(state.slice) && each !== chosen;
        if (each.matches("details") && state.slice) each.open = true;
      }
      for (const row of all("tbody tr", board).filter((each) => each.closest("table.results"))) {
        const model = nameOf(row).toLowerCase();
        row.hidden = !words.every((word) => model.includes(word));
        if (!board.hidden && !row.hidden && row.closest(".slice") === chosen) shown += 1;
      }
    }
    const head = document.querySelector("th[aria-sort]");
    const by = state.sort ? `, sorted by ${head.dataset.label}, ${head.ariaSort}` : "";
    get("status").textContent = Object.keys(state).some((key) => key !== "columns") ? `${shown} ${shown === 1 ? "row" : "rows"}${by}` : "";
  }

  function visit() {
    if (isState()) return apply(read());
    const target = get(decodeURIComponent(location.hash.slice(1)));
    for (let each = target; each; each = each.parentElement) if (each.matches("details")) each.open = true;
    target?.scrollIntoView();
  }

  for (const head of all("table.results thead th")) {
    const { column, better } = head.dataset;
    const button = document.createElement("button");
    head.dataset.label = head.firstChild.textContent.trim();
    button.type = "button";
    button.append(...head.childNodes);
    button.addEventListener("click", () => {
      // the first press shows the best (or, of what has no better, the largest) on top; the next turns it round
      const text = ["rank", "model", "date", "condition", "persona", "protocol"].includes(column);
      const first = better === "lower" || text ? column : `-${column}`;
      const other = first === column ? `-${column}` : column;
      write({ sort: (state.sort ?? "rank") === first ? other : first === "rank" ? "" : first });
    });
    head.append(button);
  }
  for (const [name, field] of Object.entries(fields)) {
    field.addEventListener("input", () => write({ [name]: field.value }, name === "q"));
  }
  for (const each of toggles) {
    each.addEventListener("change", () => {
      write({ columns: toggles.filter((one) => one.checked).map((one) => one.value).join(",") });
    });
  }
  get("reset").addEventListener("click", () => write(Object.fromEntries(Object.keys(state).map((key) => [key, ""]))));
  get("filters").hidden = false;

  // the page carries its files within, deflated, so that they can be had where it stands alone
  async function unpack(text, type) {
    const packed = Uint8Array.from(atob(text), (char) => char.charCodeAt(0));
    const stream = new Blob([packed]).stream().pipeThrough(new DecompressionStream("deflate"));
    return new Blob([await new Response(stream).arrayBuffer()], { type });
  }
  for (const link of all("a[data-embedded]")) {
    link.addEventListener("click", async (event) => {
      if (link.protocol === "blob:") return;
      event.preventDefault();
      link.href = URL.createObjectURL(await unpack(get(link.dataset.embedded).textContent, link.dataset.type));
      link.click();
    });
  }
  addEventListener("hashchange", visit);
  visit();
})();
