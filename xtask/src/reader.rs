//! Builds the reader of PDFs: a module of its own, with the fonts and CMaps that documents may need beside it.

use std::fs;
use std::path::Path;

use anyhow::{Context, Result};
use wasm_bindgen_cli_support::Bindgen;

use crate::command::{cargo, succeed};
/// The folder below `dist` with everything of the reader.
pub const FOLDER: &str = "reader";

/// Without it the rasterizer emulates it, in more code. Browsers have it since 2021, Safari since 16.4.
const SIMD: &str = "-Ctarget-feature=+simd128";

/// Writes the module and its files to the folder of the reader; `target` is the folder for builds. The module is always optimised: without, a page takes seconds.
pub fn build(root: &Path, target: &Path, dist: &Path) -> Result<()> {
    let folder = dist.join(FOLDER);
    fs::create_dir_all(&folder)?;
    // A folder of its own, because code for SIMD and code without it do not mix.
    let target = target.join(FOLDER);
    let mut library = cargo(root);
    library.env("CARGO_TARGET_DIR", &target).env("CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_RUSTFLAGS", SIMD);
    succeed(library.args([
        "build",
        "--package=reader",
        "--lib",
        "--target=wasm32-unknown-unknown",
        "--profile=reader",
    ]))?;
    Bindgen::new()
        .input_path(target.join("wasm32-unknown-unknown/reader/reader.wasm"))
        .web(true)?
        .typescript(false)
        .out_name("core")
        .keep_debug(false)
        .demangle(false)
        .remove_name_section(true)
        .remove_producers_section(true)
        .generate(&folder)
        .context("wasm-bindgen of the reader")?;
    // What the crates of the reader bring along is taken out of them by the reader's own example, in the same versions.
    succeed(cargo(root).args(["run", "--quiet", "--package=reader", "--example=supplies", "--"]).arg(&folder))
}
