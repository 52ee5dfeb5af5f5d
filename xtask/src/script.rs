//! What a build does to the texts of its scripts and style sheets.

use std::collections::{BTreeMap, HashMap};
use std::fs;
use std::iter;
use std::path::Path;

use anyhow::{Context, Result, bail};

use crate::precache;

/// wasm-bindgen's script, and the folder of the scripts that it laid beside it.
pub const GLUE: &str = "app.js";
const SNIPPETS: &str = "snippets";

/// Puts the scripts beside wasm-bindgen's own into it: one file to ask for instead of a dozen.
pub fn bundle(out: &Path) -> Result<()> {
    let glue = out.join(GLUE);
    let script = fs::read_to_string(&glue)?;
    let whole = bundled(&script, |path| Ok(fs::read_to_string(out.join(path))?))?;
    fs::write(&glue, whole)?;
    fs::remove_dir_all(out.join(SNIPPETS)).context("the folder of snippets")
}

/// A script with each snippet that it imports as an object before it.
fn bundled(script: &str, read: impl Fn(&str) -> Result<String>) -> Result<String> {
    let mut objects = BTreeMap::<String, String>::new();
    let (mut before, mut after) = (String::new(), String::new());
    for line in script.split_inclusive('\n') {
        let Some((names, path)) = import(line).filter(|(_, path)| path.starts_with(SNIPPETS)) else {
            after += line;
            continue;
        };
        let next = format!("snippet{}", objects.len());
        if !objects.contains_key(path) {
            before += &object(&next, &read(path)?).with_context(|| path.to_owned())?;
        }
        let object = objects.entry(path.to_owned()).or_insert(next);
        let names = names.strip_prefix("* as ").map_or_else(|| names.replace(" as ", ": "), str::to_owned);
        after += &format!("const {names} = {object};\n");
    }
    Ok(before + &after)
}

/// What an import statement that fills a line takes, and from which file beside the script.
fn import(line: &str) -> Option<(&str, &str)> {
    let (names, from) = line.trim().strip_prefix("import ")?.split_once(" from ")?;
    Some((names, from.trim_matches(['"', '\'', ';']).strip_prefix("./")?))
}

/// A module as an object of what it exports.
fn object(name: &str, module: &str) -> Result<String> {
    let is_statement = |before: &str| {
        let code = before.trim_end_matches([' ', '\t']);
        code.is_empty() || code.ends_with(['\n', ';', '}'])
    };
    let (mut body, mut exports) = (String::new(), Vec::new());
    let mut rest = module;
    while let Some(at) = rest.find("export") {
        let (before, export) = rest.split_at(at);
        body += before;
        let after = &export["export".len()..];
        if !is_statement(&body) || !after.starts_with([' ', '{']) {
            body += "export";
            rest = after;
        } else if let Some(list) = after.trim_start().strip_prefix('{') {
            let (names, end) = list.split_once('}').context("a list of exports without an end")?;
            exports.extend(names.split(',').map(|name| name.trim().to_owned()));
            rest = end.strip_prefix(';').unwrap_or(end);
        } else {
            exports.push(declared(after)?.to_owned());
            rest = after.trim_start();
        }
    }
    body += rest;
    if body.lines().any(|line| line.starts_with("import ")) || exports.iter().any(|name| name.contains(" as ")) {
        bail!("only a script without imports, which exports things under their own names, can be an object");
    }
    Ok(format!("const {name} = (() => {{\n{body}\nreturn {{ {} }};\n}})();\n", exports.join(", ")))
}

/// The name that a declaration gives.
fn declared(declaration: &str) -> Result<&str> {
    let mut words = declaration.split(|c: char| !is_part_of_name(c)).filter(|word| !word.is_empty());
    words
        .find(|word| !["async", "function", "class", "const", "let"].contains(word))
        .filter(|name| *name != "default")
        .context("an export without a name")
}

/// A script with other names in place of these.
pub fn renamed(script: &str, names: &HashMap<String, String>) -> String {
    let words = script.split_inclusive(|c| !is_part_of_name(c)).flat_map(|piece| {
        let end = piece.trim_end_matches(|c| !is_part_of_name(c)).len();
        <[&str; 2]>::from(piece.split_at(end))
    });
    words.map(|word| names.get(word).map_or(word, String::as_str)).collect()
}

fn is_part_of_name(c: char) -> bool {
    c.is_ascii_alphanumeric() || c == '_' || c == '$'
}

/// Another text in the one place where a script has this one.
pub fn replace(script: &Path, place: &str, with: &str) -> Result<()> {
    let text = fs::read_to_string(script)?;
    if text.matches(place).count() != 1 {
        bail!("{} has no single place {place}", script.display());
    }
    fs::write(script, text.replace(place, with))?;
    Ok(())
}

/// Scripts and style sheets are downloaded without what is said about them.
pub fn strip_comments(out: &Path) -> Result<()> {
    for name in precache::files(out)? {
        let path = out.join(&name);
        let stripped = match path.extension().and_then(|ending| ending.to_str()) {
            Some("js") => without_comment_lines(&fs::read_to_string(&path)?),
            Some("css") => without_comments(&fs::read_to_string(&path)?),
            _ => continue,
        };
        fs::write(&path, stripped)?;
    }
    Ok(())
}

/// A script without the lines that hold nothing but a comment.
fn without_comment_lines(script: &str) -> String {
    let is_comment = |line: &&str| {
        let line = line.trim();
        line.starts_with("//") || (line.starts_with("/**") && line.ends_with("*/"))
    };
    script.split_inclusive('\n').filter(|line| !is_comment(line)).collect()
}

/// A style sheet without comments; none of ours has the signs of one in a string.
fn without_comments(style: &str) -> String {
    let mut parts = style.split("/*");
    let first = parts.next().unwrap_or_default();
    iter::once(first).chain(parts.map(|part| part.split_once("*/").map_or("", |(_, style)| style))).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn snippets_become_objects_once_each() {
        let script = "import { a, b as c } from './snippets/x/one.js';\n\
            import * as import1 from \"./snippets/x/one.js\"\nimport * as import2 from \"/rest.js\"\na(c);\n";
        let one = "// to export\nconst exported = 1;\nexport const a = () => exported;\nexport async function b() {}\n";
        let whole = bundled(script, |path| {
            assert_eq!(path, "snippets/x/one.js");
            Ok(one.to_owned())
        });
        assert_eq!(
            whole.unwrap(),
            "const snippet0 = (() => {\n// to export\nconst exported = 1;\nconst a = () => exported;\n\
             async function b() {}\n\nreturn { a, b };\n})();\nconst { a, b: c } = snippet0;\n\
             const import1 = snippet0;\nimport * as import2 from \"/rest.js\"\na(c);\n"
        );
    }

    #[test]
    fn a_list_of_exports_may_stand_anywhere() {
        let module = "class A{}export{A};\n export class B extends A { }";
        let object = object("it", module).unwrap();
        assert_eq!(object, "const it = (() => {\nclass A{}\n class B extends A { }\nreturn { A, B };\n})();\n");
    }

    #[test]
    fn what_cannot_be_an_object_fails_the_build() {
        for module in ["import { a } from \"/b.js\";\n", "export { a as b };\n", "export default 1;\n"] {
            object("it", module).unwrap_err();
        }
    }

    #[test]
    fn comments_are_left_out_and_code_is_not() {
        let script = "// Says what.\nlet a = 1; // why\n  /** How. */\nconst at = `http://${a}`;\n";
        assert_eq!(without_comment_lines(script), "let a = 1; // why\nconst at = `http://${a}`;\n");
        assert_eq!(without_comments("/* One */a { b: c; }\n/* and\nmore */\nd { }"), "a { b: c; }\n\nd { }");
    }

    #[test]
    fn only_whole_names_are_renamed() {
        let names = HashMap::from([("__wbg_get_12".to_owned(), "i0".to_owned())]);
        let script = "{ __wbg_get_12: f(__wbg_get_123, a__wbg_get_12), _: wasm.__wbg_get_12 }\n";
        assert_eq!(renamed(script, &names), "{ i0: f(__wbg_get_123, a__wbg_get_12), _: wasm.i0 }\n");
    }
}
