// Finds words on all pages of a document, and shows where they are.

const filled = (sentence, words) => sentence.replace(/\{(\w+)\}/g, (_, word) => words[word] ?? "");

/** Returns text without capitals and accents, letter by letter, so that places in it stay the same. */
const folded = (text) => Array.from({ length: text.length }, (_, at) => text[at].normalize("NFD")[0].toLowerCase()).join("");

/** Returns the places of `words` on a page: for each a list of [line, from, to] in letters. */
function hits(lines, words) {
  let all = "";
  const starts = lines.map(({ text }) => {
    const start = all.length;
    all += `${folded(text)} `;
    return start;
  });
  const found = [];
  for (let at = all.indexOf(words); at >= 0; at = all.indexOf(words, at + words.length)) {
    const end = at + words.length;
    const parts = lines.map(({ text }, n) => [n, Math.max(at - starts[n], 0), Math.min(end - starts[n], text.length)]);
    found.push(parts.filter(([, from, to]) => from < to));
  }
  return found;
}

export class Search {
  #words = "";
  #found = [];
  #at = -1;
  #run = 0;

  constructor(reader, element) {
    Object.assign(this, { reader, element });
    this.input = element.querySelector("input");
    this.outcome = element.querySelector("[data-part=hits]");
    this.onInput = () => {
      clearTimeout(this.clock);
      this.clock = setTimeout(() => this.#find(), 200);
    };
    this.onKey = (event) => {
      if (event.key !== "Enter") return;
      event.preventDefault();
      this.#go(event.shiftKey ? -1 : 1);
    };
    this.onPress = (event) => {
      const step = { next: 1, previous: -1 }[event.target.closest("[data-find]")?.dataset.find];
      if (step) this.#go(step);
    };
    this.input.addEventListener("input", this.onInput);
    this.input.addEventListener("keydown", this.onKey);
    element.addEventListener("click", this.onPress);
  }

  /** Opens the field for search, or closes it. */
  show() {
    this.element.hidden = !this.element.hidden;
    const button = this.reader.root.querySelector("[data-do=find]");
    button.setAttribute("aria-expanded", String(!this.element.hidden));
    if (!this.element.hidden) return this.input.focus();
    this.input.value = "";
    return this.#find();
  }

  async #find() {
    const run = ++this.#run;
    this.#words = folded(this.input.value.trim());
    this.#found = [];
    this.#at = -1;
    this.outcome.textContent = "";
    for (let page = 0; page < this.reader.count; page += 1) {
      const lines = this.#words === "" ? [] : await this.reader.lines(page);
      if (run !== this.#run) return;
      if (this.#words !== "") hits(lines, this.#words).forEach((parts) => this.#found.push({ page, parts }));
      this.mark(this.reader.sheet(page));
      if (this.#at < 0 && this.#found.length > 0) this.#go(1);
    }
    this.#say();
  }

  #say() {
    const { words } = this.reader;
    if (this.#words === "") this.outcome.textContent = "";
    else if (this.#found.length === 0) this.outcome.textContent = words.nothing;
    else this.outcome.textContent = filled(words.found, { n: this.#at + 1, of: this.#found.length });
  }

  #go(step) {
    if (this.#found.length === 0) return;
    this.#at = (this.#at + step + this.#found.length) % this.#found.length;
    const { page } = this.#found[this.#at];
    for (let n = 0; n < this.reader.count; n += 1) this.mark(this.reader.sheet(n));
    const sheet = this.reader.sheet(page);
    (sheet.layer.querySelector(".reader__hit--now") ?? sheet.element).scrollIntoView({ block: "center" });
    this.#say();
  }

  /** Marks what was found on a page. */
  mark(sheet) {
    sheet.layer.querySelectorAll(".reader__hit").forEach((old) => old.remove());
    if (!sheet.lines && this.#found.some((hit) => hit.page === sheet.number)) {
      this.reader.lines(sheet.number).then((lines) => {
        sheet.write(lines);
        this.mark(sheet);
      });
      return;
    }
    for (const [n, { page, parts }] of this.#found.entries()) {
      if (page !== sheet.number) continue;
      for (const [line, from, to] of parts) {
        const { text, x, y, width, size, angle } = sheet.lines[line];
        const mark = document.createElement("div");
        mark.className = n === this.#at ? "reader__hit reader__hit--now" : "reader__hit";
        const [start, length] = [(width * from) / text.length, (width * (to - from)) / text.length];
        mark.style.left = `${x + start * Math.cos(angle)}px`;
        mark.style.top = `${y + start * Math.sin(angle) - size * 0.85}px`;
        mark.style.width = `${length}px`;
        mark.style.height = `${size * 1.1}px`;
        mark.style.transformOrigin = `0 ${size * 0.85}px`;
        mark.style.transform = `rotate(${angle}rad)`;
        sheet.layer.append(mark);
      }
    }
  }

  close() {
    this.#run += 1;
    clearTimeout(this.clock);
    this.input.removeEventListener("input", this.onInput);
    this.input.removeEventListener("keydown", this.onKey);
    this.element.removeEventListener("click", this.onPress);
  }
}
