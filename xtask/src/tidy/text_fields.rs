//! Finds fields of records, checklists and messages whose text comes in unchecked: each says beside itself which kind
//! of text it is (`model::text`).

use quote::ToTokens;
use syn::{Attribute, DeriveInput, Field, Item};

use super::check::File;

/// The beginnings of the paths in which texts of people are declared.
const INSIDE: [&str; 4] = ["model/src/record", "model/src/checklist", "model/src/api.rs", "model/src/language.rs"];

/// Returns a sentence for each field that is a plain `String`, or holds one.
pub fn unchecked(files: &[File]) -> Vec<String> {
    let is_inside =
        |file: &&File| INSIDE.iter().any(|start| file.path.starts_with(start)) && file.path.ends_with(".rs");
    files.iter().filter(is_inside).flat_map(in_file).collect()
}

fn in_file(file: &File) -> Vec<String> {
    let parsed = match syn::parse_file(&file.text) {
        Ok(parsed) => parsed,
        Err(error) => return vec![format!("{}: {error}", file.path)],
    };
    let mut found = Vec::new();
    for item in parsed.items {
        let input: DeriveInput = match item {
            Item::Struct(item) => item.into(),
            Item::Enum(item) => item.into(),
            _ => continue,
        };
        if !input.attrs.iter().any(|attribute| has(attribute, "derive", "Deserialize")) {
            continue;
        }
        let fields: Vec<Field> = match input.data {
            syn::Data::Struct(data) => data.fields.into_iter().collect(),
            syn::Data::Enum(data) => data.variants.into_iter().flat_map(|variant| variant.fields).collect(),
            syn::Data::Union(_) => continue,
        };
        let plain = |field: &&Field| {
            words(&field.ty).any(|word| word == "String")
                && !field.attrs.iter().any(|attribute| has(attribute, "serde", "deserialize_with"))
        };
        for field in fields.iter().filter(plain) {
            let name = field.ident.as_ref().map_or_else(|| "a text".to_owned(), |name| format!("`{name}`"));
            found.push(format!(
                "{}: {name} of `{}` is a plain String: say which text it is, such as \
                 #[serde(deserialize_with = \"crate::text::line\")]",
                file.path, input.ident
            ));
        }
    }
    found
}

fn has(attribute: &Attribute, name: &str, word: &str) -> bool {
    attribute.path().is_ident(name) && words(attribute).any(|found| found == word)
}

/// Returns the identifiers of a piece of code.
fn words(code: &impl ToTokens) -> impl Iterator<Item = String> {
    let text = code.to_token_stream().to_string();
    let words: Vec<_> = text.split(|c: char| !c.is_alphanumeric() && c != '_').map(str::to_owned).collect();
    words.into_iter()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_plain_string_is_named_wherever_it_hides_and_a_checked_one_is_not() {
        let text = "//! x
            #[derive(Deserialize)] struct A { name: String, #[serde(default, deserialize_with = \"crate::text::line\")] title: String }
            #[derive(Clone, Deserialize)] enum B { Text(String), Row(bool), Is { any_of: Vec<String> } }
            #[derive(Deserialize)] struct C { fields: BTreeMap<Key, String> }
            struct D { name: String }";
        let file = File { path: "model/src/record/a.rs".into(), text: text.into() };
        let found = unchecked(&[file]);
        let expected = ["`name` of `A`", "a text of `B`", "`any_of` of `B`", "`fields` of `C`"];
        assert_eq!(found.len(), expected.len(), "{found:?}");
        assert!(found.iter().zip(expected).all(|(line, part)| line.contains(part)), "{found:?}");
        let elsewhere = File { path: "app/src/a.rs".into(), text: text.into() };
        assert!(unchecked(&[elsewhere]).is_empty());
    }
}
