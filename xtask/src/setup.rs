//! Installs what building and testing need, only if it is missing, and says what.
//! It never upgrades what is there and never asks a question.

use std::fs;
use std::path::Path;

use anyhow::{Context, Result, bail};

use crate::command::{cargo, find, output, program, succeed};
use crate::postgres;
use crate::step::step;

const WASM: &str = "wasm32-unknown-unknown";
/// The list of packages with the mail server that the tests use.
const PYTHON_PACKAGES: &str = "tests/testkit/python_mail/requirements.txt";
const PYTHON: &str = "target/python";
const CARGO_DENY: &str = "0.20.2";
const OLDEST_NODE: [u32; 2] = [18, 19];
/// The file in which this tool notes what npm last installed.
const INSTALLED: &str = "node_modules/.akkoord-lock";

/// Installs what `cargo xtask run` needs: the browser target, no browser and no Node.
pub fn for_building(root: &Path) -> Result<()> {
    step("setup", || wasm_target(root))
}

/// Installs what `cargo xtask check` needs on top: the tool that checks licences, versions, sources and advisories.
pub fn for_checking(root: &Path) -> Result<()> {
    step("setup for the checks", || {
        if output(cargo(root).args(["deny", "--version"])).is_ok() {
            println!("cargo-deny is there");
            return Ok(());
        }
        println!("installing cargo-deny {CARGO_DENY}, which takes some minutes");
        succeed(cargo(root).args(["install", "cargo-deny", "--locked", "--version", CARGO_DENY]))
    })
}

/// Installs what the tests of mails need: a mail server and readers of mails that others made.
pub fn for_mails(root: &Path) -> Result<()> {
    step("setup for the tests of mails", || {
        // Debian's Python comes without the modules that make an environment.
        let is_whole = || output(program(root, "python3").args(["-c", "import ensurepip, venv"])).is_ok();
        if find("python3").is_none() || !is_whole() {
            apt_install(root, &["python3", "python3-venv"])?;
        }
        let wanted = fs::read(root.join(PYTHON_PACKAGES)).context(PYTHON_PACKAGES)?;
        let (folder, stamp) = (root.join(PYTHON), root.join(PYTHON).join("akkoord-packages"));
        if fs::read(&stamp).is_ok_and(|installed| installed == wanted) {
            println!("the Python packages are there");
            return Ok(());
        }
        println!("installing the Python packages of {PYTHON_PACKAGES} in {PYTHON}");
        succeed(program(root, "python3").args(["-m", "venv", "--clear"]).arg(&folder))?;
        let python = [folder.join("bin/python"), folder.join("Scripts/python.exe")].into_iter().find(|p| p.exists());
        let python = python.context("the Python environment has no Python")?;
        succeed(program(root, python).args([
            "-m",
            "pip",
            "install",
            "--quiet",
            "--disable-pip-version-check",
            "-r",
            PYTHON_PACKAGES,
        ]))?;
        fs::write(stamp, wanted)?;
        Ok(())
    })
}

/// Installs what the check of the statements needs.
pub fn for_postgres(root: &Path) -> Result<()> {
    step("setup for PostgreSQL", || {
        let missing = if postgres::programs().is_none() { &["postgresql"][..] } else { &[] };
        apt_install(root, missing)
    })
}

/// Installs what only the browser tests need.
pub fn for_browser(root: &Path) -> Result<()> {
    step("setup for the browser tests", || {
        let mut packages = Vec::new();
        if chromium().is_none() {
            packages.push("chromium");
        }
        if firefox().is_none() {
            packages.push("firefox-esr");
        }
        if find("node").is_none() {
            packages.push("nodejs");
        }
        if find("npm").is_none() {
            packages.push("npm");
        }
        apt_install(root, &packages)?;
        node_version(root)?;
        node_modules(root)
    })
}

/// Returns the browser that the tests drive.
pub fn chromium() -> Option<std::path::PathBuf> {
    find("chromium").or_else(|| find("chromium-browser"))
}

/// Returns the browser in which the most important things are also tested.
pub fn firefox() -> Option<std::path::PathBuf> {
    find("firefox-esr").or_else(|| find("firefox"))
}

fn wasm_target(root: &Path) -> Result<()> {
    let rustc = std::env::var_os("RUSTC").unwrap_or_else(|| "rustc".into());
    let sysroot = output(program(root, rustc).args(["--print", "sysroot"]))?;
    let installed = || Path::new(sysroot.trim()).join("lib/rustlib").join(WASM).join("lib").is_dir();
    if installed() {
        println!("the Rust target {WASM} is there");
        return Ok(());
    }
    if find("rustup").is_none() {
        bail!("the Rust target {WASM} is missing and there is no rustup to install it: see https://rustup.rs");
    }
    println!("installing the Rust target {WASM}");
    succeed(program(root, "rustup").args(["target", "add", WASM]))?;
    // This fails here with a sentence, and not in the middle of a build with a page of output.
    if !installed() {
        bail!("rustup installed {WASM} for another toolchain than the one in use ({})", sysroot.trim());
    }
    succeed(cargo(root).arg("--version"))
}

fn apt_install(root: &Path, packages: &[&str]) -> Result<()> {
    if packages.is_empty() {
        println!("what is needed of this system is there");
        return Ok(());
    }
    let list = packages.join(", ");
    if find("apt-get").is_none() {
        bail!("please install {list}: this system has no apt-get to do it with");
    }
    println!("installing with apt-get: {list}");
    let as_root = output(program(root, "id").arg("-u"))?.trim() == "0";
    let apt = || {
        let mut command = if as_root {
            program(root, "env")
        } else {
            let mut sudo = program(root, "sudo");
            sudo.arg("env");
            sudo
        };
        command.args(["DEBIAN_FRONTEND=noninteractive", "apt-get"]);
        command
    };
    succeed(apt().args(["update", "-q"]))?;
    succeed(apt().args(["install", "-y", "-q", "--no-install-recommends"]).args(packages))
}

/// Checks the version of Node: its test runner came with 18.19, and an older one would fail later without saying why.
fn node_version(root: &Path) -> Result<()> {
    let version = output(program(root, "node").arg("--version"))?;
    let numbers: Vec<u32> = version.trim().trim_start_matches('v').split('.').map_while(|n| n.parse().ok()).collect();
    if numbers.as_slice() < OLDEST_NODE.as_slice() {
        bail!("Node {} is too old for the browser tests: 18.19 or newer is needed", version.trim());
    }
    Ok(())
}

/// Runs `npm ci` if the lock file is not the one that was last installed.
fn node_modules(root: &Path) -> Result<()> {
    let folder = root.join("tests/browser");
    let lock = fs::read(folder.join("package-lock.json")).context("tests/browser/package-lock.json")?;
    let stamp = folder.join(INSTALLED);
    if fs::read(&stamp).is_ok_and(|installed| installed == lock) {
        println!("the Node packages are there");
        return Ok(());
    }
    println!("installing the Node packages of tests/browser");
    succeed(program(&folder, "npm").args(["ci", "--no-audit", "--no-fund", "--ignore-scripts"]))?;
    fs::write(stamp, lock)?;
    Ok(())
}
