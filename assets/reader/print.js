// Prints a document that is open in the app or the console: its pages as pictures, and nothing else of the page.

/** Pixels for each point: 150 dots an inch. */
const SCALE = 150 / 72;

const pictureOf = (canvas) =>
  new Promise((resolve, reject) => canvas.toBlob((blob) => (blob ? resolve(blob) : reject(new Error("no picture"))), "image/png"));

/** Draws all pages and prints them. `at` is told the number of each page; it stops when `isOver` returns true. */
export async function print(paper, at, isOver) {
  const sheets = document.createElement("div");
  sheets.className = "print-sheets";
  const canvas = document.createElement("canvas");
  try {
    for (let page = 0; page < paper.sizes.length; page += 1) {
      at(page + 1);
      await paper.draw(page, SCALE, canvas);
      if (isOver()) return;
      const picture = Object.assign(new Image(), { src: URL.createObjectURL(await pictureOf(canvas)), alt: "" });
      sheets.append(picture);
      await picture.decode();
    }
    document.body.append(sheets);
    document.documentElement.classList.add("is-printing");
    const over = new Promise((resolve) => addEventListener("afterprint", resolve, { once: true }));
    globalThis.print();
    // Some phones come back from print() at once and say later that it is over.
    await Promise.race([over, new Promise((resolve) => setTimeout(resolve, 60_000))]);
  } finally {
    document.documentElement.classList.remove("is-printing");
    sheets.querySelectorAll("img").forEach((picture) => URL.revokeObjectURL(picture.src));
    sheets.remove();
  }
}
