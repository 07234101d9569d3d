// Formulas as HTML when the site is built.
//   node formulas.js check KATEX LIST.json     says which formulas do not parse, with file and line
//   node formulas.js render KATEX SITE         replaces \( \) and \[ \] in every page, and puts headings in order
'use strict';
const fs = require('fs');
const path = require('path');

const [mode, katexFolder, target] = process.argv.slice(2);
const katex = require(path.join(katexFolder, 'katex.js'));

function html(tex, display) {
  return katex.renderToString(tex, {displayMode: display, throwOnError: true, strict: 'error', trust: false});
}

// The parts between \quad and \qquad that stand in no braces, brackets or environment
function partsOf(tex) {
  const parts = [''];
  let depth = 0;
  for (const [token] of tex.matchAll(/\\(?:[A-Za-z]+|[\s\S])|[\s\S]/g)) {
    if (token === '{' || token === '\\begin' || token === '\\left') ++depth;
    if (token === '}' || token === '\\end' || token === '\\right') --depth;
    if (depth === 0 && /^\\q?quad$/.test(token)) parts.push('');
    else parts[parts.length - 1] += token;
  }
  return parts.map(part => part.trim()).filter(part => part);
}

// Formulas side by side come below each other where a page is narrow
function displayed(tex) {
  const parts = partsOf(tex);
  if (parts.length < 2) return html(tex, true);
  return `<span class="katex-display parts">${parts.map(part => html('\\displaystyle ' + part, false)).join(' ')}</span>`;
}

function check(file) {
  let faults = 0;
  for (const formula of JSON.parse(fs.readFileSync(file, 'utf8'))) {
    try {
      html(formula.tex, formula.display);
    } catch (error) {
      console.log(`${formula.file}:${formula.line}: ${error.message}`);
      ++faults;
    }
  }
  return faults;
}

const entities = {amp: '&', lt: '<', gt: '>', quot: '"', apos: "'", nbsp: ' '};
const decode = text => text.replace(/&(?:#(\d+)|(\w+));/g, (all, number, name) =>
  number ? String.fromCodePoint(number) : entities[name] ?? all);

// What is no text: code, scripts and styles stay as they are
const kept = /(<pre\b[\s\S]*?<\/pre>|<div class="(?:fragment|line)"[\s\S]*?<\/div>|<script\b[\s\S]*?<\/script>|<style\b[\s\S]*?<\/style>|<code\b[\s\S]*?<\/code>)/;

function withFormulas(page) {
  return page.split(kept).map((part, i) => i % 2 ? part : part
    .replace(/\\\[([\s\S]*?)\\\]/g, (all, tex) => displayed(decode(tex)))
    .replace(/\\\(([\s\S]*?)\\\)/g, (all, tex) => html(decode(tex), false))).join('');
}

// Doxygen's title is a div, and its sections begin at h1: the title becomes the one h1, everything else moves down
function withHeadings(page) {
  const content = page.indexOf('<div class="header">');
  if (content < 0) return page;
  const head = page.slice(0, content);
  let body = page.slice(content);
  if (/<h1[ >]/.test(body)) body = body.replace(/<(\/?)h([1-5])(?=[ >])/g, (all, slash, n) => `<${slash}h${+n + 1}`);
  body = body.replace(/(<div class="toc[^>]*>)<h\d>[^<]*<\/h\d>/, '$1<h3 role="heading" aria-level="2">In this chapter</h3>');
  body = body.replace(/<div class="title">([\s\S]*?)(<div class="ingroups">[\s\S]*?<\/div>)?<\/div>/, '<h1 class="title">$1</h1>$2');
  return head + body;
}

// Doxygen's short list of a page's parts names some, such as private classes, that the page does not have
function withoutDeadParts(page) {
  return page.replace(/<div class="summary">[\s\S]*?<\/div>/, summary => summary
    .replace(/<a href="#([^"]+)">([^<]*)<\/a>(?: &#124;)?/g, (all, id) => page.includes(`name="${id}"`) || page.includes(`id="${id}"`) ? all : ''));
}

// The tree beside a page says "pow": everything in it is in one namespace
function shortenTree(site) {
  for (const name of fs.readdirSync(site).filter(name => /^group__.*\.js$/.test(name))) {
    const file = path.join(site, name);
    fs.writeFileSync(file, fs.readFileSync(file, 'utf8').replaceAll('"gradbook::', '"'));
  }
}

function render(site) {
  shortenTree(site);
  let faults = 0;
  for (const name of fs.readdirSync(site).filter(name => name.endsWith('.html'))) {
    const file = path.join(site, name);
    try {
      fs.writeFileSync(file, withoutDeadParts(withHeadings(withFormulas(fs.readFileSync(file, 'utf8')))));
    } catch (error) {
      console.log(`${name}: ${error.message}`);
      ++faults;
    }
  }
  return faults;
}

process.exit((mode === 'check' ? check(target) : render(target)) ? 1 : 0);
