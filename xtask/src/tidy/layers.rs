//! Checks the order of the layers: the packages of this tree that each of them may depend on. Cargo refuses a ring of
//! packages; it cannot know which of two is the lower one.

use std::collections::BTreeSet;

use serde_json::Value;

/// Each package with those that it stands upon. It may depend on them and on all that they stand upon.
const LAYERS: &[(&str, &[&str])] = &[
    ("model", &[]),
    ("documents", &["model"]),
    ("ui", &["model"]),
    ("reader", &[]),
    ("app", &["documents", "ui"]),
    ("proof", &["model"]),
    ("storage", &["documents", "proof"]),
    ("inspect", &["storage"]),
    ("mail", &["storage", "ui"]),
    ("accounts", &["inspect", "mail"]),
    ("paper", &["ui"]),
    ("dossiers", &["accounts", "paper"]),
    ("console", &["dossiers"]),
    ("demo", &["dossiers"]),
    ("sync-server", &["console", "demo"]),
    ("testkit", &["sync-server"]),
    ("tests", &["app", "testkit"]),
    ("xtask", &[]),
];

/// The package that tests of what is below it may use too: cargo builds a package without its tests first.
const FOR_TESTS: &str = "testkit";

/// Returns a sentence for each dependency that goes against the order, and for each package that has no place in it.
/// `metadata` is what `cargo metadata` says of the packages of this tree.
pub fn against(metadata: &Value) -> Vec<String> {
    let mut found = Vec::new();
    for package in metadata["packages"].as_array().into_iter().flatten() {
        let from = package["name"].as_str().unwrap_or_default();
        if LAYERS.iter().all(|(name, _)| *name != from) {
            found.push(format!("{from}: has no place in the order of the layers, in xtask/src/tidy/layers.rs"));
        }
        // A dependency with a path is a package of this tree.
        for other in package["dependencies"].as_array().into_iter().flatten().filter(|other| other["path"].is_string())
        {
            let to = other["name"].as_str().unwrap_or_default();
            let is_for_tests = other["kind"] == "dev" && to == FOR_TESTS && below(FOR_TESTS).contains(from);
            if !below(from).contains(to) && !is_for_tests {
                let why = if below(to).contains(from) { "stands upon" } else { "is not below" };
                found.push(format!("{from} -> {to}: this arrow is against the order of the layers: {to} {why} {from}"));
            }
        }
    }
    found
}

/// Returns all packages below one.
fn below(package: &str) -> BTreeSet<&'static str> {
    let of = LAYERS.iter().filter(|(name, _)| *name == package).flat_map(|(_, below)| *below);
    of.flat_map(|name| std::iter::once(*name).chain(below(name))).collect()
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::against;

    fn tree(from: &str, to: &str, kind: Option<&str>) -> Value {
        json!({ "packages": [{ "name": from, "dependencies": [
            { "name": to, "kind": kind, "path": format!("/somewhere/{to}") },
            { "name": "serde", "kind": null },
        ] }] })
    }

    #[test]
    fn an_arrow_against_the_order_is_named() {
        assert_eq!(
            against(&tree("storage", "mail", None)),
            ["storage -> mail: this arrow is against the order of the layers: mail stands upon storage"]
        );
        for (from, to) in [("app", "sync-server"), ("console", "app"), ("proof", "documents"), ("model", "xtask")] {
            for kind in [None, Some("dev"), Some("build")] {
                let found = against(&tree(from, to, kind));
                assert!(found.len() == 1 && found[0].starts_with(&format!("{from} -> {to}: ")), "{found:?}");
            }
        }
        assert_eq!(against(&tree("mail", "testkit", None)).len(), 1);
        assert_eq!(against(&tree("app", "testkit", Some("dev"))).len(), 1);
    }

    #[test]
    fn an_arrow_downwards_is_left_alone() {
        for (from, to) in [("tests", "model"), ("console", "storage"), ("app", "ui"), ("sync-server", "demo")] {
            assert_eq!(against(&tree(from, to, None)), Vec::<String>::new());
        }
        assert_eq!(against(&tree("mail", "testkit", Some("dev"))), Vec::<String>::new());
    }

    #[test]
    fn a_package_without_a_place_is_named() {
        assert!(against(&tree("cellar", "model", None))[0].starts_with("cellar: has no place"));
    }
}
