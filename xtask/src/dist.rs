//! `cargo xtask dist`: one release binary of the server with the app inside, and the program that checks evidence.
//! The compressed copies are made here, once, so that the server never compresses while it serves.

use std::fmt;
use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail};

use crate::command::{cargo, succeed, target};
use crate::precache;
use crate::setup;
use crate::step::step;
use crate::web::{self, Profile};

/// The sizes of what a person downloads and an administrator installs, in bytes.
pub struct Sizes {
    pub server: u64,
    /// The app's code.
    pub wasm_br: u64,
    /// The reader of PDFs without the fonts and CMaps that few documents need.
    pub reader_br: u64,
    /// The size of all other files that the service worker stores.
    pub total_br: u64,
    /// The size of what must arrive before the first paint.
    pub shell_br: u64,
}

impl fmt::Display for Sizes {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let kb = |bytes: u64| format!("{}.{}", bytes / 1000, bytes % 1000 / 100);
        writeln!(
            f,
            "server with the app inside  {} MB",
            format_args!("{}.{}", self.server / 1_000_000, self.server % 1_000_000 / 100_000)
        )?;
        writeln!(f, "app, everything, brotli     {} KB", kb(self.total_br))?;
        writeln!(f, "wasm, brotli                {} KB", kb(self.wasm_br))?;
        writeln!(f, "reader of PDFs, brotli      {} KB", kb(self.reader_br))?;
        write!(f, "shell (first paint), brotli {} KB", kb(self.shell_br))
    }
}

/// Builds everything for release and leaves `akkoord` and `akkoord-verify` in `dist-release`.
pub fn dist(root: &Path) -> Result<Sizes> {
    setup::for_building(root)?;
    let mut sizes = app(root)?;
    let built = server(root, "embed")?;
    let folder = root.join("dist-release");
    fs::create_dir_all(&folder)?;
    let binary = folder.join("akkoord");
    fs::copy(built, &binary).context("copying the server")?;
    sizes.server = fs::metadata(&binary)?.len();
    // It is built alone, so that it has only what it needs of the crates that the server uses too.
    step("build akkoord-verify", || {
        succeed(cargo(root).args(["build", "--release", "--package=proof", "--bin=akkoord-verify"]))
    })?;
    fs::copy(target(root).join("release/akkoord-verify"), folder.join("akkoord-verify"))
        .context("copying akkoord-verify")?;
    Ok(sizes)
}

/// Builds the release server with these features, of which `embed` puts the app that [`app`] built inside. Returns its
/// path.
pub fn server(root: &Path, features: &str) -> Result<PathBuf> {
    let worker = web::dist(root).join("sw.js");
    let built = fs::read(&worker)?;
    step("build the server with the app inside", || {
        // The embedding macro does not see a file that is new in dist.
        succeed(cargo(root).args(["clean", "--quiet", "--release", "--package=sync-server"]))?;
        succeed(
            cargo(root)
                .args(["build", "--release", "--package=sync-server", "--bin=sync-server", "--no-default-features"])
                .arg(format!("--features={features}")),
        )
    })?;
    // The list names every file by its content, so another build in between would get into the binary.
    if fs::read(&worker).ok() != Some(built) {
        bail!("dist was built again while the server was: run this command alone");
    }
    Ok(target(root).join("release/sync-server"))
}

/// Builds the app for release with its compressed copies. The size of the server stays 0.
pub fn app(root: &Path) -> Result<Sizes> {
    web::build(root, Profile::Release)?;
    step("compress the app", || compress(&web::dist(root)))
}

fn compress(dist: &Path) -> Result<Sizes> {
    let mut sizes = Sizes { server: 0, wasm_br: 0, reader_br: 0, total_br: 0, shell_br: 0 };
    let mut names = precache::files(dist)?;
    names.push("sw.js".to_owned());
    for name in names {
        let path = dist.join(&name);
        let raw = fs::read(&path)?;
        let packed = brotli(&raw)?;
        // Fonts and pictures are compressed already; a copy that saves nothing is not stored.
        let size = if packed.len() * 20 < raw.len() * 19 {
            fs::write(dist.join(format!("{name}.br")), &packed)?;
            packed.len()
        } else {
            raw.len()
        } as u64;
        if let Some(file) = name.strip_prefix("reader/") {
            sizes.reader_br += if file.ends_with(".js") || file.ends_with(".wasm") { size } else { 0 };
            continue;
        }
        sizes.total_br += size;
        match name.as_str() {
            wasm if wasm.ends_with(".wasm") => sizes.wasm_br += size,
            "index.html" | "boot.js" | "app.css" | "icons/akkoord.svg" => sizes.shell_br += size,
            _ => {}
        }
    }
    Ok(sizes)
}

fn brotli(raw: &[u8]) -> Result<Vec<u8>> {
    let params =
        brotli::enc::BrotliEncoderParams { quality: 11, lgwin: 22, size_hint: raw.len(), ..Default::default() };
    let mut packed = brotli::CompressorWriter::with_params(Vec::new(), 1 << 16, &params);
    packed.write_all(raw)?;
    Ok(packed.into_inner())
}

#[cfg(test)]
mod tests {
    use std::io::Read;

    use super::brotli;

    #[test]
    fn a_compressed_copy_gives_the_same_bytes_back() {
        let raw = b"Akkoord ".repeat(1000);
        let packed = brotli(&raw).unwrap();
        let mut back = Vec::new();
        brotli::Decompressor::new(packed.as_slice(), 4096).read_to_end(&mut back).unwrap();
        assert!(packed.len() < 100);
        assert_eq!(back, raw);
    }
}
