//! The service worker's list: every file of the build with the hash of its content.
//! A build with a file that is not in the list fails, because the app would miss it offline.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use anyhow::{Context, Result, bail};
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use sha2::{Digest, Sha256};

/// The worker, which cannot list itself: the browser stores it.
const WORKER: &str = "sw.js";
const PLACE: &str = "{/* FILES */}";
/// The place in the worker for the paths below which the server answers itself.
const SERVER: &str = "[/* SERVER */]";

/// Returns the address at which the server serves a file of the build.
fn address(file: &str) -> String {
    if file == "index.html" { "/".to_owned() } else { format!("/{file}") }
}

fn hash(dist: &Path, file: &str) -> Result<String> {
    Ok(STANDARD.encode(Sha256::digest(fs::read(dist.join(file))?)))
}

/// Returns the key under which the worker stores a file of the build, as `keyOf` in assets/sw.js does.
pub fn key(dist: &Path, file: &str) -> Result<String> {
    // This does what encodeURIComponent does to the three signs of base64 that are no letters or digits.
    let hash = hash(dist, file)?.replace('+', "%2B").replace('/', "%2F").replace('=', "%3D");
    Ok(format!("{}?h={hash}", address(file)))
}

/// A table from addresses to SHA-256 in base64, the form that the browser checks as `integrity`.
pub type Table = BTreeMap<String, String>;

/// Writes `sw.js` with the list of everything in `dist`, and that of the server's own pages.
pub fn write_worker(source: &Path, server_pages: &Path, dist: &Path) -> Result<()> {
    let table = table(dist)?;
    let source = fs::read_to_string(source).context("assets/sw.js")?;
    let pages = fs::read_to_string(server_pages).context("the list of the server's own pages")?;
    for place in [PLACE, SERVER] {
        if source.matches(place).count() != 1 {
            bail!("assets/sw.js has no single place {place}");
        }
    }
    let worker = source.replace(PLACE, &serde_json::to_string_pretty(&table)?).replace(SERVER, pages.trim());
    fs::write(dist.join(WORKER), worker)?;
    verify(dist)
}

/// Reads the list from the written worker and compares it with the folder.
pub fn verify(dist: &Path) -> Result<()> {
    let (listed, present) = (listed(dist)?, table(dist)?);
    for (address, hash) in &present {
        match listed.get(address) {
            None => bail!("{address} is not in the service worker's list"),
            Some(other) if other != hash => bail!("{address} changed after the service worker's list was made"),
            Some(_) => {}
        }
    }
    if let Some(gone) = listed.keys().find(|address| !present.contains_key(*address)) {
        bail!("the service worker's list has {gone}, which is not there");
    }
    Ok(())
}

fn listed(dist: &Path) -> Result<Table> {
    let worker = fs::read_to_string(dist.join(WORKER))?;
    let list = worker
        .split_once("const FILES = ")
        .and_then(|(_, rest)| rest.split_once(';'))
        .context("the service worker has no list of files")?;
    Ok(serde_json::from_str(list.0)?)
}

fn table(dist: &Path) -> Result<Table> {
    let mut table = Table::new();
    for file in files(dist)? {
        // The server takes a path without an ending for a screen of the app, and answers with the shell.
        if !file.rsplit('/').next().unwrap_or_default().contains('.') {
            bail!("{file} has no ending, so the server would not find it");
        }
        table.insert(address(&file), hash(dist, &file)?);
    }
    for needed in ["/", "/boot.js", "/app.js", "/app_bg.wasm", "/manifest.webmanifest"] {
        if !table.contains_key(needed) {
            bail!("the build has no {needed}");
        }
    }
    Ok(table)
}

/// Returns every file that the worker stores, relative to `dist`, with forward slashes.
pub fn files(dist: &Path) -> Result<Vec<String>> {
    let mut found = Vec::new();
    let mut folders = vec![dist.to_path_buf()];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(&folder).with_context(|| folder.display().to_string())? {
            let path = entry?.path();
            if path.is_dir() {
                folders.push(path);
                continue;
            }
            let name = path.strip_prefix(dist)?.to_string_lossy().replace('\\', "/");
            // The .br files are another form of the same content, which the server chooses.
            if name != WORKER && !name.ends_with(".br") {
                found.push(name);
            }
        }
    }
    found.sort();
    Ok(found)
}

#[cfg(test)]
mod tests {
    use std::path::PathBuf;

    use super::*;

    /// A build in a folder of its own, which is deleted with the test.
    struct Build(PathBuf);

    impl Drop for Build {
        fn drop(&mut self) {
            fs::remove_dir_all(&self.0).unwrap();
        }
    }

    impl Build {
        fn new(name: &str) -> Self {
            let build = Self(std::env::temp_dir().join(format!("akkoord-precache-{}-{name}", std::process::id())));
            fs::create_dir_all(build.0.join("dist/fonts")).unwrap();
            fs::write(build.0.join("source.js"), "const FILES = {/* FILES */};\nconst SERVER = [/* SERVER */];\n")
                .unwrap();
            fs::write(build.0.join("pages.json"), "[\"/api\"]\n").unwrap();
            for file in ["index.html", "boot.js", "app.js", "app_bg.wasm", "manifest.webmanifest", "fonts/a.woff2"] {
                fs::write(build.dist().join(file), file).unwrap();
            }
            build
        }

        fn dist(&self) -> PathBuf {
            self.0.join("dist")
        }

        fn write_worker(&self) -> Result<()> {
            write_worker(&self.0.join("source.js"), &self.0.join("pages.json"), &self.dist())
        }
    }

    #[test]
    fn everything_in_the_build_is_listed_with_its_hash() {
        let build = Build::new("all");
        let dist = build.dist();
        build.write_worker().unwrap();
        let listed = listed(&dist).unwrap();
        assert_eq!(listed.len(), 6);
        assert!(listed.contains_key("/"), "the shell is kept under its address, not its file name");
        assert!(listed.contains_key("/fonts/a.woff2"));
        let worker = fs::read_to_string(dist.join(WORKER)).unwrap();
        assert!(worker.ends_with("const SERVER = [\"/api\"];\n"), "{worker}");
    }

    #[test]
    fn a_file_that_appears_or_changes_after_the_list_fails_the_build() {
        let build = Build::new("late");
        let dist = build.dist();
        build.write_worker().unwrap();
        fs::write(dist.join("late.js"), "x").unwrap();
        assert!(verify(&dist).unwrap_err().to_string().contains("/late.js is not in the"));
        fs::remove_file(dist.join("late.js")).unwrap();
        fs::write(dist.join("app.js"), "other").unwrap();
        assert!(verify(&dist).unwrap_err().to_string().contains("changed after"));
    }

    #[test]
    fn a_compressed_copy_is_not_listed_twice() {
        let build = Build::new("br");
        let dist = build.dist();
        fs::write(dist.join("app.js.br"), "x").unwrap();
        build.write_worker().unwrap();
        assert!(!listed(&dist).unwrap().contains_key("/app.js.br"));
    }

    #[test]
    fn a_file_without_an_ending_is_refused() {
        let build = Build::new("ending");
        let dist = build.dist();
        fs::write(dist.join("LICENSE"), "x").unwrap();
        assert!(build.write_worker().unwrap_err().to_string().contains("has no ending"));
    }

    #[test]
    fn a_build_without_the_wasm_is_refused() {
        let build = Build::new("no-wasm");
        let dist = build.dist();
        fs::remove_file(dist.join("app_bg.wasm")).unwrap();
        assert!(build.write_worker().unwrap_err().to_string().contains("/app_bg.wasm"));
    }
}
