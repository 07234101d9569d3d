// Steps through a computation graph: forward fills in the values, backward the gradients. The
// picture is the static one; its letters are changed, so that without this script all of it stands.
"use strict";
(() => {
  const figure = document.currentScript.previousElementSibling;
  const { nodes, steps } = JSON.parse(figure.querySelector("script[type='application/json']").textContent);
  const controls = figure.querySelector(".steps-controls");
  const said = figure.querySelector(".steps-said");
  const count = figure.querySelector(".steps-count");
  const prefix = figure.id.replace(/^figure_/, "") + "-";
  const part = (id) => document.getElementById(prefix + id);

  // Six digits, as in the chapter
  const digits = (x) => String(Number(x.toPrecision(6)));
  const factor = (x) => (x < 0 ? `(${digits(x)})` : digits(x));

  // What is known after the first n steps: null is what is not
  function known(n) {
    const values = nodes.map((node) => (node.leaf ? node.value : null));
    const grads = nodes.map(() => null);
    for (const step of steps.slice(0, n)) {
      if (step.pass === "forward") values[step.node] = nodes[step.node].value;
      if (step.pass === "seed") grads.forEach((_, i) => (grads[i] = i === step.node ? 1 : 0));
      if (step.pass === "backward") grads[step.node] = step.after;
    }
    return { values, grads };
  }

  // A step in words, with its product spelt out
  function sentence(n) {
    if (n === 0) return "Start. The inputs are known, and nothing else.";
    const step = steps[n - 1];
    const node = nodes[step.node];
    if (step.pass === "forward")
      return `Forward: ${node.name} = ${step.names} = ${step.numbers} = ${digits(node.value)}.`;
    const grad = (i) => "g" + nodes[i].subscript;
    if (step.pass === "seed")
      return `Backward begins: all gradients are 0, but ${grad(step.node)} = df/df = 1.`;
    const before = step.before === 0 ? "" : `${digits(step.before)} + `;
    const sum = step.before === 0 ? "" : ` Together ${before}${digits(step.share)} = ${digits(step.after)}.`;
    const from = nodes[step.from].name;
    return (
      `Backward: ${grad(step.node)} += ${grad(step.from)} · ∂${from}/∂${node.name} = ${grad(step.from)} · ${step.names} = ` +
      `${factor(step.grad)} · ${factor(step.partial)} = ${digits(step.share)}.${sum}`
    );
  }

  let at = 0;
  function show(n) {
    at = Math.min(Math.max(n, 0), steps.length);
    const { values, grads } = known(at);
    nodes.forEach((node, i) => {
      const lines = part("v" + i).querySelectorAll("text");
      const write = (line, word, x) => {
        line.textContent = `${word} ${x === null ? "?" : digits(x)}`;
        line.classList.toggle("steps-unknown", x === null);
      };
      write(lines[1], "value", values[i]);
      write(lines[2], "grad", grads[i]);
    });

    figure.querySelectorAll(".steps-now").forEach((e) => e.classList.remove("steps-now"));
    const step = at > 0 ? steps[at - 1] : null;
    if (step) part("v" + step.node).classList.add("steps-now");
    if (step && step.pass === "backward") part(`e${step.from}_${step.slot}`).classList.add("steps-now");

    said.textContent = sentence(at);
    count.textContent = `Step ${at} of ${steps.length}`;
    for (const button of controls.querySelectorAll("button")) {
      const done = /first|back/.test(button.dataset.go) ? at === 0 : at === steps.length;
      button.setAttribute("aria-disabled", done);
    }
  }

  const moves = { first: () => 0, back: () => at - 1, on: () => at + 1, last: () => steps.length };
  const keys = { Home: "first", ArrowLeft: "back", ArrowRight: "on", End: "last" };
  controls.addEventListener("click", (event) => {
    const button = event.target.closest("button");
    if (button) show(moves[button.dataset.go]());
  });
  controls.addEventListener("keydown", (event) => {
    if (!(event.key in keys) || event.altKey || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    show(moves[keys[event.key]]());
  });
  // Paper shows where the steps lead
  let before = 0;
  addEventListener("beforeprint", () => ((before = at), show(steps.length)));
  addEventListener("afterprint", () => show(before));

  controls.hidden = false;
  show(0);
})();
