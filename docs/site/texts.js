// Gathers what search.js looks through, search/texts.js: each section of the pages that were written, with its text, and the
// names of the reference. Puts that search in place of Doxygen's.
//   node texts.js SITE SEARCH.js
'use strict';
const fs = require('fs');
const path = require('path');

const [site, script] = process.argv.slice(2);
const names = fs.readdirSync(site).filter(name => name.endsWith('.html')).sort();
const isWritten = name => /^(chapter_\d+|index|step_through|exercises|glossary|references)\.html$/.test(name);

const entities = {amp: '&', lt: '<', gt: '>', quot: '"', apos: "'", nbsp: ' ', hellip: '…', ndash: '–', mdash: '—', ldquo: '“', rdquo: '”'};
const decode = text => text.replace(/&(?:#(\d+)|#x([0-9a-f]+)|(\w+));/gi, (all, decimal, hex, name) =>
  decimal ? String.fromCodePoint(+decimal) : hex ? String.fromCodePoint(parseInt(hex, 16)) : entities[name] ?? ' ');

// What a reader sees of a formula stands in its TeX too; the rest of KaTeX's markup is for the eye
const unseen = [/<(script|style|svg|nav|math)\b[\s\S]*?<\/\1>/g, /<div class="toc[\s\S]*?<\/div>/g];
function plain(html) {
  let text = html.replace(/<span class="katex-mathml">/g, '').replace(/<wbr\/?>/g, '');
  for (const what of unseen) text = text.replace(what, ' ');
  return decode(text.replace(/<\/?(?:b|i|em|strong|code|span|a)\b[^>]*>/g, '').replace(/<[^>]*>/g, ' ')).replace(/[\s\u200b]+/g, ' ').trim();
}

const titles = new Map(), entries = [];
for (const name of names) {
  const page = fs.readFileSync(path.join(site, name), 'utf8');
  titles.set(name, plain(/<h1 class="title">([\s\S]*?)<\/h1>/.exec(page)?.[1] ?? name));
  if (!isWritten(name)) continue;
  const content = page.slice(page.indexOf('<div class="contents">'), page.indexOf('<!-- contents -->'));
  const [beginning, ...sections] = content.split(/(?=<h[2-6][^>]*><a class="anchor" id=")/);
  const add = (title, link, html) => entries.push({name: title, page: titles.get(name), link, text: plain(html)});
  add(titles.get(name), name, beginning);
  for (const section of sections) {
    const [heading, tag, anchor] = /^<h(\d)[^>]*><a class="anchor" id="([^"]+)">[\s\S]*?<\/h\1>/.exec(section);
    add(plain(heading), `${name}#${anchor}`, section.slice(heading.length));
  }
}

// Doxygen's own index has the names of the reference
const decoded = new Set();
for (const file of fs.readdirSync(path.join(site, 'search')).filter(name => /^all_.*\.js$/.test(name)).sort()) {
  const searchData = new Function(fs.readFileSync(path.join(site, 'search', file), 'utf8') + '; return searchData;')();
  for (const [, [name, ...places]] of searchData) {
    for (const [url, , scope = ''] of places) {
      const link = url.replace(/^\.\.\//, ''), page = link.split('#')[0];
      if (isWritten(page) || decoded.has(link)) continue;
      decoded.add(link);
      entries.push({name: plain(name), page: titles.get(page) ?? page, link, text: plain(scope).replace(/\bgradbook(::|$)/g, '')});
    }
  }
}

for (const file of fs.readdirSync(path.join(site, 'search'))) {
  if (!/^(close\.svg|mag_sel\.svg|search\.css)$/.test(file)) fs.rmSync(path.join(site, 'search', file));
}
fs.copyFileSync(script, path.join(site, 'search', 'search.js'));
fs.writeFileSync(path.join(site, 'search', 'texts.js'), `window.gradbookTexts = ${JSON.stringify(entries)};\n`);

// The glass that stands in the field; Doxygen's has an arrow for a menu that is gone
fs.writeFileSync(path.join(site, 'search', 'mag_sel.svg'), '<svg xmlns="http://www.w3.org/2000/svg" width="20" height="19" fill="none" ' +
  'stroke="#808890" stroke-width="2" stroke-linecap="round"><circle cx="9" cy="8" r="4.5"/><path d="M12.5 11.5l4 4"/></svg>\n');

const results = '<div id="search-window" hidden><p id="search-count" role="status"></p>' +
  '<div id="search-results" role="listbox" aria-label="What was found"></div></div>\n';
for (const name of names) {
  const file = path.join(site, name);
  const page = fs.readFileSync(file, 'utf8');
  fs.writeFileSync(file, page
    .replace(/<script type="text\/javascript" src="search\/searchdata.js"><\/script>\s*/, '')
    .replace(/<!-- window showing the filter options -->[\s\S]*?<div id="MSearchResultsWindow">[\s\S]*?<\/div>\s*/, results));
}
