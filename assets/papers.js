// Converts photographs of documents: turns them upright, makes them small enough to send, checks them for blur, and
// binds them into one PDF. It is loaded when the first photograph is chosen. It knows no screen and stores nothing.

const LONGEST = 2400; // pixels of the long side: an A4 at about 200 dots an inch
const QUALITY = 0.82;
const A4 = [595, 842]; // points

const canvasOf = (width, height) => {
  const canvas = Object.assign(document.createElement("canvas"), { width, height });
  return { canvas, draw: canvas.getContext("2d", { alpha: false, willReadFrequently: true }) };
};

const jpegOf = (canvas) =>
  new Promise((resolve, reject) =>
    canvas.toBlob((blob) => (blob ? blob.arrayBuffer().then((bytes) => resolve(new Uint8Array(bytes))) : reject(new Error("no JPEG"))), "image/jpeg", QUALITY),
  );

const decoded = async (bytes, type) => {
  // The picture is turned the way the camera was held. EXIF is used here and then dropped, with the photograph's
  // place.
  return createImageBitmap(new Blob([bytes], { type }), { imageOrientation: "from-image" });
};

/** Draws an image, turned `turns` quarters to the right and not larger than `longest`. */
const drawn = (image, longest, turns = 0) => {
  const scale = Math.min(1, longest / Math.max(image.width, image.height));
  const [w, h] = [image.width, image.height].map((side) => Math.max(1, Math.round(side * scale)));
  const { canvas, draw } = turns % 2 ? canvasOf(h, w) : canvasOf(w, h);
  draw.fillStyle = "#fff"; // under a picture with transparent parts
  draw.fillRect(0, 0, canvas.width, canvas.height);
  draw.imageSmoothingQuality = "high";
  draw.translate(canvas.width / 2, canvas.height / 2);
  draw.rotate((turns * Math.PI) / 2);
  draw.drawImage(image, -w / 2, -h / 2, w, h);
  return { canvas, draw };
};

// ---- Blur ------------------------------------------------------------------

const LOOK = 1000; // pixels of the long side when looked at
const TILE = 50;
const CONTRAST = 14; // standard deviation from which a tile has something on it
const SHARP = 0.16; // below this, letters have no edges

/**
 * Returns the sharpness of what is on a picture: the variance of its Laplacian divided by its contrast, as the upper
 * quartile of all tiles with something on them. It is above 1 for sharp print, and undefined for an empty page.
 */
export const sharpness = (image) => {
  const { canvas, draw } = drawn(image, LOOK);
  const { width, height } = canvas;
  const { data } = draw.getImageData(0, 0, width, height);
  const grey = new Float32Array(width * height);
  for (let i = 0; i < grey.length; i += 1) grey[i] = 0.299 * data[4 * i] + 0.587 * data[4 * i + 1] + 0.114 * data[4 * i + 2];
  const tiles = [];
  for (let top = 1; top + TILE < height; top += TILE) {
    for (let left = 1; left + TILE < width; left += TILE) {
      let [sum, squares, edge, edges] = [0, 0, 0, 0];
      for (let y = top; y < top + TILE; y += 1) {
        for (let x = left; x < left + TILE; x += 1) {
          const i = y * width + x;
          const laplacian = grey[i - 1] + grey[i + 1] + grey[i - width] + grey[i + width] - 4 * grey[i];
          sum += grey[i];
          squares += grey[i] * grey[i];
          edge += laplacian;
          edges += laplacian * laplacian;
        }
      }
      const n = TILE * TILE;
      tiles.push({ contrast: squares / n - (sum / n) ** 2, edges: edges / n - (edge / n) ** 2 });
    }
  }
  // The edges in the emptiest tiles are noise of the camera.
  const noise = tiles.map((tile) => tile.edges).sort((a, b) => a - b)[Math.floor(tiles.length / 10)];
  const written = tiles.filter((tile) => tile.contrast >= CONTRAST * CONTRAST);
  const ratios = written.map((tile) => (tile.edges - noise) / tile.contrast).sort((a, b) => b - a);
  return ratios[Math.floor(ratios.length / 4)];
};

// ---- Pages -----------------------------------------------------------------

/** Converts a picture to [JPEG, whether it is blurred]. Returns undefined if this browser cannot read it. */
export const prepare = async (bytes, type) => {
  let image;
  try {
    image = await decoded(bytes, type);
  } catch {
    return undefined;
  }
  const page = await jpegOf(drawn(image, LONGEST).canvas);
  const sharp = sharpness(image);
  image.close();
  return [page, sharp !== undefined && sharp < SHARP];
};

/** Turns a page a quarter to the right. */
export const turn = async (page) => {
  const image = await decoded(page, "image/jpeg");
  return jpegOf(drawn(image, LONGEST, 1).canvas);
};

/** Returns width and height of a JPEG, from its frame header (ITU-T T.81, B.2.2). */
const sizeOf = (jpeg) => {
  for (let at = 2; at + 9 < jpeg.length; ) {
    const marker = jpeg[at + 1];
    if (marker >= 0xc0 && marker <= 0xc3) return [(jpeg[at + 7] << 8) | jpeg[at + 8], (jpeg[at + 5] << 8) | jpeg[at + 6]];
    at += 2 + ((jpeg[at + 2] << 8) | jpeg[at + 3]);
  }
  throw new Error("not a JPEG");
};

/** Binds JPEGs into one PDF, a page each (ISO 32000-1). The same pages always give the same bytes. */
export const bind = (pages) => {
  const parts = [];
  const offsets = [];
  const text = new TextEncoder();
  let length = 0;
  const put = (part) => {
    const bytes = typeof part === "string" ? text.encode(part) : part;
    parts.push(bytes);
    length += bytes.length;
  };
  const object = (...content) => {
    offsets.push(length);
    put(`${offsets.length} 0 obj\n`);
    content.forEach(put);
    put("\nendobj\n");
  };
  put("%PDF-1.4\n");
  put(new Uint8Array([0x25, 0xe2, 0xe3, 0xcf, 0xd3, 0x0a])); // says that bytes follow
  object("<< /Type /Catalog /Pages 2 0 R >>");
  object(`<< /Type /Pages /Count ${pages.length} /Kids [${pages.map((_, i) => `${3 + 3 * i} 0 R`).join(" ")}] >>`);
  pages.forEach((jpeg, i) => {
    const [width, height] = sizeOf(jpeg);
    const paper = width > height ? [A4[1], A4[0]] : A4;
    const scale = Math.min(paper[0] / width, paper[1] / height);
    const [w, h] = [width, height].map((side) => (side * scale).toFixed(2));
    const [first, drawing] = [3 + 3 * i, `q ${w} 0 0 ${h} 0 0 cm /P Do Q`];
    object(`<< /Type /Page /Parent 2 0 R /MediaBox [0 0 ${w} ${h}] /Contents ${first + 1} 0 R /Resources << /XObject << /P ${first + 2} 0 R >> >> >>`);
    object(`<< /Length ${drawing.length} >>\nstream\n${drawing}\nendstream`);
    object(
      `<< /Type /XObject /Subtype /Image /Width ${width} /Height ${height} /ColorSpace /DeviceRGB /BitsPerComponent 8 /Filter /DCTDecode /Length ${jpeg.length} >>\nstream\n`,
      jpeg,
      "\nendstream",
    );
  });
  const xref = length;
  put(`xref\n0 ${offsets.length + 1}\n0000000000 65535 f \n`);
  offsets.forEach((offset) => put(`${String(offset).padStart(10, "0")} 00000 n \n`));
  put(`trailer\n<< /Size ${offsets.length + 1} /Root 1 0 R >>\nstartxref\n${xref}\n%%EOF\n`);
  const pdf = new Uint8Array(length);
  let at = 0;
  for (const part of parts) {
    pdf.set(part, at);
    at += part.length;
  }
  return pdf;
};
