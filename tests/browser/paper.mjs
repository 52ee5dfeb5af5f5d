// Documents for tests: a PDF of one page, and a photograph that a camera could have made.
/** Binds objects into a PDF. */
function bound(objects) {
  let pdf = "%PDF-1.4\n";
  const offsets = objects.map((object, i) => {
    const offset = pdf.length;
    pdf += `${i + 1} 0 obj\n${object}\nendobj\n`;
    return offset;
  });
  const xref = pdf.length;
  pdf += `xref\n0 ${objects.length + 1}\n0000000000 65535 f \n${offsets.map((o) => `${String(o).padStart(10, "0")} 00000 n \n`).join("")}`;
  pdf += `trailer << /Size ${objects.length + 1} /Root 1 0 R >>\nstartxref\n${xref}\n%%EOF\n`;
  return Buffer.from(pdf, "latin1");
}

/** Makes a valid PDF; `revision` makes its bytes different. */
export const taxReturn = (revision) => paperOf([`Aangifte inkomstenbelasting 2025, versie ${revision}`]);

/** Makes a PDF of a page with these lines. */
export function paperOf(lines) {
  const content = `BT /F1 18 Tf 24 TL 60 760 Td ${lines.map((line) => `(${line}) Tj T*`).join(" ")} ET`;
  return bound([
    "<< /Type /Catalog /Pages 2 0 R >>",
    "<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
    "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R /Resources << /Font << /F1 5 0 R >> >> >>",
    `<< /Length ${content.length} >>\nstream\n${content}\nendstream`,
    "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
  ]);
}

/** Makes a return of many pages, each full of words and amounts as tax software prints them. */
export function longReturn(pages) {
  const fonts = "<< /Type /Font /Subtype /Type1 /Encoding /WinAnsiEncoding /BaseFont";
  const objects = ["", "", `${fonts} /Helvetica >>`, `${fonts} /Helvetica-Bold >>`];
  const kids = [];
  for (let page = 1; page <= pages; page += 1) {
    let content = `BT /F2 14 Tf 60 780 Td (Rubriek ${page}: inkomsten uit werk en woning) Tj ET\n`;
    for (let line = 0; line < 46; line += 1) {
      const y = 750 - 15 * line;
      if (line % 2) content += `.94 g 56 ${y - 4} 483 15 re f 0 g\n`;
      content += `BT /F1 9.5 Tf 60 ${y} Td (${page}.${line} Bedrag volgens de jaaropgave van werkgever nummer ${line}) Tj 400 0 Td (${(page * 1237 + line * 911) % 90000},00) Tj ET\n`;
    }
    content += ".6 w 60 50 m 535 50 l S\n";
    kids.push(`${objects.length + 1} 0 R`);
    objects.push(`<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents ${objects.length + 2} 0 R /Resources << /Font << /F1 3 0 R /F2 4 0 R >> >> >>`);
    objects.push(`<< /Length ${content.length} >>\nstream\n${content}\nendstream`);
  }
  objects[0] = "<< /Type /Catalog /Pages 2 0 R >>";
  objects[1] = `<< /Type /Pages /Kids [${kids.join(" ")}] /Count ${pages} >>`;
  return bound(objects);
}

/** Makes a JPEG of 1600 by 1200 with the noise of a camera, about a megabyte, with the browser of `page`. */
export async function photograph(page) {
  const url = await page.evaluate(() => {
    const canvas = Object.assign(document.createElement("canvas"), { width: 1600, height: 1200 });
    const paper = canvas.getContext("2d");
    const pixels = paper.createImageData(1600, 1200);
    for (let i = 0; i < pixels.data.length; i += 4) {
      pixels.data.fill(180 + Math.random() * 60, i, i + 3);
      pixels.data[i + 3] = 255;
    }
    paper.putImageData(pixels, 0, 0);
    paper.font = "64px sans-serif";
    paper.fillText("Jaaropgave 2025", 200, 300);
    return canvas.toDataURL("image/jpeg", 0.9);
  });
  return Buffer.from(url.split(",")[1], "base64");
}
