// Searches the names of sections, terms and symbols, and the text of the chapters, in the page alone: search/texts.js has
// all texts, and is loaded when somebody begins to type. It takes the place of Doxygen's search, whose menu calls it.
'use strict';
(() => {
  const folder = document.currentScript.src.replace(/[^/]*$/, '');
  const kMost = 20;  // results that are shown
  let entries = null, shown = [], active = -1;
  const field = () => document.getElementById('MSearchField');
  const list = () => document.getElementById('search-results');

  function load() {
    if (entries || load.begun) return;
    load.begun = true;
    const script = document.createElement('script');
    script.src = folder + 'texts.js';
    script.onload = () => {
      entries = window.gradbookTexts.map(entry => ({...entry, lowerName: entry.name.toLowerCase(), lowerText: entry.text.toLowerCase()}));
      search();
    };
    document.head.append(script);
  }

  const isLetter = c => c !== undefined && /[\p{L}\p{N}_]/u.test(c);

  // How well an entry fits a word: names before texts, whole words and beginnings before what is inside of a word
  function fit(entry, word) {
    let best = 0;
    for (const [text, worth] of [[entry.lowerName, 40], [entry.lowerText, 4]]) {
      for (let at = text.indexOf(word), n = 0; at >= 0 && n < 20; at = text.indexOf(word, at + 1), ++n) {
        const begins = !isLetter(text[at - 1]), ends = !isLetter(text[at + word.length]);
        best = Math.max(best, worth * (begins ? (ends ? 1 : 0.7) : word.length > 2 ? 0.3 : 0));
      }
    }
    return best;
  }

  function found(query) {
    const words = query.toLowerCase().split(/\s+/).filter(word => word);
    if (!words.length) return [];
    const phrase = words.join(' ');
    const hits = [];
    for (const entry of entries) {
      const fits = words.map(word => fit(entry, word));
      if (fits.some(worth => worth === 0)) continue;
      let worth = fits.reduce((a, b) => a + b);
      if (entry.lowerName === phrase) worth += 60;
      else if (entry.lowerName.startsWith(phrase)) worth += 20;
      if (words.length > 1 && entry.lowerText.includes(phrase)) worth += 30;
      hits.push({entry, worth, words, phrase});
    }
    return hits.sort((a, b) => b.worth - a.worth).slice(0, kMost);
  }

  // `text` with the words marked, as nodes, so that nothing in it is taken for markup
  function marked(text, words) {
    const span = document.createElement('span'), lower = text.toLowerCase();
    for (let at = 0; at < text.length;) {
      const next = words.map(word => [lower.indexOf(word, at), word.length]).filter(([place]) => place >= 0).sort((a, b) => a[0] - b[0] || b[1] - a[1])[0];
      if (!next) {
        span.append(text.slice(at));
        break;
      }
      span.append(text.slice(at, next[0]));
      const mark = document.createElement('mark');
      mark.textContent = text.slice(next[0], next[0] + next[1]);
      span.append(mark);
      at = next[0] + next[1];
    }
    return span;
  }

  // The part of the text around the first of the words
  function excerpt({entry, words, phrase}) {
    const places = [phrase, ...words].map(word => entry.lowerText.indexOf(word)).filter(at => at >= 0);
    if (!places.length) return entry.text.slice(0, 110);
    let begin = Math.max(0, places[0] - 45);
    if (begin > 0) begin = entry.text.indexOf(' ', begin) + 1;
    const end = Math.min(entry.text.length, begin + 130);
    return (begin > 0 ? '… ' : '') + entry.text.slice(begin, end) + (end < entry.text.length ? ' …' : '');
  }

  function option(hit, i) {
    const link = document.createElement('a');
    link.id = `search-result-${i}`;
    link.href = folder + '../' + hit.entry.link;
    link.setAttribute('role', 'option');
    link.tabIndex = -1;
    const name = marked(hit.entry.name, hit.words), place = document.createElement('span'), text = marked(excerpt(hit), hit.words);
    name.className = 'name';
    place.className = 'place';
    text.className = 'text';
    place.textContent = hit.entry.page;
    link.append(name, ' ', place, text);
    link.addEventListener('click', close);
    return link;
  }

  function choose(i) {
    active = shown.length ? (i + shown.length) % shown.length : -1;
    shown.forEach((link, n) => link.setAttribute('aria-selected', n === active));
    if (active >= 0) {
      field().setAttribute('aria-activedescendant', shown[active].id);
      shown[active].scrollIntoView({block: 'nearest'});
    } else {
      field().removeAttribute('aria-activedescendant');
    }
  }

  function search() {
    const query = field().value.trim();
    if (!entries || !query) return query ? undefined : close();
    const hits = found(query);
    shown = hits.map(option);
    list().replaceChildren(...shown);
    const count = document.getElementById('search-count');
    count.textContent = hits.length === 0 ? `Nothing has “${query}”.` : hits.length === kMost ? `The best ${kMost}` : `${hits.length} found`;
    document.getElementById('search-window').hidden = false;
    field().setAttribute('aria-expanded', 'true');
    choose(-1);
    active = -1;
  }

  function close() {
    document.getElementById('search-window').hidden = true;
    field().setAttribute('aria-expanded', 'false');
    field().removeAttribute('aria-activedescendant');
    active = -1;
  }

  function onKey(event) {
    if (event.key === 'Escape') {
      field().value = '';
      close();
    } else if (event.key === 'ArrowDown' || event.key === 'ArrowUp') {
      if (document.getElementById('search-window').hidden) search();
      else choose(event.key === 'ArrowDown' ? active + 1 : active < 0 ? -1 : active - 1);
    } else if (event.key === 'Enter') {
      (shown[active] ?? shown[0])?.click();
    } else {
      return;
    }
    event.preventDefault();
  }

  // Doxygen's menu writes the field anew when the width of the page changes
  function prepare() {
    const input = field();
    if (!input || input.getAttribute('role')) return;
    const attributes = {role: 'combobox', placeholder: 'Search', 'aria-label': 'Search the book', 'aria-autocomplete': 'list',
                        'aria-controls': 'search-results', 'aria-expanded': 'false', autocomplete: 'off', spellcheck: 'false'};
    for (const [name, value] of Object.entries(attributes)) input.setAttribute(name, value);
    input.value = '';
    input.addEventListener('input', () => (load(), search()));
    input.addEventListener('keydown', onKey);
  }

  // What Doxygen's menu calls
  window.SearchBox = class {
    OnSearchFieldFocus(isIn) {
      prepare();
      if (isIn) load();
      field().closest('#MSearchBox').className = isIn ? 'MSearchBoxActive' : 'MSearchBoxInactive';
    }
    OnSearchFieldChange() {}
    OnSearchSelectShow() {}
    OnSearchSelectHide() {}
    CloseResultsWindow() { close(); }
  };
  window.init_search = () => {
    prepare();
    addEventListener('resize', () => setTimeout(prepare));
    document.addEventListener('pointerdown', event => {
      if (!event.target.closest('#search-window, #MSearchBox')) close();
    });
    document.addEventListener('keydown', event => {
      if (event.key !== '/' || event.ctrlKey || event.metaKey || event.altKey || event.target.closest('input, textarea')) return;
      event.preventDefault();
      field().focus();
    });
  };
})();
