//! Tests that the checklists that come with the software are sound data, and that
//! no code knows one of their questions.

use model::checklist::Template;
use std::{
    fs,
    path::{Path, PathBuf},
};

const TEMPLATES: [&str; 2] =
    [include_str!("../../../assets/checklists/ib-2025.json"), include_str!("../../../assets/checklists/vpb-2025.json")];

/// The folders with code that works with checklists. The demo and tests play a household, and
/// so know what it is asked.
const ENGINE: [&str; 4] = ["model/src", "ui/src", "app/src", "sync-server/console/src"];

fn sources(folder: &Path, into: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            sources(&path, into);
        } else if path.extension().is_some_and(|e| e == "rs") {
            into.push(path);
        }
    }
}

#[test]
fn no_code_knows_a_question() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap();
    let mut files = Vec::new();
    ENGINE.iter().for_each(|folder| sources(&root.join(folder), &mut files));
    let mut ids = Vec::new();
    for json in TEMPLATES {
        let template = Template::from_json(json).unwrap();
        // Ids without an underscore are also words of the language, so only the others are searched for.
        template.each(&mut |q| ids.push(q.id.clone()));
    }
    let mut found = Vec::new();
    for file in files {
        let whole = fs::read_to_string(&file).unwrap();
        let code = whole.split("#[cfg(test)]").next().unwrap_or_default();
        for id in ids.iter().filter(|id| id.contains('_')) {
            if code.contains(&format!("\"{id}\"")) {
                found.push(format!("{}: {id}", file.display()));
            }
        }
    }
    assert!(found.is_empty(), "{found:#?}");
    assert!(ids.len() > 300);
}

#[test]
fn each_template_has_an_id_of_its_own_and_names_its_family() {
    let families: Vec<_> =
        TEMPLATES.iter().map(|json| Template::from_json(json).unwrap().family().to_owned()).collect();
    assert_eq!(families, ["ib", "vpb"]);
}
