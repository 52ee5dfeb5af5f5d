//! Finds circles: files of one crate that name each other in a ring, so that none of them can be
//! read, moved or given away without the others. It reads what files name, and not what methods they call.

mod modules;
mod names;

use std::collections::{BTreeMap, BTreeSet};

use super::check::File;
use modules::Crate;

/// The names by which one file of a crate needs another, for each two files.
type Arrows<'a> = BTreeMap<(&'a str, &'a str), BTreeSet<String>>;

/// Returns a sentence for each circle, with its files and the names that tie it.
pub fn circles(files: &[File]) -> Vec<String> {
    let mut found = Vec::new();
    for root in files.iter().map(|file| file.path.as_str()).filter(|path| is_root(path)) {
        match Crate::read(files, root) {
            Err(error) => found.push(error),
            Ok(of) => {
                let arrows = arrows(&of);
                found.extend(rings(&arrows).iter().map(|ring| sentence(ring, &arrows)));
            }
        }
    }
    found
}

/// Returns true if the file is the first one of a crate: of a library, of a program, or of a program of tests.
fn is_root(path: &str) -> bool {
    let (folder, name) = path.rsplit_once('/').unwrap_or(("", path));
    match name {
        "lib.rs" | "main.rs" if folder.ends_with("src") => true,
        "main.rs" => folder.rsplit_once('/').is_some_and(|(above, _)| above.ends_with("tests")),
        _ => name.ends_with(".rs") && (folder.ends_with("src/bin") || folder.ends_with("/tests")),
    }
}

fn arrows(of: &Crate) -> Arrows<'_> {
    let mut arrows = Arrows::new();
    for (from, name) in names::names(of) {
        if let Some((to, part)) = of.defined_in(from, &name) {
            let (here, there) = (of.file(from), of.file(to));
            let is_declaration = name.is_public_use && of.is_inside(to, from);
            if here != there && !is_declaration {
                arrows.entry((here, there)).or_default().insert(part.to_owned());
            }
        }
    }
    arrows
}

/// Returns the rings. Files are in one ring if each can be reached from every other.
fn rings<'a>(arrows: &Arrows<'a>) -> Vec<BTreeSet<&'a str>> {
    let mut rings: Vec<BTreeSet<&str>> = Vec::new();
    for (from, _) in arrows.keys() {
        if rings.iter().all(|ring| !ring.contains(from)) {
            let forward = reached(from, |file| arrows.keys().filter(move |(from, _)| *from == file).map(|(_, to)| *to));
            let back = reached(from, |file| arrows.keys().filter(move |(_, to)| *to == file).map(|(from, _)| *from));
            rings.push(forward.intersection(&back).copied().collect());
        }
    }
    rings.retain(|ring| ring.len() > 1);
    rings
}

fn reached<'a, I: Iterator<Item = &'a str>>(start: &'a str, next: impl Fn(&'a str) -> I) -> BTreeSet<&'a str> {
    let (mut reached, mut open) = (BTreeSet::from([start]), vec![start]);
    while let Some(file) = open.pop() {
        open.extend(next(file).filter(|file| reached.insert(file)));
    }
    reached
}

fn sentence(ring: &BTreeSet<&str>, arrows: &Arrows) -> String {
    let first = ring.first().unwrap_or(&"");
    let mut text = format!("{first}: is in a circle of {} files; cut it where the fewest names tie it:", ring.len());
    for ((from, to), names) in arrows.iter().filter(|((from, to), _)| ring.contains(from) && ring.contains(to)) {
        let names: Vec<_> = names.iter().map(String::as_str).collect();
        text.push_str(&format!("\n    {from} -> {to}: {}", names.join(", ")));
    }
    text
}

#[cfg(test)]
mod tests {
    use super::{File, circles};

    fn found(files: &[(&str, &str)]) -> Vec<String> {
        let files: Vec<_> =
            files.iter().map(|(path, text)| File { path: (*path).to_owned(), text: (*text).to_owned() }).collect();
        circles(&files)
    }

    #[test]
    fn files_that_need_each_other_are_named_with_what_ties_them() {
        let found = found(&[
            ("house/src/lib.rs", "mod door; mod wall;"),
            ("house/src/door.rs", "use crate::wall::Wall; pub struct Door; fn hang(_: Wall) {}"),
            ("house/src/wall.rs", "pub struct Wall; fn cut() -> super::door::Door { todo() }"),
        ]);
        assert_eq!(
            found,
            ["house/src/door.rs: is in a circle of 2 files; cut it where the fewest names tie it:\
              \n    house/src/door.rs -> house/src/wall.rs: Wall\
              \n    house/src/wall.rs -> house/src/door.rs: Door"]
        );
    }

    #[test]
    fn a_parent_that_calls_its_child_and_is_needed_by_it_is_a_circle() {
        for call in
            ["fn open() { lock::turn() }", "use lock::turn; fn open() { turn() }", "fn open() { paint!(lock::turn()) }"]
        {
            let found = found(&[
                ("house/src/main.rs", "mod door;"),
                ("house/src/door.rs", &format!("mod lock; pub struct Door; {call}")),
                ("house/src/door/lock.rs", "use super::*; pub fn turn() { let _ = Door; }"),
            ]);
            assert_eq!(found.len(), 1, "{call}");
        }
    }

    #[test]
    fn what_a_parent_gives_on_is_looked_for_where_it_stands() {
        let brothers = |name| {
            found(&[
                ("house/src/lib.rs", "pub mod door; pub mod wall;"),
                ("house/src/door.rs", "mod hinge; mod lock; pub use hinge::*; pub use lock::Lock as Bolt;"),
                ("house/src/door/hinge.rs", &format!("pub struct Hinge; fn f(_: crate::door::{name}) {{}}")),
                ("house/src/door/lock.rs", "pub struct Lock; fn f(_: super::Hinge) {}"),
                ("house/src/wall.rs", ""),
            ])
        };
        assert_eq!(brothers("Bolt").len(), 1);
        assert_eq!(brothers("Hinge"), Vec::<String>::new());
    }

    #[test]
    fn a_tree_without_a_circle_is_left_alone() {
        assert_eq!(
            found(&[
                ("house/src/lib.rs", "pub mod door; mod wall; pub use wall::Wall;"),
                // A parent declares and re-exports, and uses its parts in its tests.
                (
                    "house/src/door.rs",
                    "mod lock; pub use lock::turn; pub struct Door; #[cfg(test)] mod tests { use super::*; fn t() { turn() } }"
                ),
                ("house/src/door/lock.rs", "use super::Door; pub fn turn() -> Door { Door }"),
                // These are another crate's module of the same name, and a field and a text that are no names.
                (
                    "house/src/wall.rs",
                    "pub struct Wall { door: u8 } fn f(w: Wall) { w.door; other::door::open(\"door\") }"
                ),
            ]),
            Vec::<String>::new()
        );
    }

    #[test]
    fn a_file_that_nobody_can_read_is_named() {
        assert!(found(&[("house/src/lib.rs", "fn {")])[0].starts_with("house/src/lib.rs:"));
    }
}
