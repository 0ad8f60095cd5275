// What the browser tests ask of a page. It is put before each page's own scripts, of which there are none.
window.look = (() => {
  const css = element => getComputedStyle(element);
  const scrolls = word => word === "auto" || word === "scroll";
  const clips = word => word === "hidden" || word === "clip";

  // An element with a box of its own; one with `display: contents` has none, but what stands in it is shown.
  function rendered(element) {
    while (css(element).display === "contents") element = element.parentElement;
    return element.checkVisibility({visibilityProperty: true});
  }

  // Text for those who listen only: squeezed into a box as wide or as high as a pixel.
  function unseen(element) {
    for (; element; element = element.parentElement) {
      const box = element.getBoundingClientRect();
      if (Math.min(box.width, box.height) <= 1 && clips(css(element).overflowX)) return true;
    }
    return false;
  }

  function* nodes({heard = false} = {}) {
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    for (let node; (node = walker.nextNode());) {
      const element = node.parentElement;
      if (node.data.trim() && rendered(element) && (heard || !unseen(element))) yield node;
    }
  }

  function boxes(node) {
    const range = document.createRange();
    range.selectNodeContents(node);
    return [...range.getClientRects()].filter(box => box.width > 0);
  }

  const quote = node => node.data.trim().slice(0, 24);

  // Each piece of text that is shown; with `heard` also what is there for those who listen only.
  const texts = options => [...nodes(options)].map(node => node.data.trim());

  // -- room ------------------------------------------------------------------------------------------------------

  // Why a box of text cannot be read: it lies outside of the page, or of an element that hides what does not fit.
  function lost(box, element) {
    for (; element; element = element.parentElement) {
      const style = css(element), frame = element.getBoundingClientRect();
      if (scrolls(style.overflowX) || scrolls(style.overflowY)) return "";
      const across = box.left < frame.left - 1 || box.right > frame.right + 1;
      const down = box.top < frame.top - 1 || box.bottom > frame.bottom + 1;
      if ((clips(style.overflowX) && across) || (clips(style.overflowY) && down)) return `cut by ${element.tagName}`;
    }
    return box.left < -1 || box.right > document.documentElement.clientWidth + 1 ? "outside" : "";
  }

  // Everything that does not fit: a page that scrolls sideways, text that is cut, text that lies on other text.
  function misfits() {
    const found = [], placed = [];
    const page = document.scrollingElement, room = document.documentElement.clientWidth;
    if (page.scrollWidth > room) found.push(`${page.scrollWidth} pixels wide in a window of ${room}`);
    for (const node of nodes()) {
      const size = parseFloat(css(node.parentElement).fontSize);
      for (const box of boxes(node)) {
        const why = lost(box, node.parentElement);
        if (why) found.push(`${why}: ${quote(node)}`);
        // The glyphs themselves: the box of a line is taller, and those of two lines may well touch.
        const middle = (box.top + box.bottom) / 2;
        placed.push({node, left: box.left + 1, right: box.right - 1, top: middle - 0.35 * size, bottom: middle + 0.35 * size});
      }
    }
    placed.sort((a, b) => a.top - b.top);
    placed.forEach((a, i) => {
      for (let j = i + 1; j < placed.length && placed[j].top < a.bottom; j++) {
        const b = placed[j];
        if (a.node !== b.node && a.left < b.right && b.left < a.right) found.push(`overlap: ${quote(a.node)} | ${quote(b.node)}`);
      }
    });
    return [...new Set(found)];
  }

  // What readers may change: the distances between letters, words, lines and paragraphs of WCAG 1.4.12; the size of all
  // type; and the switch for large type, where there is one.
  function change({spaced = false, size = "", large = false} = {}) {
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(`* { line-height: 1.5 !important; letter-spacing: .12em !important; word-spacing: .16em !important }
      p { margin-bottom: 2em !important }`);
    document.adoptedStyleSheets = spaced ? [sheet] : [];
    document.documentElement.style.fontSize = size;
    const toggle = document.querySelector("#large-type");
    if (toggle) toggle.checked = large;
  }

  const unfold = () => document.querySelectorAll("details").forEach(e => { e.open = true; });

  // -- colours ---------------------------------------------------------------------------------------------------

  const canvas = document.createElement("canvas").getContext("2d", {willReadFrequently: true});
  const known = new Map();

  function rgba(colour) {
    if (!known.has(colour)) {
      canvas.clearRect(0, 0, 1, 1);
      canvas.fillStyle = colour;
      canvas.fillRect(0, 0, 1, 1);
      const [r, g, b, a] = canvas.getImageData(0, 0, 1, 1).data;
      known.set(colour, [r, g, b, a / 255]);
    }
    return known.get(colour);
  }

  const over = ([r, g, b, a], ground) => [r, g, b].map((part, i) => part * a + ground[i] * (1 - a));

  function luminance(colour) {
    const [r, g, b] = colour.map(part => (part /= 255) <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4);
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  }

  function contrast(colour, ground) {
    const [dark, light] = [luminance(over(rgba(colour), ground)), luminance(ground)].sort((a, b) => a - b);
    return (light + 0.05) / (dark + 0.05);
  }

  // What the browser puts behind every page, in the scheme of this one.
  function bottom() {
    const probe = document.documentElement.appendChild(document.createElement("i"));
    probe.style.color = "Canvas";
    const colour = css(probe).color;
    probe.remove();
    return rgba(colour).slice(0, 3);
  }

  // The colours that lie behind what stands in an element: its ground, and every colour of pictures drawn on that.
  // With forced colours the browser puts a plain ground between such pictures and the text.
  function grounds(element) {
    const drawn = [], sheets = [];
    for (; element; element = element.parentElement) {
      const style = css(element);
      if (!matchMedia("(forced-colors: active)").matches) drawn.push(...(style.backgroundImage.match(/rgba?\([^)]*\)/g) ?? []));
      sheets.push(rgba(style.backgroundColor));
      if (sheets.at(-1)[3] === 1) break;
    }
    const ground = sheets.reverse().reduce((below, sheet) => over(sheet, below), bottom());
    return [ground, ...drawn.map(colour => over(rgba(colour), ground))];
  }

  const least = (colour, element) => Math.min(...grounds(element).map(ground => contrast(colour, ground)));

  function* rulesOf(list) {
    for (const rule of list) {
      if (rule.selectorText) yield rule;
      if (rule.cssRules) yield* rulesOf(rule.cssRules);
    }
  }

  // Text with too little contrast to anything behind it (WCAG 1.4.3), also links once they have been visited.
  function faint() {
    const visited = [...document.styleSheets].flatMap(sheet => [...rulesOf(sheet.cssRules)])
      .filter(rule => rule.selectorText.includes(":visited") && rule.style.color).map(rule => rule.style.color);
    const found = [];
    for (const node of nodes()) {
      const element = node.parentElement, style = css(element), link = element.closest("a[href]");
      const size = parseFloat(style.fontSize);
      const wanted = size >= 24 || (size >= 18.66 && style.fontWeight >= 700) ? 3 : 4.5;
      const colours = [style.color];
      if (link && css(link).color === style.color) {
        for (const colour of visited) {
          link.style.color = colour;
          colours.push(css(link).color);
          link.style.color = "";
        }
      }
      for (const colour of colours) {
        const ratio = least(colour, element);
        if (ratio < wanted) found.push(`${ratio.toFixed(2)}: ${colour} ${quote(node)}`);
      }
    }
    return found;
  }

  // -- keyboard --------------------------------------------------------------------------------------------------

  const PARTS = ["outlineStyle", "boxShadow", "backgroundColor", "borderColor", "textDecorationLine"];
  let listed = [], plain = [], trail = [];

  const marks = element => PARTS.map(part => css(element)[part]).join();

  // All that the Tab key is to reach, in the order of the document: what each says, and whether it stands before, in or
  // behind the main part of the page.
  function stops() {
    const able = "a[href], area[href], button, input, select, textarea, summary, iframe, [tabindex], [contenteditable]";
    listed = [...document.querySelectorAll(able)].filter(e => e.tabIndex >= 0 && !e.disabled && rendered(e));
    plain = listed.map(marks);
    trail = [];
    const main = document.querySelector("main");
    return listed.map(element => [
      (element.innerText.trim() || element.labels?.[0]?.innerText || element.tagName).slice(0, 24),
      main.contains(element) ? "in" : main.compareDocumentPosition(element) & Node.DOCUMENT_POSITION_PRECEDING ? "before" : "behind",
    ]);
  }

  // Points inside of a box that must show the element to which it belongs.
  function points(box) {
    const [left, right] = [Math.max(box.left, 0) + 3, Math.min(box.right, innerWidth) - 3];
    const [top, bottom] = [Math.max(box.top, 0) + 3, Math.min(box.bottom, innerHeight) - 3];
    if (left > right || top > bottom) return [];
    return [[left, top], [right, top], [left, bottom], [right, bottom], [(left + right) / 2, (top + bottom) / 2]];
  }

  // The number of the stop that has the focus, and what is wrong with how it shows.
  function focused() {
    const element = document.activeElement, index = listed.indexOf(element);
    if (index < 0) return [index, `not a stop: ${element.tagName}`];
    const style = css(element);
    const drawn = style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2;
    const places = [...element.getClientRects()].flatMap(points);
    const hit = places.filter(([x, y]) => element.contains(document.elementFromPoint(x, y)));
    let wrong = "";
    if (!drawn && marks(element) === plain[index]) wrong = "the focus does not show";
    else if (drawn && least(style.outlineColor, element.parentElement) < 3) wrong = "the outline is faint";
    else if (!places.length) wrong = "out of sight";
    else if (!hit.length) wrong = "hidden behind something";
    return [index, wrong];
  }

  // What each Tab since `stops` came to.
  addEventListener("keyup", event => event.key === "Tab" && trail.push(focused()));
  const trailed = () => trail;

  const last = () => listed.at(-1).focus();

  // Regions that scroll sideways, each made to need it.
  function regions() {
    return [...document.querySelectorAll("main *")].filter(e => scrolls(css(e).overflowX) && e.tabIndex >= 0).map((region, i) => {
      region.firstElementChild.style.minWidth = "200rem";
      region.dataset.look = i;
      return `[data-look="${i}"]`;
    });
  }

  // -- the whole page --------------------------------------------------------------------------------------------

  // The cells of each row of each table, as they are shown, without its headings.
  function rows() {
    const lines = new Map();
    for (const node of nodes()) {
      const row = node.parentElement.closest("td")?.parentElement;
      if (row) lines.set(row, (lines.get(row) ?? "") + node.data);
    }
    return [...lines.values()];
  }

  // What is of no use on paper.
  const navigation = () => [...document.querySelectorAll("nav, a.skip, input, button, select")]
    .filter(e => rendered(e) && e.offsetHeight).map(e => e.outerHTML.slice(0, 60));

  // Addresses outside of the portal, which the foot and the text of a page lead to.
  const outside = () => [...document.querySelectorAll(".body a[href], footer a[href]")]
    .filter(e => /^https?:$/.test(e.protocol) && e.origin !== location.origin && rendered(e)).map(e => e.getAttribute("href"));

  // How light the ground of the page is, from 0 to 1.
  const ground = () => luminance(grounds(document.body)[0]);

  // Where a page leads, what it is made of, and the places in it.
  function links() {
    const led = [...document.querySelectorAll("a[href], area[href], link[href]")].map(e => e.href);
    const made = [...document.querySelectorAll("[src]")].map(e => e.src);
    return {led, made, places: [...document.querySelectorAll("[id]")].map(e => e.id)};
  }

  return {texts, misfits, change, unfold, faint, ground, stops, trailed, last, regions, rows, navigation, outside, links};
})();
