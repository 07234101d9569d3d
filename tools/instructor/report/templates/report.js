"use strict";
// Sorting and filtering of the heat map; the page is complete without it.
(() => {
  const map = document.querySelector("table.map"), body = map.tBodies[0];
  const rows = [...body.rows], form = document.querySelector("form.filter");
  const text = (row, column) => row.cells[column].textContent;
  const order = "✓W?TMOXRIC·–";
  const rank = (row, column) => {
    if (column === 1) return -Number(text(row, column));
    return order.indexOf(text(row, column)[0]);
  };
  [...map.tHead.rows[0].cells].forEach((head, column) => {
    const button = document.createElement("button");
    button.type = "button";
    button.textContent = "↕";
    button.setAttribute("aria-label", "sort by " + head.textContent);
    let turn = 1;
    button.onclick = () => {
      const compare = column === 0 ? (a, b) => text(a, 0).localeCompare(text(b, 0), "en")
                                   : (a, b) => rank(a, column) - rank(b, column);
      rows.sort((a, b) => turn * compare(a, b));
      turn = -turn;
      body.append(...rows);
      for (const other of map.tHead.rows[0].cells) other.removeAttribute("aria-sort");
      head.setAttribute("aria-sort", turn < 0 ? "ascending" : "descending");
    };
    head.append(button);
  });
  const wanted = form.querySelector("input");
  wanted.oninput = () => {
    const what = wanted.value.trim().toLowerCase();
    let shown = 0;
    for (const row of rows) {
      const states = [...row.querySelectorAll("a[title]")].map((a) => a.title).join("\n");
      row.hidden = !(text(row, 0) + "\n" + states).toLowerCase().includes(what);
      shown += !row.hidden;
    }
    form.querySelector("output").textContent = what ? shown + " of " + rows.length : "";
  };
  form.onsubmit = () => false;
  form.hidden = false;
})();
