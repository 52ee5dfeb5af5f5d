//! Builds the app for the browser into a folder of plain files.
//! It needs no other tool than cargo, because wasm-bindgen runs as a library.

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};
use wasm_bindgen_cli_support::Bindgen;

use crate::command::{cargo, succeed, target};
use crate::precache;
use crate::reader;
use crate::script;
use crate::step::step;

/// The files that are served as they are in assets; other data is compiled in.
const ASSETS: &[&str] = &[
    "index.html",
    "boot.js",
    "device.js",
    "entrance.js",
    "manifest.webmanifest",
    "papers.js",
    "passkey.js",
    "export.js",
    "console.css",
    "console.js",
    "console-mail.js",
    "console-portal.js",
    "console-reader.js",
    "fonts",
    "icons",
    "reader",
];

/// The files that become one style sheet, in this order, so that each start has fewer files to ask for.
const STYLES: &[&str] = &["tokens.css", "icons.css", "app.css", "reader.css", "shell.css"];

/// The place at which the page asks for wasm-bindgen's script before anything needs it.
const APP_SCRIPT: &str = r#"<link rel="modulepreload" href="/app.js">"#;

/// The notice of the icons, which is served under a name that is a file's and not a screen's.
const ICONS_NOTICE: (&str, &str) = ("icons-LICENSE", "icons/LICENSE.txt");

/// The ways in which the app can be built.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Profile {
    /// Fast to build.
    Dev,
    /// Small to download.
    Release,
}

impl Profile {
    fn name(self) -> &'static str {
        match self {
            Self::Dev => "web-dev",
            Self::Release => "web",
        }
    }
}

/// Returns a target folder of its own, so that features of the browser build and of the native builds never mix.
pub fn web_target(root: &Path) -> PathBuf {
    target(root).join("web")
}

/// Returns the folder with the app's files.
pub fn dist(root: &Path) -> PathBuf {
    root.join("dist")
}

/// Builds the app and writes `dist`, completely or not at all.
pub fn build(root: &Path, profile: Profile) -> Result<()> {
    step("build the app", || {
        let wasm = compile(root, profile)?;
        let next = web_target(root).join("dist-next");
        remove(&next)?;
        fs::create_dir_all(&next)?;
        bindgen(&wasm, &next, profile)?;
        reader::build(root, &web_target(root), &next)?;
        for name in ASSETS {
            copy(&root.join("assets").join(name), &next.join(name)).with_context(|| format!("assets/{name}"))?;
        }
        fs::write(next.join("app.css"), styles(&root.join("assets"))?)?;
        script::replace(&next.join("index.html"), APP_SCRIPT, &preloads(&next)?)?;
        copy(&root.join("assets").join(ICONS_NOTICE.0), &next.join(ICONS_NOTICE.1)).context("assets/icons-LICENSE")?;
        if profile == Profile::Release {
            let kept = precache::key(&next, "app_bg.wasm")?;
            script::replace(&next.join("boot.js"), "const KEPT = \"\";", &format!("const KEPT = {kept:?};"))?;
            script::strip_comments(&next)?;
        }
        precache::write_worker(&root.join("assets/sw.js"), &root.join("assets/server-pages.json"), &next)?;
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

/// Makes the page ask for wasm-bindgen's script, and at once for the scripts of libraries that it imports.
fn preloads(out: &Path) -> Result<String> {
    let files = precache::files(out)?;
    let scripts = files.iter().filter(|name| name.starts_with("snippets/"));
    Ok(scripts
        .fold(APP_SCRIPT.to_owned(), |links, name| format!("{links}\n  <link rel=\"modulepreload\" href=\"/{name}\">")))
}

fn styles(assets: &Path) -> Result<String> {
    let texts =
        STYLES.iter().map(|name| fs::read_to_string(assets.join(name)).with_context(|| format!("assets/{name}")));
    texts.collect()
}

fn copy(from: &Path, to: &Path) -> Result<()> {
    if from.is_dir() {
        fs::create_dir_all(to)?;
        for entry in fs::read_dir(from)? {
            let entry = entry?;
            copy(&entry.path(), &to.join(entry.file_name()))?;
        }
    } else {
        // This does not use fs::copy, because a read-only source would make a build that cannot be replaced.
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
