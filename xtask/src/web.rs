//! Builds the app for the browser into a folder of plain files.
//! It needs no other tool than cargo: wasm-bindgen runs as a library.

use std::collections::HashMap;
use std::fs;
use std::iter;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail};
use wasm_bindgen_cli_support::Bindgen;

use crate::command::{cargo, succeed, target};
use crate::precache;
use crate::split;
use crate::step::step;

/// What is served as it stands in assets; other data is compiled in instead.
const ASSETS: &[&str] = &[
    "index.html",
    "boot.js",
    "manifest.webmanifest",
    "papers.js",
    "rest.js",
    "takeaway.js",
    "tokens.css",
    "icons.css",
    "app.css",
    "console.js",
    "console-mail.js",
    "console-portal.js",
    "shell.css",
    "fonts",
    "icons",
];

/// The notice of the icons goes along, under a name that is a file's and not a screen's.
const ICONS_NOTICE: (&str, &str) = ("icons-LICENSE", "icons/LICENSE.txt");

/// How the app is built.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Profile {
    /// Fast to build.
    Dev,
    /// Small to download.
    Release,
    /// A release that notes which of its functions run.
    Counting,
}

impl Profile {
    fn name(self) -> &'static str {
        match self {
            Self::Dev => "web-dev",
            Self::Release | Self::Counting => "web",
        }
    }
}

/// An own target folder: features of the browser build and of the native builds never mix.
pub fn web_target(root: &Path) -> PathBuf {
    target(root).join("web")
}

/// The folder with the app's files.
pub fn dist(root: &Path) -> PathBuf {
    root.join("dist")
}

/// Builds the app and writes `dist`, complete or not at all.
pub fn build(root: &Path, profile: Profile) -> Result<()> {
    step("build the app", || {
        let wasm = compile(root, profile)?;
        let next = web_target(root).join("dist-next");
        remove(&next)?;
        fs::create_dir_all(&next)?;
        bindgen(&wasm, &next, profile)?;
        let rest = match profile {
            Profile::Dev => None,
            Profile::Release => Some(split(root, &wasm, &next)?),
            Profile::Counting => {
                count(&next)?;
                None
            }
        };
        for name in ASSETS {
            copy(&root.join("assets").join(name), &next.join(name)).with_context(|| format!("assets/{name}"))?;
        }
        copy(&root.join("assets").join(ICONS_NOTICE.0), &next.join(ICONS_NOTICE.1)).context("assets/icons-LICENSE")?;
        if profile == Profile::Counting {
            // What waits for all of the app is no part of a start: where the profile's script says so, it waits for ever.
            let told = r#"return localStorage.getItem("keepBack") || told();"#;
            replace(&next.join("rest.js"), "return told();", told)?;
        }
        if let Some(rest) = rest {
            replace(&next.join("boot.js"), r#"const REST = "";"#, &format!(r#"const REST = "/{rest}";"#))?;
        }
        if profile == Profile::Release {
            strip_comments(&next)?;
        }
        precache::write_worker(&root.join("assets/sw.js"), &next)?;
        let dist = dist(root);
        remove(&dist)?;
        fs::rename(&next, &dist).context("moving the finished build to dist")?;
        Ok(())
    })
}

fn compile(root: &Path, profile: Profile) -> Result<PathBuf> {
    let target = web_target(root);
    let mut cargo = cargo(root);
    cargo.env("CARGO_TARGET_DIR", &target);
    if profile != Profile::Dev {
        cargo.env("CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_RUSTFLAGS", split::FLAGS);
    }
    succeed(cargo.args([
        "build",
        "--package=app",
        "--bin=app",
        "--features=web",
        "--target=wasm32-unknown-unknown",
        "--profile",
        profile.name(),
    ]))?;
    Ok(target.join("wasm32-unknown-unknown").join(profile.name()).join("app.wasm"))
}

fn bindgen(wasm: &Path, out: &Path, profile: Profile) -> Result<()> {
    Bindgen::new()
        .input_path(wasm)
        .web(true)?
        .typescript(false)
        .out_name("app")
        .keep_debug(false)
        .demangle(profile == Profile::Dev)
        .generate(out)
        .context("wasm-bindgen")
}

/// In place of the whole module that wasm-bindgen wrote: the first part of it, and the rest beside it, in the file
/// of this name.
fn split(root: &Path, wasm: &Path, out: &Path) -> Result<String> {
    let (linked, bound) = (fs::read(wasm)?, fs::read(out.join("app_bg.wasm"))?);
    let profile = split::Profile::read(&root.join(split::PROFILE))?;
    let parts = split::split(&linked, &bound, |function| profile.has(function))?;
    fs::write(out.join("app_bg.wasm"), parts.first)?;
    let rest = format!("{}.wasm", parts.name);
    fs::write(out.join(&rest), parts.rest)?;
    let glue = out.join("app.js");
    fs::write(&glue, renamed(&fs::read_to_string(&glue)?, &parts.imports))?;
    Ok(rest)
}

/// A script with other names in place of these.
fn renamed(script: &str, names: &HashMap<String, String>) -> String {
    let is_part = |c: char| c.is_ascii_alphanumeric() || c == '_' || c == '$';
    let words = script.split_inclusive(|c| !is_part(c)).flat_map(|piece| {
        let end = piece.trim_end_matches(|c| !is_part(c)).len();
        <[&str; 2]>::from(piece.split_at(end))
    });
    words.map(|word| names.get(word).map_or(word, String::as_str)).collect()
}

/// In place of the module one that notes what runs, and the list of its functions beside it.
fn count(out: &Path) -> Result<()> {
    let (wasm, functions) = split::instrument(&fs::read(out.join("app_bg.wasm"))?)?;
    fs::write(out.join("app_bg.wasm"), wasm)?;
    fs::write(out.join("functions.txt"), functions.join("\n"))?;
    Ok(())
}

/// Scripts and style sheets are downloaded without what is said about them.
fn strip_comments(out: &Path) -> Result<()> {
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

/// Another text in the one place where a script has this one.
fn replace(script: &Path, place: &str, with: &str) -> Result<()> {
    let text = fs::read_to_string(script)?;
    if text.matches(place).count() != 1 {
        bail!("{} has no single place {place}", script.display());
    }
    fs::write(script, text.replace(place, with))?;
    Ok(())
}

fn copy(from: &Path, to: &Path) -> Result<()> {
    if from.is_dir() {
        fs::create_dir_all(to)?;
        for entry in fs::read_dir(from)? {
            let entry = entry?;
            copy(&entry.path(), &to.join(entry.file_name()))?;
        }
    } else {
        // Not fs::copy: a source that is read-only would make a build that cannot be replaced.
        fs::write(to, fs::read(from)?)?;
    }
    Ok(())
}

fn remove(folder: &Path) -> Result<()> {
    if folder.exists() {
        fs::remove_dir_all(folder).with_context(|| format!("removing {}", folder.display()))?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

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
