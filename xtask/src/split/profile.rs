//! Which functions run until the first screen can be used.

use std::collections::HashSet;
use std::fs;
use std::path::Path;

use anyhow::{Context, Result};
use rustc_demangle::demangle;
use sha2::{Digest, Sha256};
use walrus::ir::{MemArg, Store, StoreKind, Value};
use walrus::{FunctionKind, Module};

use crate::command::{program, succeed};
use crate::{setup, test, web};

/// Where the profile stands.
pub const PROFILE: &str = "app/start.profile";

/// What may run at a start and may not, by chance or by what the data are: hashes and their collisions, and how a
/// column is encoded. A few trials do not show it.
const BY_CHANCE: &[&str] = &["hashbrown::raw::", "hexane::rle::decoder::"];

/// Functions by the start of a hash of their names, which are long and many.
pub struct Profile(HashSet<String>);

impl Profile {
    /// Reads a file with one function to a line.
    pub fn read(file: &Path) -> Result<Self> {
        let text = fs::read_to_string(file).with_context(|| file.display().to_string())?;
        Ok(Self(text.lines().filter(|line| !line.starts_with('#')).map(str::to_owned).collect()))
    }

    /// Whether the function with this mangled name may run at a start.
    pub fn has(&self, function: &str) -> bool {
        let name = name(function);
        BY_CHANCE.iter().any(|part| name.contains(part)) || self.0.contains(&key(&name))
    }
}

/// Without the hashes of crates, which another compiler makes anew.
fn name(mangled: &str) -> String {
    format!("{:#}", demangle(mangled))
}

fn key(name: &str) -> String {
    Sha256::digest(name).iter().take(5).map(|byte| format!("{byte:02x}")).collect()
}

/// The module with a memory `ran` of one byte for each function, which becomes 1 when the function runs,
/// and the keys of the functions in that order.
pub fn instrument(bound: &[u8]) -> Result<(Vec<u8>, Vec<String>)> {
    let mut module = Module::from_buffer(bound)?;
    let pages = module.funcs.iter().count() as u64 / 65_536 + 1;
    let memory = module.memories.add_local(false, false, pages, None, None);
    module.exports.add("ran", memory);
    let mut keys = Vec::new();
    for function in module.funcs.iter_mut() {
        if let FunctionKind::Local(local) = &mut function.kind {
            let number = i32::try_from(keys.len())?;
            let kind = StoreKind::I32_8 { atomic: false };
            local
                .builder_mut()
                .func_body()
                .instr_at(0, Store { memory, kind, arg: MemArg { align: 1, offset: 0 } })
                .const_at(0, Value::I32(1))
                .const_at(0, Value::I32(number));
        }
        keys.push(key(&name(function.name.as_deref().unwrap_or_default())));
    }
    Ok((module.emit_wasm(), keys))
}

/// Starts an app that notes what runs, as people start it, and writes the profile of that.
pub fn train(root: &Path) -> Result<()> {
    setup::for_building(root)?;
    setup::for_browser(root)?;
    web::build(root, web::Profile::Counting)?;
    let server = test::server(root)?;
    let mut node = program(&root.join("tests/browser"), "node");
    node.arg("profile.mjs").env("PROFILE", root.join(PROFILE));
    succeed(test::browser_environment(&mut node, root, &server))
}
