//! Values of form fields: those that a document draws itself, and those that it leaves to its reader.

use super::{Paper, drawn, ink};
use crate::paper::bytes;
use lopdf::{Dictionary, Object, Stream, dictionary};
use reader::{Document, Missing};

/// Makes a document with one field in the middle of its page.
fn with_field(entries: Dictionary) -> Document {
    with_field_and(Paper::new(), entries)
}

fn with_field_and(mut paper: Paper, entries: Dictionary) -> Document {
    let mut field = dictionary! {
        "Type" => "Annot", "Subtype" => "Widget", "T" => Object::string_literal("veld"),
        "Rect" => vec![50.into(), 40.into(), 150.into(), 60.into()],
    };
    for (key, value) in &entries {
        field.set(key.clone(), value.clone());
    }
    let field = paper.pdf.add_object(field);
    let paper = paper.page("", dictionary! { "Annots" => vec![field.into()] });
    let form = dictionary! { "Fields" => vec![field.into()], "DA" => Object::string_literal("/Helv 0 Tf 0 g") };
    Document::open(bytes(paper.bound(dictionary! { "AcroForm" => form }))).ok().unwrap()
}

fn text(value: &str) -> Dictionary {
    dictionary! { "FT" => "Tx", "V" => Object::string_literal(value) }
}

fn read(document: &Document) -> Vec<String> {
    document.lines(0).into_iter().map(|line| line.text).collect()
}

#[test]
fn a_value_without_an_appearance_is_drawn_and_read() {
    let mut document = with_field(text("18.400"));
    let page = drawn(&mut document, 0);
    assert!(page.missing.is_nothing());
    assert!(ink(&page, 50..90, 42..58) > 0.05);
    assert_eq!(ink(&page, 110..200, 0..100), 0.0);
    assert_eq!(read(&document), ["18.400"]);
}

#[test]
fn a_value_stands_where_its_field_says() {
    for (entries, left, right) in [
        (dictionary! { "Q" => 0 }, true, false),
        (dictionary! { "Q" => 2 }, false, true),
        (dictionary! { "Ff" => 1 << 24, "MaxLen" => 2 }, true, true),
    ] {
        let mut field = text("12");
        entries.iter().for_each(|(key, value)| field.set(key.clone(), value.clone()));
        let page = drawn(&mut with_field(field), 0);
        let inked = (ink(&page, 50..85, 42..58) > 0.0, ink(&page, 115..150, 42..58) > 0.0);
        assert_eq!(inked, (left, right), "{entries:?}");
    }
}

#[test]
fn many_words_are_set_in_lines_that_fit() {
    let mut field = text("Een toelichting van meer dan een regel, die in haar vak moet passen");
    field.set("Ff", 1 << 12);
    let mut document = with_field(field);
    let page = drawn(&mut document, 0);
    assert!(page.missing.is_nothing());
    assert!(document.lines(0).len() > 1);
    assert_eq!(ink(&page, 152..200, 0..100), 0.0);
}

#[test]
fn a_tick_without_an_appearance_is_drawn_and_an_empty_box_is_not_missed() {
    let ticked = dictionary! { "FT" => "Btn", "V" => "Ja", "AS" => "Ja" };
    let page = drawn(&mut with_field(ticked), 0);
    assert!(page.missing.is_nothing() && ink(&page, 50..150, 40..60) > 0.0);

    let mut paper = Paper::new();
    let tick = Stream::new(
        dictionary! { "Subtype" => "Form", "BBox" => vec![0.into(), 0.into(), 10.into(), 10.into()] },
        Vec::new(),
    );
    let tick = paper.pdf.add_object(tick);
    let empty = dictionary! {
        "FT" => "Btn", "AS" => "Off", "AP" => dictionary! { "N" => dictionary! { "Ja" => tick } },
    };
    let page = drawn(&mut with_field_and(paper, empty), 0);
    assert!(page.missing.is_nothing());
}

#[test]
fn a_value_that_cannot_be_drawn_is_missing() {
    let greek = Object::String([0xfe, 0xff, 0x03, 0xb1].to_vec(), lopdf::StringFormat::Hexadecimal);
    for field in [dictionary! { "FT" => "Tx", "V" => greek }, dictionary! { "FT" => "Tx", "V" => 12 }] {
        assert_eq!(drawn(&mut with_field(field), 0).missing, Missing::FIELDS);
    }
}

#[test]
fn a_hidden_field_stays_hidden() {
    let mut field = text("18.400");
    field.set("F", 2);
    let mut document = with_field(field);
    assert_eq!(ink(&drawn(&mut document, 0), 0..200, 0..100), 0.0);
    assert_eq!(read(&document), [""; 0]);
}

#[test]
fn a_form_that_only_its_own_program_can_show_is_missing() {
    let paper = Paper::new().page("", Dictionary::new());
    let mut document = Document::open(bytes(paper.bound(dictionary! { "NeedsRendering" => true }))).ok().unwrap();
    assert_eq!(drawn(&mut document, 0).missing, Missing::FIELDS);
}
