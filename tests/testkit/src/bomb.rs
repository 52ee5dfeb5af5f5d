//! Files made in bad faith: small ones that become large, and large ones of many small things. Each would have taken a
//! server's memory, or its time.

use lopdf::{Document, Object, dictionary};
use std::fmt::Write;

/// Deflates a text of two bytes that are repeated, without having it in memory: `matches` times 258 bytes, and a few
/// before them (RFC 1951, section 3.2.6).
struct Deflate {
    bytes: Vec<u8>,
    bits: u32,
    count: u32,
    adler: (u32, u32),
}

impl Deflate {
    fn new() -> Self {
        // The last block, with the codes that every reader knows.
        let mut made = Self { bytes: vec![0x78, 0x9c], bits: 0, count: 0, adler: (1, 0) };
        made.push(1, 1);
        made.push(1, 2);
        made
    }

    /// Adds bits, the lowest first.
    fn push(&mut self, bits: u32, count: u32) {
        self.bits |= bits << self.count;
        self.count += count;
        while self.count >= 8 {
            self.bytes.push(self.bits as u8);
            self.bits >>= 8;
            self.count -= 8;
        }
    }

    /// Adds a code, which is written from its highest bit on.
    fn code(&mut self, code: u32, count: u32) {
        self.push(code.reverse_bits() >> (32 - count), count);
    }

    fn sum(&mut self, byte: u8) {
        let (a, b) = self.adler;
        let a = (a + u32::from(byte)) % 65_521;
        self.adler = (a, (b + a) % 65_521);
    }

    fn text(mut self, text: &[u8]) -> Self {
        for byte in text {
            self.sum(*byte);
            self.code(0x30 + u32::from(*byte), 8);
        }
        self
    }

    fn repeated(mut self, two: [u8; 2], matches: usize) -> Self {
        self = self.text(&two);
        for _ in 0..matches {
            // 258 bytes from two bytes back.
            self.code(0b1100_0101, 8);
            self.code(1, 5);
            (0..129).for_each(|_| two.iter().for_each(|byte| self.sum(*byte)));
        }
        self
    }

    fn end(mut self) -> Vec<u8> {
        self.code(0, 7);
        self.push(0, (8 - self.count) % 8);
        let (a, b) = self.adler;
        self.bytes.extend((b << 16 | a).to_be_bytes());
        self.bytes
    }
}

/// Puts objects together to a PDF, of which the first is the catalog.
fn pdf(objects: &[Vec<u8>]) -> Vec<u8> {
    let mut bytes = b"%PDF-1.5\n".to_vec();
    let mut table = String::from("0000000000 65535 f \n");
    for (number, object) in (1..).zip(objects) {
        writeln!(table, "{:010} 00000 n ", bytes.len()).unwrap();
        bytes.extend(format!("{number} 0 obj\n").bytes());
        bytes.extend(object);
        bytes.extend(b"\nendobj\n");
    }
    let (count, start) = (objects.len() + 1, bytes.len());
    bytes.extend(
        format!("xref\n0 {count}\n{table}trailer\n<</Size {count}/Root 1 0 R>>\nstartxref\n{start}\n%%EOF\n").bytes(),
    );
    bytes
}

/// Returns the objects of a document of one page.
fn one_page() -> Vec<Vec<u8>> {
    [
        "<</Type/Catalog/Pages 2 0 R/X 4 0 R>>",
        "<</Type/Pages/Kids[3 0 R]/Count 1>>",
        "<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]>>",
    ]
    .map(|object| object.as_bytes().to_vec())
    .into()
}

fn with(object: Vec<u8>) -> Vec<u8> {
    let mut objects = one_page();
    objects.push(object);
    pdf(&objects)
}

/// A PDF of about `zeros / 500` bytes with a stream of objects that holds one array of so many zeros.
pub fn packed_array(zeros: usize) -> Vec<u8> {
    let packed = Deflate::new().text(b"5 0 [").repeated(*b"0 ", zeros / 129).text(b"]").end();
    let mut bytes = b"%PDF-1.5\n".to_vec();
    let mut entries = vec![[0, 0, 0, 0, 0, 255, 255]];
    let mut stream =
        format!("<</Type/ObjStm/N 1/First 4/Filter/FlateDecode/Length {}>>stream\n", packed.len()).into_bytes();
    stream.extend(&packed);
    stream.extend(b"\nendstream");
    let mut objects = one_page();
    objects[0] = b"<</Type/Catalog/Pages 2 0 R/X 5 0 R>>".to_vec();
    objects.push(stream);
    for (number, object) in (1..).zip(&objects) {
        let [a, b, c, d] = u32::try_from(bytes.len()).unwrap().to_be_bytes();
        entries.push([1, a, b, c, d, 0, 0]);
        bytes.extend(format!("{number} 0 obj\n").bytes());
        bytes.extend(object);
        bytes.extend(b"\nendobj\n");
    }
    entries.push([2, 0, 0, 0, 4, 0, 0]);
    let start = u32::try_from(bytes.len()).unwrap();
    let [a, b, c, d] = start.to_be_bytes();
    entries.push([1, a, b, c, d, 0, 0]);
    let table = entries.concat();
    bytes.extend(format!("6 0 obj\n<</Type/XRef/Size 7/W[1 4 2]/Root 1 0 R/Length {}>>stream\n", table.len()).bytes());
    bytes.extend(table);
    bytes.extend(format!("\nendstream\nendobj\nstartxref\n{start}\n%%EOF\n").bytes());
    bytes
}

/// A PDF with an array of so many numbers, two bytes each.
pub fn long_array(numbers: usize) -> Vec<u8> {
    with([b"[".as_slice(), &b"0 ".repeat(numbers), b"]"].concat())
}

/// A PDF with a dictionary of so many keys.
pub fn wide_dictionary(keys: usize) -> Vec<u8> {
    let mut text = String::from("<<");
    (0..keys).for_each(|n| write!(text, "/{n:x} 0").unwrap());
    with((text + ">>").into_bytes())
}

/// A PDF whose page has itself as a child so many times.
pub fn many_kids(kids: usize) -> Vec<u8> {
    let mut objects = one_page();
    objects[1] = format!("<</Type/Pages/Kids[{}]/Count {kids}>>", "3 0 R ".repeat(kids)).into_bytes();
    pdf(&objects)
}

/// A PDF of so many small objects.
pub fn many_objects(count: usize) -> Vec<u8> {
    let mut objects = one_page();
    objects.extend((0..count).map(|_| b"<</A 0>>".to_vec()));
    pdf(&objects)
}

/// A PDF with arrays that stand in each other.
pub fn deep_array(depth: usize) -> Vec<u8> {
    with(["[".repeat(depth), "]".repeat(depth)].concat().into_bytes())
}

/// A PDF whose text is so many backslashes, each of which a writer has to look at.
pub fn backslashes(count: usize) -> Vec<u8> {
    with([b"(".as_slice(), &b"\\\\".repeat(count), b")"].concat())
}

/// A PNG that says that it has so many pixels, with a colour profile that becomes 158 times as large. Its points end too
/// early, so that no reader is long at work with it.
pub fn png(side: u32, matches_of_profile: usize) -> Vec<u8> {
    picture(side, matches_of_profile, side as usize * side as usize * 3 / 258)
}

/// Does the same as [`png`] with all points.
pub fn whole_png(side: u32, matches_of_profile: usize) -> Vec<u8> {
    let bytes = (side as usize * 3 + 1) * side as usize;
    picture(side, matches_of_profile, bytes.div_ceil(258))
}

fn picture(side: u32, matches_of_profile: usize, matches: usize) -> Vec<u8> {
    let mut bytes = b"\x89PNG\r\n\x1a\n".to_vec();
    let mut chunk = |kind: &[u8], data: &[u8]| {
        let whole = [kind, data].concat();
        bytes.extend(u32::try_from(data.len()).unwrap().to_be_bytes());
        bytes.extend(&whole);
        bytes.extend(crc32fast::hash(&whole).to_be_bytes());
    };
    chunk(b"IHDR", &[side.to_be_bytes().as_slice(), &side.to_be_bytes(), &[8, 2, 0, 0, 0]].concat());
    let profile = Deflate::new().repeated([0, 0], matches_of_profile).end();
    chunk(b"iCCP", &[b"p\0\0".as_slice(), &profile].concat());
    // The points are black: a byte of filter and then zeros.
    chunk(b"IDAT", &Deflate::new().repeated([0, 0], matches).end());
    chunk(b"IEND", b"");
    bytes
}

/// A file of a spreadsheet with one row of so many cells.
pub fn wide_row(cells: usize) -> Vec<u8> {
    format!("nr;naam\n1;{}\n", ";".repeat(cells)).into_bytes()
}

/// A file of a spreadsheet that is full of cells of one character, within every bound.
pub fn full_table() -> Vec<u8> {
    let heading = (0..60).map(|n| format!("k{n}")).collect::<Vec<_>>().join(";");
    let row = ["x"; 60].join(";");
    let rows = (10 * 1024 * 1024 - heading.len()) / (row.len() + 1) - 1;
    format!("{heading}\n{}", format!("{row}\n").repeat(rows.min(50_000))).into_bytes()
}

/// An honest PDF of `pages` scans, with a picture of so many bytes on each.
pub fn scans(pages: usize, bytes: usize) -> Vec<u8> {
    let mut document = Document::load_mem(&pdf(&one_page())).unwrap();
    let mut state = 1_u64;
    for _ in 0..pages {
        // No two pictures are the same, and none can be made smaller (xorshift64).
        let picture: Vec<u8> = std::iter::repeat_with(|| {
            state ^= state << 13;
            state ^= state >> 7;
            state ^= state << 17;
            state.to_le_bytes()
        })
        .flatten()
        .take(bytes)
        .collect();
        let kind = dictionary! { "Type" => "XObject", "Subtype" => "Image", "Filter" => "DCTDecode" };
        document.add_object(lopdf::Stream::new(kind, picture));
    }
    let mut bytes = Vec::new();
    document.save_to(&mut bytes).unwrap();
    bytes
}

/// Returns a PDF as one that would show a dialog when it is opened, start a program, and carry another file.
pub fn with_script(pdf: &[u8]) -> Vec<u8> {
    let mut document = Document::load_mem(pdf).unwrap();
    let script = dictionary! { "S" => "JavaScript", "JS" => Object::string_literal("app.response('Geef uw pincode')") };
    let launch = dictionary! { "S" => "Launch", "F" => Object::string_literal("calc.exe") };
    let names =
        dictionary! { "EmbeddedFiles" => dictionary! { "Names" => vec![Object::string_literal("a.exe"), 1.into()] } };
    let catalog = document.catalog_mut().unwrap();
    catalog.set("OpenAction", script);
    catalog.set("Names", names);
    catalog.set("AcroForm", dictionary! { "XFA" => Object::string_literal("<xdp/>") });
    let page = document.page_iter().next().unwrap();
    document.get_dictionary_mut(page).unwrap().set("AA", dictionary! { "O" => launch });
    let mut bytes = Vec::new();
    document.save_to(&mut bytes).unwrap();
    bytes
}

/// Returns the number of pages of a PDF.
pub fn pages(pdf: &[u8]) -> usize {
    Document::load_mem(pdf).unwrap().get_pages().len()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_small_one_of_each_is_a_file_that_opens() {
        for bytes in [
            packed_array(1000),
            long_array(1000),
            wide_dictionary(1000),
            many_kids(100),
            many_objects(100),
            deep_array(10),
            backslashes(10),
        ] {
            let document = Document::load_mem(&bytes).unwrap();
            assert!(document.get_object(document.trailer.get(b"Root").unwrap().as_reference().unwrap()).is_ok());
        }
        let packed = Document::load_mem(&packed_array(1000)).unwrap();
        assert!(packed.get_object((5, 0)).unwrap().as_array().unwrap().len() > 900, "it is unpacked");
    }
}
