// Exports all of a client's data to one ZIP file (APPNOTE 6.3, method «stored»), with a page to read them. Loaded when
// somebody asks for it. Each file becomes a Blob at once, so that a browser can hold it on disk.

const MOST = 0xffffffff; // what its 32 bit fields can hold
const TABLE = Uint32Array.from({ length: 256 }, (_, n) => {
  let c = n;
  for (let bit = 0; bit < 8; bit += 1) c = c & 1 ? (c >>> 1) ^ 0xedb88320 : c >>> 1;
  return c;
});

const crcOf = (bytes) => {
  let c = 0xffffffff;
  for (let i = 0; i < bytes.length; i += 1) c = TABLE[(c ^ bytes[i]) & 0xff] ^ (c >>> 8);
  return (c ^ 0xffffffff) >>> 0;
};

const escaped = (text) => String(text).replace(/[&<>"']/g, (c) => `&#${c.charCodeAt(0)};`);
const address = (path) => path.split("/").map(encodeURIComponent).join("/");

const STYLE = `body{font:17px/1.5 system-ui,sans-serif;max-width:52rem;margin:0 auto;padding:1rem;color:#14171f;background:#fff}
h1{line-height:1.2}h2{margin-top:2.5rem;border-bottom:2px solid}table{border-collapse:collapse;width:100%}
th,td{padding:.4rem .6rem .4rem 0;border-top:1px solid #ccc;text-align:left;vertical-align:top;overflow-wrap:anywhere;white-space:pre-line}
th{font-weight:600;width:38%}td.by{color:#4d5462;font-size:.85em;width:24%}
@media(prefers-color-scheme:dark){body{color:#eee;background:#14171f}a{color:#9cf}td.by{color:#bbb}}`;

const pageOf = ({ language, title, made, missing, lacking, years }) => {
  const row = ([what, said, when, file]) => {
    const gone = lacking.includes(file);
    const name = file && !gone ? `<a href="${escaped(address(file))}">${escaped(what || said)}</a>` : escaped(what);
    const words = what || gone || !file ? escaped(said) : "";
    return `<tr><th scope="row">${name}</th><td>${words}${gone ? ` (${escaped(missing)})` : ""}</td><td class="by">${escaped(when)}</td></tr>`;
  };
  const group = ([name, lines]) => `<h3>${escaped(name)}</h3><table>${lines.map(row).join("\n")}</table>`;
  const year = (of) => `<section><h2>${escaped(of.title)}</h2>${of.groups.map(group).join("\n")}</section>`;
  return `<!doctype html>
<html lang="${escaped(language)}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escaped(title)}</title><style>${STYLE}</style></head>
<body><main><h1>${escaped(title)}</h1><p>${escaped(made)}</p>
${years.map(year).join("\n")}
</main></body></html>
`;
};

export class ExportFile {
  #parts = [];
  #entries = [];
  #length = 0;

  #put(bytes) {
    this.#parts.push(new Blob([bytes]));
    this.#length += bytes.length;
  }

  add(path, bytes) {
    const name = new TextEncoder().encode(path);
    if (this.#length + bytes.length + name.length + 1000 > MOST || this.#entries.length >= 0xfffe) throw new RangeError("too much for one ZIP file");
    const now = new Date();
    const fields = new DataView(new ArrayBuffer(26));
    fields.setUint16(0, 20, true); // needs version 2.0
    fields.setUint16(2, 0x0800, true); // names are UTF-8
    fields.setUint16(6, (now.getHours() << 11) | (now.getMinutes() << 5) | (now.getSeconds() >> 1), true);
    fields.setUint16(8, ((now.getFullYear() - 1980) << 9) | ((now.getMonth() + 1) << 5) | now.getDate(), true);
    fields.setUint32(10, crcOf(bytes), true);
    fields.setUint32(14, bytes.length, true);
    fields.setUint32(18, bytes.length, true);
    fields.setUint16(22, name.length, true);
    const head = new Uint8Array(fields.buffer);
    this.#entries.push({ name, head, at: this.#length });
    this.#put(new Uint8Array([0x50, 0x4b, 3, 4, ...head, ...name]));
    this.#put(bytes);
  }

  /** Adds the page and the directory, and has the browser save the file under `name`. */
  finish(json, name) {
    this.add("index.html", new TextEncoder().encode(pageOf(JSON.parse(json))));
    const start = this.#length;
    for (const entry of this.#entries) {
      const tail = new DataView(new ArrayBuffer(14));
      tail.setUint32(10, entry.at, true);
      this.#put(new Uint8Array([0x50, 0x4b, 1, 2, 20, 0, ...entry.head, ...new Uint8Array(tail.buffer), ...entry.name]));
    }
    const end = new DataView(new ArrayBuffer(22));
    end.setUint32(0, 0x06054b50, true);
    end.setUint16(8, this.#entries.length, true);
    end.setUint16(10, this.#entries.length, true);
    end.setUint32(12, this.#length - start, true);
    end.setUint32(16, start, true);
    this.#put(new Uint8Array(end.buffer));
    const url = URL.createObjectURL(new Blob(this.#parts, { type: "application/zip" }));
    const link = Object.assign(document.createElement("a"), { href: url, download: name });
    link.click();
    // The browser has read the file by then. Without this its memory would never be freed.
    setTimeout(() => URL.revokeObjectURL(url), 60_000);
  }
}
