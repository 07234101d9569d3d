// Opens each page of a site in a frame, at three widths, and says what is wrong with it: the page that loads this script defines
// `pages`, and which of them have their contrasts measured, `contrasts`.
'use strict';

const widths = [1400, 800, 360];
const faults = [];
const frame = document.createElement('iframe');
frame.style.cssText = 'border:0;height:900px;width:1400px';
document.body.append(frame);

const pause = ms => new Promise(resolve => setTimeout(resolve, ms));

function open(page) {
  return new Promise(resolve => {
    frame.onload = resolve;
    frame.src = page;
  });
}

// The text that a reader sees, without the TeX that KaTeX keeps for screen readers
function words(body) {
  const copy = body.cloneNode(true);
  for (const hidden of copy.querySelectorAll('annotation, script, style')) hidden.remove();
  return copy.textContent;
}

function luminance([r, g, b]) {
  const part = c => (c /= 255) <= 0.03928 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4;
  return 0.2126 * part(r) + 0.7152 * part(g) + 0.0722 * part(b);
}

const rgba = text => (text.match(/[\d.]+/g) ?? [0, 0, 0, 0]).map(Number);

// The colour behind an element: those of all that it lies on, one over the other
function behind(element) {
  const layers = [];
  for (let at = element; at; at = at.parentElement) {
    const [r, g, b, a = 1] = rgba(at.ownerDocument.defaultView.getComputedStyle(at).backgroundColor);
    if (a > 0) layers.push([r, g, b, a]);
    if (a === 1) break;
  }
  return layers.reverse().reduce((under, [r, g, b, a]) => [r, g, b].map((c, i) => c * a + under[i] * (1 - a)), [255, 255, 255]);
}

function contrast(element) {
  const [r, g, b, a = 1] = rgba(element.ownerDocument.defaultView.getComputedStyle(element).color);
  const back = behind(element);
  const front = [r, g, b].map((c, i) => c * a + back[i] * (1 - a));
  const [low, high] = [luminance(front), luminance(back)].sort((x, y) => x - y);
  return (high + 0.05) / (low + 0.05);
}

// Texts that are too pale, AA: 4.5 to 1, for large ones 3 to 1
function pale(body, page, look) {
  const said = new Set();
  const view = body.ownerDocument.defaultView;
  for (const element of body.querySelectorAll('.contents *, .header *, #nav-tree a, #nav-path li')) {
    const own = [...element.childNodes].some(node => node.nodeType === 3 && node.textContent.trim());
    if (!own || element.closest('svg, .katex-mathml, [hidden], noscript, script, style') || !element.getClientRects().length) continue;
    const style = view.getComputedStyle(element);
    const size = parseFloat(style.fontSize);
    const enough = size >= 24 || (size >= 18.66 && style.fontWeight >= 700) ? 3 : 4.5;
    const ratio = contrast(element);
    const name = `${element.tagName.toLowerCase()}.${element.className} in ${element.parentElement.tagName.toLowerCase()}.${element.parentElement.className}`;
    if (ratio < enough && !said.has(name)) {
      said.add(name);
      faults.push(`${page}: ${look}: contrast ${ratio.toFixed(2)} of ${name}: "${element.textContent.trim().slice(0, 30)}"`);
    }
  }
}

// Which element sticks out of the page; what lies in a box that scrolls or cuts does no harm
function widest(inside, width) {
  const view = inside.defaultView;
  let name = '', right = width;
  for (const element of inside.querySelectorAll('body *')) {
    let boxed = false;
    for (let at = element.parentElement; at && at.id !== 'doc-content' && !boxed; at = at.parentElement)
      boxed = view.getComputedStyle(at).overflowX !== 'visible';
    const box = element.getBoundingClientRect();
    if (!boxed && box.right > right && box.height > 0) {
      right = box.right;
      name = `${element.tagName.toLowerCase()}.${element.getAttribute('class') ?? ''} "${element.textContent.trim().slice(0, 40)}"`;
    }
  }
  return name;
}

function look(page, width) {
  const {document: inside} = frame.contentWindow;
  const content = inside.querySelector('#doc-content') ?? inside.documentElement;
  for (const [name, box] of [['page', inside.documentElement], ['text', content]]) {
    if (box.scrollWidth > box.clientWidth + 1)
      faults.push(`${page}: at ${width} px the ${name} is ${box.scrollWidth - box.clientWidth} px too wide: ${widest(inside, width)}`);
  }
}

async function examine(page) {
  frame.style.width = '1400px';
  await open(page);
  const {document: inside, console: ignored} = frame.contentWindow;
  await inside.fonts.ready;
  const text = words(inside.body);
  for (const left of ['\\(', '\\)', '\\[', '\\]', '\\f$', '\\f[', '\\frac', '\\ref', '\\figure', '@ref', 'htmlonly']) {
    if (text.includes(left)) faults.push(`${page}: "${left}" is left in the text`);
  }
  if (inside.querySelector('.katex-error')) faults.push(`${page}: a formula that KaTeX did not understand`);
  for (const formula of inside.querySelectorAll('.katex')) {
    if (formula.closest('details:not([open])')) continue;
    const {width, height} = formula.getBoundingClientRect();
    if (width === 0 || height === 0) {
      faults.push(`${page}: a formula is not to be seen`);
      break;
    }
  }
  if (inside.querySelector('.katex') && ![...inside.fonts].some(font => /KaTeX/.test(font.family) && font.status === 'loaded'))
    faults.push(`${page}: the formulas' fonts were not loaded`);
  for (const {name} of frame.contentWindow.performance.getEntriesByType('resource')) {
    if (!name.startsWith('file:')) faults.push(`${page}: asks for ${name}`);
  }
  for (const width of widths) {
    frame.style.width = `${width}px`;
    await pause(20);
    look(page, width);
  }
  for (const theme of contrasts.includes(page) ? ['light-mode', 'dark-mode'] : []) {
    inside.documentElement.classList.remove('light-mode', 'dark-mode');
    inside.documentElement.classList.add(theme);
    await pause(400);  // colours fade in
    pale(inside.body, page, theme);
  }
}

// Typing words has to find what they name, or what has them, without a server and by keys alone
async function search(page, words, target) {
  frame.style.width = '1400px';
  await open(page);
  const {document: inside, KeyboardEvent} = frame.contentWindow;
  let field = null;  // the menu that holds it is made by a script
  for (let i = 0; i < 40 && !(field = inside.querySelector('#MSearchField[role=combobox]')); ++i) await pause(50);
  if (!field) {
    faults.push(`${page}: there is no field to search with`);
    return;
  }
  const press = key => inside.activeElement.dispatchEvent(new KeyboardEvent('keydown', {key, bubbles: true, cancelable: true}));
  press('/');
  if (inside.activeElement !== field) faults.push(`${page}: the key / does not lead to the search`);
  field.focus();
  field.value = words;
  field.dispatchEvent(new frame.contentWindow.Event('input'));
  const found = () => [...inside.querySelectorAll('#search-results a')];
  for (let i = 0; i < 40 && !found().length; ++i) await pause(50);
  const wanted = found().findIndex(link => link.getAttribute('href').includes(target));
  if (wanted < 0) {
    faults.push(`${page}: a search for "${words}" does not find ${target}, but ${found().map(link => link.textContent).join(' | ') || 'nothing'}`);
    return;
  }
  for (let i = 0; i <= wanted; ++i) press('ArrowDown');
  const chosen = inside.getElementById(field.getAttribute('aria-activedescendant'));
  if (chosen !== found()[wanted]) faults.push(`${page}: the arrow keys do not choose "${words}"`);
  press('Escape');
  if (field.value || !inside.querySelector('#search-window').hidden) faults.push(`${page}: Escape does not end a search`);
}

(async () => {
  for (const page of pages) {
    try {
      await examine(page);
    } catch (error) {
      faults.push(`${page}: cannot be looked at: ${error.message}`);
    }
  }
  const first = pages.find(page => page.includes('index.html'));
  await search(first, 'topological_sort', 'group__api__02__scalar__scalar.html#');
  await search(first, 'million nested calls', 'chapter_02.html#exercise_2_2');
  await search(first, 'reverse mode', 'glossary.html#term_reverse_mode');
  const result = document.createElement('pre');
  result.textContent = ['RESULT', ...faults, `${pages.length} pages, ${faults.length} faults`, 'END'].join('\n');
  document.body.append(result);
  document.title = 'done';
})();
