//! What the reader shows of documents as programs make them, and what it says of those that it cannot show.

#![expect(clippy::unwrap_used, reason = "what fails here fails the test")]

mod form;
mod paper;

use lopdf::{Dictionary, EncryptionState, EncryptionVersion, Object, Permissions, Stream, dictionary};
use paper::{Paper, bytes, drawn, ink};
use reader::{Document, MAX_PAGES, Missing, Unreadable};

const WORDS: &str = "BT /F1 20 Tf 20 60 Td (Aangifte 2025) Tj ET";

fn open(bytes: Vec<u8>) -> Document {
    Document::open(bytes).map_err(|why| format!("{why:?}")).unwrap()
}

#[test]
fn a_page_is_drawn_with_a_font_that_it_does_not_bring_along() {
    let pdf = Paper::new().page(WORDS, Dictionary::new()).bytes();
    assert_eq!(open(pdf.clone()).draw(0, 1.0).unwrap().wanted, ["Helvetica.pfb"]);
    let mut document = open(pdf);
    assert_eq!(document.sizes(), [(200.0, 100.0)]);
    let page = drawn(&mut document, 0);
    assert_eq!((page.width, page.height), (200, 100));
    assert!(page.missing.is_nothing());
    assert!(ink(&page, 20..150, 25..42) > 0.1);
    assert_eq!(ink(&page, 0..200, 60..100), 0.0);
}

#[test]
fn letters_without_their_font_are_missing_and_never_silently() {
    let mut document = open(Paper::new().page(WORDS, Dictionary::new()).bytes());
    document.give("Helvetica.pfb", None);
    let page = document.draw(0, 1.0).unwrap();
    assert_eq!(page.wanted, [""; 0]);
    assert_eq!(page.missing, Missing::LETTERS);
}

#[test]
fn text_is_read_from_top_to_bottom_with_its_places() {
    let content = "BT /F1 10 Tf 20 20 Td (onder) Tj ET BT /F1 10 Tf 120 80 Td (1.250) Tj ET BT /F1 10 Tf 20 80 Td (Lo) Tj (on) Tj ET";
    let mut document = open(Paper::new().page(content, Dictionary::new()).bytes());
    drawn(&mut document, 0);
    let lines = document.lines(0);
    let texts: Vec<_> = lines.iter().map(|line| (line.text.as_str(), line.is_last)).collect();
    assert_eq!(texts, [("Loon", false), ("1.250", true), ("onder", true)]);
    let first = &lines[0];
    assert!((first.x - 20.0).abs() < 0.1 && (first.y - 20.0).abs() < 0.1, "{first:?}");
    assert!((first.size - 10.0).abs() < 0.1 && (first.width - 22.2).abs() < 1.0, "{first:?}");
    assert_eq!(first.angle, 0.0);
}

#[test]
fn a_turned_page_is_shown_as_it_is_read() {
    let mut document = open(Paper::new().page(WORDS, dictionary! { "Rotate" => 90 }).bytes());
    assert_eq!(document.sizes(), [(100.0, 200.0)]);
    let page = drawn(&mut document, 0);
    assert_eq!((page.width, page.height), (100, 200));
    assert!(ink(&page, 58..75, 20..150) > 0.1);
    let [line] = &document.lines(0)[..] else { panic!("one line") };
    assert_eq!(line.text, "Aangifte 2025");
    assert!((line.angle - std::f64::consts::FRAC_PI_2).abs() < 0.01);
}

#[test]
fn a_picture_that_cannot_be_decoded_is_missing() {
    for (filter, bytes) in [("DCTDecode", &b"no picture"[..]), ("JPXDecode", b"no picture"), ("JBIG2Decode", b"no")] {
        let mut paper = Paper::new();
        let picture = dictionary! {
            "Type" => "XObject", "Subtype" => "Image", "Width" => 10, "Height" => 10, "ColorSpace" => "DeviceGray",
            "BitsPerComponent" => 8, "Filter" => filter,
        };
        let picture = paper.pdf.add_object(Stream::new(picture, bytes.to_vec()).with_compression(false));
        let resources = dictionary! { "XObject" => dictionary! { "P" => picture } };
        let paper = paper.page("q 50 0 0 50 20 20 cm /P Do Q", dictionary! { "Resources" => resources });
        let page = open(paper.bytes()).draw(0, 1.0).unwrap();
        assert_eq!(page.missing, Missing::PICTURES, "{filter}");
    }
}

#[test]
fn east_asian_letters_without_their_font_are_missing() {
    let mut paper = Paper::new();
    let descendant = dictionary! {
        "Type" => "Font", "Subtype" => "CIDFontType0", "BaseFont" => "KozMinPro-Regular",
        "CIDSystemInfo" => dictionary! {
            "Registry" => Object::string_literal("Adobe"), "Ordering" => Object::string_literal("Japan1"), "Supplement" => 6,
        },
    };
    let descendant = paper.pdf.add_object(descendant);
    let font = dictionary! {
        "Type" => "Font", "Subtype" => "Type0", "BaseFont" => "KozMinPro-Regular-UniJIS-UTF16-H",
        "Encoding" => "UniJIS-UTF16-H", "DescendantFonts" => vec![descendant.into()],
    };
    let resources = dictionary! { "Font" => dictionary! { "F1" => font } };
    let content = "BT /F1 20 Tf 20 60 Td <7A0E> Tj ET";
    let pdf = paper.page(content, dictionary! { "Resources" => resources }).bytes();
    assert_eq!(open(pdf.clone()).draw(0, 1.0).unwrap().wanted, ["Helvetica.pfb", "cmaps.bin"]);
    let mut document = open(pdf);
    assert_eq!(drawn(&mut document, 0).missing, Missing::LETTERS);
}

fn encrypted(user_password: &str) -> Vec<u8> {
    let mut pdf = Paper::new().page(WORDS, Dictionary::new()).bound(Dictionary::new());
    let version = EncryptionVersion::V2 {
        document: &pdf,
        owner_password: "kantoor",
        user_password,
        key_length: 128,
        permissions: Permissions::all(),
    };
    let state = EncryptionState::try_from(version).unwrap();
    pdf.encrypt(&state).unwrap();
    bytes(pdf)
}

#[test]
fn an_encrypted_document_is_shown_if_it_asks_for_no_password() {
    let mut document = open(encrypted(""));
    assert!(drawn(&mut document, 0).missing.is_nothing());
    assert_eq!(document.lines(0)[0].text, "Aangifte 2025");
    assert_eq!(Document::open(encrypted("geheim")).err(), Some(Unreadable::Password));
}

#[test]
fn what_is_no_document_or_too_long_is_refused() {
    let page = |paper: Paper| paper.page("", Dictionary::new());
    let many = (0..=MAX_PAGES).fold(Paper::new(), |paper, _| page(paper));
    let whole = page(Paper::new()).bytes();
    for (bytes, expected) in [
        (many.bytes(), Unreadable::TooManyPages),
        (Vec::new(), Unreadable::Broken),
        (b"%PDF-1.7\nno more than that".to_vec(), Unreadable::Broken),
        (whole[..whole.len() / 8].to_vec(), Unreadable::Broken),
    ] {
        assert_eq!(Document::open(bytes).err(), Some(expected));
    }
}

#[test]
fn a_very_large_page_is_drawn_with_fewer_pixels() {
    let page = dictionary! { "MediaBox" => vec![0.into(), 0.into(), 14_400.into(), 14_400.into()] };
    let page = open(Paper::new().page("", page).bytes()).draw(0, 4.0).unwrap();
    assert!(page.pixels.len() <= 64_100_000, "{}", page.pixels.len());
    assert_eq!(page.pixels.len(), 4 * usize::from(page.width) * usize::from(page.height));
}

#[test]
fn there_is_no_page_after_the_last() {
    let document = open(Paper::new().page(WORDS, Dictionary::new()).bytes());
    assert!(document.draw(1, 1.0).is_none());
    assert_eq!(document.lines(1), []);
}
