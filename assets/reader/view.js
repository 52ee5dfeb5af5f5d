// Shows a PDF inside a page of the app or the console: every page, drawn when it comes near, with its text above it for
// screen readers, and zoom, search, printing and saving. The markup and all sentences come from the page (ui::reader).
import { Paper, Unreadable } from "/reader/paper.js";
import { Search } from "/reader/search.js";
import { print } from "/reader/print.js";

/** The steps of the zoom; 1 is the width of the page on the screen. */
const ZOOM = [0.5, 0.75, 1, 1.25, 1.5, 2, 3, 4];
/** The widest that a page is at zoom 1, in CSS pixels. */
const WIDEST = 900;
/** The most drawn pages that are kept. */
const KEPT = 8;

/** Returns a sentence of the page with its words filled in. */
const filled = (sentence, words) => sentence.replace(/\{(\w+)\}/g, (_, word) => words[word] ?? "");

/** Returns a style in which text is measured as the layer shows it. */
const ruler = document.createElement("canvas").getContext("2d");

/** The names of the sentences about documents that cannot be shown. */
const WORDS = { password: "password", broken: "broken", pages: "tooMany" };

const MISSING = [
  [1, "pictures"],
  [2, "letters"],
  [4, "fields"],
];

class Sheet {
  /** What a page of the document has on the screen. */
  constructor(number, size, label) {
    Object.assign(this, { number, size, scale: 0, isNear: false, missing: 0 });
    this.element = document.createElement("section");
    this.element.className = "reader__sheet";
    this.element.setAttribute("aria-label", label);
    this.canvas = document.createElement("canvas");
    this.canvas.setAttribute("aria-hidden", "true");
    this.layer = document.createElement("div");
    this.layer.className = "reader__text";
    this.element.append(this.canvas, this.layer);
  }

  /** Sets the width on the screen, in CSS pixels for each point. */
  fit(each) {
    this.element.style.width = `${this.size.width * each}px`;
    this.element.style.height = `${this.size.height * each}px`;
    this.layer.style.width = `${this.size.width}px`;
    this.layer.style.height = `${this.size.height}px`;
    this.layer.style.transform = `scale(${each})`;
  }

  /** Lays the text over the picture. */
  write(lines) {
    this.lines = lines;
    this.layer.replaceChildren();
    let row = document.createElement("p");
    for (const { text, x, y, width, size, angle, isLast } of lines) {
      const words = document.createElement("span");
      words.textContent = text;
      ruler.font = `${size}px sans-serif`;
      const stretch = width / (ruler.measureText(text).width || 1);
      words.style.left = `${x}px`;
      words.style.top = `${y - size * 0.8}px`;
      words.style.fontSize = `${size}px`;
      words.style.transformOrigin = "0 80%";
      words.style.transform = `rotate(${angle}rad) scaleX(${stretch})`;
      row.append(words, " ");
      if (isLast) {
        this.layer.append(row);
        row = document.createElement("p");
      }
    }
    if (row.firstChild) this.layer.append(row);
  }

  /** Frees the memory of the picture. */
  empty() {
    this.scale = 0;
    Object.assign(this.canvas, { width: 0, height: 0 });
  }
}

export class Reader {
  #zoom = ZOOM.indexOf(1);
  #sheets = [];
  #drawn = [];
  #isBusy = false;
  #isClosed = false;

  /**
   * Shows `bytes` in `root`. `told` is called with "shown" when the first page was drawn with all that is on it, and
   * with "refused" when nothing can be shown.
   */
  constructor(root, bytes, name, told = () => {}) {
    Object.assign(this, { root, bytes, name, told });
    this.pages = root.querySelector("[data-part=pages]");
    this.words = root.dataset;
    this.search = new Search(this, root.querySelector("[data-part=search]"));
    this.#listen();
    this.#open();
  }

  #part(name) {
    return this.root.querySelector(`[data-part=${name}]`);
  }

  #say(sentence, isBad = false) {
    const state = this.#part("state");
    state.textContent = sentence;
    state.hidden = sentence === "";
    state.classList.toggle("reader__state--bad", isBad);
  }

  #listen() {
    const act = {
      smaller: () => this.#setZoom(this.#zoom - 1),
      larger: () => this.#setZoom(this.#zoom + 1),
      save: () => this.#save(),
      print: () => this.#print(),
      find: () => this.search.show(),
    };
    this.onPress = (event) => act[event.target.closest("[data-do]")?.dataset.do]?.();
    this.root.addEventListener("click", this.onPress);
    this.near = new IntersectionObserver((entries) => this.#seen(entries), { root: this.pages, rootMargin: "150% 0px" });
    this.onResize = new ResizeObserver(() => this.#fit());
    this.onScroll = () => this.#count();
    this.pages.addEventListener("scroll", this.onScroll, { passive: true });
  }

  async #open() {
    this.#say(this.words.opening);
    try {
      this.paper = await Paper.open(this.bytes);
    } catch (error) {
      this.failed(error);
      return;
    }
    if (this.#isClosed) return this.paper.close();
    const of = this.paper.sizes.length;
    this.#sheets = this.paper.sizes.map((size, n) => new Sheet(n, size, filled(this.words.page, { n: n + 1, of })));
    this.pages.replaceChildren(...this.#sheets.map((sheet) => sheet.element));
    this.#fit();
    this.onResize.observe(this.pages);
    this.#sheets.forEach((sheet) => this.near.observe(sheet.element));
    this.#count();
  }

  /** Shows that the document turned out to be unreadable. */
  failed = (error) => {
    if (!(error instanceof Unreadable)) throw error;
    this.#refuse(error.message);
  };

  #refuse(why) {
    if (this.#isClosed) return;
    this.#say(this.words[WORDS[why]] ?? this.words.broken, true);
    this.root.dataset.state = "refused";
    this.pages.replaceChildren();
    this.told("refused");
  }

  /** Returns the CSS pixels of a point. */
  #measured() {
    const widest = Math.max(...this.#sheets.map((sheet) => sheet.size.width));
    const style = getComputedStyle(this.pages);
    const room = this.pages.clientWidth - parseFloat(style.paddingLeft) - parseFloat(style.paddingRight);
    return (Math.min(room, WIDEST) / widest) * ZOOM[this.#zoom];
  }

  #fit() {
    if (this.#sheets.length === 0 || this.pages.clientWidth === 0) return;
    const before = this.pages.scrollHeight > 0 ? this.pages.scrollTop / this.pages.scrollHeight : 0;
    const each = this.#measured();
    if (each === this.each) return;
    this.each = each;
    this.#sheets.forEach((sheet) => sheet.fit(each));
    this.pages.scrollTop = before * this.pages.scrollHeight;
    this.#part("zoom").textContent = `${Math.round(100 * ZOOM[this.#zoom])}%`;
    this.#pump();
  }

  #setZoom(step) {
    this.#zoom = Math.min(Math.max(step, 0), ZOOM.length - 1);
    for (const [name, end] of [["smaller", 0], ["larger", ZOOM.length - 1]]) {
      const button = this.root.querySelector(`[data-do=${name}]`);
      if (this.#zoom === end) button.setAttribute("aria-disabled", "true");
      else button.removeAttribute("aria-disabled");
    }
    this.#fit();
  }

  #count() {
    const middle = this.pages.scrollTop + this.pages.clientHeight / 2;
    const at = this.#sheets.findLastIndex((sheet) => sheet.element.offsetTop - this.pages.offsetTop <= middle);
    const words = filled(this.words.page, { n: Math.max(at, 0) + 1, of: this.#sheets.length });
    if (this.#part("place").textContent !== words) this.#part("place").textContent = words;
  }

  #seen(entries) {
    for (const { target, isIntersecting } of entries) {
      const sheet = this.#sheets.find((one) => one.element === target);
      if (sheet) sheet.isNear = isIntersecting;
    }
    this.#pump();
  }

  /** Draws the next page that is near and not drawn at this size. Pages wait for one another, nearest first. */
  async #pump() {
    if (this.#isBusy || this.#isClosed || !this.each) return;
    const scale = this.each * (globalThis.devicePixelRatio || 1);
    const middle = this.pages.scrollTop + this.pages.clientHeight / 2;
    const away = (sheet) => Math.abs(sheet.element.offsetTop + sheet.element.offsetHeight / 2 - this.pages.offsetTop - middle);
    const [next] = this.#sheets.filter((s) => s.isNear && s.scale !== scale).sort((a, b) => away(a) - away(b));
    if (!next) return;
    this.#isBusy = true;
    try {
      await this.#draw(next, scale);
    } catch (error) {
      this.failed(error);
      return;
    } finally {
      this.#isBusy = false;
    }
    this.#pump();
  }

  async #draw(sheet, scale) {
    const missing = await this.paper.draw(sheet.number, scale, sheet.canvas);
    if (this.#isClosed) return;
    const isFirst = sheet.scale === 0;
    Object.assign(sheet, { scale, missing });
    sheet.element.dataset.drawn = missing === 0 ? "whole" : "part";
    this.#drawn = [...this.#drawn.filter((one) => one !== sheet), sheet];
    for (const old of this.#drawn.slice(0, -KEPT).filter((one) => !one.isNear)) {
      old.empty();
      delete old.element.dataset.drawn;
      this.#drawn = this.#drawn.filter((one) => one !== old);
    }
    this.#report();
    if (sheet.number === 0 && missing === 0 && isFirst) this.#tellShown();
    // The next page need not wait for the words of this one.
    this.lines(sheet.number).then((lines) => {
      if (this.#isClosed) return;
      if (!sheet.lines) sheet.write(lines);
      this.search.mark(sheet);
    }, this.failed);
  }

  /** Tells that the first page is on the screen, once it is painted. */
  #tellShown() {
    if (this.wasTold) return;
    this.wasTold = true;
    const tell = () => {
      if (this.#isClosed) return;
      this.root.dataset.state = "shown";
      performance.mark("reader-shown");
      this.told("shown");
    };
    requestAnimationFrame(() => setTimeout(tell));
  }

  #report() {
    const found = MISSING.filter(([bit]) => this.#sheets.some((sheet) => sheet.missing & bit));
    const pages = this.#sheets.filter((sheet) => sheet.missing !== 0).map((sheet) => sheet.number + 1);
    if (found.length === 0) return this.#say("");
    const what = found.map(([, word]) => this.words[word]).join(", ");
    this.#say(filled(this.words.missing, { what, pages: pages.join(", ") }), true);
  }

  /** The number of pages. */
  get count() {
    return this.#sheets.length;
  }

  /** Returns what stands on a page. */
  async lines(number) {
    const sheet = this.#sheets[number];
    sheet.read ??= this.paper.lines(number);
    return sheet.read;
  }

  sheet(number) {
    return this.#sheets[number];
  }

  #save() {
    const link = document.createElement("a");
    link.href = URL.createObjectURL(new Blob([this.bytes], { type: "application/pdf" }));
    link.download = this.name.toLowerCase().endsWith(".pdf") ? this.name : `${this.name}.pdf`;
    link.click();
    // The browser reads the bytes only after the press.
    setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
  }

  async #print() {
    if (!this.paper || this.isPrinting) return;
    this.isPrinting = true;
    try {
      await print(this.paper, (n) => this.#say(filled(this.words.printing, { n, of: this.count })), () => this.#isClosed);
    } catch (error) {
      this.failed(error);
      return;
    } finally {
      this.isPrinting = false;
    }
    this.#report();
  }

  close() {
    this.#isClosed = true;
    this.near.disconnect();
    this.onResize.disconnect();
    this.pages.removeEventListener("scroll", this.onScroll);
    this.root.removeEventListener("click", this.onPress);
    this.search.close();
    this.paper?.close();
    this.pages.replaceChildren();
    delete this.root.dataset.state;
  }
}
