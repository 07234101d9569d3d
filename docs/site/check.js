// Checks the pages of a site: every link, anchor and picture is there, nothing is loaded from elsewhere, headings come
// in order, pictures have a text. Prints "page: fault" for each fault.
//   node check.js SITE
'use strict';
const fs = require('fs');
const path = require('path');

const site = process.argv[2];
const names = fs.readdirSync(site).filter(name => name.endsWith('.html'));
const pages = new Map(names.map(name => [name, fs.readFileSync(path.join(site, name), 'utf8')]));
const ids = new Map([...pages].map(([name, text]) => [name, new Set([...text.matchAll(/\b(?:id|name)="([^"]+)"/g)].map(m => m[1]))]));
let faults = 0;

function fault(page, what) {
  console.log(`${page}: ${what}`);
  ++faults;
}

function checkLink(page, link) {
  if (/^(https?:|mailto:|javascript:|data:)/.test(link)) return;
  const [file, anchor] = decodeURIComponent(link.replace(/&amp;/g, '&')).split('#');
  const target = file.split('?')[0] || page;
  if (!fs.existsSync(path.join(site, target))) return fault(page, `the link to ${link} leads nowhere`);
  if (anchor && ids.has(target) && !ids.get(target).has(anchor)) fault(page, `${target} has no anchor "${anchor}"`);
}

function checkHeadings(page, text) {
  let depth = 0;
  for (const [, tag, attributes, said] of text.matchAll(/<h([1-6])([^>]*)>([\s\S]*?)<\/h\1>/g)) {
    const n = /aria-level="(\d)"/.exec(attributes)?.[1] ?? tag;
    if (+n > depth + 1) fault(page, `a heading of depth ${n} follows one of depth ${depth}: ${said.replace(/<[^>]*>/g, '').trim().slice(0, 60)}`);
    depth = +n;
  }
}

for (const [page, text] of pages) {
  const markup = text.replace(/<script\b[^>]*>[\s\S]*?<\/script>/g, tag => tag.slice(0, tag.indexOf('>') + 1));
  for (const [, link] of markup.matchAll(/<a\b[^>]*?\bhref="([^"]*)"/g)) checkLink(page, link);
  for (const [, link] of markup.matchAll(/<(?:img|script|iframe|link|object|source)\b[^>]*?\b(?:src|href|data)="([^"]*)"/g)) {
    if (/^(https?:)?\/\//.test(link)) fault(page, `${link} would be loaded from elsewhere`);
    else checkLink(page, link);
  }
  for (const [tag] of markup.matchAll(/<img\b[^>]*>/g)) {
    if (!/\balt="/.test(tag)) fault(page, `a picture without alternative text: ${tag}`);
  }
  checkHeadings(page, markup);
  const words = markup.replace(/<annotation\b[\s\S]*?<\/annotation>/g, '');
  for (const left of ['\\(', '\\[', '\\f$', '\\f[', 'polyfill', 'cdn.', 'unpkg']) {
    if (words.includes(left)) fault(page, `"${left}" is left in the page`);
  }
}
console.log(`${pages.size} pages, ${faults} faults`);
process.exit(faults ? 1 : 0);
