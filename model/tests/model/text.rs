//! Tests of what a text is.

use model::text::{Line, NotText, Shape, Text};

/// Characters that harm whoever shows them, of each kind.
fn harmful() -> Vec<char> {
    let planes = (0..=16).flat_map(|plane| [plane << 16 | 0xfffe, plane << 16 | 0xffff]);
    let ranges = [0..=8, 0xb..=0x1f, 0x7f..=0x9f, 0x2028..=0x202e, 0x2066..=0x206f, 0xfdd0..=0xfdef, 0xfff9..=0xfffb];
    let all = planes.chain(ranges.into_iter().flatten()).chain([0xfeff]);
    all.filter_map(char::from_u32).collect()
}

#[test]
fn what_honest_people_write_is_taken_as_it_is() {
    for text in [
        "",
        "Bea de Boer",
        "Łukasz Żółć-O’Neill",
        "نیما می\u{200c}خواهد", // Persian needs the non-joiner.
        "क्\u{200d}ष",
        "דוד\u{200f} (5)",
        "محمد\u{61c} 12",
        "👩\u{200d}👩\u{200d}👧\u{fe0f}",
        "北京 東京 서울",
        "A\u{a0}B",
        "e\u{301}",
    ] {
        assert_eq!(Line::<200>::read(text).unwrap(), text);
        assert_eq!(serde_json::from_value::<Text>(text.into()).unwrap(), text);
    }
    assert_eq!(Text::<50>::read("een\n\ttwee").unwrap(), "een\n\ttwee");
    assert_eq!(Line::<50>::read("  Bea \u{3000}").unwrap(), "Bea");
}

#[test]
fn every_character_that_harms_is_refused_shown_by_its_number_and_left_out_when_typed() {
    for c in harmful() {
        let name = format!("Bea{c}x");
        assert_eq!(Line::<200>::read(&name), Err(NotText::Character(c)), "{:04x}", u32::from(c));
        assert_eq!(Text::<200>::read(&name), Err(NotText::Character(c)), "{:04x}", u32::from(c));
        assert!(serde_json::from_value::<Line>(name.clone().into()).is_err());
        let shown = Line::<200>::from(name.as_str());
        assert_eq!(Line::<200>::read(&shown).unwrap(), shown, "what is shown is a text");
        for shape in [Shape::Line, Shape::Text] {
            let clean = shape.clean(&name);
            assert!(clean.chars().all(|c| shape.takes(c)) && clean.starts_with("Bea") && clean.ends_with('x'));
        }
    }
    assert_eq!(Line::<200>::from("jaarop\u{202e}fdp.exe"), "jaarop[U+202E]fdp.exe");
}

#[test]
fn a_line_is_one_line_and_a_text_may_have_several() {
    for broken in ["een\ntwee", "een\rtwee", "een\ttwee", "een\u{2028}twee", "een\u{85}twee"] {
        assert!(Line::<200>::read(broken).is_err(), "{broken:?}");
    }
    assert_eq!(Shape::Text.clean("een\r\ntwee\rdrie\u{2029}vier\0"), "een\ntwee\ndrie\nvier");
    assert_eq!(Shape::Line.clean("een\r\ntwee\tdrie"), "een twee drie");
}

#[test]
fn a_text_has_a_limit_in_characters() {
    assert_eq!(Line::<3>::read("äöü").unwrap(), "äöü");
    assert_eq!(Line::<3>::read("äöüß"), Err(NotText::TooLong(3)));
    assert_eq!(Line::<3>::from("äöüß"), "äö…");
    assert!(serde_json::from_str::<Text<3>>("\"1234\"").is_err());
}

#[test]
fn a_text_that_nobody_sees_is_refused() {
    for hidden in ["\u{200b}", "\u{200d}\u{200f}", "\u{2060}\u{ad}", "\u{3164}", "\u{e0041}", "\u{fe0f}"] {
        assert_eq!(Line::<200>::read(hidden), Err(NotText::Invisible), "{hidden:?}");
        assert!(Line::<200>::from(hidden).starts_with("[U+"), "it is shown");
    }
    assert_eq!(Line::<200>::read("   ").unwrap(), "", "space alone is nothing");
}
