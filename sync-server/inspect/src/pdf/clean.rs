//! Takes out of a PDF what runs, what starts something and what is another file: scripts, actions but those that lead
//! to a page or a plain address, attached files, media and forms in XFA. What can be an action is not searched for what
//! is bad: it is made anew of what is known to be good.

use lopdf::{Dictionary, Document, Object, ObjectId, Stream, StringFormat, dictionary};

/// The keys that go from every dictionary, with what they hold (ISO 32000-2).
const KEYS: &[&str] = &[
    // What runs by itself, or when something is pressed (12.6).
    "OpenAction",
    "AA",
    "PA",
    "NA",
    "JS",
    "JavaScript",
    // Other files (7.11, 14.13), and a whole file of files (12.3.5).
    "EmbeddedFiles",
    "EF",
    "RF",
    "AF",
    "Collection",
    // A form in a language of its own (12.7.8).
    "XFA",
    // Media (13).
    "Renditions",
    "RichMedia",
    "RichMediaContent",
    "RichMediaSettings",
    "AlternatePresentations",
    // What a reader is asked to demand, what was signed, and what programs keep for themselves.
    "Requirements",
    "Perms",
    "Legal",
    "SpiderInfo",
    "PieceInfo",
];

/// The kinds of annotation that are media or files.
const ANNOTATIONS: &[&[u8]] = &[b"RichMedia", b"Movie", b"Screen", b"Sound", b"FileAttachment", b"3D"];

/// The keys by which a stream has its content from another file.
const ELSEWHERE: &[&str] = &["F", "FFilter", "FDecodeParms"];

/// The actions of a reader that lead to another page.
const PAGES: &[&[u8]] = &[b"NextPage", b"PrevPage", b"FirstPage", b"LastPage"];

/// The schemes of addresses that a link may have.
const SCHEMES: &[&str] = &["http:", "https:", "mailto:", "tel:"];

/// Takes everything out of a document that its copy must not have.
pub fn clean(document: &mut Document) {
    let ids: Vec<ObjectId> = document.objects.keys().copied().collect();
    for id in ids {
        // It is out of the document meanwhile: what names itself is found by nobody, and so is nothing good.
        let Some(mut object) = document.objects.remove(&id) else { continue };
        clean_object(document, &mut object);
        document.objects.insert(id, object);
    }
}

/// The library bounds how deep objects stand in each other.
fn clean_object(document: &Document, object: &mut Object) {
    match object {
        Object::Array(items) => items.iter_mut().for_each(|item| clean_object(document, item)),
        Object::Dictionary(dictionary) => clean_dictionary(document, dictionary),
        Object::Stream(stream) => {
            ELSEWHERE.iter().for_each(|key| drop(stream.dict.remove(key.as_bytes())));
            clean_dictionary(document, &mut stream.dict);
            hide_objects(stream);
        }
        Object::String(text, format) if spells_object(text) => *format = StringFormat::Hexadecimal,
        _ => {}
    }
}

fn clean_dictionary(document: &Document, dictionary: &mut Dictionary) {
    if ANNOTATIONS.iter().any(|kind| name(document, dictionary, b"Subtype") == Some(*kind)) {
        *dictionary = Dictionary::new();
        return;
    }
    KEYS.iter().for_each(|key| drop(dictionary.remove(key.as_bytes())));
    if let Some(action) = dictionary.remove(b"A")
        && let Some(good) = good_action(document, &action)
    {
        dictionary.set("A", good);
    }
    dictionary.iter_mut().for_each(|(_, value)| clean_object(document, value));
}

fn name<'d>(document: &'d Document, dictionary: &'d Dictionary, key: &[u8]) -> Option<&'d [u8]> {
    dictionary.get_deref(key, document).ok()?.as_name().ok()
}

/// Returns an action anew if it leads to a page or a plain address. Another action that follows it is left out.
fn good_action(document: &Document, action: &Object) -> Option<Dictionary> {
    let (_, action) = document.dereference(action).ok()?;
    let action = action.as_dict().ok()?;
    match name(document, action, b"S")? {
        b"URI" => {
            let address = action.get_deref(b"URI", document).ok()?.as_str().ok()?;
            is_plain(address).then(|| {
                dictionary! { "S" => "URI", "URI" => Object::String(address.to_vec(), StringFormat::Hexadecimal) }
            })
        }
        b"GoTo" => Some(dictionary! { "S" => "GoTo", "D" => action.get(b"D").ok()?.clone() }),
        b"Named" => {
            let page = name(document, action, b"N").filter(|page| PAGES.contains(page))?;
            Some(dictionary! { "S" => "Named", "N" => Object::Name(page.to_vec()) })
        }
        _ => None,
    }
}

fn is_plain(address: &[u8]) -> bool {
    let Ok(text) = str::from_utf8(address) else { return false };
    let start = text.get(..text.len().min(8)).unwrap_or_default().to_ascii_lowercase();
    SCHEMES.iter().any(|scheme| start.starts_with(scheme)) && !text.chars().any(char::is_control)
}

/// Gives a stream the right length, and writes it in digits if it spells an object. A reader that does not like a
/// document searches the whole file for objects, and would find those that stand in streams.
fn hide_objects(stream: &mut Stream) {
    if spells_object(&stream.content) {
        stream.content =
            stream.content.iter().flat_map(|byte| [digit(byte >> 4), digit(byte & 15)]).chain(*b">").collect();
        let filters = listed(stream.dict.remove(b"Filter"));
        let mut parameters = listed(stream.dict.remove(b"DecodeParms"));
        parameters.resize(filters.len(), Object::Null);
        let hex = Object::Name(b"ASCIIHexDecode".to_vec());
        stream.dict.set("Filter", std::iter::once(hex).chain(filters).collect::<Vec<_>>());
        stream.dict.set("DecodeParms", std::iter::once(Object::Null).chain(parameters).collect::<Vec<_>>());
    }
    stream.dict.set("Length", i64::try_from(stream.content.len()).unwrap_or(i64::MAX));
}

/// Returns the items of an entry that may be a list or a single item.
fn listed(entry: Option<Object>) -> Vec<Object> {
    match entry {
        None => Vec::new(),
        Some(Object::Array(items)) => items,
        Some(item) => vec![item],
    }
}

fn digit(half: u8) -> u8 {
    b"0123456789ABCDEF"[usize::from(half & 15)]
}

/// Returns true for bytes in which a reader could find the beginning of an object, or another end of the file.
fn spells_object(bytes: &[u8]) -> bool {
    let is_word = |at: usize, word: &[u8]| bytes[at..].starts_with(word);
    let is_gap = |byte: u8| matches!(byte, 0 | b'\t' | b'\n' | 0x0c | b'\r' | b' ');
    (0..bytes.len()).any(|at| match bytes[at] {
        b'o' => is_word(at, b"obj") && at > 0 && is_gap(bytes[at - 1]),
        b't' => is_word(at, b"trailer"),
        b's' => is_word(at, b"startxref"),
        _ => false,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::pdf;
    use lopdf::Object::{Name, Reference};

    /// A document of one page whose annotations, catalog and names are `extra`.
    fn document(annotations: Vec<Object>, catalog: Dictionary) -> Document {
        let mut document = Document::with_version("1.7");
        let pages = document.new_object_id();
        let content = document.add_object(Stream::new(dictionary! {}, b"BT /F1 18 Tf (Jaaropgave) Tj ET".to_vec()));
        let page = document.add_object(dictionary! {
            "Type" => "Page", "Parent" => Reference(pages), "Contents" => Reference(content),
            "MediaBox" => vec![0.into(), 0.into(), 595.into(), 842.into()],
            "AA" => dictionary! { "O" => dictionary! { "S" => "JavaScript", "JS" => Object::string_literal("app.alert(1)") } },
            "Annots" => annotations,
        });
        let kids = dictionary! { "Type" => "Pages", "Kids" => vec![Reference(page)], "Count" => 1 };
        document.objects.insert(pages, Object::Dictionary(kids));
        let mut root = dictionary! { "Type" => "Catalog", "Pages" => Reference(pages) };
        root.extend(&catalog);
        let root = document.add_object(root);
        document.trailer.set("Root", Reference(root));
        document
    }

    fn link(action: impl Into<Object>) -> Object {
        let rect = vec![0.into(), 0.into(), 9.into(), 9.into()];
        dictionary! { "Type" => "Annot", "Subtype" => "Link", "Rect" => rect, "A" => action.into() }.into()
    }

    /// Returns the copy of a document, as bytes and as it is opened again.
    fn copied(document: Document) -> (Vec<u8>, Document) {
        let folder = tempfile::tempdir().unwrap();
        let to = folder.path().join("copy");
        std::fs::write(&to, b"").unwrap();
        assert!(pdf::copy(document, &to));
        let bytes = std::fs::read(&to).unwrap();
        let (again, pages) = pdf::open(&bytes).unwrap();
        assert_eq!(pages, 1);
        (bytes, again)
    }

    fn has(bytes: &[u8], word: &str) -> bool {
        bytes.windows(word.len()).any(|window| window == word.as_bytes())
    }

    #[test]
    fn nothing_that_runs_or_starts_something_is_in_the_copy() {
        let script =
            || dictionary! { "S" => "JavaScript", "JS" => Object::string_literal("app.response('Geef uw pincode')") };
        let file = dictionary! { "Type" => "Filespec", "F" => Object::string_literal("a.exe"), "EF" => dictionary! { "F" => 9 } };
        let names = dictionary! {
            "JavaScript" => dictionary! { "Names" => vec![Object::string_literal("x"), script().into()] },
            "EmbeddedFiles" => dictionary! { "Names" => vec![Object::string_literal("y"), file.into()] },
        };
        let catalog = dictionary! {
            "OpenAction" => script(),
            "Names" => names,
            "AcroForm" => dictionary! { "XFA" => Object::string_literal("<xdp/>"), "Fields" => Vec::<Object>::new() },
            "Collection" => dictionary! { "View" => "D" },
        };
        let odd = |kind: &str| link(dictionary! { "S" => kind, "F" => Object::string_literal("calc.exe") });
        let mut annotations: Vec<_> =
            ["Launch", "SubmitForm", "ImportData", "GoToR", "GoToE", "Rendition", "Sound"].map(odd).into();
        annotations.push(dictionary! { "Subtype" => "RichMedia", "RichMediaContent" => dictionary! {} }.into());
        annotations.push(dictionary! { "Subtype" => "FileAttachment", "FS" => Object::string_literal("b.exe") }.into());
        let (bytes, _) = copied(document(annotations, catalog));
        for word in [
            "JavaScript",
            "JS",
            "alert",
            "pincode",
            "OpenAction",
            "/AA",
            "Launch",
            "SubmitForm",
            "ImportData",
            "GoToR",
            "GoToE",
            "Rendition",
            "EmbeddedFiles",
            "/EF",
            ".exe",
            "XFA",
            "xdp",
            "RichMedia",
            "FileAttachment",
            "Collection",
        ] {
            assert!(!has(&bytes, word), "{word}");
        }
        assert!(has(&bytes, "Jaaropgave"));
    }

    #[test]
    fn links_to_pages_and_plain_addresses_stay_and_what_follows_them_does_not() {
        let address = |text: &str| {
            link(dictionary! {
                "S" => "URI", "URI" => Object::string_literal(text),
                "Next" => dictionary! { "S" => "JavaScript", "JS" => Object::string_literal("x") },
            })
        };
        let all =
            ["https://belastingdienst.nl", "MAILTO:a@b.nl", "javascript:alert(1)", "file:///etc/passwd", "\\\\host\\x"];
        let annotations = all.map(address).into_iter().chain([link(dictionary! { "S" => "GoTo", "D" => "eerste" })]);
        let (bytes, again) = copied(document(annotations.collect(), dictionary! {}));
        let found: Vec<_> = again
            .get_page_annotations(again.page_iter().next().unwrap())
            .unwrap()
            .into_iter()
            .map(|annotation| annotation.get(b"A").ok().map(|action| action.as_dict().unwrap().len()))
            .collect();
        assert_eq!(found, [Some(2), Some(2), None, None, None, Some(2)]);
        assert!(!has(&bytes, "Next") && !has(&bytes, "JavaScript"));
    }

    #[test]
    fn a_kind_that_stands_elsewhere_is_looked_up() {
        let mut document = document(Vec::new(), dictionary! {});
        let kind = document.add_object(Name(b"JavaScript".to_vec()));
        let action = document.add_object(dictionary! { "S" => Reference(kind), "JS" => Object::string_literal("x") });
        let media = document.add_object(Name(b"RichMedia".to_vec()));
        let page = document.page_iter().next().unwrap();
        let annotations = vec![link(Reference(action)), dictionary! { "Subtype" => Reference(media), "T" => 1 }.into()];
        document.get_dictionary_mut(page).unwrap().set("Annots", annotations);
        let (bytes, _) = copied(document);
        assert!(!has(&bytes, "JavaScript") && !has(&bytes, "RichMedia"));
    }

    #[test]
    fn an_object_that_hides_in_a_stream_or_a_text_is_not_spelled_out() {
        let hidden =
            b"1 0 obj << /OpenAction << /S /JavaScript /JS (app.alert(1)) >> >> endobj trailer << /Root 1 0 R >>";
        let mut document = document(Vec::new(), dictionary! { "Lang" => Object::string_literal(hidden.to_vec()) });
        let page = document.page_iter().next().unwrap();
        let content = document.add_object(Stream::new(dictionary! {}, hidden.to_vec()));
        document.get_dictionary_mut(page).unwrap().set("Contents", Reference(content));
        let (bytes, again) = copied(document);
        assert!(!has(&bytes, "JavaScript") && !has(&bytes, "OpenAction"));
        let content = again.get_page_content(again.page_iter().next().unwrap());
        assert!(content.starts_with(hidden), "the page still has its content");
    }
}
